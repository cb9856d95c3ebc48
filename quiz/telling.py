"""What the pages of the quiz show: where it stands, and its result with every word that goes with it.

`report` says what is so, by ids. Here the words are put beside it, so that a page has only to lay them out.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from quiz import logic
from quiz.changes import changes
from quiz.logic import Case, Value
from quiz.model import Contact, Service, Statement, Where
from quiz.paperwork import Needed
from quiz.pathway import Given, Outcome, Person, Rulebook, answer, kept, known, next_question, why_asked
from quiz.record import label, mark, record, written
from quiz.report import LIMITS, Wanted, as_data, by_service, documents, taken
from quiz.standing import is_stale, status_of
from quiz.suitability import Candidate, Check, Suitability, Verdict
from quiz.timeline import COURT_LIMIT_WEEKS, dated, place, total_weeks
from quiz.vocabulary import PriceStatus
from quiz.wording import day, edition, length, local_part, price, span, timing

Data = dict[str, Any]


def step(rulebook: Rulebook, given: Given, about: str | None) -> Data:
    """Where the quiz stands: which answers are kept, what to ask next and why, and what can still fit.

    With `about`, the id of a service, only what that service needs is asked; what is said of the others
    follows from the same answers.
    """
    answers = kept(rulebook, given, about)
    outcome = _outcome(rulebook, answers)
    fact = next_question(rulebook, outcome.case, outcome.people, answers, about)
    said = by_service(outcome)
    return {
        "answers": answers,
        "dropped": [fact for fact in given if fact not in answers],
        "next_question": fact,
        "asked_for": [{"id": service.id, "name": service.name} for service in why_asked(outcome.people, fact)] if fact else [],
        "considered": outcome.considered(),
        "still_possible": outcome.still_possible(),
        "verdicts": {id: str(found[0][1].verdict) for id, found in said.items()},
        "service": _asked_about(rulebook.services[about], outcome, said.get(about, [])) if about else None,
        "notices": [{"id": str(notice), "says": notice.label} for notice in outcome.notices],
    }


def result(rulebook: Rulebook, given: Given, about: str | None, wanted: Wanted) -> Data:
    """The whole answer: the data that the command gives, and under `words` all that the page shows beside it.

    What is wanted and does not fit any more is left out: a changed answer must not end in an error.
    """
    answers = kept(rulebook, given, about)
    outcome = _outcome(rulebook, answers)
    fitting = {found.service.id for _, found in taken(outcome, wanted)}
    wanted = Wanted(tuple(id for id in wanted.taken if id in fitting), wanted.start)
    data = as_data(rulebook, outcome, wanted)
    return data | {"words": _words(rulebook, answers, outcome, wanted, data) | {"services": _services(rulebook, outcome, data)}}


def _outcome(rulebook: Rulebook, answers: Given) -> Outcome:
    case = known(answers)
    return answer(rulebook, case, frozenset(answers) - case.keys())


def _asked_about(service: Service, outcome: Outcome, said: list[tuple[str, Suitability]]) -> Data:
    """The service that the quiz was begun from; without a verdict while, or because, it is not looked at."""
    person, found = said[0] if said else (None, None)
    return {"id": service.id, "name": service.name, "person": person,
            "verdict": found and str(found.verdict), "label": found and found.verdict.label,
            "for_somebody_else": bool(outcome.people) and not said, "browse_only": service.browse_only}


def _words(rulebook: Rulebook, answers: Given, outcome: Outcome, wanted: Wanted, data: Data) -> Data:
    about = rulebook.registry.registry
    answered = [_answered(rulebook, fact, value) for fact, value in answers.items()]
    filed = record(rulebook, outcome, wanted, data, ((one["ask"], one["label"]) for one in answered))
    chosen = taken(outcome, wanted)
    today = datetime.date.fromisoformat(about.date)
    return {
        "registry": {"version": about.version, "date": about.date, "day": day(about.date), "edition": edition(about)},
        "limits": LIMITS,
        "record": [{"kind": str(line.kind), "says": line.says} for line in filed],
        "text": written(filed),
        "taken": list(wanted.taken),
        "answers": answered,
        "people": [_person(rulebook, outcome.case, person) for person in outcome.people],
        "away": [{"id": one["id"], **_answered(rulebook, one["fact"], one["value"])} for one in data["instead"]["one_answer_away"]],
        "sources": {source.id: {"title": source.title, "publisher": source.publisher, "date_printed": source.date_printed,
                                "old": is_stale(source, today)} for source in rulebook.registry.sources},
        "documents": [_document(rulebook, needed) for needed in documents(rulebook, outcome, wanted)],
        "times": [_time(service, wanted.start) for service in _once(chosen)],
        "court_limit": {"weeks": COURT_LIMIT_WEEKS, "day": wanted.start and day(
            (wanted.start + datetime.timedelta(weeks=COURT_LIMIT_WEEKS)).isoformat())},
        "start": wanted.start and day(wanted.start.isoformat()),
    }


def _once(chosen: Iterable[tuple[str, Suitability]]) -> list[Service]:
    return list({found.service.id: found.service for _, found in chosen}.values())


def _answered(rulebook: Rulebook, fact: str, value: Value | None) -> Data:
    """A question with an answer to it, as a page says them."""
    question = rulebook.questions[fact]
    return {"fact": fact, "ask": question.ask, "value": value, "label": label(rulebook, fact, value)}


def _asks(rulebook: Rulebook, facts: Iterable[str]) -> list[Data]:
    return [{"fact": fact, "ask": rulebook.questions[fact].ask} for fact in facts]


def _person(rulebook: Rulebook, case: Case, person: Person) -> Data:
    """What is said of every service for one of the people a case is about, best first."""
    option = next(option for option in rulebook.questions["focus"].options if option.value == person.person)
    seen = {**case, "focus": person.person}
    ready = zip(rulebook.considered(person.person), person.answers, strict=True)
    found = sorted(ready, key=lambda pair: list(Verdict).index(pair[1].verdict))
    return {"id": person.person, "label": option.label, "short": option.short or option.label,
            "answers": [_said(rulebook, candidate, seen, said) for candidate, said in found]}


def _said(rulebook: Rulebook, candidate: Candidate, case: Case, found: Suitability) -> Data:
    """A verdict with its reasons; the criteria that did not decide it stand apart, to be folded."""
    deciding = {criterion.id for criterion in found.decided_by}
    conditions = {criterion.id for criterion in found.conditions}
    reasons = [_reason(check, case) for check in candidate.checks]
    return {
        "id": candidate.service.id, "verdict": str(found.verdict), "label": found.verdict.label,
        "reasons": [reason for reason in reasons if reason["id"] in deciding],
        "conditions": [reason for reason in reasons if reason["id"] in conditions],
        "others": [reason for reason in reasons if reason["id"] not in deciding | conditions],
        "missing": _asks(rulebook, found.missing),
        "changes": [_answered(rulebook, change.fact, change.value) | {
            "verdict": str(change.verdict), "then": change.verdict.label}
            for change in changes(candidate, case, rulebook.questions)],
    }


def _reason(check: Check, case: Case) -> Data:
    """A criterion, with how the case meets it: true, false or, while that is open, null."""
    criterion, met = check.criterion, logic.evaluate(check.expression, case)
    return {"id": criterion.id, "effect": str(check.effect), "effect_label": check.effect.label, "says": criterion.says,
            "advice": criterion.advice, "met": met, "mark": mark(check.effect, met), "source": _where(criterion.source)}


def _where(where: Where) -> Data:
    return {"document": where.document, "section": where.section}


def _statement(statement: Statement) -> Data:
    return {"says": statement.says, "source": _where(statement.source)}


def _services(rulebook: Rulebook, outcome: Outcome, data: Data) -> Data:
    """What a page says of every service that the answer names: at length of those that do or still may fit."""
    possible = {found.service.id for person in outcome.people for found in person.answers
                if found.verdict is not Verdict.DOES_NOT_FIT}
    ways = data["instead"]
    named = dict.fromkeys([*data["verdicts"], *(one["id"] for one in ways["one_answer_away"]), *ways["named_instead"],
                           *ways["for_the_worker"]])
    parts = [part for id in named for part in rulebook.services[id].combines]
    about = rulebook.registry.registry

    def told(service: Service) -> Data:
        full = _full(rulebook, service) if service.id in possible else {}
        return _brief(service) | {"local": local_part(about, service.id)} | full

    return {id: told(rulebook.services[id]) for id in dict.fromkeys([*named, *parts])}


def _brief(service: Service) -> Data:
    return {"name": service.name, "summary": service.summary, "kind": service.kind.label, "combines": list(service.combines)}


def _full(rulebook: Rulebook, service: Service) -> Data:
    today = datetime.date.fromisoformat(rulebook.registry.registry.date)
    provider = next(provider for provider in rulebook.registry.providers if provider.id == service.provider)
    status = status_of(service, rulebook.registry)
    people = {option.value: option.short or option.label for option in rulebook.questions["focus"].options}
    return {
        "provider": {"id": provider.id, "name": provider.name},
        "status": {"state": str(status.state), "label": status.state.label, "says": status.says, "checked": day(status.checked),
                   "old": is_stale(next(source for source in rulebook.registry.sources
                                        if source.id == service.source.document), today)},
        "source": _where(service.source),
        "prices": [{"party": one.party, "text": price(one, people), "includes": one.includes, "source": _where(one.source)}
                   for one in service.prices],
        "price_status": None if service.prices else (service.price_status or PriceStatus.NOT_PRINTED).label,
        "price_note": service.price_note and _statement(service.price_note),
        "extra_charges": [_statement(charge) for charge in service.extra_charges],
        "length": length(service),
        "report": service.report and {"says": service.report.says, "court": service.report.court.label,
                                      "source": _where(service.report.source)},
        "referral": service.referral and {"says": service.referral.says, "source": _where(service.referral.source),
                                          "steps": [_statement(one) for one in service.referral.steps]},
        "contacts": [_contact(one) for one in (*service.contacts, *provider.contacts)],
        "cautions": [_statement(caution) for caution in service.cautions],
    }


def _contact(contact: Contact) -> Data:
    return {"kind": str(contact.kind), "label": contact.label, "value": contact.value}


def _document(rulebook: Rulebook, needed: Needed) -> Data:
    document = needed.document
    return {"id": document.id, "name": document.name, "what": document.what, "held_by": document.held_by,
            "needed": document.needed, "certain": needed.certain, "waits_for": _asks(rulebook, needed.waits_for),
            "needed_for": [service.id for service in needed.services],
            "cautions": [_statement(caution) for caution in document.cautions], "source": _where(document.source)}


def _time(service: Service, start: datetime.date | None) -> Data:
    """The course of a service: on a line of weeks where all of it is printed in weeks, with dates from a start."""
    timeline = service.timeline
    placed = place(timeline) if timeline else None
    ends = dated(timeline, start) if placed and start else None
    total = total_weeks(timeline) if placed else None
    steps = []
    for number, one in enumerate(timeline.steps if timeline else ()):
        line = placed and placed[number]
        end = ends and ends[number]
        steps.append({
            "id": one.id, "name": one.name, "says": one.says, "figures": timing(one),
            "earliest": line and list(line.earliest), "latest": line and list(line.latest),
            "ends_from": end and day(end.earliest_end.isoformat()), "ends_by": end and day(end.latest_end.isoformat())})
    return {"id": service.id, "length": length(service), "clock": timeline and timeline.clock,
            "ends_with": timeline and timeline.ends_with, "not_counted": timeline and timeline.not_counted,
            "weeks": total and list(total), "left": total and span(*sorted(COURT_LIMIT_WEEKS - weeks for weeks in total)),
            "steps": steps}
