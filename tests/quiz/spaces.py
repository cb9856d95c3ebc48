"""All cases of one service, as the oracle has them and as the engine's criteria have them: diagrams, nothing sampled."""

from collections.abc import Callable, Iterable
from functools import cache, cached_property
from typing import Any

import oracle
from quiz import logic
from quiz.suitability import GATES, Candidate, Check, Effect, Verdict
from waymark_site.diagrams import NO_ANSWER, Space

__all__ = ["NO_ANSWER", "Space"]

# —— One service ——

OPEN = {Effect.REQUIRES: "gate open", Effect.EXCLUDES: "gate open", Effect.ASK_FIRST: "ask open",
        Effect.CONDITION: "condition open"}

PRECEDENCE = {"out": Verdict.DOES_NOT_FIT, "gate open": Verdict.NEED_MORE, "ask": Verdict.ASK_FIRST,
              "ask open": Verdict.NEED_MORE, "condition unmet": Verdict.FITS_IF, "condition open": Verdict.NEED_MORE}
"""The table at the head of `quiz.suitability`: how a criterion stands, and the verdict where nothing above it does."""


def standing(effect: Effect, truth: logic.Truth) -> str | None:
    """How one criterion stands against a plain fit; None where it does not."""
    if truth is None:
        return OPEN[effect]
    against = truth is (effect in (Effect.EXCLUDES, Effect.ASK_FIRST))
    return {True: "out" if effect in GATES else "ask" if effect is Effect.ASK_FIRST else "condition unmet"}.get(against)


def verdict_of(standings: Iterable[str | None]) -> Verdict:
    """The verdict, from how the criteria stand."""
    found = set(standings)
    return next((verdict for stands, verdict in PRECEDENCE.items() if stands in found), Verdict.FITS)


def considered(stands: str, standings: Iterable[str | None]) -> bool:
    """Whether a criterion that is open still counts, beside how the others stand."""
    found = set(standings)
    settled = {"gate open": {"out"}, "ask open": {"out", "ask"}, "condition open": {"out", "ask", "condition unmet"}}
    return not settled[stands] & found


