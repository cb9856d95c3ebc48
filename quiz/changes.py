"""What would change a verdict: single answers that, had they been different, would alter it.

Only facts that a worker may properly act on are ever named. That somebody should separate, consent,
be of another age or see things another way is never put to anyone as a way to get a service.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from quiz.logic import Case, Value
from quiz.model import Question
from quiz.suitability import Candidate, Verdict, examine


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that would alter the verdict."""

    fact: str
    value: Value
    verdict: Verdict


def changes(candidate: Candidate, case: Case, questions: Mapping[str, Question]) -> tuple[Change, ...]:
    """Every other answer to a changeable question that would alter the verdict, in the order of asking."""
    now = examine(candidate, case).verdict
    found = []
    for fact, question in questions.items():
        if fact not in case or fact not in candidate.facts or question.never_suggest:
            continue
        for option in question.options:
            then = examine(candidate, {**case, fact: option.value}).verdict
            if then is not now:
                found.append(Change(fact, option.value, then))
    return tuple(found)
