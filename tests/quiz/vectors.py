"""Requests to the browser's door, with which its answers are compared wherever it runs.

Every case that people wrote, and walks made up along the questions the engine itself asks: with answers not known,
changed half-way, begun from one service, with services taken forward and a start.
"""

import json
import random
from collections.abc import Iterator
from typing import Any

from quiz.logic import Value
from quiz.model import Question
from quiz.pathway import Rulebook, answer, kept, known, next_question
from quiz.report import Wanted, taken

WALKS = 240
START = "2026-03-02"

Request = tuple[str, str]
"""A function of `quiz.browser` and the text it is given."""


def vectors(rulebook: Rulebook, cases: list[dict[str, Value]]) -> list[Request]:
    """All requests, the same ones in every run."""
    asked: list[Request] = [request("step", {"given": {}})]
    for case in cases:
        asked += [request("step", {"given": case}), request("result", {"given": case, "start": START})]
    for number in range(WALKS):
        asked += walk(rulebook, random.Random(number))
    return asked


def walk(rulebook: Rulebook, chance: random.Random) -> Iterator[Request]:
    """One visit: the questions answered as they come, one answer changed, then the result with what was taken."""
    about = chance.choice(rulebook.candidates).service.id if chance.random() < 0.3 else None
    given: dict[str, Value | None] = {}
    while (fact := next_one(rulebook, given, about)) is not None:
        given[fact] = one_of(rulebook.questions[fact], chance)
    changed = chance.choice(list(given))
    given = {**given, changed: one_of(rulebook.questions[changed], chance)}
    yield request("step", {"given": given, "service": about})
    outcome = answer(rulebook, known(kept(rulebook, given, about)))
    fitting = list(dict.fromkeys(found.service.id for _, found in taken(outcome, Wanted())))
    some = chance.sample(fitting, chance.randint(0, len(fitting)))
    yield request("result", {"given": given, "service": about, "taken": some, "start": chance.choice([None, START])})


def next_one(rulebook: Rulebook, given: dict[str, Value | None], about: str | None) -> str | None:
    """The question that comes next."""
    case = known(given)
    return next_question(rulebook, case, answer(rulebook, case).people, given, about)


def one_of(question: Question, chance: random.Random) -> Value | None:
    """An answer, now and then that it is not known."""
    if question.may_be_unknown and chance.random() < 0.15:
        return None
    if question.years:
        return chance.randint(question.years.min, question.years.max)
    return chance.choice(question.options).value


def request(function: str, asked: dict[str, Any]) -> Request:
    return function, json.dumps(asked, ensure_ascii=False)
