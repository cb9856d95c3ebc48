"""The record of an answer: what is said on a terminal, in a text file and in a document to file, line by line.

It carries criteria, services, documents, the answers given and the registry's version, and no name: none has ever
been asked for. Who files it adds a reference and a signature by hand.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from quiz import logic
from quiz.logic import Case, Value
from quiz.model import Where
from quiz.pathway import Outcome, Rulebook
from quiz.report import LIMITS, Wanted, as_data, documents
from quiz.suitability import Candidate, Effect, Suitability, Verdict
from quiz.vocabulary import PriceStatus
from quiz.wording import day, edition, local_part, pounds, sentence, sentences, span


class Kind(StrEnum):
    """What a line of a record is; how each looks is told by who writes the record down."""

    TITLE = "title"
    NOTICE = "notice"
    HEADING = "heading"
    ITEM = "item"
    UNDER = "under"
    """Belongs to the item above it."""
    TICK = "tick"
    """To be ticked off."""
    BLANK = "blank"
    """To be filled in by hand."""
    NOTE = "note"


Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    kind: Kind
    says: str


TO_SIGN = ("Reference", "Completed by", "Signature", "Date")

MARKS = {Kind.TITLE: "", Kind.NOTICE: "! ", Kind.HEADING: "\n", Kind.ITEM: "  ", Kind.UNDER: "      ", Kind.TICK: "  [ ] ",
         Kind.BLANK: "", Kind.NOTE: "\n"}
"""What stands before a line where there is nothing but letters."""


def as_text(rulebook: Rulebook, outcome: Outcome, wanted: Wanted = Wanted()) -> str:
    """The outcome for a reader: what to do first, what fits, why not, what to gather, what it takes."""
    about = rulebook.registry.registry
    asked = rulebook.questions.get(outcome.next_question or "")
    closing = [Line(Kind.NOTE, f"Next question: {asked.ask} ({asked.id})")] if asked else []
    closing.append(Line(Kind.NOTE, sentences(f"Registry {about.version}, {about.date}.", edition(about), LIMITS)))
    return written([*lines(rulebook, outcome, wanted, as_data(rulebook, outcome, wanted)), *closing])


def written(lines: Iterable[Line]) -> str:
    """Lines as plain text."""
    return "".join(f"{MARKS[line.kind]}{line.says}{': ' + 40 * '_' if line.kind is Kind.BLANK else ''}\n" for line in lines)


def record(rulebook: Rulebook, outcome: Outcome, wanted: Wanted, data: Data, answers: Iterable[tuple[str, str]]) -> tuple[Line, ...]:
    """The outcome to be filed, with the answers it rests on, as (question, answer), and room to sign."""
    about = rulebook.registry.registry
    return (Line(Kind.TITLE, "What the published criteria say"),
            Line(Kind.NOTE, sentences(f"Waymark registry {about.version}, {day(about.date)}.", edition(about), LIMITS)),
            *lines(rulebook, outcome, wanted, data),
            Line(Kind.HEADING, "The answers this rests on"),
            *(Line(Kind.ITEM, f"{ask} {label}") for ask, label in answers),
            Line(Kind.HEADING, "To be filled in by hand"),
            *(Line(Kind.BLANK, name) for name in TO_SIGN))


def lines(rulebook: Rulebook, outcome: Outcome, wanted: Wanted, data: Data) -> Iterator[Line]:
    """The outcome, line by line. `data` is the same as `as_data` gives it."""
    yield from (Line(Kind.NOTICE, notice.label) for notice in outcome.notices)
    yield from _verdicts(rulebook, outcome)
    yield from _gather(rulebook, outcome, wanted)
    if not outcome.recommended and outcome.people:
        yield from _instead(rulebook, data["instead"])
    yield from _costs(rulebook, data["costs"])
    yield from _times(rulebook, data["times"])


def _verdicts(rulebook: Rulebook, outcome: Outcome) -> Iterator[Line]:
    names = {option.value: option.label for option in rulebook.questions["focus"].options}
    for person in outcome.people:
        yield Line(Kind.HEADING, names[person.person])
        case = {**outcome.case, "focus": person.person}
        said = tuple(zip(rulebook.considered(person.person), person.answers, strict=True))
        for verdict in Verdict:
            for candidate, answer in said:
                if answer.verdict is verdict:
                    yield Line(Kind.ITEM, f"{verdict.label}: {answer.service.name}")
                    if local := local_part(rulebook.registry.registry, answer.service.id):
                        yield Line(Kind.UNDER, local)
                    yield from (_not_answered(rulebook, answer) if verdict is Verdict.NEED_MORE
                                else _reasons(rulebook, candidate, answer, case))


def _not_answered(rulebook: Rulebook, answer: Suitability) -> Iterator[Line]:
    return (Line(Kind.UNDER, f"Not answered: {rulebook.questions[fact].ask}") for fact in answer.missing)


def _reasons(rulebook: Rulebook, candidate: Candidate, answer: Suitability, case: Case) -> Iterator[Line]:
    for check in candidate.checks:
        criterion = check.criterion
        if criterion in answer.decided_by or criterion in answer.conditions:
            found = mark(check.effect, logic.evaluate(check.expression, case))
            yield Line(Kind.UNDER, f"{found + ': ' if found else ''}{sentence(criterion.says)} ({_source(rulebook, criterion.source)})")


def mark(effect: Effect, met: bool | None) -> str:
    """What stands before a criterion that is not so, lest it be read as if it were. Nothing before one that is so."""
    if met is None:
        return "Not known"
    return "" if met else "Not yet so" if effect is Effect.CONDITION else "Not so"


def _source(rulebook: Rulebook, where: Where) -> str:
    source = next(source for source in rulebook.registry.sources if source.id == where.document)
    return f"{source.publisher}, {source.date_printed}: {where.section}"


def _gather(rulebook: Rulebook, outcome: Outcome, wanted: Wanted) -> Iterator[Line]:
    listed = documents(rulebook, outcome, wanted)
    count = len(wanted.taken or outcome.recommended)
    if listed:
        yield Line(Kind.HEADING, "Documents to gather")
    for needed in listed:
        document = needed.document
        yield Line(Kind.TICK, f"{document.name} (needed for {len(needed.services)} of {count})"
                              f"{'' if needed.certain else ': ' + document.needed}")
        if document.held_by:
            yield Line(Kind.UNDER, f"Held by: {sentence(document.held_by)}")
        yield from (Line(Kind.UNDER, sentence(caution.says)) for caution in document.cautions)


def _instead(rulebook: Rulebook, ways: Data) -> Iterator[Line]:
    name = {id: service.name for id, service in rulebook.services.items()}
    yield Line(Kind.HEADING, "Nothing can be taken forward yet. What else there is")
    for one in ways["one_answer_away"]:
        yield Line(Kind.ITEM, f"One answer away: {name[one['id']]}")
        yield Line(Kind.UNDER, f"{rulebook.questions[one['fact']].ask} {label(rulebook, one['fact'], one['value'])}")
    yield from (Line(Kind.ITEM, f"Look at: {name[id]}") for id in ways["named_instead"])
    yield from (Line(Kind.ITEM, f"For the worker: {name[id]}") for id in ways["for_the_worker"])
    yield from (Line(Kind.ITEM, f"Ring {line['number']}: {line['name']}. {line['who']}") for line in ways["helplines"])


def _costs(rulebook: Rulebook, costs: Data) -> Iterator[Line]:
    if costs["prices"] or costs["not_priced"]:
        yield Line(Kind.HEADING, "Cost, as far as it is printed")
    for price in costs["prices"]:
        period = f" ({price['period']})" if price["period"] else ""
        yield Line(Kind.ITEM, f"{pounds(price['amount'])}{period}: {rulebook.services[price['id']].name}. {price['includes']}")
    for none in costs["not_priced"]:
        yield Line(Kind.ITEM, f"{PriceStatus(none['why']).label}: {rulebook.services[none['id']].name}")
    if costs["printed_total"] is not None:
        yield Line(Kind.ITEM, f"{pounds(costs['printed_total'])} in all, of what is printed")


def _times(rulebook: Rulebook, times: list[Data]) -> Iterator[Line]:
    if times:
        yield Line(Kind.HEADING, "Time, where it is printed")
    for time in times:
        service = rulebook.services[time["id"]]
        yield Line(Kind.ITEM, f"{service.name}: {span(*time['weeks'])} weeks from {time['clock'] or 'a start that is not printed'}")
        names = {step.id: step.name for step in service.timeline.steps}
        for step in time["steps"]:
            begin, end = day(step["ends_from"]), day(step["ends_by"])
            yield Line(Kind.UNDER, f"{names[step['id']]}: ends {begin if begin == end else f'{begin} to {end}'}")


NOT_KNOWN = "I do not know"
"""The label of an answer that is not known."""


def label(rulebook: Rulebook, fact: str, value: Value | None) -> str:
    """An answer, as its question says it."""
    labels = {option.value: option.label for option in rulebook.questions[fact].options}
    return NOT_KNOWN if value is None else labels.get(value, str(value))
