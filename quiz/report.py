"""An outcome as data and as plain text, for the command line and for taking away.

Neither form carries anything but criteria, services, documents, the answers given and the registry's
version: no name has ever been asked for.
"""

from collections.abc import Iterator
from typing import Any

from quiz.paperwork import Needed, checklist
from quiz.pathway import Outcome, Rulebook
from quiz.suitability import Suitability, Verdict


def as_data(rulebook: Rulebook, outcome: Outcome) -> dict[str, Any]:
    """The stable JSON form of an outcome; its keys are only ever added to."""
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
    }


def documents(rulebook: Rulebook, outcome: Outcome) -> tuple[Needed, ...]:
    """The documents to gather for everything recommended."""
    return checklist(rulebook.registry, (answer.service for answer in outcome.recommended), outcome.case)


def as_text(rulebook: Rulebook, outcome: Outcome) -> str:
    """The outcome for a reader: what to do first, what fits, why not, what to gather."""
    return "\n".join(_lines(rulebook, outcome)) + "\n"


def _entry(person: str, answer: Suitability) -> dict[str, Any]:
    return {"verdict": str(answer.verdict), "person": person,
            "decided_by": [criterion.id for criterion in answer.decided_by],
            "conditions": [criterion.id for criterion in answer.conditions], "missing": list(answer.missing)}


def _lines(rulebook: Rulebook, outcome: Outcome) -> Iterator[str]:
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
    if outcome.next_question:
        yield f"\nNext question: {rulebook.questions[outcome.next_question].ask} ({outcome.next_question})"
    yield (f"\nRegistry {about.version}, {about.date}. This compares published criteria. It does not assess risk or "
           "replace professional judgement.")
