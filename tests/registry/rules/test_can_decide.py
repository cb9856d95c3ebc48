"""A condition that every case meets, or none, decides nothing and is told."""

import pytest

from tests.registry.registries import run, told, write


def holds(path, line, truth):
    return [(path, line, f"found a condition that {truth} holds, expected one that some cases meet and others do not. "
                         "Check its values, and what they are joined by.")]


@pytest.mark.parametrize(("condition", "truth"), [
    ("{age: {from: 0}}", "always"),
    ("{age: {to: 110}}", "always"),
    ("{stage: [before_court, in_court]}", "always"),
    ("{any: [{age: {from: 18}}, {age: {to: 17}}]}", "always"),
    ("{any: [{stage: in_court}, {not: {stage: in_court}}]}", "always"),
    ("{not: {age: {from: 0}}}", "never"),
    ("{all: [{stage: in_court}, {stage: before_court}]}", "never"),
    ("{all: [{age: {from: 18}}, {age: {to: 17}}]}", "never"),
    ("{all: [{age: {to: 17}}, {stage: in_court}, {age: 18}]}", "never"),
])
def test_a_condition_that_cannot_decide_is_told(tmp_path, condition, truth):
    assert told(tmp_path, ("requires: {age: {from: 18}}", f"requires: {condition}")) == holds(
        "services[0].criteria[1].requires", f"requires: {condition}", truth)


def test_the_condition_of_a_document_is_looked_at_too(tmp_path):
    line = "when: {stage: [in_court, before_court]}"
    assert told(tmp_path, ("when: {stage: in_court}", line)) == holds("documents[1].when", line, "always")


@pytest.mark.parametrize("condition", [
    "{age: {from: 1}}", "{age: {to: 109}}", "{age: 0}", "{age: 110}",
    "{any: [{age: {from: 18}}, {age: {to: 16}}]}",
    "{all: [{stage: in_court}, {not: {stage: before_court}}]}",
    "{stage: in_court, age: {from: 18, to: 18}}",
])
def test_a_condition_that_one_case_meets_and_another_does_not_is_sound(tmp_path, condition):
    assert told(tmp_path, ("requires: {age: {from: 18}}", f"requires: {condition}")) == []


def test_years_with_no_year_in_them_are_told_by_their_own_rule(tmp_path):
    faults = told(tmp_path, questions=(("{min: 0, max: 110}", "{min: 110, max: 0}"),))
    assert "questions[4].years" in [fault.path for fault in faults]


def test_a_condition_on_thirty_facts_is_answered_at_once(tmp_path):
    facts = "".join(f"  - {{id: f{n}, ask: Which?, whose: case, asked_for: [parent], "
                    "options: [{value: a, label: A}, {value: b, label: B}]}\n" for n in range(30))
    every = ", ".join(f"{{f{n}: b}}" for n in range(30))
    files = write(tmp_path, ("requires: {age: {from: 18}}", f"requires: {{all: [{every}]}}"),
                  questions=(("questions:\n", "questions:\n" + facts),))
    done = run("-c", "import sys, pathlib; from waymark_site import registry;"
                     "registry.read(*map(pathlib.Path, sys.argv[1:]))", *files)
    assert (done.returncode, done.stderr) == (0, "")
