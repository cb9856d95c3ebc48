"""Every way through the quiz, from the first question to the last answer.

There are hundreds of thousands of millions of millions of ways. What is still to come depends only on
what each service still waits for, so ways that leave the same waiting are walked on as one. Waiting is
read off the diagrams of each service, and `answer` itself is asked at every place that is met.
"""

from functools import cache
from typing import NamedTuple

import pytest

import oracle
from quiz.instead import instead
from quiz.pathway import FIRST, TRACKS, Notice, Outcome, answer, kept, why_asked
from quiz.report import documents
from quiz.suitability import Effect, Verdict
from spaces import NO_ANSWER, Space, standing
from test_suitability import ASKS_IN_VAIN

FOCUSES = ("victim_survivor", "person_using_harm", "both_parents", "young_person_using_harm", "child_or_young_person",
           "professionals")

FEWEST_WAYS = {"victim_survivor": 10 ** 7, "person_using_harm": 10 ** 12, "both_parents": 10 ** 15,
               "young_person_using_harm": 10 ** 3, "child_or_young_person": 10 ** 5, "professionals": 1}
"""The proof must not grow empty: at least so many ways."""


class Waiting(NamedTuple):
    """What one service still waits for: it asks one fact next, and what it waits for then hangs on the answer."""

    level: int
    """The place of the fact in the order of asking."""
    matters: bool
    """Whether some filling of the rest makes the answer matter to the verdict."""
    branches: tuple["Waiting | None", ...]
    """By class of answers, "I do not know" last."""


class Quiz:
    """The quiz for one focus, as diagrams."""

    def __init__(self, focus, spaces, questions):
        self.focus, self.questions, self.facts = focus, questions, list(questions)
        every = tuple(one for space in spaces.values() for one in space.written)
        self.groups = oracle.classes(every, questions)
        self.start = frozenset(
            waiting for person in TRACKS.get(focus, (focus,)) for space in spaces.values()
            if person in space.candidate.service.for_whom.parties and (waiting := self._waiting(space, person)))

    def branches(self, fact):
        """The classes of answers that can be given to a question: each with one answer and its size; None is unknown."""
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
            if "focus" in space.groups:
                pair = tuple(space.space.given(diagram, "focus", space.branch("focus", person)) for diagram in pair)
            diagrams.append(pair)

        @cache
        def build(at, rest):
            if at == len(own):
                return None
            fact, (asked, matters) = own[at], rest[0]
            indexes = [space.branch(fact, group[0]) for group in self.groups[fact]] + [NO_ANSWER]
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
    """Every place of a quiz in the order of asking, with the fact that the diagrams say comes next, or None at the end."""
    first = Place(1, {"focus": quiz.focus}, frozenset())
    met = {level: {} for level in range(len(quiz.facts) + 1)}
    meet(met, quiz.start, first, len(quiz.facts))
    for level in range(len(quiz.facts) + 1):
        fact = quiz.facts[level] if level < len(quiz.facts) else None
        for state, place in met.pop(level).items():
            yield place, fact, state
            if fact is None:
                continue
            asking = {waiting for waiting in state if waiting.level == level}
            for index, (value, size) in enumerate(quiz.branches(fact)):
                after = (state - asking | {waiting.branches[index] for waiting in asking}) - {None}
                case, unknown = (place.case, place.unknown | {fact}) if value is None else \
                    ({**place.case, fact: value}, place.unknown)
                meet(met, frozenset(after), Place(place.ways * size, case, unknown), len(quiz.facts))


def meet(met, state, place, end):
    """Note that a way leads to a state; ways that meet are counted together."""
    level = min((waiting.level for waiting in state), default=end)
    held = met[level].get(state)
    met[level][state] = held._replace(ways=held.ways + place.ways) if held else place


