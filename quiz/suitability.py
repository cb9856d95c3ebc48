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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from quiz import logic
from quiz.logic import Case, Expression, Reading, Truth
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

    @property
    def silent(self) -> bool:
        """The truth with which the criterion says nothing against the service."""
        return self.effect in (Effect.REQUIRES, Effect.CONDITION)

    def rules_out(self, truth: Truth) -> bool:
        """Whether the criterion, with this truth, means that the service does not fit."""
        return self.effect in GATES and truth is (not self.silent)


GATES = (Effect.REQUIRES, Effect.EXCLUDES)

Found = tuple[Check, Reading]
"""A check and how its condition reads for a case."""


@dataclass(frozen=True)
class Candidate:
    """A service made ready to be examined: every criterion, shared ones first."""

    service: Service
    checks: tuple[Check, ...]

    @cached_property
    def silent(self) -> tuple[bool, ...]:
        """For each check in turn, the truth with which it says nothing against the service."""
        return tuple(check.silent for check in self.checks)

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
    return judge(candidate, [check.expression.read(case) for check in candidate.checks])


def judge(candidate: Candidate, readings: Sequence[Reading]) -> Suitability:
    """The verdict on a service, with its reasons, from how its criteria read for a case, one by one. Pure."""
    ask_first, condition = Effect.ASK_FIRST, Effect.CONDITION  # looked up once: it costs more than all else here
    out: list[Found] = []
    gates: list[Found] = []
    asks: list[Found] = []
    open_asks: list[Found] = []
    unmet: list[Found] = []
    open_conditions: list[Found] = []
    for check, reading, silent in zip(candidate.checks, readings, candidate.silent, strict=True):
        if reading is silent:
            continue
        settled = isinstance(reading, bool)
        if check.effect is ask_first:
            (asks if settled else open_asks).append((check, reading))
        elif check.effect is condition:
            (unmet if settled else open_conditions).append((check, reading))
        else:
            (out if settled else gates).append((check, reading))

    service = candidate.service
    if out:
        return Suitability(service, Verdict.DOES_NOT_FIT, _criteria(out), (), ())
    # what is open matters only while nothing stronger has settled the matter
    still_open = gates if asks else gates + open_asks if unmet else gates + open_asks + open_conditions
    conditions = _criteria(unmet + open_conditions)
    if still_open:
        missing = dict.fromkeys(fact for _, facts in still_open for fact in facts)
        return Suitability(service, Verdict.NEED_MORE, _criteria(still_open), conditions, tuple(missing))
    if asks:
        return Suitability(service, Verdict.ASK_FIRST, _criteria(asks), conditions, ())
    if unmet:
        return Suitability(service, Verdict.FITS_IF, _criteria(unmet), conditions, ())
    return Suitability(service, Verdict.FITS, tuple(check.criterion for check in candidate.checks), (), ())


def _criteria(found: list[Found]) -> tuple[Criterion, ...]:
    return tuple(check.criterion for check, _ in found)
