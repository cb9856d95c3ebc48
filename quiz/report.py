"""An outcome as data and as plain text, for the command line and for taking away.

Neither form carries anything but criteria, services, documents, the answers given and the registry's
version: no name has ever been asked for.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from quiz.costs import Bill, bill, saving
from quiz.instead import instead
from quiz.paperwork import Needed, checklist
from quiz.pathway import Outcome, Rulebook
from quiz.suitability import Suitability, Verdict
from quiz.timeline import COURT_LIMIT_WEEKS, dated, total_weeks, weeks_left
from quiz.vocabulary import PriceStatus


def as_data(rulebook: Rulebook, outcome: Outcome, start: datetime.date | None = None) -> dict[str, Any]:
    """The stable JSON form of an outcome; its keys are only ever added to. `start` is when clocks begin."""
    about = rulebook.registry.registry
    verdicts: dict[str, dict[str, Any]] = {}
    for person in outcome.people:
        for answer in person.answers:
            entry = _entry(person.person, answer)
            held = verdicts.get(answer.service.id)
            if held is None:
                verdicts[answer.service.id] = entry
            else:  # one service, looked at for each of two people: the better answer leads
                better, other = sorted((held, entry), key=lambda one: list(Verdict).index(one["verdict"]))
                verdicts[answer.service.id] = better | {"for_the_other": {
                    key: value for key, value in other.items() if key != "for_the_other"}}
    return {
        "registry": {"version": about.version, "date": about.date},
        "answers": dict(outcome.case),
        "verdicts": verdicts,
        "recommended": [answer.service.id for answer in outcome.recommended],
        "documents": [{"id": needed.document.id, "name": needed.document.name, "certain": needed.certain,
                       "needed_for": [service.id for service in needed.services]} for needed in documents(rulebook, outcome)],
        "next_question": outcome.next_question,
        "notices": [{"id": str(notice), "says": notice.label} for notice in outcome.notices],
        "costs": _costs(rulebook, outcome),
        "times": _times(outcome, start),
        "instead": _instead(rulebook, outcome),
    }


def documents(rulebook: Rulebook, outcome: Outcome) -> tuple[Needed, ...]:
    """The documents to gather for everything recommended."""
    return checklist(rulebook.registry, (answer.service for answer in outcome.recommended), outcome.case)


def the_bill(outcome: Outcome) -> Bill:
    """The printed prices of everything recommended, each for the person it is recommended for."""
    people = {answer.service.id: person.person for person in outcome.people for answer in person.answers
              if answer in outcome.recommended}
    return bill((answer.service, people[answer.service.id]) for answer in outcome.recommended)


def as_text(rulebook: Rulebook, outcome: Outcome, start: datetime.date | None = None) -> str:
    """The outcome for a reader: what to do first, what fits, why not, what to gather, what it takes."""
    return "\n".join(_lines(rulebook, outcome, start)) + "\n"


def _costs(rulebook: Rulebook, outcome: Outcome) -> dict[str, Any]:
    found = the_bill(outcome)
    savings = [made for answer in outcome.recommended if (made := saving(answer.service, rulebook.services))]
    return {
        "printed_total": found.total,
        "prices": [{"id": service.id, "amount": price.amount, "party": price.party, "includes": price.includes}
                   for service, price in found.prices],
        "not_priced": [{"id": service.id, "why": str(service.price_status or "not_printed")} for service in found.unpriced],
        "charged_on_top": [service.id for service in found.extra_charges],
        "savings": [{"id": made.package.id, "price": made.price, "singles": made.singles, "saved": made.saved} for made in savings],
    }


def _times(outcome: Outcome, start: datetime.date | None) -> list[dict[str, Any]]:
    found = []
    for answer in outcome.recommended:
        timeline = answer.service.timeline
        weeks = total_weeks(timeline) if timeline else None
        if weeks:
            steps = [{"id": step.step.id, "ends_from": step.earliest_end.isoformat(), "ends_by": step.latest_end.isoformat()}
                     for step in dated(timeline, start)] if start else []
            found.append({"id": answer.service.id, "weeks": list(weeks), "clock": timeline.clock,
                          f"left_of_{COURT_LIMIT_WEEKS}_weeks": list(weeks_left(timeline)), "steps": steps})
    return found


def _instead(rulebook: Rulebook, outcome: Outcome) -> dict[str, Any]:
    ways = instead(rulebook, outcome)
    return {"one_answer_away": [{"id": service.id, "fact": change.fact, "value": change.value, "verdict": str(change.verdict)}
                                for service, change in ways.nearest],
            "named_instead": [service.id for service in ways.named],
            "for_the_worker": [service.id for service in ways.for_the_worker]}


def _entry(person: str, answer: Suitability) -> dict[str, Any]:
    return {"verdict": str(answer.verdict), "person": person,
            "decided_by": [criterion.id for criterion in answer.decided_by],
            "conditions": [criterion.id for criterion in answer.conditions], "missing": list(answer.missing)}


def _lines(rulebook: Rulebook, outcome: Outcome, start: datetime.date | None) -> Iterator[str]:
    about = rulebook.registry.registry
    yield from (f"! {notice.label}" for notice in outcome.notices)
    names = {option.value: option.label for option in rulebook.questions["focus"].options}
    for person in outcome.people:
        yield f"\n{names[person.person]}"
        for verdict in Verdict:
            for answer in person.answers:
                if answer.verdict is verdict:
                    yield f"  {verdict.label}: {answer.service.name}"
                    if verdict is not Verdict.FITS:
                        yield from (f"      {criterion.says}" for criterion in answer.decided_by)
    gather = documents(rulebook, outcome)
    if gather:
        yield "\nDocuments to gather"
        for needed in gather:
            yield (f"  [ ] {needed.document.name} (needed for {len(needed.services)} of {len(outcome.recommended)})"
                   f"{'' if needed.certain else ': ' + needed.document.needed}")
    if not outcome.recommended and outcome.people:
        ways = instead(rulebook, outcome)
        yield "\nNothing can be taken forward yet. What else there is"
        yield from (f"  One answer away ({change.fact} {change.value}): {service.name}" for service, change in ways.nearest)
        yield from (f"  Look at: {service.name}" for service in ways.named)
        yield from (f"  For the worker: {service.name}" for service in ways.for_the_worker)
    costs = the_bill(outcome)
    if outcome.recommended:
        yield "\nCost, as far as it is printed"
        yield from (f"  £{price.amount:,}: {service.name}. {price.includes}" for service, price in costs.prices)
        yield from (f"  {(service.price_status or PriceStatus.NOT_PRINTED).label}: {service.name}" for service in costs.unpriced)
    times = _times(outcome, start)
    if times:
        yield "\nTime, where it is printed"
        for time in times:
            low, high = time["weeks"]
            yield (f"  {rulebook.services[time['id']].name}: {low:g}{'' if low == high else f' to {high:g}'} weeks"
                   f" from {time['clock'] or 'a start that is not printed'}")
            yield from (f"      {step['id']}: ends {step['ends_from']} to {step['ends_by']}" for step in time["steps"])
    if outcome.next_question:
        yield f"\nNext question: {rulebook.questions[outcome.next_question].ask} ({outcome.next_question})"
    yield (f"\nRegistry {about.version}, {about.date}. This compares published criteria. It does not assess risk or "
           "replace professional judgement.")
