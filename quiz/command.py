"""`python -m quiz`: the engine as a command.

    python -m quiz check CASE.json [--json] [--take=ID,ID] [--start=YYYY-MM-DD]
        what the published criteria say of a case; - reads standard input, .yaml is read where PyYAML is
        present; with --take, documents, costs and times for these services only, and their total;
        with --start, the dates by which each step ends
    python -m quiz caseload CASELOAD.json [--json | --csv]
        what a caseload costs and how long it takes, as far as that is printed
    python -m quiz questions [--json]
        the facts a case can have
    python -m quiz explain SERVICE [CASE]
        the criteria of a service, and how a case meets them

With --local=AREA, the local edition of local/AREA.yaml answers; the answer says so, and what is local.

Exit 0 answered, 1 the case cannot be used, 2 wrong use of the command.
"""

import datetime
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

from quiz import caseload_report, cases, logic, record, report
from quiz.caseload import reckon
from quiz.changes import changes
from quiz.logic import Case
from quiz.model import Registry, Service
from quiz.pathway import Rulebook, answer, tracks
from quiz.report import Wanted
from quiz.suitability import Candidate, examine
from quiz.timeline import a_day
from quiz.wording import edition, local_part

MARKS = {True: "yes", False: "no", None: "not known"}
FLAGS = {"check": ("--json", "--take=", "--start="), "caseload": ("--json", "--csv"), "questions": ("--json",), "explain": ()}


LOCAL = "--local="
"""The flag that every verb has."""


class WrongUse(Exception):
    """The command was called with words it does not know."""


def main(arguments: list[str], read_registry: Callable[[str | None], Registry]) -> int:
    """Run the command. `read_registry` brings the registry, perhaps in the local edition of an area; how is the
    caller's business."""
    try:
        words = [argument for argument in arguments if not argument.startswith("--")]
        flags = _flags(words[:1], [argument for argument in arguments if argument.startswith("--")])
        told = _told(words, flags, Rulebook(read_registry(_area(flags))))
    except cases.BadCase as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return 1
    except WrongUse as error:
        print(str(error) or __doc__.strip(), file=sys.stderr)
        return 2
    print(told, end="")
    return 0


def _flags(verb: list[str], given: list[str]) -> dict[str, str]:
    known = (*FLAGS.get(verb[0], ()), LOCAL) if verb else ()
    found: dict[str, str] = {}
    for flag in given:
        name = next((name for name in known if flag == name or (name.endswith("=") and flag.startswith(name))), None)
        if name is None or name in found:
            raise WrongUse
        found[name] = flag.removeprefix(name)
    return found


def _area(flags: dict[str, str]) -> str | None:
    if flags.get(LOCAL) == "":
        raise WrongUse("--local needs the name of a local edition, such as --local=surrey.")
    return flags.pop(LOCAL, None)


def _told(words: list[str], flags: dict[str, str], rulebook: Rulebook) -> str:
    match words:
        case ["check", path]:
            wanted = Wanted(_ids(flags["--take="], rulebook) if "--take=" in flags else (),
                            _day(flags["--start="]) if "--start=" in flags else None)
            return check(rulebook, read_case(path, rulebook), "--json" in flags, wanted)
        case ["caseload", path]:
            return caseload(rulebook, path, flags)
        case ["questions"]:
            return questions(rulebook, "--json" in flags)
        case ["explain", service]:
            return explain(rulebook, service, {})
        case ["explain", service, path]:
            return explain(rulebook, service, read_case(path, rulebook))
    raise WrongUse