@pytest.mark.parametrize("focus", FOCUSES)
def test_every_way_through_the_quiz_ends_and_asks_nothing_twice_nor_in_vain(focus, rulebook, spaces, questions):
    """At each place met: the engine asks what the diagrams say and nothing asked before, in the fixed order, so every
    way ends; the answer can matter; people are there; and where nothing is recommended there is something instead.
    The facts asked on some way are just those whose `asked_for` names the focus."""
    assert set(FOCUSES) == set(oracle.answers(questions["focus"]))
    quiz = Quiz(focus, spaces, questions)
    states = ways = 0
    asked, in_vain, order = {"focus"}, set(), list(questions)
    for place, fact, state in walk(quiz):
        outcome = answer(rulebook, place.case, place.unknown)
        assert outcome.next_question == fact, (place, outcome.next_question)
        assert [person.person for person in outcome.people] == list(TRACKS.get(focus, (focus,)))
        states += 1
        if fact is None:
            ways += place.ways
            assert_there_is_a_way_on(rulebook, outcome)
            continue
        asked.add(fact)
        assert fact not in place.case and fact not in place.unknown
        assert all(order.index(fact) > order.index(before) for before in {*place.case, *place.unknown})
        if not any(waiting.matters for waiting in state if waiting.level == order.index(fact)):
            in_vain |= {(fact, service.id) for service in why_asked(outcome.people, fact)}
    print(f"\n{focus}: {ways:,} ways through {states:,} places; asked in vain: {sorted(in_vain) or 'nothing'}")
    assert ways >= FEWEST_WAYS[focus]
    assert {service for _, service in in_vain} <= set(ASKS_IN_VAIN)
    assert asked == {fact for fact, question in questions.items() if focus in question.asked_for}


def assert_there_is_a_way_on(rulebook, outcome: Outcome):
    """No dead end: something is recommended, or there is something to do instead."""
    other = instead(rulebook, outcome)
    assert outcome.recommended or other.nearest or other.named or other.for_the_worker
    assert other.for_the_worker


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


def ends(rulebook, space):
    """The end of the quiz for a case of each kind that a service can have, by the diagrams: one for each verdict,
    one for each criterion as the only one of its effect that stands against the case, and one where all is unknown."""
    candidate = space.candidate
    for person in candidate.service.for_whom.parties:
        for wanted in wanted_cases(space, person):
            outcome, _ = go(rulebook, {**wanted, "focus": person})
            [found] = [answer for one in outcome.people if one.person == person for answer in one.answers
                       if answer.service.id == space.id]
            yield outcome, found


def wanted_cases(space, person):
    """Whole cases for one person, and one with nothing answered."""
    def fixed(diagram):
        return space.space.given(diagram, "focus", space.branch("focus", person)) if "focus" in space.groups else diagram

    yield {}
    whole = fixed(space.whole)
    for verdict in space.space.values_of(whole):
        yield space.space.find(whole, lambda value, verdict=verdict: value == verdict)
    standings = [space.space.table(oracle.facts(condition), lambda case, effect=effect, condition=condition, index=index: frozenset(
        [(effect, index)] if oracle.stands_against(effect, condition, case) else []), gaps=False)
        for index, (effect, condition) in enumerate(space.written)]
    for index, (effect, _) in enumerate(space.written):
        alone = space.space.fold(lambda one, other, index=index: trimmed(one | other, index), map(fixed, standings), frozenset())
        case = space.space.find(alone, lambda found, effect=effect, index=index: found == {(effect, index)})
        if case is None:  # never alone; with others of no greater weight, then
            case = space.space.find(alone, lambda found, index=index: any(one[1] == index for one in found) and
                                    oracle.worst({effect for effect, _ in found}) == oracle.worst({space.written[index][0]}))
        if case is not None:
            yield case


def trimmed(standing, index):
    """Only what is needed to tell whether a criterion stands alone: itself, and one other of each effect."""
    own = {one for one in standing if one[1] == index}
    others = {one[0]: one for one in sorted(standing - own)}
    return frozenset(own | set(others.values()))


REACH_PARTS = range(4)


