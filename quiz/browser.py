"""The browser's one door to the engine: strings in, strings of JSON out.

Strings alone cross between Python and JavaScript, so that neither ever holds on to an object of the other. Nothing
of a case is kept here: every request brings all its answers.
"""

import json
from collections.abc import Callable
from typing import Any

from quiz import rules, telling
from quiz.cases import BadCase, from_answers, nearest
from quiz.pathway import Given, Rulebook
from quiz.report import Wanted
from quiz.timeline import a_day

_rulebook: Rulebook | None = None
"""The rulebook, made once by `ready`."""


def ready(text: str) -> str:
    """Read the registry from `rules.dump`, as JSON. Says which version it is."""
    def made(data: dict[str, Any]) -> dict[str, Any]:
        global _rulebook
        _rulebook = Rulebook(rules.load(data))
        about = _rulebook.registry.registry
        return {"registry": {"version": about.version, "date": about.date}, "services": len(_rulebook.candidates)}

    return _told(text, made, "The criteria cannot be read.")


def step(text: str) -> str:
    """Where the quiz stands, for `{"given": {fact: value, or null for not known}, "service": id or null}`."""
    return _told(text, lambda asked: telling.step(_made(), *_case(asked)), "The next question cannot be worked out.")


def result(text: str) -> str:
    """The result, for the same with `"taken": [ids of services], "start": "2026-11-21" or null`."""
    return _told(text, lambda asked: telling.result(_made(), *_case(asked), _wanted(asked)), "The result cannot be worked out.")


def caseload(text: str) -> str:
    """What a caseload costs and how long it takes; `quiz/caseload_report.py` reads it and says what is in it."""
    def worked_out(asked: Any) -> dict[str, Any]:
        from quiz import caseload_report, caseload_telling  # late: whoever checks a case need not wait for them

        return caseload_telling.caseload(_made(), caseload_report.from_data(asked, _made()))

    return _told(text, worked_out, "The caseload cannot be worked out.")


def practise(text: str) -> str:
    """Work out a case that is made up from a number, so that the browser has done this work before a visitor waits
    for it. Nothing of a visitor's comes in, and the answer is thrown away."""
    def made_up(turn: int) -> dict[str, Any]:
        questions = _made().questions.values()
        given = {question.id: question.options[(turn + place) % len(question.options)].value
                 for place, question in enumerate(questions) if question.options}
        telling.step(_made(), given, None)
        telling.result(_made(), given, None, Wanted())
        return {}

    return _told(text, made_up, "There is nothing to practise.")


def _told(text: str, work: Callable[[Any], dict[str, Any]], otherwise: str) -> str:
    """What the work gives, as JSON; where it fails, why in plain words: a page must always have something to say."""
    try:
        said = work(json.loads(text))
    except BadCase as error:
        said = {"error": " ".join(error.problems)}
    except ImportError:  # the library it runs with lacks a part: whoever keeps this door must bring the whole one
        raise
    except Exception:  # whatever it is, a traceback helps nobody here and might repeat an answer
        said = {"error": otherwise}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _made() -> Rulebook:
    if _rulebook is None:
        raise BadCase(["The criteria have not been read yet."])
    return _rulebook


def _case(asked: Any) -> tuple[Given, str | None]:
    """The answers given and the service asked about. Raises BadCase."""
    rulebook = _made()
    if not isinstance(asked, dict) or not isinstance(asked.get("given"), dict):
        raise BadCase(["The answers must be one flat object of facts, under 'given'."])
    given, about = asked["given"], asked.get("service")
    questions = rulebook.questions
    problems = [f"'{fact}' is not a fact. {nearest(fact, questions)}" if fact not in questions
                else f"'{fact}' must be answered." for fact, value in given.items()
                if value is None and not (fact in questions and questions[fact].may_be_unknown)]
    if problems:
        raise BadCase(problems)
    from_answers({fact: value for fact, value in given.items() if value is not None}, questions)
    if about is not None:
        _known_services([about], rulebook)
    return given, about


def _wanted(asked: dict[str, Any]) -> Wanted:
    """Which services are taken forward, and when clocks begin. Raises BadCase."""
    taken, start = asked.get("taken") or [], asked.get("start")
    if not isinstance(taken, list):
        raise BadCase(["The services taken forward must be a list."])
    _known_services(taken, _made())
    try:
        return Wanted(tuple(dict.fromkeys(taken)), a_day(str(start)) if start else None)
    except ValueError as error:
        raise BadCase([str(error)]) from None


def _known_services(ids: list[Any], rulebook: Rulebook) -> None:
    problems = [f"'{id}' is not a service. {nearest(id, rulebook.services)}" for id in ids
                if not isinstance(id, str) or id not in rulebook.services]
    if problems:
        raise BadCase(problems)
