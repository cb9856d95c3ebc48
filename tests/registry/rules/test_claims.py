"""A disagreement keeps two claims or more, prefers one only with a reason, and concerns a service."""

import pytest

from tests.registry.registries import told

SIX = """\
      - id: six
        says: Six of ten.
        source: {document: bridge-page, section: News}
"""
BOTH_OR_NEITHER = "expected both or neither. A claim is preferred for a reason that readers can see."


def test_a_single_claim_is_told(tmp_path):
    assert told(tmp_path, (SIX, "")) == [(
        "disagreements[0].claims", "claims:",
        "found 1 claim, expected two or more. Add the other claim, or make it a caution.")]


def test_a_preferred_claim_is_one_of_them(tmp_path):
    assert told(tmp_path, ("preferred: eight", "preferred: ten")) == [(
        "disagreements[0].preferred", "preferred: ten",
        "found 'ten', expected one of its claims (eight, six). Name a claim of this disagreement.")]


@pytest.mark.parametrize(("line", "found"), [
    ("    because: The handbook is newer.\n", "preferred without because"),
    ("    preferred: eight\n", "because without preferred"),
])
def test_a_preference_and_its_reason_stand_together(tmp_path, line, found):
    assert told(tmp_path, (line, "")) == [
        ("disagreements[0]", "- id: who-finished", f"found {found}, {BOTH_OR_NEITHER}")]


def test_no_claim_need_be_preferred(tmp_path):
    assert told(tmp_path, ("    preferred: eight\n    because: The handbook is newer.\n", "")) == []


@pytest.mark.parametrize(("section", "head"), [
    ("rules", "name: Support for partners"), ("disagreements", "about: How many finished"),
    ("cautions", "about: A closed line")])
def test_what_concerns_no_service_is_told(tmp_path, section, head):
    listed = "harbour-line" if section == "cautions" else "bridge-programme"
    assert told(tmp_path, (f"{head}\n    services: [{listed}]", f"{head}\n    services: []")) == [(
        f"{section}[0].services", "services: []",
        "found no services, expected the services it concerns. Name at least one.")]


def test_a_study_of_no_service_is_told(tmp_path):
    faults = told(tmp_path, ("name: Lines for children\n    services: [harbour-line]",
                             "name: Lines for children\n    services: []"))
    assert ("evidence[0].services", "services: []",
            "found no services, expected the services it concerns. Name at least one.") in faults
