"""A wrong shape is told with its place, what should stand there and how to mend it, all at once."""

import pytest

from tests.registry.registries import QUESTIONS, faults_in, told, write

HEAD = 'registry:\n  version: "2026.6.1"\n  date: "2026-06-30"\n  maintainer: The Bridge team\n'


def files(folder, services, questions=QUESTIONS):
    pair = write(folder)
    pair[0].write_text(services, encoding="utf-8")
    pair[1].write_text(questions, encoding="utf-8")
    return pair


# —— Sections ——

def test_an_unknown_section_is_told_with_the_nearest(tmp_path):
    assert told(tmp_path, ("glossary:", "glosary:")) == [
        ("", "registry:", "found no section 'glossary', expected a section 'glossary'. Add 'glossary:'."),
        ("glosary", "glosary:",
         "found the section 'glosary', expected a section of a registry. Did you mean 'glossary'?")]


def test_every_missing_section_is_told(tmp_path):
    assert {fault.found for fault in faults_in(*files(tmp_path, HEAD))} >= {f"no section '{name}'" for name in (
        "sources", "providers", "documents", "shared_criteria", "services", "rules", "evidence", "disagreements",
        "cautions", "helplines", "glossary", "not_listed")}


def test_services_may_lack_nothing_but_the_retired(tmp_path):
    services, questions = write(tmp_path)
    services.write_text(services.read_text(encoding="utf-8").split("\nretired:")[0], encoding="utf-8")
    assert faults_in(services, questions) == []


@pytest.mark.parametrize("section", ["glossary", "retired", "services", "helplines"])
@pytest.mark.parametrize("value", ["none", "5", "true", "2.5", "null", "{id: x}"])
def test_a_section_that_is_not_a_list_is_told(tmp_path, section, value):
    blocks = write(tmp_path)[0].read_text(encoding="utf-8").split("\n\n")
    kept = "\n".join(block for block in blocks if not block.startswith(f"{section}:"))
    faults = faults_in(*files(tmp_path, f"{kept}\n{section}: {value}\n"))
    assert ((section,), "a list") in [(fault.path, fault.expected) for fault in faults]


@pytest.mark.parametrize(("text", "found"), [("hello\n", "'hello'"), ("- a\n- b\n", "a list of 2"), ("7\n", "'7'"),
                                             ("null\n", "nothing")])
def test_a_file_that_is_no_mapping_is_told(tmp_path, text, found):
    [fault] = faults_in(*files(tmp_path, text))
    assert (fault.file, fault.line, fault.found, fault.expected) == ("services.yaml", 1, found, "a mapping of sections")


@pytest.mark.parametrize("text", ["hello\n", "- a\n", "7\n", "null\n", "~\n"])
def test_a_file_of_questions_that_is_no_mapping_is_told(tmp_path, text):
    services, _ = write(tmp_path)
    faults = faults_in(*files(tmp_path, services.read_text(), text))
    assert {(fault.file, fault.line) for fault in faults} == {("questions.yaml", 1)}


def test_several_faults_on_the_first_line_are_told(tmp_path):
    assert {fault.found for fault in faults_in(*files(tmp_path, "glosary: []\n"))} >= {
        "the section 'glosary'", "no section 'registry'", "no section 'services'"}


def test_the_head_of_the_registry_is_a_mapping(tmp_path):
    assert told(tmp_path, (HEAD, "registry: []\n")) == [(
        "registry", "registry: []",
        "found a list of 0, expected a mapping with version, date, maintainer. "
        "Write a mapping with version, date, maintainer.")]


def test_the_head_of_the_registry_is_whole(tmp_path):
    assert told(tmp_path, ("  maintainer: The Bridge team\n", "")) == [
        ("registry.maintainer", "registry:", "found no 'maintainer', expected text. Add 'maintainer': who keeps it.")]


