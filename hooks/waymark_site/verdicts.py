"""Which verdicts differ between two registries, and for how many cases: the engine over every whole case of a service.

A whole case answers every fact that either registry reads for the service. All of them are looked at, as a
decision diagram, and nothing is sampled. Where a diagram would grow too large, that is said and no number given.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from quiz import logic
from quiz.logic import Value
from quiz.model import Question, Registry
from quiz.pathway import Rulebook
from quiz.suitability import Candidate, Check, Verdict, judge
from waymark_site.diagrams import Space, TooLarge

MOST_FORKS = 200_000
"""How large a diagram may grow: some seconds of work."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Cases of one kind: the verdict that they had and the one that they have."""

    before: Verdict | None
    """None where the service was not looked at for this person."""
    after: Verdict | None
    cases: int
    """How many whole cases; or cases with gaps, where only these differ."""
    example: dict[str, Value]
    """The answers of one such case; whatever is left out of it does not matter."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of the verdicts on one service for one person."""

    service: str
    person: str
    """A value of `focus`."""
    facts: tuple[str, ...]
    """The facts that decide it, in the order of asking."""
    cases: int
    """How many cases there are."""
    shifts: tuple[Shift, ...]
    gaps: bool = False
    """Whole cases have the verdict they had; what differs is said while something is unknown."""
    too_large: bool = False
    """The space is too large to be looked at whole: nothing is said of its verdicts."""

    @property
    def moved(self) -> int:
        """How many cases have another verdict."""
        return sum(shift.cases for shift in self.shifts)


def moved(before: Registry, after: Registry, most: int = MOST_FORKS) -> Iterator[Moved]:
    """Every service and person whose verdicts differ, in the order of the newer registry, then what is gone."""
    books = Rulebook(before), Rulebook(after)
    old, new = ({candidate.service.id: candidate for candidate in book.candidates} for book in books)
    questions = _joined(books[0].questions, books[1].questions)
    for id in dict.fromkeys((*new, *old)):
        pair = old.get(id), new.get(id)
        for person in questions["focus"]:
            looked_at = [candidate if candidate and person in candidate.service.for_whom.parties else None for candidate in pair]
            if any(looked_at) and _checks(looked_at[0]) != _checks(looked_at[1]):
                found = _moved(id, person, looked_at, questions, most)
                if found.shifts or found.too_large:
                    yield found


Answers = dict[str, list[Value]]
"""Every answer to each question, in the order of asking."""


def _joined(before: dict[str, Question], after: dict[str, Question]) -> Answers:
    return {fact: list(dict.fromkeys(answer for questions in (after, before) if fact in questions
                                     for answer in answers(questions[fact])))
            for fact in dict.fromkeys((*after, *before))}


def answers(question: Question) -> list[Value]:
    """Every answer that a question has."""
    return [option.value for option in question.options] or list(range(question.years.min, question.years.max + 1))


def _checks(candidate: Candidate | None) -> list | None:
    return candidate and [(check.effect, check.expression) for check in candidate.checks]


def _moved(id: str, person: str, pair: list[Candidate | None], questions: Answers, most: int) -> Moved:
    checks = [check for candidate in pair if candidate for check in candidate.checks]
    groups = _classes(checks, questions)
    for gaps in (False, True):
        space = Space(groups, most)
        told = Moved(id, person, space.facts, space.count(None, gaps=gaps), (), gaps)
        try:
            shifts = _shifts(space, pair, person, gaps)
        except TooLarge:
            return replace(told, too_large=True)
        if shifts:
            break
    return replace(told, shifts=shifts)


def _shifts(space: Space, pair: list[Candidate | None], person: str, gaps: bool) -> tuple[Shift, ...]:
    both = space.apply(lambda *verdicts: verdicts, *(_verdicts(space, candidate, person, gaps) for candidate in pair))
    changed = [verdicts for verdicts in space.values_of(both) if verdicts[0] is not verdicts[1]]
    rank = [None, *Verdict].index
    return tuple(Shift(*verdicts, space.count(both, lambda found: found == verdicts, gaps),
                       space.find(both, lambda found: found == verdicts))
                 for verdicts in sorted(changed, key=lambda verdicts: tuple(map(rank, verdicts))))


def _classes(checks: Iterable[Check], questions: Answers) -> dict[str, list[list[Value]]]:
    """The facts that criteria read, but for the focus, with their answers in classes that no comparison tells apart."""
    compared: dict[str, set] = {}
    for check in checks:
        for leaf in logic.leaves(check.expression):
            compared.setdefault(leaf.fact, set()).add(leaf)
    groups = {}
    for fact, known in questions.items():
        if fact in compared and fact != "focus":
            leaves, found = list(compared[fact]), {}
            for answer in known:
                found.setdefault(tuple(leaf.read({fact: answer}) for leaf in leaves), []).append(answer)
            groups[fact] = list(found.values())
    return groups


def _verdicts(space: Space, candidate: Candidate | None, person: str, gaps: bool):
    """The engine's verdict on every case: how each criterion reads, over its own facts alone, put together by `judge`."""
    if candidate is None:
        return None
    one_of_each: dict[tuple, Check] = {}

    def marks(check: Check):
        def read(case: dict) -> frozenset:
            truth = logic.evaluate(check.expression, {**case, "focus": person})
            if truth is check.silent:
                return frozenset()
            one_of_each.setdefault((check.effect, truth), check)
            return frozenset([_OUT if check.rules_out(truth) else (check.effect, truth)])
        return space.table(set(logic.facts(check.expression)) - {"focus"}, read, gaps)

    def verdict(found: frozenset) -> Verdict:
        if _OUT in found:
            return Verdict.DOES_NOT_FIT
        standing = [(one_of_each[mark], mark[1] if mark[1] is not None else ("something",)) for mark in found]
        return judge(Candidate(candidate.service, tuple(check for check, _ in standing)),
                     [reading for _, reading in standing]).verdict

    together = space.fold(lambda one, other: _RULED_OUT if _OUT in one or _OUT in other else one | other,
                          map(marks, candidate.checks), frozenset())
    return space.apply(verdict, together)


_OUT = "out"
_RULED_OUT = frozenset([_OUT])
"""What rules a service out makes the rest idle, and a diagram small."""
