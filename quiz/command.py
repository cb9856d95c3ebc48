"""`python -m quiz`: the engine as a command.

    python -m quiz check CASE.json [--json] [--start=YYYY-MM-DD]
                                              what the published criteria say of a case (- reads standard input);
                                              with a start, the dates by which each step ends
    python -m quiz questions [--json]         the facts a case can have
    python -m quiz explain SERVICE [CASE]     the criteria of a service, and how a case meets them

Exit 0 answered, 1 the case cannot be used, 2 wrong use of the command.
"""

import datetime
import json
import sys
from collections.abc import Callable
from pathlib import Path

from quiz import cases, logic, report
from quiz.changes import changes
from quiz.logic import Case
from quiz.model import Registry
from quiz.pathway import Rulebook, answer, tracks
from quiz.suitability import examine

MARKS = {True: "yes", False: "no", None: "not known"}


class WrongUse(Exception):
    """The command was called with words it does not know."""


def main(arguments: list[str], read_registry: Callable[[], Registry]) -> int:
    """Run the command. `read_registry` brings the registry; how is the caller's business."""
    flags = {argument for argument in arguments if argument.startswith("--")}
    words = [argument for argument in arguments if not argument.startswith("--")]
    try:
        starts = {flag for flag in flags if flag.startswith("--start=")}
        if flags - starts - {"--json"} or len(starts) > 1 or not words:
            raise WrongUse
        start = day(starts.pop().removeprefix("--start=")) if starts else None
        rulebook = Rulebook(read_registry())
        match words:
            case ["check", path]:
                print(check(rulebook, read_case(path, rulebook), "--json" in flags, start), end="")
            case ["questions"]:
                print(questions(rulebook, "--json" in flags), end="")
            case ["explain", service]:
                print(explain(rulebook, service, {}), end="")
            case ["explain", service, path]:
                print(explain(rulebook, service, read_case(path, rulebook)), end="")
            case _:
                raise WrongUse
    except cases.BadCase as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return 1
    except WrongUse as error:
        print(str(error) or __doc__.strip(), file=sys.stderr)
        return 2
    return 0


def read_case(path: str, rulebook: Rulebook) -> Case:
    """The case in a file, or in standard input for `-`. Raises BadCase."""
    try:
        raw = sys.stdin.buffer.read(cases.MOST_BYTES + 1) if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise cases.BadCase([f"{path} cannot be read: {error.strerror or error}."]) from None
    read = cases.from_yaml if Path(path).suffix in (".yaml", ".yml") else cases.from_json
    return read(raw, rulebook.questions)


def day(text: str) -> datetime.date:
    """A day written YYYY-MM-DD. Raises WrongUse."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise WrongUse(f"'{text}' is not a day. Write it as 2026-11-21.") from None


def check(rulebook: Rulebook, case: Case, as_json: bool, start: datetime.date | None) -> str:
    """What the published criteria say of a case."""
    outcome = answer(rulebook, case)
    return _json(report.as_data(rulebook, outcome, start)) if as_json else report.as_text(rulebook, outcome, start)


def questions(rulebook: Rulebook, as_json: bool) -> str:
    """The facts a case can have, with their values."""
    if as_json:
        return _json([{"id": question.id, "ask": question.ask,
                       "values": [option.value for option in question.options],
                       "years": {"min": question.years.min, "max": question.years.max} if question.years else None}
                      for question in rulebook.questions.values()])
    lines = []
    for question in rulebook.questions.values():
        lines.append(f"{question.id}: {question.ask}")
        if question.years:
            lines.append(f"    {question.years.min} to {question.years.max}, in whole years")
        lines += [f"    {option.value}: {option.label}" for option in question.options]
    return "\n".join(lines) + "\n"


def explain(rulebook: Rulebook, service: str, case: Case) -> str:
    """Every criterion of a service, how the case meets it, and what would change the verdict."""
    found = {candidate.service.id: candidate for candidate in rulebook.candidates}
    if service not in rulebook.services:
        raise WrongUse(f"'{service}' is not a service. {cases.nearest(service, rulebook.services)}")
    if service not in found:
        browse = rulebook.services[service]
        return f"{browse.name}\n{browse.browse_only} It is shown to browse, never as an answer.\n"
    candidate = found[service]
    seen = next((seen for person, seen in tracks(case) if person in candidate.service.for_whom.parties), case)
    verdict = examine(candidate, seen)
    lines = [candidate.service.name, f"{verdict.verdict.label}"]
    for one in candidate.checks:
        where = one.criterion.source
        lines.append(f"  {one.effect.label}: {one.criterion.says} [{MARKS[logic.evaluate(one.expression, seen)]}]"
                     f" ({where.document}, {where.section})")
    if verdict.missing:
        lines.append(f"Still to answer: {', '.join(verdict.missing)}")
    lines += [f"If {change.fact} were {change.value}: {change.verdict.label.lower()}"
              for change in changes(candidate, seen, rulebook.questions)]
    return "\n".join(lines) + "\n"


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