def test_another_section_beside_the_questions_is_told_in_their_file(tmp_path):
    assert told(tmp_path, questions=(("questions:\n", "glossary: []\nquestions:\n"),)) == [(
        "glossary", "glossary: []",
        "found the section 'glossary', expected only 'questions'. Move it to services.yaml.")]
    [fault] = faults_in(tmp_path / "services.yaml", tmp_path / "questions.yaml")
    assert (fault.file, fault.line) == ("questions.yaml", 1)


def test_questions_beside_the_services_are_told_in_their_file(tmp_path):
    told(tmp_path, ("glossary:\n", "questions: []\nglossary:\n"))
    [fault] = faults_in(tmp_path / "services.yaml", tmp_path / "questions.yaml")
    assert (fault.file, fault.path, fault.expected) == ("services.yaml", ("questions",), "no such section here")


# —— Keys ——

def test_an_unknown_key_is_told_with_the_nearest_and_the_missing_one_with_its_meaning(tmp_path):
    assert told(tmp_path, ("term: PLO", "trem: PLO")) == [
        ("glossary[0].term", "- id: plo", "found no 'term', expected text. Add 'term': the word or abbreviation, as it stands within a sentence: only a name begins with a capital."),
        ("glossary[0].trem", "trem: PLO", "found the key 'trem', expected a key of the model. Did you mean 'term'?")]


def test_a_key_far_from_any_is_told_with_all_there_are(tmp_path):
    assert told(tmp_path, ("term: PLO\n", "term: PLO\n    colour: blue\n")) == [(
        "glossary[0].colour", "colour: blue",
        "found the key 'colour', expected a key of the model. It can be: id, means, source, stands_for, term.")]


@pytest.mark.parametrize(("path", "change", "message"), [
    ("services[0].provider", ("    provider: bridge\n    tier: core\n", "    tier: core\n"),
     "found no 'provider', expected text."),
    ("services[0].tier", ("    tier: core\n", ""), "found no 'tier', expected one of core, support, component."),
    ("services[3].kind", ("    kind: helpline\n", ""), "found no 'kind', expected one of 18 known words."),
    ("services[0].report.court", ("      court: not_for_court\n", ""),
     "found no 'court', expected one of court_compliant, expert_opinion, ask_first, not_for_court, not_printed."),
    ("services[0].prices[0].amount", ("        amount: 900\n", ""), "found no 'amount', expected a whole number."),
    ("services[0].timeline.steps", ("the referral\n      steps:", "the referral\n      stages:"),
     "found no 'steps', expected a list."),
    ("cautions[0].source", ("    says: Nobody answers.\n    source: {document: bridge-page, section: News}\n",
                            "    says: Nobody answers.\n"),
     "found no 'source', expected a mapping with document, section."),
    ("rules[0].statements[0].source.section", ("{document: handbook, section: Rules}", "{document: handbook}"),
     "found no 'section', expected text."),
])
def test_a_missing_key_is_told_with_what_belongs_there(tmp_path, path, change, message):
    assert [fault.message.split(" Add ")[0] for fault in told(tmp_path, change) if fault.path == path] == [message]


def test_a_missing_key_of_a_question_is_told(tmp_path):
    fault, *_ = told(tmp_path, questions=(("    whose: person_using_harm\n", ""),))
    assert fault == ("questions[4].whose", "- id: age",
                     "found no 'whose', expected one of case, victim_survivor, person_using_harm, young_person, child. "
                     "Add 'whose': whose circumstances it is about.")


# —— Values ——

