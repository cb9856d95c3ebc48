"""What rests on a document past its limit does not pass as active."""

from tests.registry.registries import told

STATUS = """
    status:
      state: {state}
      says: It stands.
      source: {{document: {document}, section: Line}}
      checked: "2026-06-03"
"""


def own_status(tmp_path, state, document):
    status = STATUS.format(state=state, document=document)
    return told(tmp_path, ("    price_status: not_printed\n", f"    price_status: not_printed{status}"))


def active_on_its_own_word(line):
    return [("services[3].status", line,
             "found 'active' on the word of old-guide (2010), expected a status that rests on something newer. "
             "Set the status to unverified or historic.")]


def test_a_service_that_calls_itself_active_in_an_old_document_is_told(tmp_path):
    assert own_status(tmp_path, "active", "old-guide") == active_on_its_own_word("status:")


def test_a_provider_that_calls_itself_active_in_an_old_document_is_told(tmp_path):
    faults = told(tmp_path, ("state: historic", "state: active"),
                  ("      says: It closed.\n      source: {document: bridge-page,",
                   "      says: It closed.\n      source: {document: old-guide,"))
    assert faults == active_on_its_own_word("- id: harbour-line")


def test_an_old_service_is_active_on_the_word_of_something_newer(tmp_path):
    assert own_status(tmp_path, "active", "bridge-page") == []


def test_an_old_service_may_say_that_it_is_not_verified(tmp_path):
    assert own_status(tmp_path, "unverified", "old-guide") == []


def test_a_document_within_its_limit_speaks_for_itself(tmp_path):
    assert told(tmp_path, ("    year: 2025", "    year: 2023"),
                ("      says: Its page is up to date.\n      source: {document: bridge-page,",
                 "      says: Its page is up to date.\n      source: {document: handbook,")) == []


def test_a_year_past_the_limit_makes_a_document_old(tmp_path):
    paths = [fault.path for fault in told(
        tmp_path, ("    year: 2025", "    year: 2022"),
        ("      says: Its page is up to date.\n      source: {document: bridge-page,",
         "      says: Its page is up to date.\n      source: {document: handbook,"))]
    assert paths == ["services[0].status", "services[1].status", "services[2].status"]


def test_a_dated_document_of_the_registry_has_a_limit(tmp_path):
    assert told(tmp_path, ("    stale_after_years: 3\n    summary: What Harbour offered.",
                           "    summary: What Harbour offered.")) == [(
        "sources[1]", "- id: old-guide",
        "found year 2010 without stale_after_years, expected a limit, so that it can be shown as old. "
        "Set stale_after_years.")]


def test_an_undated_document_needs_none(tmp_path):
    assert told(tmp_path, ("    year: 2025\n    stale_after_years: 3\n", "")) == []
