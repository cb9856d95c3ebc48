"""What to do when nothing fits: never an empty answer.

First the nearest service that one changeable answer would bring in, then the services that a
document itself names instead, then advice for the worker.
"""

from dataclasses import dataclass

from quiz.changes import Change, changes
from quiz.model import Service
from quiz.pathway import ANSWERS, Outcome, Rulebook, tracks
from quiz.suitability import Verdict
from quiz.vocabulary import Kind

FOR_WORKERS = (Kind.CONSULTATION, Kind.HELPLINE)


@dataclass(frozen=True, slots=True)
class Instead:
    """Ways on for a case that nothing fits."""

    nearest: tuple[tuple[Service, Change], ...]
    """Services that one other answer would bring in, with that answer."""
    named: tuple[Service, ...]
    """Services that those considered name instead of themselves, so far as they are not ruled out."""
    for_the_worker: tuple[Service, ...]
    """Helplines and consultations, whatever the case."""


def instead(rulebook: Rulebook, outcome: Outcome) -> Instead:
    """What else there is for a case, whether or not something fits."""
    out = {answer.service.id: answer.service for person in outcome.people for answer in person.answers
           if answer.verdict is Verdict.DOES_NOT_FIT}
    nearest = {}
    for person, case in tracks(outcome.case):
        for candidate in rulebook.considered(person):
            if candidate.service.id in out and candidate.service.id not in nearest:
                better = [change for change in changes(candidate, case, rulebook.questions)
                          if change.verdict in ANSWERS]
                if better:
                    nearest[candidate.service.id] = (candidate.service, better[0])
    people = {person.person for person in outcome.people}
    named = dict.fromkeys(other for service in out.values() for other in service.related.instead if other not in out)
    return Instead(tuple(nearest.values()),
                   tuple(rulebook.services[id] for id in named if people & set(rulebook.services[id].for_whom.parties)),
                   tuple(service for service in rulebook.registry.services if service.kind in FOR_WORKERS))