KINDS = {
    "text": ("summary: Twelve sessions for a parent who uses harm.", "services[0].summary", "text",
             ["12", "2.5", "true", "null", "[x]", "{x: y}"]),
    "whole number": ("amount: 900", "services[0].prices[0].amount", "a whole number",
                     ['"900"', "9.5", "900.0", "nine", "true", "null", "[900]", "{x: 1}", "1234567890123456"]),
    "true or false": ("everywhere: true", "helplines[0].everywhere", "true or false",
                      ["yes", "True", "1", '"true"', "null", "[true]"]),
    "quantity": ("weeks: {min: 6, max: 12}", "services[0].timeline.steps[1].weeks",
                 "a number, or a range with min and max",
                 ["six", '"6"', "true", "[6, 12]"]),
    "list": ("places: [north]", "services[0].area.places", "a list", ["north", "3", "true", "null", "{north: x}"]),
    "list of texts": ("places: [north]", "services[0].area.places[0]", "text",
                      ["[1]", "[[north]]", "[{x: y}]", "[null]"]),
    "mapping": ("{document: handbook, section: Rules}", "rules[0].statements[0].source",
                "a mapping with document, section",
                ["handbook", "3", "null", "[handbook, Rules]"]),
    "condition": ("requires: {area: north}", "services[0].criteria[0].requires", "a mapping",
                  ["north", "3", "true", "[area, north]"]),
    "word": ("state: historic", "providers[1].status.state", "one of active, unverified, historic, superseded, renamed",
             ["3", "true", "null", "[historic]", "{historic: x}"]),
    "list of words": ("modes: [group]", "services[0].delivery.modes[0]", "one of 11 known words",
                      ["[3]", "[null]", "[[group]]"]),
    "item": ("  - id: raffle\n    name: A raffle\n    reason: It is not a service.\n"
             "    source: {document: handbook, section: News}\n",
             "not_listed[0]", "a mapping with id, name, reason, source",
             ["  - raffle\n", "  -\n", "  - [raffle]\n", "  - 5\n"]),
}


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, entry in KINDS.items() for value in entry[3]])
def test_a_value_of_the_wrong_kind_is_told(tmp_path, kind, value):
    old, path, expected, _ = KINDS[kind]
    key = old.split(":")[0] + ": " if old[0] not in "{ " else ""
    faults = [fault for fault in told(tmp_path, (old, key + value)) if fault.path == path]
    assert [fault.message.partition(", ")[2] for fault in faults] == [f"expected {expected}. Write {expected}."]
    assert (key + value).strip() in faults[0].line


@pytest.mark.parametrize(("value", "found"), [
    ("12", "'12'"), ("true", "'true'"), ("null", "nothing"), ("[x, y]", "a list of 2"), ("[]", "a list of 0"),
    ("{}", "an empty mapping"),
    ("{a: 1, b: 2, c: 3, d: 4, e: 5}", "a mapping (a, b, c, d)"),
])
def test_what_stands_there_is_named(tmp_path, value, found):
    [fault] = told(tmp_path, ("summary: Twelve sessions for a parent who uses harm.", f"summary: {value}"))
    assert fault.message.startswith(f"found {found}, expected text.")


def test_what_stands_there_is_cut_short(tmp_path):
    [fault] = told(tmp_path, ("kind: helpline", "kind: " + "x" * 200))
    assert fault.message.startswith(f"found '{'x' * 57}…', expected one of 18 known words.")


def test_a_fault_is_one_line_whatever_stands_in_the_file(tmp_path):
    [fault] = told(tmp_path, ("term: PLO\n", 'term: PLO\n    "co\\nlour\\e[31m": blue\n'))
    assert fault.message.isprintable() and fault.path.isprintable()


@pytest.mark.parametrize(("path", "change", "nearest"), [
    ("services[0].kind", ("kind: programme", "kind: program"), "programme"),
    ("services[0].tier", ("tier: core", "tier: cor"), "core"),
    ("services[0].delivery.modes[1]", ("modes: [group]", "modes: [office, groups]"), "group"),
    ("services[0].prices[0].unit", ("unit: person", "unit: persons"), "person"),
    ("services[0].report.court", ("court: not_for_court", "court: for_court"), "not_for_court"),
    ("services[0].findings[0].design", ("design: monitoring", "design: monitor"), "monitoring"),
    ("services[0].for_whom.gender", ("gender: men", "gender: man"), "men"),
    ("services[3].not_applicable[1]", ("not_applicable: [documents, report]", "not_applicable: [documents, raport]"),
     "report"),
    ("services[3].price_status", ("price_status: not_printed", "price_status: unprinted"), "not_printed"),
    ("services[2].screening[0].answers[0].leads_to", ("leads_to: proceed", "leads_to: procede"), "proceed"),
])
def test_an_unknown_word_is_told_with_the_nearest(tmp_path, path, change, nearest):
    [message] = [fault.message for fault in told(tmp_path, change) if fault.path == path]
    assert message.endswith(f" Did you mean '{nearest}'?")


