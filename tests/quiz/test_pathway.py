"""Every way through the quiz, from the first question to the last answer.

There are hundreds of thousands of millions of millions of ways. What is still to come depends only on
what each service still waits for, so ways that leave the same waiting are walked on as one. Waiting is
read off the diagrams of each service, and `answer` itself is asked at every place that is met.
"""

import itertools
from functools import cache
from typing import NamedTuple

import pytest

import oracle
from quiz.instead import instead
from quiz.pathway import FIRST, TRACKS, Outcome, answer, kept, why_asked
from quiz.report import documents
from quiz.suitability import Effect, Verdict
from spaces import NO_ANSWER

FOCUSES = ("victim_survivor", "person_using_harm", "both_parents", "young_person_using_harm", "child_or_young_person",
           "professionals")

FEWEST_WAYS = {"victim_survivor": 10 ** 7, "person_using_harm": 10 ** 12, "both_parents": 10 ** 15,
               "young_person_using_harm": 10 ** 3, "child_or_young_person": 10 ** 5, "professionals": 1}
"""The proof must not grow empty: at least so many ways."""


class Waiting:
    """What one service still waits for: it asks one fact next, and what it waits for then hangs on the answer.

    Two that wait for the same are one object."""

    made: dict[tuple, "Waiting"] = {}

    def __new__(cls, *parts):
        return cls.made.setdefault(parts, super().__new__(cls))

    def __init__(self, level: int, matters: bool, branches: tuple["Waiting | None", ...]):
        self.level = level
        """The place of the fact in the order of asking."""
        self.matters = matters
        """Whether some filling of the rest makes the answer matter to the verdict."""
        self.branches = branches
        """By class of answers, "I do not know" last."""


class Quiz:
    """The quiz for one focus, as diagrams."""

    def __init__(self, focus, spaces, questions):
        self.focus, self.questions, self.facts = focus, questions, list(questions)
        every = tuple(one for space in spaces.values() for one in space.written)
        self.groups = oracle.classes(every, questions)
        self.start = frozenset(
            waiting for person in TRACKS.get(focus, (focus,)) for space in spaces.values()
            if person in space.people and (waiting := self._waiting(space, person)))

        self.some = {fact: groups[0][0] for fact, groups in self.groups.items() if fact != "focus"} | {"focus": focus}
        """An answer to everything."""

    def branch(self, fact, value):
        """The branch that an answer takes; None is unknown."""
        groups = self.groups[fact]
        return NO_ANSWER if value is None else next(index for index, group in enumerate(groups) if value in group)

    def branches(self, fact):
        """What can be answered to a question: one answer of each class, with its size; None is unknown."""
        unknown = [(None, 1)] if self.questions[fact].may_be_unknown else []
        return [(group[0], len(group)) for group in self.groups[fact]] + unknown

    def _waiting(self, space, person):
        """What a service waits for before any question but the focus is answered."""
        own = [fact for fact in space.groups if fact != "focus"]
        diagrams = []
        for fact in own:
            pair = space.missing(fact), space.can_matter(fact)
            for later in own[own.index(fact):]:
                pair = tuple(space.space.given(diagram, later, NO_ANSWER) for diagram in pair)
            diagrams.append(tuple(space.for_person(diagram, person) for diagram in pair))

        @cache
        def build(at, rest):
            if at == len(own):
                return None
            fact, (asked, matters) = own[at], rest[0]
            indexes = [*(space.branch(fact, group[0]) for group in self.groups[fact]), NO_ANSWER]
            branches = tuple(build(at + 1, tuple(tuple(space.space.given(diagram, fact, index) for diagram in pair)
                                                 for pair in rest[1:])) for index in indexes)
            if asked:
                return Waiting(self.facts.index(fact), matters, branches)
            assert len(set(branches)) == 1, f"{space.id} does not ask {fact}, yet what it asks later hangs on it"
            return branches[0]

        return build(0, tuple(diagrams))


class Place(NamedTuple):
    """A place in the quiz: how many ways lead there, and one of them."""

    ways: int
    case: dict
    unknown: frozenset


def walk(quiz):
    """Every place of a quiz in the order of asking, with the next question by the diagrams; None at the end."""
    first = Place(1, {"focus": quiz.focus}, frozenset())
    places = {level: {} for level in range(len(quiz.facts) + 1)}
    meet(places, quiz.start, first, len(quiz.facts))
    for level in range(len(quiz.facts) + 1):
        fact = quiz.facts[level] if level < len(quiz.facts) else None
        for state, place in places.pop(level).items():
            yield place, fact, state
            if fact is None:
                continue
            asking = {waiting for waiting in state if waiting.level == level}
            for value, size in quiz.branches(fact):
                index = quiz.branch(fact, value)
                after = (state - asking | {waiting.branches[index] for waiting in asking}) - {None}
                case, unknown = (place.case, place.unknown | {fact}) if value is None else \
                    ({**place.case, fact: value}, place.unknown)
                meet(places, frozenset(after), Place(place.ways * size, case, unknown), len(quiz.facts))


