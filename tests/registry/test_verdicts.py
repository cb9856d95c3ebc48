"""The verdicts said to differ are those that do: counted by hand over every case, with the oracle and not the engine."""

import dataclasses
import itertools

import pytest

from quiz.model import Criterion, Where
from quiz.pathway import Rulebook
from quiz.suitability import examine
from tests.quiz import oracle
from tests.registry import real
from waymark_site.verdicts import moved

TRIED = ("dvip-yuva", "dvip-individual-work", "mst", "refuge", "idva")
"""Services of every effect whose cases are few enough to be counted one by one."""


def with_service(registry, service):
    """The registry with one service in the place of the one of that id."""
    return dataclasses.replace(registry, services=tuple(
        service if one.id == service.id else one for one in registry.services))


def by_hand(registries, id, person):
    """Every pair of verdicts over all whole cases of what either registry reads, with how many cases."""
    questions = {question.id: question for question in registries[1].questions}
    written = [oracle.written(next(one for one in registry.services if one.id == id), registry) for registry in registries]
    facts = sorted(set().union(*(oracle.facts(condition) for criteria in written for _, condition in criteria)) - {"focus"})
    found = {}
    for way in itertools.product(*(oracle.answers(questions[fact]) for fact in facts)):
        case = {"focus": person, **dict(zip(facts, way))}
        pair = tuple(oracle.verdict(criteria, case) for criteria in written)
        found[pair] = found.get(pair, 0) + 1
    return found


EDITS = ("drop the first", "drop the last", "require less", "ask instead", "exclude")


def edited(service, how):
    """A service with one criterion of its own changed."""
    own = service.criteria
    if how == "drop the first":
        return dataclasses.replace(service, criteria=own[1:])
    if how == "drop the last":
        return dataclasses.replace(service, criteria=own[:-1])
    where = Where(document=service.source.document, section="A test")
    more = {"require less": {"requires": {"referrer": ["social_worker", "self"]}}, "ask instead": {"ask_first": {"court_likely": "yes"}},
            "exclude": {"excludes": {"all": [{"area": "london"}, {"not": {"referrer": "self"}}]}}}[how]
    return dataclasses.replace(service, criteria=(*own, Criterion(id="a-test", says="A test.", source=where, **more)))


@pytest.mark.parametrize("how", EDITS)
def test_the_numbers_are_those_of_every_case_counted_one_by_one(how):
    before = real.registry()
    differ = 0
    for service in (one for one in before.services if one.id in TRIED):
        after = with_service(before, edited(service, how))
        told = {one.person: one for one in moved(before, after)}
        assert {one.service for one in told.values()} <= {service.id}
        for person in service.for_whom.parties:
            pairs = {pair: count for pair, count in by_hand((before, after), service.id, person).items() if pair[0] != pair[1]}
            one = told.get(person)
            shown = {(shift.before, shift.after): shift.cases for shift in one.shifts} if one and not one.gaps else {}
            assert shown == pairs, (service.id, person)
            differ += len(pairs)
            if one and not one.gaps:
                assert one.moved == sum(pairs.values()) <= one.cases
    assert differ


def test_each_example_has_the_verdicts_it_stands_for_whatever_else_is_answered():
    before = real.registry()
    service = next(one for one in before.services if len(one.criteria) > 2 and not one.browse_only)
    after = with_service(before, edited(service, "exclude"))
    books = [{one.service.id: one for one in Rulebook(registry).candidates}[service.id] for registry in (before, after)]
    told = list(moved(before, after))
    assert told
    for one in told:
        for shift in one.shifts:
            case = {"focus": one.person, **shift.example}
            if one.gaps:
                assert [examine(book, case).verdict for book in books] == [shift.before, shift.after]
                continue
            rest = [fact for fact in one.facts if fact not in case]
            for answers in ([oracle.answers(question)[0] for question in _asked(before, rest)],
                            [oracle.answers(question)[-1] for question in _asked(before, rest)]):
                whole = case | dict(zip(rest, answers))
                assert [examine(book, whole).verdict for book in books] == [shift.before, shift.after]


def _asked(registry, facts):
    questions = {question.id: question for question in registry.questions}
    return [questions[fact] for fact in facts]


def test_the_same_registry_has_the_same_verdicts_and_words_change_none():
    before = real.registry()
    service = next(one for one in before.services if one.criteria)
    reworded = dataclasses.replace(service, criteria=tuple(
        dataclasses.replace(one, says=f"{one.says} Indeed.") for one in service.criteria))
    assert list(moved(before, before)) == list(moved(before, with_service(before, reworded))) == []


def test_a_service_that_comes_or_goes_is_told_for_each_person():
    before = real.registry()
    service = next(one for one in before.services if not one.browse_only)
    less = dataclasses.replace(before, services=tuple(one for one in before.services if one is not service))
    for pair, place in (((before, less), "after"), ((less, before), "before")):
        told = [one for one in moved(*pair) if one.service == service.id]
        assert sorted(one.person for one in told) == sorted(service.for_whom.parties)
        assert all(getattr(shift, place) is None for one in told for shift in one.shifts)
        assert all(one.moved == one.cases for one in told)


def test_a_criterion_said_twice_changes_no_whole_case():
    before = real.registry()
    service = next(one for one in before.services if one.criteria and not one.browse_only)
    twice = dataclasses.replace(service.criteria[0], id="said-again")
    assert list(moved(before, with_service(before, dataclasses.replace(service, criteria=(*service.criteria, twice))))) == []


def test_a_space_that_is_too_large_is_said_to_be_and_no_number_given():
    before = real.registry()
    service = next(one for one in before.services if len(one.criteria) > 2 and not one.browse_only)
    told = list(moved(before, with_service(before, edited(service, "exclude")), most=1))
    assert told and all(one.too_large and not one.shifts for one in told)


def test_every_service_of_the_real_registry_can_be_looked_at_whole():
    before = real.registry()
    after = dataclasses.replace(before, services=tuple(
        edited(one, "ask instead") if not one.browse_only else one for one in before.services))
    assert not any(one.too_large for one in moved(before, after))
