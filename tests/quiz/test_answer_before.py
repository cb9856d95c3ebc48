"""An answer that rests on an earlier outcome is the answer of a full evaluation, whatever was changed."""

import pytest

from quiz.pathway import Outcome, answer


def options(question):
    """Every answer to a question, and None for no answer; of ages, a few."""
    if question.years:
        return [*range(question.years.min, question.years.max + 1, 7), None]
    return [*(option.value for option in question.options), None]


def with_answer(case, fact, value):
    """The case with one answer changed or, with None, taken back."""
    return {key: old for key, old in case.items() if key != fact} | ({} if value is None else {fact: value})


def walk(rulebook, person):
    """A case about a person, answered to its last question so that most services stay possible; every outcome on the way."""
    outcome = answer(rulebook, {"focus": person})
    yield outcome
    while (fact := outcome.next_question) is not None:
        outcome = max((answer(rulebook, {**outcome.case, fact: value})
                       for value in options(rulebook.questions[fact]) if value is not None), key=Outcome.still_possible)
        yield outcome


@pytest.mark.parametrize("person", ["victim_survivor", "person_using_harm", "both_parents", "child_or_young_person",
                                    "young_person_using_harm", "professionals"])
def test_every_single_change_gives_the_outcome_of_a_full_evaluation(rulebook, person):
    for outcome in walk(rulebook, person):
        for fact, question in rulebook.questions.items():
            for value in options(question):
                changed = with_answer(outcome.case, fact, value)
                assert answer(rulebook, changed, before=outcome) == answer(rulebook, changed)


def test_a_service_that_the_change_does_not_touch_is_not_judged_again(rulebook):
    before = answer(rulebook, {"focus": "both_parents", "area": "london"})
    after = answer(rulebook, {"focus": "both_parents", "area": "surrey"}, before=before)
    for earlier, later in zip(before.people, after.people, strict=True):
        for candidate, old, new in zip(rulebook.considered(later.person), earlier.answers, later.answers, strict=True):
            assert (old is new) == (old == new), candidate.service.id