def meet(places, state, place, end):
    """Note that a way leads to a state; ways that meet are counted together."""
    level = min((waiting.level for waiting in state), default=end)
    held = places[level].get(state)
    places[level][state] = held._replace(ways=held.ways + place.ways) if held else place


@pytest.mark.parametrize("focus", FOCUSES)
def test_every_way_through_the_quiz_ends_and_asks_nothing_twice_nor_in_vain(focus, rulebook, spaces, questions):
    """At each place met: the engine asks what the diagrams say and nothing asked before, in the fixed order, so every
    way ends; the answer can matter; people are there; and where nothing is recommended there is something instead."""
    assert set(FOCUSES) == set(oracle.answers(questions["focus"]))
    quiz = Quiz(focus, spaces, questions)
    states = ways = 0
    order = list(questions)
    for place, fact, state in walk(quiz):
        outcome = answer(rulebook, place.case, place.unknown)
        assert outcome.next_question == fact, (place, outcome.next_question)
        assert [person.person for person in outcome.people] == list(TRACKS.get(focus, (focus,)))
        states += 1
        if fact is None:
            ways += place.ways
            assert_there_is_a_way_on(rulebook, outcome)
            continue
        assert fact not in place.case and fact not in place.unknown
        assert all(order.index(fact) > order.index(before) for before in {*place.case, *place.unknown})
        assert all(waiting.matters for waiting in state if waiting.level == order.index(fact)), (place, fact)
    print(f"\n{focus}: {ways:,} ways through {states:,} places")
    assert ways >= FEWEST_WAYS[focus]


def asking(outcome, fact):
    """The services that wait for a fact, by id."""
    return {answer.service.id for person in outcome.people for answer in person.answers if fact in answer.missing}


def assert_there_is_a_way_on(rulebook, outcome: Outcome):
    """No dead end: somebody is looked at, and beside what is recommended there is always something else to do."""
    other = instead(rulebook, outcome)
    assert outcome.people
    assert other.nearest or other.named or other.for_the_worker or other.helplines


def test_the_first_questions_are_who_where_who_asks_and_which_stage(questions):
    """They open the fixed order; that each place asks in this order is proved on the walk."""
    assert tuple(questions)[:4] == FIRST == ("focus", "area", "referrer", "stage")


def test_the_focus_comes_first_and_must_be_answered(rulebook, questions):
    """Nothing is looked at before it is known whom the case is about."""
    outcome = answer(rulebook, {})
    assert (outcome.next_question, outcome.people, outcome.recommended) == ("focus", (), ())
    assert [fact for fact, question in questions.items() if not question.may_be_unknown] == ["focus"]


# —— What some way reaches ——

def go(rulebook, case):
    """The quiz gone through from the first question: what the case does not answer is not known."""
    answered, unknown, asked = {}, set(), []
    while (fact := (outcome := answer(rulebook, answered, frozenset(unknown))).next_question) is not None:
        assert fact not in asked
        asked.append(fact)
        if fact in case:
            answered[fact] = case[fact]
        else:
            unknown.add(fact)
    return outcome, asked


def wanted_cases(space, person):
    """Cases for one person: one with nothing answered, one for each verdict, and for each criterion one in which it
    stands against the case with none of its weight or heavier beside it, or, where that cannot be, none heavier."""
    yield {}
    whole = space.for_person(space.whole, person)
    for verdict in space.space.values_of(whole):
        yield space.space.find(whole, lambda value, verdict=verdict: value == verdict)
    weights = [space.space.apply(lambda stands, weight=WEIGHT[effect]: weight if stands else 0,
                                 space.for_person(space.against(index), person))
               for index, (effect, _) in enumerate(space.written)]
    for index, (effect, _) in enumerate(space.written):
        heaviest_beside = space.space.fold(max, weights[:index] + weights[index + 1:], 0)
        beside = space.space.apply(lambda own, other: other if own else None, weights[index], heaviest_beside)
        lighter = space.space.find(beside, lambda other, own=WEIGHT[effect]: other is not None and other < own)
        case = lighter or space.space.find(beside, lambda other, own=WEIGHT[effect]: other == own)
        if case is not None:
            yield case


WEIGHT = {"requires": 3, "excludes": 3, "ask_first": 2, "condition": 1}

REACH_PARTS = range(4)


