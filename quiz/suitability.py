"""The verdict on one service for one case, with the criteria that decided it.

Each criterion is true, false or open for a case. Read from the top, the first line that holds
gives the verdict:

    a `requires` is false, or an `excludes` is true       does not fit
    a `requires` or an `excludes` is open                 need more information
    an `ask_first` is true                                ask the team first
    an `ask_first` is open                                need more information
    a `condition` is false                                fits, if …
    a `condition` is open                                 need more information
    otherwise                                             fits the published criteria

So an unknown fact never becomes a no, and never becomes a fit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from quiz import logic
from quiz.logic import Case, Expression, Truth
from quiz.model import Criterion, Registry, Service
from quiz.vocabulary import Word


class Verdict(Word):
    """What the published criteria say of a case; best first."""

    FITS = "fits", "Fits the published criteria"
    FITS_IF = "fits_if", "Fits, if …"
    ASK_FIRST = "ask_first", "Ask the team first"
    NEED_MORE = "need_more", "Need more information"
    DOES_NOT_FIT = "does_not_fit", "Does not fit as published"


class Effect(Word):
    """What a criterion does, in the order a worker reads them."""

    REQUIRES = "requires", "Must be so"
    EXCLUDES = "excludes", "Rules it out"
    ASK_FIRST = "ask_first", "Ask the team first"
    CONDITION = "condition", "Can still be arranged"


@dataclass(frozen=True, slots=True)
class Check:
    """A criterion made ready: its effect and its parsed condition."""

    criterion: Criterion
    effect: Effect
    expression: Expression

    def rules_out(self, truth: Truth) -> bool:
        """Whether the criterion, with this truth, means that the service does not fit."""
        return truth is (self.effect is Effect.EXCLUDES) if self.effect in GATES else False


GATES = (Effect.REQUIRES, Effect.EXCLUDES)


@dataclass(frozen=True)
class Candidate:
    """A service made ready to be examined: every criterion, shared ones first."""

    service: Service
    checks: tuple[Check, ...]

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts that any of its criteria reads."""
        return frozenset(fact for check in self.checks for fact in logic.facts(check.expression))


@dataclass(frozen=True, slots=True)
class Suitability:
    """The answer for one service and one case."""

    service: Service
    verdict: Verdict
    decided_by: tuple[Criterion, ...]
    """What the verdict rests on. Does not fit: each alone rules the service out. Ask first and fits if: each
    alone gives the verdict while nothing stronger stands. Fits: all of them together. Need more: the open
    criteria that could still change it."""
    conditions: tuple[Criterion, ...]
    """What must still be arranged, where it fits if; an open condition among them is not known yet."""
    missing: tuple[str, ...]
    """The unanswered facts that could still change the verdict, in the order the criteria name them."""


def effect_of(criterion: Criterion) -> Effect:
    """Which of the four effects a criterion has."""
    return next(effect for effect in Effect if getattr(criterion, effect) is not None)


def candidates(registry: Registry) -> tuple[Candidate, ...]:
    """Every service that can be an answer, its criteria parsed, in the order of the registry."""
    shared = {item.id: item.criteria for item in registry.shared_criteria}

    def checks(service: Service) -> Iterator[Check]:
        for criteria in (*(shared[name] for name in service.shared_criteria), service.criteria):
            for criterion in criteria:
                effect = effect_of(criterion)
                yield Check(criterion, effect, logic.parse(getattr(criterion, effect)))

    return tuple(Candidate(service, tuple(checks(service))) for service in registry.services if not service.browse_only)


def examine(candidate: Candidate, case: Case) -> Suitability:
    """The verdict on a service for a case, with its reasons. Pure."""
    truths = [(check, logic.evaluate(check.expression, case)) for check in candidate.checks]

    out = [check.criterion for check, truth in truths if check.rules_out(truth)]
    if out:
        return Suitability(candidate.service, Verdict.DOES_NOT_FIT, tuple(out), (), ())

    gates = [check for check, truth in truths if check.effect in GATES and truth is None]
    asks = {True: [], None: [], False: []}
    conditions = {True: [], None: [], False: []}
    for check, truth in truths:
        if check.effect is Effect.ASK_FIRST:
            asks[truth].append(check)
        elif check.effect is Effect.CONDITION:
            conditions[truth].append(check)

    # what is open matters only while nothing stronger has settled the matter
    open_checks = gates
    if not asks[True]:
        open_checks = open_checks + asks[None]
        if not conditions[False]:
            open_checks = open_checks + conditions[None]
    still = tuple(check.criterion for check in conditions[False] + conditions[None])
    if open_checks:
        missing = dict.fromkeys(fact for check in open_checks for fact in logic.open_facts(check.expression, case))
        return Suitability(candidate.service, Verdict.NEED_MORE, tuple(check.criterion for check in open_checks), still,
                           tuple(missing))
    if asks[True]:
        return Suitability(candidate.service, Verdict.ASK_FIRST, tuple(check.criterion for check in asks[True]), still, ())
    if conditions[False]:
        return Suitability(candidate.service, Verdict.FITS_IF, tuple(check.criterion for check in conditions[False]), still, ())
    return Suitability(candidate.service, Verdict.FITS, tuple(check.criterion for check in candidate.checks), (), ())