def test_a_word_far_from_any_is_told_with_those_there_are(tmp_path):
    assert told(tmp_path, ("state: historic", "state: closed")) == [(
        "providers[1].status.state", "state: closed",
        "found 'closed', expected one of active, unverified, historic, superseded, renamed. "
        "It can be: active, historic, renamed, superseded, unverified.")]


# —— A number, or a range ——

@pytest.mark.parametrize("value", ["6", "6.5", "{min: 6, max: 12}", "{min: 2, max: 2.5}"])
def test_a_quantity_is_a_number_or_a_range(tmp_path, value):
    assert told(tmp_path, ("weeks: {min: 6, max: 12}", f"weeks: {value}")) == []


@pytest.mark.parametrize(("value", "faults"), [
    ("{min: 6}", {"max": "no 'max', expected a number"}),
    ("{}", {"min": "no 'min', expected a number", "max": "no 'max', expected a number"}),
    ("{min: 6, max: twelve}", {"max": "'twelve', expected a number"}),
    ("{min: 6, max: 12, mean: 9}", {"mean": "the key 'mean', expected a key of the model"}),
    ("{min: 6, mx: 12}", {"max": "no 'max', expected a number", "mx": "the key 'mx', expected a key of the model"}),
])
def test_a_bad_range_is_told_inside_the_range(tmp_path, value, faults):
    found = told(tmp_path, ("weeks: {min: 6, max: 12}", f"weeks: {value}"))
    assert {fault.path: fault.message.split(".")[0] for fault in found} == {
        f"services[0].timeline.steps[1].weeks.{name}": f"found {message}" for name, message in faults.items()}


# —— All at once ——

def test_every_fault_of_every_kind_is_told_at_once_in_the_order_of_the_file(tmp_path):
    assert [(path, line) for path, line, _ in told(
        tmp_path, ("tier: core", "teir: core"), ("amount: 900", "amount: nine"), ("term: PLO", "trem: PLO"),
        ("provider: harbour", "provider: harbor"), ('checked: "2026-06-04"', "checked: soon"),
        ("- id: six", "- id: eight"), ("reason: It ended.", "reason: <b>It ended.</b>"),
        questions=(("whose: person_using_harm", "whose: nobody"),))] == [
        ("questions[4].whose", "whose: nobody"),
        ("services[0].tier", "- id: bridge-programme"),
        ("services[0].teir", "teir: core"),
        ("services[0].prices[0].amount", "amount: nine"),
        ("services[3].provider", "provider: harbor"),
        ("disagreements[0].claims[1].id", "- id: eight"),
        ("helplines[0].checked", "checked: soon"),
        ("glossary[0].term", "- id: plo"),
        ("glossary[0].trem", "trem: PLO"),
        ("retired[0].reason", "reason: <b>It ended.</b>")]


def test_a_bad_item_does_not_hide_its_neighbours(tmp_path):
    faults = told(tmp_path, ("  - id: bridge-interview\n", "  - 5\n  - id: bridge-interview\n"),
                  ("amount: 900", "amount: 0"))
    assert [fault.path for fault in faults] == ["services[0].prices[0].amount", "services[1]"]


def test_faults_of_yaml_do_not_hide_the_others(tmp_path):
    faults = told(tmp_path, ("term: PLO\n", "term: PLO\n    term: PL\n"), ("amount: 900", "amount: nine"))
    assert [fault.path for fault in faults] == ["services[0].prices[0].amount", "glossary[0].term"]
