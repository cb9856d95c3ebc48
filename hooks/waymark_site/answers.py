"""What the registry says of one service and one circumstance, before anything else about a case is known.

This is less than a verdict: a verdict looks at a whole case, an answer at one thing about it. So an
answer never says that a service fits.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from quiz import logic
from quiz.suitability import Check, Effect
from quiz.vocabulary import Word


class Answer(Word):
    """What is printed of a service and a circumstance, in the order a list shows them."""

    YES = "yes", "Yes"
    ASK_FIRST = "ask_first", "Ask the team first"
    DEPENDS = "depends", "Depends on other facts"
    NOT_PRINTED = "not_printed", "Not printed"
    DOES_NOT_APPLY = "does_not_apply", "Does not apply"
    NO = "no", "No"


SPEAKS_FOR = (Answer.YES, Answer.ASK_FIRST, Answer.DEPENDS)
"""The answers with which something printed speaks for a service."""

UNKNOWN = (Answer.NOT_PRINTED, Answer.DOES_NOT_APPLY)
"""The answers that settle nothing: a service with one of them is shown, with the reason."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer read off criteria, and the criteria that give it."""

    answer: Answer
    because: tuple[Check, ...] = ()
    """With yes: what had to be so, and what is still to be arranged; empty where something merely does not
    stand in the way."""


def said(checks: Iterable[Check], case: logic.Case, about: str) -> Said:
    """What criteria say of a case about one fact of it. Criteria that do not read that fact are left out.

    Not printed, where none reads it. A criterion that can still be arranged stands in nobody's way.
    """
    truths = [(check, logic.evaluate(check.expression, case)) for check in checks
              if about in logic.facts(check.expression)]
    if not truths:
        return Said(Answer.NOT_PRINTED)
    if out := [check for check, truth in truths if check.rules_out(truth)]:
        return Said(Answer.NO, tuple(out))
    if asks := [check for check, truth in truths if check.effect is Effect.ASK_FIRST and truth]:
        return Said(Answer.ASK_FIRST, tuple(asks))
    if unsettled := [check for check, truth in truths if check.effect is not Effect.CONDITION and truth is None]:
        return Said(Answer.DEPENDS, tuple(unsettled))
    return Said(Answer.YES, tuple(check for check, truth in truths if check.effect is Effect.REQUIRES
                                  or (check.effect is Effect.CONDITION and not truth)))
