"""Reading a case: a flat object of facts, checked so strictly that a slip never decides anything.

Every problem is told at once, in plain words, with the nearest right fact or value.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from quiz.logic import Case
from quiz.model import Question

MOST_BYTES = 1_000_000


class BadCase(ValueError):
    """A case cannot be used. `problems` has every reason, one sentence each."""

    def __init__(self, problems: Iterable[str]):
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def from_json(raw: bytes, questions: Mapping[str, Question]) -> Case:
    """The case in a JSON text. Raises BadCase."""
    return _case(read_json(raw, _Pairs, "It must be one flat object of facts."), questions)


def read_json(raw: bytes, of_pairs: Callable[[list[tuple[str, Any]]], Any], must: str) -> Any:
    """What stands in a JSON text, with its objects made by `of_pairs`; `must` says what it must be. Raises BadCase."""
    try:
        return json.loads(_text(raw), object_pairs_hook=of_pairs, parse_constant=_refuse, parse_int=_whole)
    except json.JSONDecodeError as error:
        raise BadCase([f"Line {error.lineno}, column {error.colno}: this is not JSON ({error.msg})."]) from None
    except RecursionError:
        raise BadCase([f"The case is nested too deeply. {must}"]) from None
    except BadCase:
        raise
    except ValueError as error:
        raise BadCase([str(error)]) from None


def from_answers(answers: Mapping[str, Any], questions: Mapping[str, Question]) -> Case:
    """The case in answers that are already read. Raises BadCase."""
    return _case(_Pairs(answers.items()), questions)


def from_yaml(raw: bytes, questions: Mapping[str, Question]) -> Case:
    """The case in a YAML text, where PyYAML is present. Raises BadCase."""
    try:
        import yaml
    except ImportError:
        raise BadCase(["Cases in YAML need PyYAML. Install it, or write the case as JSON."]) from None
    text = _text(raw)
    try:
        words = _flat(yaml, yaml.parse(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except yaml.YAMLError as error:
        raise BadCase([f"This is not YAML ({' '.join(str(error).split())[:200]})."]) from None
    if words is None:
        return _case(None, questions)
    years = {fact for fact, question in questions.items() if question.years}
    return _case(_Pairs((fact, _whole(value) if fact in years and value.isascii() and value.isdecimal() else value)
                        for fact, value in zip(words[::2], words[1::2], strict=True)), questions)


def _flat(yaml: Any, events: Iterable[Any]) -> list[str] | None:
    """The words of one flat mapping, keys and values in turn, or None for anything else."""
    words, starts = [], 0
    for event in events:
        if isinstance(event, yaml.ScalarEvent) and starts == 1:
            words.append(event.value)
        elif isinstance(event, yaml.MappingStartEvent):
            starts += 1
        elif isinstance(event, yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.AliasEvent):
            return None
    return words if starts == 1 else None


class _Pairs(list):
    """The keys and values of an object in the order written, so that one given twice is noticed."""


def _text(raw: bytes) -> str:
    if len(raw) > MOST_BYTES:
        raise BadCase([f"The case has more than {MOST_BYTES:,} bytes. A case is a few short answers."])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start + (len(raw) - len(error.object))  # the decoder does not count a byte order mark
        raise BadCase([f"The case is not text in UTF-8: byte {at + 1} is 0x{raw[at]:02x}."]) from None


def _whole(digits: str) -> int | str:
    """A whole number; one with more digits than any answer has stays text, which no question accepts."""
    return int(digits) if len(digits) <= 9 else digits


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not an answer to anything.")


def _case(pairs: Any, questions: Mapping[str, Question]) -> Case:
    if not isinstance(pairs, _Pairs):
        raise BadCase(["The case must be one flat object of facts, such as {\"focus\": \"victim_survivor\"}."])
    case: dict[str, str | int] = {}
    problems = []
    for fact, value in pairs:
        problem = _problem(fact, value, questions, case)
        if problem:
            problems.append(problem)
        else:
            case[fact] = value
    if problems:
        raise BadCase(problems)
    return case


def _problem(fact: Any, value: Any, questions: Mapping[str, Question], case: Case) -> str | None:
    """Why this answer cannot be used, or None."""
    if fact not in questions:
        return f"'{short(fact)}' is not a fact. {nearest(fact, questions)}"
    if fact in case:
        return f"'{fact}' is answered twice."
    question = questions[fact]
    if question.years:
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole or not question.years.min <= value <= question.years.max:
            return f"'{fact}' is {short(value)}. It must be a whole number from {question.years.min} to {question.years.max}."
        return None
    values = [option.value for option in question.options]
    if value not in values:
        return f"'{fact}' is {short(value)}. {nearest(value, values)}"
    return None


def nearest(word: Any, words: Iterable[str]) -> str:
    """A hint that names the word probably meant, or the words there are."""
    known = list(words)
    close = get_close_matches(str(word), known, n=1, cutoff=0.5) if isinstance(word, str) else []
    return f"Did you mean '{close[0]}'?" if close else f"It can be: {', '.join(known)}."


def short(value: Any) -> str:
    """A value as it is named in a message."""
    if isinstance(value, _Pairs | dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value
    return text if len(text) <= 40 else text[:37] + "…"