@pytest.mark.parametrize("part", REACH_PARTS)
def test_every_verdict_and_every_criterion_of_every_service_decides_at_the_end_of_some_way(rulebook, spaces, part):
    """Whatever verdict the criteria allow is met at the end of the quiz, and each criterion is a reason there; one that
    is only ever arranged for, or only adds to a service that always asks first, is at least told there."""
    count = 0
    for space in [*spaces.values()][part::len(REACH_PARTS)]:
        verdicts, reasons, told = set(), set(), set()
        for outcome, found in ends(rulebook, space):
            assert_there_is_a_way_on(rulebook, outcome)
            verdicts.add(str(found.verdict))
            told |= {criterion.id for criterion in found.conditions}
            if found.verdict not in (Verdict.NEED_MORE, Verdict.FITS):
                reasons |= {criterion.id for criterion in found.decided_by}
            count += 1
        assert verdicts >= space.space.values_of(space.whole), (space.id, verdicts)
        for check in space.candidate.checks:
            known = reasons | told if check.effect is Effect.CONDITION else reasons
            assert check.criterion.id in known, (space.id, check.criterion.id)
    print(f"\n{count:,} ways walked to their end")


def test_every_document_is_asked_for_at_the_end_of_some_way(rulebook, spaces):
    """Each document of a service that can be an answer comes onto the list of papers of some case."""
    due = {document for space in spaces.values() for document in space.candidate.service.documents}
    met = set()
    for space in spaces.values():
        if set(space.candidate.service.documents) - met:
            for outcome, _ in ends(rulebook, space):
                met |= {needed.document.id for needed in documents(rulebook, outcome)}
    assert due - met == set()


def test_a_document_waits_only_for_facts_that_are_asked(rulebook, registry, questions):
    """What decides whether a document is needed is a question for everyone that a service with it is for."""
    for document in registry.documents:
        for service in registry.services:
            if document.id in service.documents and document.when and not service.browse_only:
                for fact in oracle.facts(document.when):
                    assert set(service.for_whom.parties) <= set(questions[fact].asked_for), (document.id, fact)


def test_every_option_of_every_question_can_be_given_on_some_way(rulebook, spaces, questions):
    """For each question and answer there is a case whose way asks that question and takes that answer to the end."""
    given = set()
    for focus in FOCUSES:
        for place, fact, _ in walk(Quiz(focus, spaces, questions)):
            new = {(fact, value) for value in oracle.answers(questions[fact])} - given if fact else set()
            for fact, value in sorted(new, key=str):
                case = {**place.case, fact: value}
                outcome, asked = go(rulebook, case)
                assert fact in asked and outcome.case[fact] == value
                given.add((fact, value))
    due = {(fact, value) for fact, question in questions.items() for value in oracle.answers(question)}
    assert due - given == {("focus", focus) for focus in FOCUSES}


# —— Changing an answer ——

@pytest.mark.parametrize("focus", FOCUSES)
def test_a_changed_answer_keeps_what_a_way_from_the_start_would_ask(focus, rulebook, spaces, questions):
    """`kept`, for a change of each question met to each of its answers and back to unknown: exactly the answers that
    the quiz, begun again with the new answer, comes to ask for. Which those are is read off the diagrams."""
    quiz, changed = Quiz(focus, spaces, questions), set()
    for place, fact, _ in walk(quiz):
        if fact is not None:
            continue
        for other in place.case:
            for value, _ in quiz.branches(other) if other != "focus" else []:
                if (other, value) in changed or value == place.case[other]:
                    continue
                changed.add((other, value))
                given = {**place.case, other: value}
                assert kept(rulebook, place.case, other, value) == along(quiz, given), (place.case, other, value)
    print(f"\n{focus}: {len(changed)} changes")


def along(quiz, given):
    """The answers that a way through the diagrams uses."""
    state, used = quiz.start, {"focus": given["focus"]}
    while state:
        level = min(waiting.level for waiting in state)
        fact = quiz.facts[level]
        value = given.get(fact)
        index = next(index for index, (answer, _) in enumerate(quiz.branches(fact)) if answer == value)
        if value is not None:
            used[fact] = value
        asking = {waiting for waiting in state if waiting.level == level}
        state = frozenset((state - asking | {waiting.branches[index] for waiting in asking}) - {None})
    return used
