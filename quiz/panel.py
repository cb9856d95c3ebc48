"""All services for one person, examined together: what they share is read once, and after a changed
answer only what it touches is looked at again.

The services of a directory rest on few facts and often on the very same conditions. So each distinct
condition is read once for a case, whoever needs it; and when an answer changes, the conditions that
read it are read again, and only a service for which one of them then reads otherwise is judged again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from quiz import logic
from quiz.logic import Case, Expression, Reading
from quiz.suitability import GATES, Candidate, Check, Suitability, Verdict, judge


@dataclass(frozen=True, slots=True)
class Examined:
    """What a panel found for one case."""

    case: Case
    readings: tuple[Reading, ...]
    """How each condition of the panel reads."""
    answers: tuple[Suitability, ...]
    """One for each service of the panel."""


@dataclass(frozen=True)
class Panel:
    """The services considered for one person, in the order of the registry."""

    candidates: tuple[Candidate, ...]

    @cached_property
    def conditions(self) -> tuple[Expression, ...]:
        """Every distinct condition of their criteria, in the order of first use."""
        return tuple(self._numbers)

    def examine(self, case: Case, before: Examined | None = None) -> Examined:
        """The verdict on every service for a case. Pure; `before`, what the same panel found for another case,
        only saves time."""
        if before is None:
            readings = [condition.read(case) for condition in self.conditions]
            return Examined(case, tuple(readings), tuple(
                judge(candidate, select(readings)) for candidate, select in zip(self.candidates, self._selects, strict=True)))
        readings, answers = list(before.readings), list(before.answers)
        for place in self._touched(case, before, readings):
            answers[place] = judge(self.candidates[place], self._selects[place](readings))
        return Examined(case, tuple(readings), tuple(answers))

    def _touched(self, case: Case, before: Examined, readings: list[Reading]) -> set[int]:
        """The places of the services to judge again; `readings`, as they were before, is brought up to date."""
        differs = {fact for fact, _ in case.items() ^ before.case.items()}
        gates: set[int] = set()
        others: set[int] = set()
        for number in {number for fact in differs for number in self._reading[fact]}:
            reading = self.conditions[number].read(case)
            if reading != readings[number]:
                readings[number] = reading
                gates.update(self._gates[number])
                others.update(self._others[number])
        # a service that was ruled out stays so, for the same reasons, while no gate of its own reads otherwise
        return gates | {place for place in others if before.answers[place].verdict is not Verdict.DOES_NOT_FIT}

    @cached_property
    def _numbers(self) -> dict[Expression, int]:
        """Each distinct condition with its number."""
        distinct = dict.fromkeys(check.expression for candidate in self.candidates for check in candidate.checks)
        return {condition: number for number, condition in enumerate(distinct)}

    @cached_property
    def _selects(self) -> tuple[Callable[[list[Reading]], tuple[Reading, ...]], ...]:
        """For each service, what picks the readings of its own conditions, in the order of its criteria."""
        return tuple(_picker([self._numbers[check.expression] for check in candidate.checks]) for candidate in self.candidates)

    @cached_property
    def _reading(self) -> dict[str, list[int]]:
        """The conditions that read a fact, by number."""
        index: dict[str, list[int]] = defaultdict(list)
        for number, condition in enumerate(self.conditions):
            for fact in set(logic.facts(condition)):
                index[fact].append(number)
        return index

    @cached_property
    def _gates(self) -> tuple[list[int], ...]:
        """For each condition, the places of the services that it can rule out."""
        return self._resting(lambda check: check.effect in GATES)

    @cached_property
    def _others(self) -> tuple[list[int], ...]:
        """For each condition, the places of the services that rest on it, but that it cannot rule out."""
        return self._resting(lambda check: check.effect not in GATES)

    def _resting(self, counts: Callable[[Check], bool]) -> tuple[list[int], ...]:
        index: tuple[list[int], ...] = tuple([] for _ in self.conditions)
        for place, candidate in enumerate(self.candidates):
            for check in filter(counts, candidate.checks):
                index[self._numbers[check.expression]].append(place)
        return index


def _picker(numbers: Iterable[int]) -> Callable[[list[Reading]], tuple[Reading, ...]]:
    """An itemgetter that gives a tuple for any number of items."""
    numbers = list(numbers)
    if len(numbers) > 1:
        return itemgetter(*numbers)
    return lambda readings: tuple(readings[number] for number in numbers)
