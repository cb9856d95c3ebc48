"""Conditions, parties, referrers and places use facts and values that the questions have."""

import pytest

from tests.registry.registries import told


@pytest.mark.parametrize(("condition", "message"), [
    ("{agee: {from: 18}}", "found the fact 'agee', expected a fact of questions.yaml. Did you mean 'age'?"),
    ("{weather: fine}", "found the fact 'weather', expected a fact of questions.yaml. "
                        "It can be: age, area, focus, referrer, stage."),
    ("{stage: [in_court, incourt]}", "found 'incourt', expected a value of 'stage'. Did you mean 'in_court'?"),
    ("{stage: [in_court, 7]}", "found '7', expected a value of 'stage'. It can be: before_court, in_court."),
    ("{age: [18, old]}", "found 'old' for 'age', expected whole years. Write a number, or from and to."),
    ("{age: {from: 18, to: 111}}", "found more than 110 years, expected at most 110. Check the age."),
    ("{area: {from: 3}}", "found years for 'area', expected one of its values. It can be: north, south."),
    ("{any: [{age: 18}, {not: {stag: in_court}}]}",
     "found the fact 'stag', expected a fact of questions.yaml. Did you mean 'stage'?"),
])
def test_a_condition_on_an_unknown_fact_or_value_is_told(tmp_path, condition, message):
    assert told(tmp_path, ("requires: {age: {from: 18}}", f"requires: {condition}")) == [
        ("services[0].criteria[1].requires", f"requires: {condition}", message)]


def test_the_condition_of_a_document_is_looked_at_too(tmp_path):
    assert told(tmp_path, ("when: {stage: in_court}", "when: {stages: in_court}")) == [(
        "documents[1].when", "when: {stages: in_court}",
        "found the fact 'stages', expected a fact of questions.yaml. Did you mean 'stage'?")]


@pytest.mark.parametrize(("path", "change", "message"), [
    ("services[3].for_whom.parties[0]", ("parties: [child]", "parties: [childs]"),
     "found 'childs', expected a value of 'focus'. Did you mean 'child'?"),
    ("services[0].referral.who[1]", ("who: [worker]", "who: [worker, nurse]"),
     "found 'nurse', expected a value of 'referrer'. It can be: self, worker."),
    ("services[0].area.places[1]", ("places: [north]", "places: [varies, moon]"),
     "found 'moon', expected a value of 'area'. It can be: north, south, uk_wide, varies."),
    ("services[0].prices[0].party", ("party: parent", "party: parnet"),
     "found 'parnet', expected a value of 'focus'. Did you mean 'parent'?"),
])
def test_an_unknown_word_beside_the_conditions_is_told(tmp_path, path, change, message):
    [fault] = told(tmp_path, change)
    assert (fault.path, fault.message) == (path, message)
    assert fault.line.removeprefix("- ") == change[1]


def test_a_question_is_asked_for_a_focus_that_exists(tmp_path):
    assert told(tmp_path, questions=(("asked_for: [parent]\n    years", "asked_for: [parnt]\n    years"),)) == [(
        "questions[4].asked_for[0]", "asked_for: [parnt]",
        "found 'parnt', expected a value of 'focus'. Did you mean 'parent'?")]


def test_a_question_has_options_or_years(tmp_path):
    fault, *_ = told(tmp_path, questions=(("    years: {min: 0, max: 110}\n", ""),))
    assert fault == ("questions[4]", "- id: age", "found no options and no years, expected one of the two. "
                                                  "Give a closed list of options, or a range of years.")


def test_a_question_does_not_have_both(tmp_path):
    fault, *_ = told(tmp_path, questions=(("asked_for: [parent]\n    options",
                                           "asked_for: [parent]\n    years: {min: 0, max: 9}\n    options"),))
    assert fault == ("questions[3]", "- id: stage", "found options and years together, expected one of the two. "
                                                    "Give a closed list of options, or a range of years.")


@pytest.mark.parametrize("place", ["uk_wide", "varies"])
def test_a_place_may_be_wider_than_any_answer(tmp_path, place):
    assert told(tmp_path, ("places: [north]", f"places: [{place}]")) == []