class ServiceSpace:
    """Every case of one service: what the oracle says, and what the engine's criteria say."""

    def __init__(self, candidate: Candidate, registry, questions, each_answer: bool = False):
        """`each_answer`: every answer has a branch of its own, also where no criterion tells it from others."""
        self.candidate = candidate
        self.id = candidate.service.id
        self.people = candidate.service.for_whom.parties
        self.written = oracle.written(candidate.service, registry)
        self.groups = oracle.classes(self.written, questions)
        if each_answer:
            self.groups = {fact: [[answer] for answer in oracle.answers(questions[fact])] for fact in self.groups}
        self.space = Space(self.groups)

    def branch(self, fact: str, answer: Any) -> int:
        """The branch of every fork for a fact that an answer takes."""
        return next(index for index, group in enumerate(self.groups[fact]) if answer in group)

    def for_person(self, diagram: Any, person: str) -> Any:
        """A diagram where the focus is one person, as the engine always has it."""
        return self.space.given(diagram, "focus", self.branch("focus", person)) if "focus" in self.groups else diagram

    def against(self, index: int) -> Any:
        """For every whole case, whether one criterion stands against it."""
        effect, condition = self.written[index]
        return self.space.table(
            oracle.facts(condition), lambda case: oracle.stands_against(effect, condition, case), gaps=False)

    def certain(self, leave_out: int | None = None) -> Any:
        """The oracle's verdict on every whole case, perhaps without one of the criteria."""
        effects = [
            self.space.apply(lambda stands, effect=effect: frozenset([effect] if stands else []), self.against(index))
            for index, (effect, _) in enumerate(self.written) if index != leave_out]
        return self.space.apply(oracle.worst, self.space.fold(_joined, effects, frozenset()))

    @cached_property
    def whole(self) -> Any:
        """The oracle's verdict on every whole case."""
        return self.certain()

    @cached_property
    def possible(self) -> Any:
        """For every case with gaps, the oracle's verdicts over all ways to fill them."""
        return self.space.filled(self.space.apply(lambda verdict: frozenset([verdict]), self.whole), frozenset.union)

    @cache
    def can_matter(self, fact: str) -> Any:
        """For every case with gaps: whether, with some filling of the rest, two answers to a fact differ in verdict."""
        sides = [self.space.given(self.whole, fact, index) for index in range(len(self.groups[fact]))]
        differ = self.space.apply(lambda *verdicts: len(set(verdicts)) > 1, *sides)
        return self.space.filled(differ, lambda one, other: one or other)

    @cached_property
    def said(self) -> Any:
        """The engine's verdict on every case with gaps: its own truth of each criterion, over all cases of that
        criterion, put together as its table says."""
        return self.space.apply(verdict_of, self._together(lambda stands, waits: [stands]))

    @cache
    def missing(self, fact: str) -> Any:
        """For every case with gaps, whether the engine still waits for a fact."""
        return self.space.apply(
            lambda marks: any(("waits", stands) in marks and considered(stands, marks) for stands in OPEN.values()),
            self._together(marked(fact)))

    def tells_apart(self, index: int, other: Check) -> bool:
        """Whether another criterion in the place of one would show: some case, gaps included, then has another
        verdict, other reasons or another fact missing. The other criterion reads no other facts."""
        one, two = self._criteria[index], self._criterion(other)
        for fact in dict.fromkeys(logic.facts(self.candidate.checks[index].expression)):
            differ = self.space.apply(lambda one, two, beside, fact=fact: seen(one, beside, fact) != seen(two, beside, fact),
                                      one, two, self._beside(index, fact))
            if any(self.space.find(self.for_person(differ, person), bool) is not None for person in self.people):
                return True
        return False

    @cache
    def _beside(self, index: int, fact: str) -> Any:
        """For every case with gaps, how all criteria but one stand, and whether they wait for a fact."""
        return self._together(marked(fact), leave_out=index)

    def _together(self, marks: Callable[[str | None, frozenset], list], leave_out: int | None = None) -> Any:
        parts = [self.space.apply(lambda pair: frozenset(marks(*pair)), criterion)
                 for index, criterion in enumerate(self._criteria) if index != leave_out]
        return self.space.fold(_joined, parts, frozenset())

    @cached_property
    def _criteria(self) -> list:
        return [self._criterion(check) for check in self.candidate.checks]

    def _criterion(self, check: Check) -> Any:
        """Over every case of a criterion's facts: how the engine lets it stand, and what it waits for."""
        return self.space.table(logic.facts(check.expression), lambda case: (
            standing(check.effect, logic.evaluate(check.expression, case)),
            frozenset(logic.open_facts(check.expression, case))), gaps=True)


def marked(fact: str) -> Callable[[str | None, frozenset], list]:
    """How a criterion stands, with a mark where it waits for a fact."""
    return lambda stands, waits: [stands, ("waits", stands)] if fact in waits else [stands]


def seen(criterion: tuple[str | None, frozenset], beside: frozenset, fact: str) -> tuple:
    """All that is told of a case and can hang on one criterion, beside how the others stand: the verdict; then whether
    it is among the reasons or the conditions; or, while more must be known, whether a fact is missing."""
    stands, _ = criterion
    marks = beside.union(marked(fact)(*criterion))
    verdict = verdict_of(marks)
    if verdict is Verdict.NEED_MORE:
        return verdict, any(("waits", mark) in marks and considered(mark, marks) for mark in OPEN.values())
    return verdict, PRECEDENCE.get(stands) is verdict, stands in (
        "condition unmet", "condition open") and verdict is not Verdict.DOES_NOT_FIT


_OUT = frozenset(["out"])
_NEVER = frozenset(["requires"])


def _joined(one: frozenset, other: frozenset) -> frozenset:
    """Standings together; what rules a service out makes the rest idle."""
    both = one | other
    return _OUT if "out" in both else _NEVER if both & {"requires", "excludes"} else both
