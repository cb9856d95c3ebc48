"""What would change a verdict: single answers that, had they been different, would alter it.

Only facts that a worker may properly act on are ever named. That somebody should separate, consent,
be of another age or see things another way is never put to anyone as a way to get a service.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from quiz.logic import Case, Value
from quiz.model import Question
from quiz.suitability import Candidate, Verdict, judge


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that would alter the verdict."""

    fact: str
    value: Value
    verdict: Verdict


def changes(candidate: Candidate, case: Case, questions: Mapping[str, Question]) -> tuple[Change, ...]:
    """Every other answer to a changeable question that would alter the verdict, in the order of asking."""
    readings = [check.expression.read(case) for check in candidate.checks]
    now = judge(candidate, readings).verdict
    # while any one criterion rules the service out, only an answer that all of these read can let it in
    ruling = [place for place, check in enumerate(candidate.checks) if check.rules_out(readings[place])]
    found = []
    for fact, question in questions.items():
        read_by = candidate.reading.get(fact, ())
        if fact not in case or not read_by or question.never_suggest or not set(ruling) <= set(read_by):
            continue
        for option in question.options:
            other = {**case, fact: option.value}
            changed = list(readings)
            for place in read_by:
                changed[place] = candidate.checks[place].expression.read(other)
            then = judge(candidate, changed).verdict
            if then is not now:
                found.append(Change(fact, option.value, then))
    return tuple(found)
