"""The command answers a good case, tells what is wrong with a bad one, and never shows a traceback.

Exit 0 with an answer on standard output; 1 for a case that cannot be used and 2 for wrong use, both with
nothing on standard output and plain words on standard error.
"""

import io
import json
import os
import pickle
import re
import resource
import subprocess
import sys
from functools import cache, partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz import caseload_report, command
from quiz.caseload import reckon
from quiz.pathway import Rulebook, answer
from quiz.report import Wanted
from quiz.suitability import Verdict, examine
from tests.quiz.test_real_cases import WHOLE
from tests.registry import real

GOOD = {"focus": "person_using_harm", "area": "london", "risk": "high_serious_harm_or_murder", "age": 40}
FACTS = {question.id: question for question in real.registry().questions}
SERVICES = [service.id for service in real.registry().services]


@cache
def rulebook():
    return Rulebook(real.registry())


@pytest.fixture
def run(capsys, monkeypatch):
    """Run the command in this process: exit code, standard output, standard error."""
    def run(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", open_bytes(stdin))
        code = command.main([str(argument) for argument in arguments], lambda area: real.registry())
        told = capsys.readouterr()
        return code, told.out, told.err
    return run


def open_bytes(raw):
    return io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8")


@pytest.fixture
def case_file(tmp_path):
    def write(case, name="case.json"):
        file = tmp_path / name
        file.write_bytes(case if isinstance(case, bytes) else (
            case if isinstance(case, str) else json.dumps(case)).encode())
        return file
    return write


QUICK = """
import pickle, sys
from quiz import __main__
def read(area):
    with open({!r}, "rb") as file:
        return pickle.load(file)
__main__.registry = read
sys.exit(__main__.run())
"""
"""The command with a registry that has been read already: reading it again for every run would take most of the time."""


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    """Run the command in a process of its own, as people do; `whole` reads the registry from its files too."""
    stored = tmp_path_factory.mktemp("registry") / "registry.pickle"
    stored.write_bytes(pickle.dumps(real.registry()))

    def process(*arguments, whole=False, **options):
        environment = os.environ | {"PYTHONPATH": f"{real.ROOT}{os.pathsep}{real.ROOT / 'hooks'}"} | options.pop("env", {})
        started = ["-m", "quiz"] if whole else ["-c", QUICK.format(str(stored))]
        words = [argument if isinstance(argument, bytes) else str(argument) for argument in arguments]
        return subprocess.run([sys.executable, *started, *words], cwd=real.ROOT, env=environment,
                              timeout=120, **({"capture_output": True} | options))
    return process


def assert_refused(outcome, *words):
    """A case is refused as it should be: code 1, nothing on standard output, and words a person can use."""
    code, out, err = outcome
    assert code == 1, out or err
    assert out == ""
    assert "Traceback" not in err
    for word in words:
        assert word in err


# —— A good case ——

def test_a_case_in_a_file_is_answered(run, case_file):
    code, out, err = run("check", case_file(GOOD))
    assert (code, err) == (0, "")
    assert "Fits the published criteria: " in out


def test_a_case_on_standard_input_gets_the_same_answer(run, case_file):
    assert run("check", "-", stdin=json.dumps(GOOD).encode()) == run("check", case_file(GOOD))


@pytest.mark.parametrize("name", ["case.yaml", "case.yml"])
def test_a_case_in_yaml_gets_the_same_answer(run, case_file, name):
    yaml = "".join(f"{fact}: {value}\n" for fact, value in GOOD.items())
    assert run("check", case_file(yaml, name)) == run("check", case_file(GOOD))


def test_yes_and_no_in_yaml_are_words(run, case_file):
    code, out, _ = run("check", "--json", case_file("focus: person_using_harm\nfees_confirmed: no\n", "case.yaml"))
    assert (code, json.loads(out)["answers"]["fees_confirmed"]) == (0, "no")


def test_a_mark_at_the_start_of_a_file_is_no_part_of_it(run, case_file):
    assert run("check", case_file(b"\xef\xbb\xbf" + json.dumps(GOOD).encode())) == run("check", case_file(GOOD))


def test_an_empty_object_is_a_case_with_nothing_answered(run, case_file):
    code, out, _ = run("check", "--json", case_file({}))
    assert (code, json.loads(out)["next_question"], json.loads(out)["verdicts"]) == (0, "focus", {})


def test_high_risk_is_said_first(run, case_file):
    assert run("check", case_file(GOOD))[1].startswith("! High risk comes first")


def test_the_readable_answer_says_what_it_is_not(run, case_file):
    assert "does not assess risk" in run("check", case_file(GOOD))[1]


# —— The data of an answer ——

def answer_of(run, case_file, case):
    code, out, err = run("check", case_file(case), "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_the_data_has_the_keys_of_the_contract_in_order(run, case_file):
    """The seven of the design first; what came later stands after them."""
    assert list(answer_of(run, case_file, GOOD)) == [
        "registry", "answers", "verdicts", "recommended", "documents", "next_question", "notices",
        "costs", "times", "instead"]


def test_the_data_says_which_registry_answered(run, case_file):
    about = real.registry().registry
    assert answer_of(run, case_file, GOOD)["registry"] == {
        "version": about.version, "date": about.date, "local": None}


def test_the_data_repeats_the_answers_as_given(run, case_file):
    assert answer_of(run, case_file, GOOD)["answers"] == GOOD


@pytest.mark.parametrize("case", WHOLE, ids=[case.name for case in WHOLE])
def test_every_value_of_the_data_has_its_type(run, case_file, case):
    data = answer_of(run, case_file, case.facts)
    verdicts = {str(verdict) for verdict in Verdict}
    for service, entry in data["verdicts"].items():
        assert service in SERVICES
        assert list(entry)[:5] == ["verdict", "person", "decided_by", "conditions", "missing"]
        assert entry["verdict"] in verdicts
        assert {type(item) for key in ("decided_by", "conditions", "missing") for item in entry[key]} <= {str}
        assert set(entry["missing"]) <= set(FACTS)
        assert set(entry.get("for_the_other", ())) <= set(entry)
    assert set(data["recommended"]) <= set(data["verdicts"])
    for document in data["documents"]:
        assert list(document) == ["id", "name", "certain", "needed_for"]
        assert document["needed_for"] and set(document["needed_for"]) <= set(data["recommended"])
        assert isinstance(document["certain"], bool)
    assert data["next_question"] is None or data["next_question"] in FACTS
    assert all(list(notice) == ["id", "says"] for notice in data["notices"])
    assert list(data["costs"]) == ["printed_total", "prices", "not_priced", "charged_on_top", "savings"]
    assert {one["id"] for key in ("prices", "not_priced") for one in data["costs"][key]} == set(data["recommended"])
    assert {one["id"] for one in data["times"]} <= set(data["recommended"])
    assert data["costs"]["printed_total"] is None
    assert list(data["instead"]) == ["one_answer_away", "named_instead", "for_the_worker", "helplines"]
    assert all(list(line) == ["name", "number", "who"] and all(line.values()) for line in data["instead"]["helplines"])
    assert data["instead"]["helplines"]


@pytest.mark.parametrize("case", WHOLE[::5], ids=[case.name for case in WHOLE[::5]])
def test_the_same_case_gives_the_same_bytes_in_whatever_order_it_is_written(run, case_file, case):
    forwards = answer_of(run, case_file, case.facts)
    backwards = answer_of(run, case_file, dict(reversed(case.facts.items())))
    assert json.dumps(forwards | {"answers": 0}) == json.dumps(backwards | {"answers": 0})


def test_services_stand_in_the_order_of_the_registry(run, case_file):
    listed = list(answer_of(run, case_file, GOOD)["verdicts"])
    assert listed == sorted(listed, key=SERVICES.index)


def test_the_data_is_described_for_those_who_use_it():
    """Every key somewhere a reader looks: the README, the pages or what the command says of itself."""
    places = [real.ROOT / "README.md", *(real.ROOT / "docs").rglob("*.md")]
    told = command.__doc__ + "".join(place.read_text(encoding="utf-8") for place in places)
    assert [key for key in ("verdicts", "decided_by", "conditions", "missing", "recommended", "needed_for",
                            "next_question", "notices", "costs", "times", "instead", "printed_total", "not_priced",
                            "charged_on_top", "savings", "one_answer_away", "named_instead", "for_the_worker",
                            "helplines", "--take", "--start") if key not in told] == []


# —— A start ——

MOTHER = next(case.facts for case in WHOLE if case.name == "dvact:mother-has-left-and-looks-back")


def test_with_a_start_every_step_has_the_dates_by_which_it_ends(run, case_file):
    """000:65: 4 weeks, then 6, then 6."""
    code, out, _ = run("check", case_file(MOTHER), "--json", "--start=2026-01-05")
    [times] = json.loads(out)["times"]
    assert (code, times["weeks"], times["left_of_26_weeks"]) == (0, [16, 16], [10, 10])
    assert times["steps"][-1]["ends_by"] == "2026-04-27"


def test_without_a_start_there_are_no_dates(run, case_file):
    assert [times["steps"] for times in answer_of(run, case_file, MOTHER)["times"]] == [[]]


@pytest.mark.parametrize("start", [
    "", "tomorrow", "2026-13-01", "2026-02-30", "01/02/2026", "20260105", "2026-W02-1", "2026-1-5", "2026-01-05 ",
    "2026-01-05T00:00", "26-01-05", "+2026-01-05", "\u0662\u0660\u0662\u0666-01-05", "1999-12-31", "2101-01-01", "0001-01-01",
    "9999-12-31", "12026-01-05"])
def test_a_start_that_is_no_day_is_wrong_use(run, case_file, start):
    code, out, err = run("check", case_file(MOTHER), f"--start={start}")
    assert (code, out) == (2, "")
    assert "2026-11-21" in err


def test_two_starts_are_wrong_use(run, case_file):
    assert run("check", case_file(MOTHER), "--start=2026-01-05", "--start=2026-01-06")[:2] == (2, "")


@pytest.mark.parametrize("start", ["2000-01-01", "2028-02-29", "2100-12-31"])
def test_the_first_and_the_last_day_are_starts(run, case_file, start):
    code, out, err = run("check", case_file(MOTHER), "--json", f"--start={start}")
    assert (code, err) == (0, "")
    assert all(step["ends_by"] > start for times in json.loads(out)["times"] for step in times["steps"])


# —— What is taken forward ——

PARENTS = next(case.facts for case in WHOLE if case.name == "dvact:both-parents-change-behaviour")


def taking(run, case_file, case, take):
    code, out, err = run("check", case_file(case), "--json", f"--take={take}")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_with_what_is_taken_only_that_is_gathered_paid_and_timed(run, case_file):
    """000:57, and 000:69 to 000:73 for the papers."""
    data = taking(run, case_file, PARENTS, "dvact-bc-victim,dvact-bc-perpetrator")
    assert data["costs"]["printed_total"] == 4700 + 5600
    assert {service for document in data["documents"] for service in document["needed_for"]} == {
        "dvact-bc-victim", "dvact-bc-perpetrator"}
    assert {times["id"] for times in data["times"]} == {"dvact-bc-victim", "dvact-bc-perpetrator"}


def test_what_is_taken_changes_neither_verdicts_nor_what_is_recommended(run, case_file):
    plain, data = answer_of(run, case_file, PARENTS), taking(run, case_file, PARENTS, "dvact-bc-both")
    assert {key for key in plain if plain[key] != data[key]} <= {"documents", "costs", "times"}


def test_what_is_named_twice_is_taken_once(run, case_file):
    data = taking(run, case_file, MOTHER, "dvact-bc-victim,dvact-bc-victim")
    assert data["costs"] == taking(run, case_file, MOTHER, "dvact-bc-victim")["costs"]
    assert data["costs"]["printed_total"] == 4700


@pytest.mark.parametrize(("take", "word"), [("dvact-bc-victm", "'dvact-bc-victim'"), ("", "--take="), (",", "--take=")])
def test_what_cannot_be_taken_is_wrong_use(run, case_file, take, word):
    code, out, err = run("check", case_file(MOTHER), f"--take={take}")
    assert (code, out) == (2, "")
    assert word in err


def test_two_lists_of_what_is_taken_are_wrong_use(run, case_file):
    assert run("check", case_file(MOTHER), "--take=dvact-bc-victim", "--take=dvact-needs-victim")[:2] == (2, "")


# —— A bad case ——

@pytest.mark.parametrize(("case", "words"), [
    ({"focuss": "victim_survivor"}, ["'focuss'", "'focus'"]),
    ({"focus": "victim_surviver"}, ["'focus'", "'victim_survivor'"]),
    ({"area": "West Sussex"}, ["'area'", "'west_sussex'"]),
    ({"stage": ""}, ["'stage'", "child_protection"]),
    ({"zzz": 1}, ["'zzz'", "focus, area"]),
    ({"focus": None}, ["'focus'", "null"]),
    ({"fees_confirmed": True}, ["'fees_confirmed'", "yes, no"]),
    ({"focus": ["victim_survivor"]}, ["'focus'", "a list"]),
    ({"focus": {"is": "victim_survivor"}}, ["'focus'", "an object"]),
    ({"focus": 7}, ["'focus'", "7"]),
    ({"age": "17"}, ["'age'", "whole number from 0 to 110"]),
    ({"age": 17.0}, ["'age'", "17.0"]),
    ({"age": True}, ["'age'", "true"]),
    ({"age": -1}, ["'age'", "-1"]),
    ({"age": 111}, ["'age'", "111"]),
    ({"child_age": 26}, ["'child_age'", "0 to 25"]),
    ({"age": 1e999}, ["not an answer"]),
    ({"age": float("nan")}, ["NaN"]),
    ([], ["one flat object"]),
    ([["focus", "victim_survivor"]], ["one flat object"]),
    ("focus", ["one flat object"]),
    (None, ["one flat object"]),
])
def test_a_wrong_fact_or_value_is_told_with_the_nearest(run, case_file, case, words):
    assert_refused(run("check", case_file(json.dumps(case))), *words)


def test_every_problem_is_told_at_once(run, case_file):
    _, _, err = run("check", case_file({"focuss": 1, "area": "x", "age": "old"}))
    assert len(err.splitlines()) == 3


@pytest.mark.parametrize(("raw", "words"), [
    (b"", ["not JSON"]),
    (b" \n", ["not JSON"]),
    (b"focus: victim_survivor", ["not JSON", "Line 1, column 1"]),
    (b'{"focus": "victim_survivor"', ["not JSON"]),
    (b'{"focus": "victim_survivor"} {}', ["not JSON"]),
    (b'{"focus": "victim_survivor", "focus": "professionals"}', ["'focus' is answered twice"]),
    (b'{"focus": "victim_survivor", "focus": "victim_survivor"}', ["'focus' is answered twice"]),
    (b'{"age": NaN}', ["NaN"]),
    (b'{"age": -Infinity}', ["Infinity"]),
    (b'{"age": 1e400}', ["'age'"]),
    (b'{"focus": "\xff"}', ["not text in UTF-8", "byte 12", "0xff"]),
    ('{"focus": "victim_survivor"}'.encode("utf-16"), ["not text in UTF-8"]),
    (b"\x00", ["not JSON"]),
    (b"[" * 100_000, ["nested too deeply"]),
    (b'{"age":' * 100_000, ["nested too deeply"]),
    (b'{"age":' + b"[" * 100_000 + b"]" * 100_000 + b"}", ["nested too deeply"]),
    (b'{"focus": "' + b"x" * 2_000_000 + b'"}', ["more than 1,000,000 bytes"]),
])
def test_a_file_that_is_no_case_is_told(run, case_file, raw, words):
    assert_refused(run("check", case_file(raw)), *words)


@pytest.mark.parametrize(("raw", "words"), [
    (b"", ["one flat object"]),
    (b"- focus\n", ["one flat object"]),
    (b"focus", ["one flat object"]),
    (b"focus: {", ["not YAML"]),
    (b"focus: [", ["one flat object"]),
    (b"focus: 'professionals", ["not YAML"]),
    (b"focus: professionals\n  area: london\n", ["not YAML"]),
    (b"focus: a\nfocus: b\n", ["'focus'"]),
    (b"focus: professionals\nfocus: professionals\n", ["answered twice"]),
    (b"focus: professionals\n---\nfocus: professionals\n", ["one flat object"]),
    (b"--- {}\n--- {}\n", ["one flat object"]),
    (b"age: .nan\n", ["'age'"]),
    (b"age: .inf\n", ["'age'"]),
    (b"age: 17.0\n", ["'age'"]),
    (b"age: 0x11\n", ["'age'"]),
    (b"age: ~\n", ["'age'"]),
    (b"age:\n", ["'age'"]),
    (b"age: 1e1\n", ["'age'"]),
    (b"age: -1\n", ["'age'", "0 to 110"]),
    (b"age: [17]\n", ["one flat object"]),
    (b"age: {is: 17}\n", ["one flat object"]),
    (b"a: &a {age: 17}\n<<: *a\n", ["one flat object"]),
    (b"focus: &f professionals\narea: *f\n", ["one flat object"]),
    (b"focus: !!python/object/apply:os.system [true]\n", ["one flat object"]),
    (b"focus: !!python/name:os.system x\n", ["'focus'"]),
    (b"focus: \xff\n", ["not text in UTF-8", "0xff"]),
    (b"[" * 100_000, ["one flat object"]),
    (b"{age: " * 100_000, ["one flat object"]),
    (b"&a {age: *a}\n", ["one flat object"]),
    (b"focus: " + b"x" * 2_000_000, ["more than 1,000,000 bytes"]),
])
def test_a_yaml_file_that_is_no_case_is_told(run, case_file, raw, words):
    assert_refused(run("check", case_file(raw, "case.yaml")), *words)


def test_a_yaml_key_that_is_a_list_or_a_mapping_is_told(run, case_file):
    for raw in (b"? [focus, area]\n: london\n", b"? {focus: area}\n: london\n"):
        assert_refused(run("check", case_file(raw, "case.yaml")), "one flat object")


def test_a_byte_that_is_no_text_is_named_rightly_after_a_mark(run, case_file):
    assert_refused(run("check", case_file(b'\xef\xbb\xbf{"focus": "\xff"}')), "byte 15", "0xff")


def test_a_number_of_thousands_of_digits_is_told_in_plain_words(run, case_file):
    outcome = run("check", case_file(b'{"age": ' + b"1" * 5000 + b"}"))
    assert_refused(outcome, "'age'", "whole number from 0 to 110")
    assert "sys." not in outcome[2]


def test_a_small_yaml_file_that_unfolds_to_a_huge_one_is_refused_at_once(process, case_file):
    """References inside references: each line ten times the one before. Told apart by how long it takes."""
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]", *(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9))]
    limit = partial(resource.setrlimit, resource.RLIMIT_CPU, (5, 5))
    told = process("check", case_file("\n".join([*lines, "age: *a8"]), "case.yaml"), preexec_fn=limit)
    assert (told.returncode, told.stdout) == (1, b"")
    assert b"one flat object" in told.stderr and b"Traceback" not in told.stderr


def test_yaml_without_its_library_is_told(run, case_file, monkeypatch):
    monkeypatch.setitem(sys.modules, "yaml", None)
    assert_refused(run("check", case_file("focus: professionals\n", "case.yaml")), "PyYAML", "JSON")


def test_a_missing_file_is_told(run, tmp_path):
    assert_refused(run("check", tmp_path / "gone.json"), "gone.json", "No such file")


def test_a_directory_is_told(run, tmp_path):
    assert_refused(run("check", tmp_path), "Is a directory")


def test_too_much_on_standard_input_is_told(run):
    assert_refused(run("check", "-", stdin=b" " * 1_500_000), "1,000,000")


def test_a_bad_case_is_told_for_an_explanation_too(run, case_file):
    assert_refused(run("explain", "drive", case_file({"risk": "huge"})), "'risk'")


# —— Wrong use ——

@pytest.mark.parametrize("words", [
    [], ["check"], ["check", "a", "b"], ["chek", "a"], ["questions", "a"], ["explain"], ["explain", "drive", "a", "b"],
    ["check", "--jsn", "-"], ["--json"], ["--", "check"], [""],
])
def test_wrong_use_shows_how_it_is_used(run, words):
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert "python -m quiz" in err


@pytest.mark.parametrize("words", [
    ["explain", "drive", "--json"], ["explain", "drive", "--start=2026-01-05"], ["explain", "drive", "--take=drive"],
    ["questions", "--start=2026-01-05"], ["questions", "--take=drive"], ["questions", "--json", "--json"],
    ["questions", "--json="], ["questions", "--help"], ["check", "-", "--json=yes"], ["check", "-", "--start"]])
def test_a_flag_that_does_nothing_is_wrong_use(run, words):
    assert run(*words)[:2] == (2, "")


@pytest.mark.parametrize(("service", "nearest"), [("drivee", "'drive'"), ("marak", "'marac'"), ("Drive", "'drive'")])
def test_an_unknown_service_is_told_with_the_nearest(run, service, nearest):
    code, out, err = run("explain", service)
    assert (code, out) == (2, "")
    assert nearest in err


# —— Questions ——

def test_every_question_is_listed_with_its_answers(run):
    code, out, _ = run("questions")
    assert code == 0
    for question in FACTS.values():
        assert f"{question.id}: {question.ask}\n" in out
        assert all(f"    {option.value}: {option.label}\n" in out for option in question.options)


def test_the_questions_are_data_as_well(run):
    listed = json.loads(run("questions", "--json")[1])
    assert [question["id"] for question in listed] == list(FACTS)
    assert all(bool(question["values"]) != bool(question["years"]) for question in listed)


# —— Explanations ——

@pytest.mark.parametrize("service", [candidate.service.id for candidate in rulebook().candidates])
def test_an_explanation_has_every_criterion_with_its_source(run, service):
    code, out, _ = run("explain", service)
    candidate = next(found for found in rulebook().candidates if found.service.id == service)
    assert code == 0
    for check in candidate.checks:
        assert f"{check.criterion.says} [" in out
        assert f"({check.criterion.source.document}, {check.criterion.source.section})" in out


FOCUS = {option.value: option.label for option in FACTS["focus"].options}


def verdict_lines(explained):
    """The lines of an explanation that give a verdict: whom it is for, and what is said."""
    return [line for line in explained.splitlines()
            if line.rpartition(": ")[2] in {verdict.label for verdict in Verdict} and not line.startswith(" ")]


def test_without_a_case_nothing_is_known_and_no_verdict_is_given(run):
    for candidate in rulebook().candidates:
        out = run("explain", candidate.service.id)[1]
        assert "[yes]" not in out and "[no]" not in out
        assert out.count("[not known]") == len(candidate.checks)
        assert verdict_lines(out) == [] and Verdict.FITS.label not in out
        assert f"  Still to answer: {', '.join(examine(candidate, {}).missing)}" in out


@pytest.mark.parametrize("case", WHOLE, ids=[case.name for case in WHOLE])
def test_without_a_focus_no_verdict_is_given(case):
    """Whom the work is for decides whether a service is looked at, so nothing is said of it before that is known."""
    case = {fact: value for fact, value in case.facts.items() if fact != "focus"}
    assert not [candidate.service.id for candidate in rulebook().candidates
                if verdict_lines(command.explain(rulebook(), candidate.service.id, case))]


def test_a_service_to_browse_is_never_an_answer(run):
    browse = next(service for service in real.registry().services if service.browse_only)
    code, out, _ = run("explain", browse.id)
    assert code == 0 and browse.browse_only in out and "never as an answer" in out


def said_of(case):
    """The verdicts of a check, by service, each with the person it is for; two where both parents are looked at."""
    said = {}
    for person in answer(rulebook(), case).people:
        for found in person.answers:
            said.setdefault(found.service.id, []).append(f"{FOCUS[person.person]}: {found.verdict.label}")
    return said


@pytest.mark.parametrize("case", WHOLE, ids=[case.name for case in WHOLE])
def test_an_explanation_agrees_with_the_check(case):
    for service, said in said_of(case.facts).items():
        assert verdict_lines(command.explain(rulebook(), service, case.facts)) == said, service


@pytest.mark.parametrize("case", WHOLE, ids=[case.name for case in WHOLE])
def test_an_explanation_never_says_that_a_service_for_somebody_else_fits(case):
    """A service that a check does not look at, because it is not for these people: it says whom it is for instead."""
    said = said_of(case.facts)
    for candidate in rulebook().candidates:
        if candidate.service.id not in said:
            explained = command.explain(rulebook(), candidate.service.id, case.facts)
            people = [FOCUS[party] for party in candidate.service.for_whom.parties]
            assert explained.splitlines()[1] == f"It is not for this person, but for: {', '.join(people)}"
            assert verdict_lines(explained) == [] and "[yes]" not in explained and "[no]" not in explained


def test_where_the_parents_differ_an_explanation_tells_both_verdicts():
    case = next(case for case in WHOLE if case.name == "dvact:both-parents-on-different-routes").facts
    case = {**case, "victim_trauma": "high_focused_work_needed"}
    said = said_of(case)["dvact-traumasense"]
    assert said == [f"{FOCUS['victim_survivor']}: {Verdict.FITS.label}",
                    f"{FOCUS['person_using_harm']}: {Verdict.DOES_NOT_FIT.label}"]
    assert verdict_lines(command.explain(rulebook(), "dvact-traumasense", case)) == said


# —— As people run it ——

def test_the_command_runs_from_the_folder_of_the_project(process, case_file):
    told = process("check", case_file(GOOD), "--json", whole=True)
    assert (told.returncode, told.stderr) == (0, b"")
    assert json.loads(told.stdout)["recommended"][:2] == ["idva", "marac"]


def test_it_reads_standard_input(process):
    told = process("check", "-", input=json.dumps(GOOD).encode())
    assert (told.returncode, told.stderr) == (0, b"")


def test_half_a_character_in_a_case_does_no_harm(process, case_file):
    told = process("check", case_file(b'{"focus\\ud800": 1, "area": "\\udfff"}'))
    assert (told.returncode, told.stdout) == (1, b"")
    assert b"Traceback" not in told.stderr


def test_a_name_of_a_file_that_is_no_text_does_no_harm(process):
    told = process("check", b"\xff.json")
    assert (told.returncode, told.stdout) == (1, b"")
    assert b"Traceback" not in told.stderr


def test_a_reader_that_leaves_early_sees_nothing_and_no_fault(process):
    reader, writer = os.pipe()
    os.close(reader)
    told = process("questions", stdout=writer, stderr=subprocess.PIPE, capture_output=False)
    os.close(writer)
    assert (told.returncode, told.stderr) == (0, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_full_disk_is_told(process):
    with open("/dev/full", "wb") as full:
        told = process("questions", stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert told.returncode == 1
    assert told.stderr.startswith(b"The answer cannot be written: ") and len(told.stderr.splitlines()) == 1


def test_no_standard_input_at_all_is_told(process):
    told = process("check", "-", preexec_fn=partial(os.close, 0))
    assert (told.returncode, told.stdout) == (1, b"")
    assert b"Standard input is closed" in told.stderr and len(told.stderr.splitlines()) == 1


def test_a_terminal_that_knows_few_characters_gets_an_answer(process, case_file):
    told = process("check", case_file(GOOD), env={"PYTHONIOENCODING": "ascii"})
    assert (told.returncode, told.stderr) == (0, b"")
    assert b"Fits the published criteria: " in told.stdout


def test_a_file_far_too_large_is_refused_before_it_is_read(process, tmp_path):
    """A file of four thousand million empty bytes, with memory for a quarter of it."""
    big = tmp_path / "big.json"
    with big.open("wb") as file:
        file.truncate(4_000_000_000)
    limit = partial(resource.setrlimit, resource.RLIMIT_AS, (1_000_000_000, 1_000_000_000))
    told = process("check", big, preexec_fn=limit)
    assert (told.returncode, told.stdout) == (1, b"")
    assert b"more than 1,000,000 bytes" in told.stderr and b"Traceback" not in told.stderr


# —— Any case at all ——

def values(question):
    return st.sampled_from([option.value for option in question.options]) if question.options else st.integers(
        question.years.min, question.years.max)


any_case = st.fixed_dictionaries({}, optional={fact: values(question) for fact, question in FACTS.items()})


@settings(max_examples=60)
@given(any_case)
def test_any_case_made_of_its_facts_is_answered(case):
    data = json.loads(command.check(rulebook(), case, True, Wanted()))
    assert data["answers"] == case
    assert command.check(rulebook(), case, False, Wanted()).endswith("judgement.\n")
    assert data["next_question"] not in case


# —— A caseload ——

EXAMPLE = re.search(r"```\n(\{.*?)```", (real.ROOT / "docs" / "command.md").read_text(encoding="utf-8"), re.DOTALL)[1]
"""The caseload that the page on the command line prints."""


def test_the_caseload_on_the_page_is_answered_in_every_form(run, case_file):
    found = reckon(rulebook(), caseload_report.from_data(json.loads(EXAMPLE), rulebook()))
    file = case_file(EXAMPLE)
    assert run("caseload", file) == (0, caseload_report.as_text(found), "")
    assert json.loads(run("caseload", file, "--json")[1]) == caseload_report.as_data(found)
    assert run("caseload", "--csv", "-", stdin=EXAMPLE.encode())[1] == caseload_report.as_csv(found)


def test_every_key_of_a_caseload_is_described(run, case_file):
    page = (real.ROOT / "docs" / "command.md").read_text(encoding="utf-8").partition("## A caseload")[2]
    data = json.loads(run("caseload", "--json", case_file(EXAMPLE))[1])
    of = [data, data["lines"][0], data["totals"][0], data["people"], data["until"], data["times"][0]]
    assert [key for one in of for key in one if f"`{key}`" not in page and key not in ("number", "takes", "id")] == []


def test_a_caseload_that_cannot_be_used_is_refused(run, case_file):
    assert_refused(run("caseload", case_file({"families": [{"number": -1, "takes": {"both_parents": "drive"}}]})),
                   "whole number", "is not for them")
    assert_refused(run("caseload", case_file(GOOD)), "must be one object")
    assert_refused(run("caseload", case_file("")), "not JSON")
    assert_refused(run("caseload", "no-such-file.json"), "cannot be read")


@pytest.mark.parametrize("words", [["caseload"], ["caseload", "-", "--json", "--csv"], ["caseload", "-", "--start=2026-01-05"]])
def test_wrong_use_of_the_caseload_is_told(run, words):
    code, out, err = run(*words, stdin=EXAMPLE.encode())
    assert (code, out) == (2, "") and "--json" in err
