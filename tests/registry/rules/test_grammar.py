"""Every condition is in the grammar, and a fault leads into the condition."""

import pytest

from tests.registry.registries import told

MEND = "See ‘Criteria’ in CONTRIBUTING.md for what a condition can be."


@pytest.mark.parametrize(("inside", "condition", "message"), [
    ("", "{}", "found a mapping with nothing in it, expected a fact with its value, or all, any or not."),
    (".age", "{age: []}", "found an empty list, expected one or more values."),
    (".age", "{age: true}", "found 'True', expected a word or a whole number."),
    (".age", "{age: 17.5}", "found '17.5', expected a word or a whole number."),
    (".age", "{age: null}", "found nothing, expected a word or a whole number."),
    (".age", "{age: [[18]]}", "found a list, expected a word or a whole number."),
    (".age", "{age: {}}", "found a mapping with nothing in it, expected from and to, in whole years."),
    (".age", "{age: {above: 17}}", "found a mapping with above, expected from and to, in whole years."),
    (".age", "{age: {from: 18, to: 11}}", "found from 18 to 11, expected from not to be above to."),
    (".age.from", "{age: {from: eighteen}}", "found 'eighteen', expected a whole number of years."),
    (".all", "{all: []}", "found a list, expected a list of conditions under 'all'."),
    (".any", "{any: {age: 18}}", "found a mapping with age, expected a list of conditions under 'any'."),
    (".any[1].age", "{any: [{age: 3}, {age: {above: 2}}]}",
     "found a mapping with above, expected from and to, in whole years."),
    (".not", "{not: 18}", "found '18', expected a fact with its value, or all, any or not."),
    (".not", "{not: [{age: 18}]}", "found a list, expected a fact with its value, or all, any or not."),
])
def test_a_bad_condition_of_a_service_is_told(tmp_path, inside, condition, message):
    assert told(tmp_path, ("requires: {age: {from: 18}}", f"requires: {condition}")) == [(
        f"services[0].criteria[1].requires{inside}", f"requires: {condition}", f"{message} {MEND}")]


def test_a_bad_condition_of_a_shared_criterion_is_told(tmp_path):
    assert told(tmp_path, ("requires: {referrer: worker}", "requires: {not: worker}")) == [(
        "shared_criteria[0].criteria[0].requires.not", "requires: {not: worker}",
        f"found 'worker', expected a fact with its value, or all, any or not. {MEND}")]


def test_a_bad_condition_of_a_document_is_told(tmp_path):
    assert told(tmp_path, ("when: {stage: in_court}", "when: {not: in_court}")) == [(
        "documents[1].when.not", "when: {not: in_court}",
        f"found 'in_court', expected a fact with its value, or all, any or not. {MEND}")]


def test_the_line_is_that_of_the_part_at_fault(tmp_path):
    [fault] = told(tmp_path, ("requires: {age: {from: 18}}",
                              "requires:\n          any:\n            - age: {from: 18}\n            - stage: []"))
    assert fault == ("services[0].criteria[1].requires.any[1].stage", "- stage: []",
                     f"found an empty list, expected one or more values. {MEND}")
