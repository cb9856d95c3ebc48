"""What to do when nothing fits: never an empty answer.

First the nearest service that one changeable answer would bring in, then the services that a
document itself names instead, then advice for the worker.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from quiz.changes import Change, changes
from quiz.logic import Case
from quiz.model import Helpline, Service
from quiz.pathway import ANSWERS, Outcome, Rulebook, tracks
from quiz.suitability import Verdict, examine
from quiz.vocabulary import Kind, Place

FOR_WORKERS = (Kind.CONSULTATION, Kind.HELPLINE)


@dataclass(frozen=True, slots=True)
class Instead:
    """Ways on for a case that nothing fits."""

    nearest: tuple[tuple[Service, Change], ...]
    """Services that one other answer would bring in, with that answer."""
    named: tuple[Service, ...]
    """Services that those considered name instead of themselves, so far as they are not ruled out."""
    for_the_worker: tuple[Service, ...]
    """Consultations and helplines in the directory that this case does not rule out."""
    helplines: tuple[Helpline, ...]
    """Numbers that anyone may ring: so there is always something."""


def instead(rulebook: Rulebook, outcome: Outcome) -> Instead:
    """What else there is for a case, whether or not something fits."""
    seen = dict(tracks(outcome.case))
    out = {answer.service.id: answer.service for person in outcome.people for answer in person.answers
           if answer.verdict is Verdict.DOES_NOT_FIT}
    nearest = {}
    for person, case in seen.items():
        for candidate in rulebook.considered(person):
            if candidate.service.id in out and candidate.service.id not in nearest:
                better = [change for change in changes(candidate, case, rulebook.questions) if change.verdict in ANSWERS]
                if better:
                    nearest[candidate.service.id] = (candidate.service, better[0])
    named = dict.fromkeys(other for service in out.values() for other in service.related.instead if other not in out)
    return Instead(
        tuple(nearest.values()),
        tuple(rulebook.services[id] for id in named if _may_be_looked_at(rulebook.services[id], seen)),
        tuple(candidate.service for candidate in rulebook.candidates if candidate.service.kind in FOR_WORKERS
              and candidate.service.id not in out and examine(candidate, outcome.case).verdict is not Verdict.DOES_NOT_FIT),
        tuple(line for line in rulebook.registry.helplines if line.everywhere))


def _may_be_looked_at(service: Service, seen: Mapping[str, Case]) -> bool:
    """Whether a service is for somebody the case is about and, where no criteria say so, is not far from them."""
    places = set(service.area.places) if service.browse_only and service.area else set(Place)
    return any(places & {*Place, seen[person].get("area")} for person in set(seen) & set(service.for_whom.parties))