def read_raw(path: str) -> bytes:
    """What stands in a file, or in standard input for `-`. Raises BadCase."""
    try:
        if path == "-":
            if sys.stdin is None or sys.stdin.closed:
                raise cases.BadCase(["Standard input is closed, so there is no case to read."])
            return sys.stdin.buffer.read(cases.MOST_BYTES + 1)
        with open(path, "rb") as file:
            return file.read(cases.MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise cases.BadCase([f"{path} cannot be read: {getattr(error, 'strerror', None) or error}."]) from None


def read_case(path: str, rulebook: Rulebook) -> Case:
    """The case in a file, or in standard input for `-`. Raises BadCase."""
    raw = read_raw(path)
    read = cases.from_yaml if path.endswith((".yaml", ".yml")) else cases.from_json
    return read(raw, rulebook.questions)


def check(rulebook: Rulebook, case: Case, as_json: bool, wanted: Wanted) -> str:
    """What the published criteria say of a case."""
    outcome = answer(rulebook, case)
    fitting = {answer.service.id for _, answer in report.taken(outcome, wanted)}
    for id in wanted.taken:
        if id not in fitting:
            raise cases.BadCase([f"'{id}' cannot be taken forward: it does not fit this case, or more must be answered first."])
    return _json(report.as_data(rulebook, outcome, wanted)) if as_json else record.as_text(rulebook, outcome, wanted)


def caseload(rulebook: Rulebook, path: str, flags: dict[str, str]) -> str:
    """What the caseload in a file costs and how long it takes."""
    if len(flags) > 1:
        raise WrongUse("Choose one of --json and --csv.")
    found = reckon(rulebook, caseload_report.from_json(read_raw(path), rulebook))
    if "--json" in flags:
        return _json(caseload_report.as_data(found))
    return caseload_report.as_csv(found) if "--csv" in flags else caseload_report.as_text(found)


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
    """Every criterion of a service, how the case meets it for each person it is for, and what would change it."""
    if service not in rulebook.services:
        raise WrongUse(f"'{service}' is not a service. {cases.nearest(service, rulebook.services)}")
    candidate = next((candidate for candidate in rulebook.candidates if candidate.service.id == service), None)
    if candidate is None:
        browse = rulebook.services[service]
        return "\n".join([*_heading(rulebook, browse), f"{browse.browse_only} It is shown to browse, never as an answer."]) + "\n"
    names = {option.value: option.label for option in rulebook.questions["focus"].options}
    lines = _heading(rulebook, candidate.service)
    people = [(person, seen) for person, seen in tracks(case) if person in candidate.service.for_whom.parties]
    if case and "focus" in case and not people:
        lines.append(f"It is not for this person, but for: {', '.join(names[party] for party in candidate.service.for_whom.parties)}")
    for person, seen in people or [(None, {} if "focus" in case else case)]:
        if person:
            lines.append(f"{names[person]}: {examine(candidate, seen).verdict.label}")
        lines += _explained(rulebook, candidate, seen)
    return "\n".join(lines) + "\n"


def _heading(rulebook: Rulebook, service: Service) -> list[str]:
    about = rulebook.registry.registry
    return [service.name, *filter(None, [local_part(about, service.id), edition(about)])]


def _explained(rulebook: Rulebook, candidate: Candidate, case: Case) -> Iterator[str]:
    for one in candidate.checks:
        where = one.criterion.source
        yield (f"  {one.effect.label}: {one.criterion.says} [{MARKS[logic.evaluate(one.expression, case)]}]"
               f" ({where.document}, {where.section})")
    missing = examine(candidate, case).missing
    if missing:
        yield f"  Still to answer: {', '.join(missing)}"
    for change in changes(candidate, case, rulebook.questions):
        yield f"  If {change.fact} were {change.value}: {change.verdict.label.lower()}"


def _ids(text: str, rulebook: Rulebook) -> tuple[str, ...]:
    ids = tuple(dict.fromkeys(filter(None, text.split(","))))
    for id in ids:
        if id not in rulebook.services:
            raise WrongUse(f"'{id}' is not a service. {cases.nearest(id, rulebook.services)}")
    if not ids:
        raise WrongUse("--take needs the id of a service, such as --take=dvact-bc-both.")
    return ids


def _day(text: str) -> datetime.date:
    try:
        return a_day(text)
    except ValueError as error:
        raise WrongUse(str(error)) from None


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