@pytest.mark.parametrize("part", REACH_PARTS)
def test_every_verdict_and_every_criterion_as_a_reason_is_met_at_the_end_of_some_way(rulebook, spaces, part):
    """Whatever verdict the criteria allow is met at the end of the quiz, and each criterion is a reason there, or, for
    what can still be arranged, told beside the verdict."""
    count = 0
    for space in [*spaces.values()][part::len(REACH_PARTS)]:
        verdicts, reasons = set(), set()
        for person in space.people:
            for case in wanted_cases(space, person):
                outcome, _ = go(rulebook, {**case, "focus": person})
                assert_there_is_a_way_on(rulebook, outcome)
                [found] = [answer for one in outcome.people if one.person == person for answer in one.answers
                           if answer.service.id == space.id]
                verdicts.add(str(found.verdict))
                reasons |= {criterion.id for criterion in found.conditions}
                if found.verdict not in (Verdict.NEED_MORE, Verdict.FITS):
                    reasons |= {criterion.id for criterion in found.decided_by}
                count += 1
        assert verdicts >= space.space.values_of(space.whole), (space.id, verdicts)
        assert reasons == {check.criterion.id for check in space.candidate.checks}, space.id
    print(f"\n{count:,} ways walked to their end")


def test_every_document_is_asked_for_at_the_end_of_some_way(rulebook, spaces, registry, questions):
    """Each document of a service that can be an answer comes onto the list of papers of some case."""
    for document in registry.documents:
        asking = [space for space in spaces.values() if document.id in space.candidate.service.documents]
        met = any(document.id in {needed.document.id for needed in documents(rulebook, go(rulebook, case)[0])}
                  for space in asking for case in cases_with_document(space, document, questions))
        assert met or not asking, document.id


def cases_with_document(space, document, questions):
    """For each person, a case that the service does not turn away and that meets the condition of a document."""
    when = document.when or {}
    facts = sorted(oracle.facts(when))
    for values in itertools.product(*(oracle.answers(questions[fact]) for fact in facts)):
        meets = dict(zip(facts, values, strict=True))
        for person in space.people if oracle.holds(when, meets) else ():
            here = space.for_person(space.whole, person)
            for fact in facts:
                here = space.space.given(here, fact, space.branch(fact, meets[fact])) if fact in space.groups else here
            case = space.space.find(here, lambda verdict: verdict != "does_not_fit")
            if case is not None:
                yield {**case, **meets, "focus": person}


def test_a_document_waits_only_for_facts_that_are_asked(registry, questions):
    """What decides whether a document is needed is a question for everyone that a service with it is for."""
    for document in registry.documents:
        for service in registry.services:
            if document.id in service.documents and document.when and not service.browse_only:
                for fact in oracle.facts(document.when):
                    assert set(service.for_whom.parties) <= set(questions[fact].asked_for), (document.id, fact)


# —— Every question met, every answer to it ——

def met(quiz):
    """Each question that some way asks, with a place where it is asked."""
    first = {}
    for place, fact, _ in walk(quiz):
        if fact is not None:
            first.setdefault(fact, place)
    return first


def along(quiz, given):
    """The answers that the quiz comes to ask for, read off the diagrams; what is not given is not known."""
    state, used = quiz.start, {"focus": quiz.focus}
    while state:
        level = min(waiting.level for waiting in state)
        fact = quiz.facts[level]
        if fact in given:
            used[fact] = given[fact]
        branch = quiz.branch(fact, given.get(fact))
        asking = {waiting for waiting in state if waiting.level == level}
        state = (state - asking | {waiting.branches[branch] for waiting in asking}) - {None}
    return used


@pytest.mark.parametrize("focus", FOCUSES)
def test_every_answer_can_be_given_and_changed_and_only_what_is_still_asked_is_kept(focus, rulebook, spaces, questions):
    """For every question that some way asks, every answer and "I do not know": that way goes on to an end, and the
    services told as the reason for the question are those that wait for it. And when that answer is then changed to
    the next one, or taken back, `kept` keeps exactly the answers that the quiz, begun again, comes to ask for."""
    quiz, count = Quiz(focus, spaces, questions), 0
    for fact, place in met(quiz).items():
        later = {other: quiz.some[other] for other in quiz.facts[quiz.facts.index(fact) + 1:] if other in quiz.some}
        options = [*oracle.answers(questions[fact]), None] if questions[fact].options else [
            value for value, _ in quiz.branches(fact)]
        for before, after in zip(options, [*options[1:], options[0]], strict=True):
            whole = {**place.case, **later} | ({} if before is None else {fact: before})
            outcome, asked = go(rulebook, whole)
            assert fact in asked and outcome.case == along(quiz, whole)
            assert_there_is_a_way_on(rulebook, outcome)
            changed = {**outcome.case, fact: after}
            if after is None:
                del changed[fact]
            assert kept(rulebook, outcome.case, fact, after) == along(quiz, changed), (outcome.case, fact, after)
            count += 1
    print(f"\n{focus}: {count} answers given and changed")


def test_the_reason_for_a_question_is_the_services_that_wait_for_it(rulebook, spaces, questions):
    """`why_asked` names each service that an answer could change, once, at every question met."""
    for focus in FOCUSES:
        quiz = Quiz(focus, spaces, questions)
        for fact, place in met(quiz).items():
            outcome = answer(rulebook, place.case, place.unknown)
            told = [service.id for service in why_asked(outcome.people, fact)]
            assert len(told) == len(set(told)) and set(told) == asking(outcome, fact)
