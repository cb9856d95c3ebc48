"""A change to a criterion that is said to make no difference makes none: `make mutate` leaves such changes out."""

import itertools

from quiz import logic
from quiz.suitability import Candidate, Check, Effect, Verdict, examine
from spaces import ServiceSpace

FEW = 1200
"""Services with at most so many cases, gaps included, are gone through case by case."""


def test_a_change_shows_just_where_some_case_is_told_something_else(rulebook):
    """For each criterion: every other effect, and its condition with each single answer let in and kept out."""
    shown, hidden = [], []
    for candidate in rulebook.candidates:
        space = ServiceSpace(candidate, rulebook.registry, rulebook.questions, each_answer=True)
        cases = [*itertools.islice(every_case(space), FEW + 1)]
        for index, check in enumerate(candidate.checks) if len(cases) <= FEW else ():
            before = [told(examine(candidate, case)) for case in cases]
            for other in changed(check, space):
                with_other = Candidate(candidate.service, (*candidate.checks[:index], other, *candidate.checks[index + 1:]))
                shows = any(told(examine(with_other, case)) != held for case, held in zip(cases, before, strict=True))
                assert space.tells_apart(index, other) is shows, (space.id, check.criterion.id, other)
                (shown if shows else hidden).append(other)
    print(f"\n{len(shown):,} changes show, {len(hidden):,} do not")
    assert len(shown) > 200 and len(hidden) > 50


def every_case(space):
    """Every case of a service for each of its people, with every set of gaps."""
    facts = [fact for fact in space.groups if fact != "focus"]
    for person in space.people:
        for answers in itertools.product(*([*(group[0] for group in space.groups[fact]), None] for fact in facts)):
            given = {fact: answer for fact, answer in zip(facts, answers, strict=True) if answer is not None}
            yield {"focus": person} | given


def changed(check, space):
    """Other criteria that might stand in place of one, over the same facts."""
    yield from (Check(check.criterion, effect, check.expression) for effect in Effect if effect is not check.effect)
    for fact in dict.fromkeys(logic.facts(check.expression)):
        for [answer] in space.groups[fact]:
            one = logic.OneOf(fact, frozenset([answer]))
            yield Check(check.criterion, check.effect, logic.Any_((check.expression, one)))
            yield Check(check.criterion, check.effect, logic.All((check.expression, logic.Not(one))))


def told(found):
    """What a visitor is told of a service: the verdict with its reasons and conditions, or what is still missing."""
    if found.verdict is Verdict.NEED_MORE:
        return found.verdict, {*found.missing}
    reasons = {one.id for one in found.decided_by} if found.verdict is not Verdict.FITS else set()
    return found.verdict, reasons, {one.id for one in found.conditions}
