"""An outcome as data, for the command line and for taking away; `record` puts it in lines to read.

It carries nothing but criteria, services, documents, the answers given and the registry's
version: no name has ever been asked for.
"""

import datetime
from dataclasses import asdict, dataclass
from typing import Any

from quiz.costs import bill, saving
from quiz.instead import instead
from quiz.model import About, Service
from quiz.paperwork import Needed, checklist
from quiz.pathway import ANSWERS, Outcome, Rulebook
from quiz.suitability import Suitability, Verdict
from quiz.timeline import COURT_LIMIT_WEEKS, dated, total_weeks, weeks_left
from quiz.vocabulary import PriceStatus


LIMITS = "This compares published criteria. It does not assess risk or replace professional judgement."
"""What every answer says of itself."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to report on: which services are taken forward, and when clocks begin."""

    taken: tuple[str, ...] = ()
    """Ids of services; with none, everything recommended is told, and no total is made of alternatives."""
    start: datetime.date | None = None


def as_data(rulebook: Rulebook, outcome: Outcome, wanted: Wanted = Wanted()) -> dict[str, Any]:
    """The stable JSON form of an outcome, described in docs/command.md; its keys are only ever added to."""
    verdicts: dict[str, dict[str, Any]] = {}
    for id, ((person, answer), *others) in by_service(outcome).items():
        verdicts[id] = _entry(person, answer)
        for person, answer in others:
            verdicts[id]["for_the_other"] = _entry(person, answer)
    return {
        "registry": answering(rulebook.registry.registry),
        "answers": dict(outcome.case),
        "verdicts": verdicts,
        "recommended": [answer.service.id for answer in outcome.recommended],
        "documents": [{"id": needed.document.id, "name": needed.document.name, "certain": needed.certain,
                       "needed_for": [service.id for service in needed.services]} for needed in documents(rulebook, outcome, wanted)],
        "next_question": outcome.next_question,
        "notices": [{"id": str(notice), "says": notice.label} for notice in outcome.notices],
        "costs": _costs(rulebook, outcome, wanted),
        "times": _times(outcome, wanted),
        "instead": _instead(rulebook, outcome),
    }


def answering(about: About) -> dict[str, Any]:
    """Which registry answers, and what is local about it; `local` is null without a local edition."""
    return {"version": about.version, "date": about.date, "local": about.local and asdict(about.local)}


def by_service(outcome: Outcome) -> dict[str, list[tuple[str, Suitability]]]:
    """What is said of each service, with the person it is said for; of two, the better answer leads."""
    found: dict[str, list[tuple[str, Suitability]]] = {}
    for person in outcome.people:
        for answer in person.answers:
            found.setdefault(answer.service.id, []).append((person.person, answer))
    for answers in found.values():
        answers.sort(key=lambda said: list(Verdict).index(said[1].verdict))
    return found


def taken(outcome: Outcome, wanted: Wanted) -> tuple[tuple[str, Suitability], ...]:
    """What is taken forward, each with the person it is for: a service may be taken for each of two parents."""
    ids = wanted.taken or tuple(answer.service.id for answer in outcome.recommended)
    return tuple((person.person, answer) for id in ids for person in outcome.people for answer in person.answers
                 if answer.service.id == id and answer.verdict in ANSWERS)


def documents(rulebook: Rulebook, outcome: Outcome, wanted: Wanted = Wanted()) -> tuple[Needed, ...]:
    """The documents to gather for everything taken forward."""
    return checklist(rulebook.registry, _services(outcome, wanted), outcome.case)


def _services(outcome: Outcome, wanted: Wanted) -> tuple[Service, ...]:
    """What is taken forward, each service once."""
    return tuple({answer.service.id: answer.service for _, answer in taken(outcome, wanted)}.values())


def _costs(rulebook: Rulebook, outcome: Outcome, wanted: Wanted) -> dict[str, Any]:
    found = bill((answer.service, person) for person, answer in taken(outcome, wanted))
    savings = [made for service in _services(outcome, wanted) if (made := saving(service, rulebook.services))]
    return {
        "printed_total": found.total if wanted.taken and found.prices else None,
        "prices": [{"id": service.id, "amount": price.amount, "party": price.party, "includes": price.includes,
                    "period": price.period}
                   for service, price in found.prices],
        "not_priced": [{"id": id, "why": str(rulebook.services[id].price_status or PriceStatus.NOT_PRINTED)}
                       for id in dict.fromkeys(service.id for service in found.unpriced)],
        "charged_on_top": list(dict.fromkeys(service.id for service in found.extra_charges)),
        "savings": [{"id": made.package.id, "price": made.price, "singles": made.singles, "saved": made.saved} for made in savings],
    }


def _times(outcome: Outcome, wanted: Wanted) -> list[dict[str, Any]]:
    found = []
    for service in _services(outcome, wanted):
        weeks = total_weeks(service.timeline) if service.timeline else None
        if weeks:
            steps = [{"id": step.step.id, "ends_from": step.earliest_end.isoformat(), "ends_by": step.latest_end.isoformat()}
                     for step in dated(service.timeline, wanted.start)] if wanted.start else []
            found.append({"id": service.id, "weeks": list(weeks), "clock": service.timeline.clock,
                          f"left_of_{COURT_LIMIT_WEEKS}_weeks": list(weeks_left(service.timeline)), "steps": steps})
    return found


def _instead(rulebook: Rulebook, outcome: Outcome) -> dict[str, Any]:
    ways = instead(rulebook, outcome)
    return {"one_answer_away": [{"id": service.id, "fact": change.fact, "value": change.value, "verdict": str(change.verdict)}
                                for service, change in ways.nearest],
            "named_instead": [service.id for service in ways.named],
            "for_the_worker": [service.id for service in ways.for_the_worker],
            "helplines": [{"name": line.name, "number": line.number, "who": line.who} for line in ways.helplines]}


def _entry(person: str, answer: Suitability) -> dict[str, Any]:
    return {"verdict": str(answer.verdict), "person": person,
            "decided_by": [criterion.id for criterion in answer.decided_by],
            "conditions": [criterion.id for criterion in answer.conditions], "missing": list(answer.missing)}
