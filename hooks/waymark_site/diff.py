"""`make diff BASE=…`: what a change to the registry means, for a review comment.

    python -m waymark_site.diff [--exit-code] [--record] BASE [PROJECT]

BASE and PROJECT are each a revision of git, a project's folder or a services.yaml; PROJECT is this one, unless given.
Markdown goes to standard output. Exit 0: compared. 1: one of the two cannot be read, or has faults. 2: asked
wrongly. With --exit-code, 3 where anything differs in meaning. With --record, the facts that differ from BASE, the
version before, are kept for the history on the pages of services.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from quiz.model import Registry
from quiz.wording import day
from waymark_site import changelog
from waymark_site.meaning import Change, Topic, changes
from waymark_site.registry import RegistryFaults, read
from waymark_site.verdicts import Moved, moved

ROOT = Path(__file__).resolve().parents[2]
FILES = ("services.yaml", "quiz/questions.yaml")
MOST_ROWS = 60
"""Rows of one table; what is left out is counted."""
USAGE = "Usage: python -m waymark_site.diff [--exit-code] [--record] BASE [PROJECT]"
FLAGS = ("--exit-code", "--record")


class NotThere(ValueError):
    """What was named is neither a revision nor a registry."""


def main(arguments: list[str]) -> int:
    """Tell what differs in meaning between two registries."""
    names = [argument for argument in arguments if argument not in FLAGS]
    if not 1 <= len(names) <= (1 if "--record" in arguments else 2) or any(name.startswith("-") or not name for name in names):
        print(f"{USAGE}\nWith make: make diff BASE=main", file=sys.stderr)
        return 2
    names = [names[0], names[1] if len(names) == 2 else str(ROOT)]
    registries = []
    for name in names:
        try:
            registries.append(registry_of(name))
        except NotThere as error:
            print(error, file=sys.stderr)
            return 2
        except RegistryFaults as error:
            print(f"{name}: the registry has faults, or is of a time with other rules, and cannot be compared.", file=sys.stderr)
            for fault in error.faults[:10]:
                print(f"  {fault}", file=sys.stderr)
            if len(error.faults) > 10:
                print(f"  … and {len(error.faults) - 10} more", file=sys.stderr)
            return 1
    before, after = registries
    if "--record" in arguments:
        try:
            _record(before, after, ROOT / "docs" / changelog.FILE)
        except changelog.NotKept as error:
            print(error, file=sys.stderr)
            return 2
    facts, verdicts = changes(before, after), tuple(moved(before, after))
    print("\n".join(told(before, after, facts, verdicts)))
    return 3 if "--exit-code" in arguments and (facts or verdicts) else 0


def _record(before: Registry, after: Registry, file: Path) -> None:
    made = changelog.between(before, after)
    kept = changelog.text(changelog.added(made, changelog.read(file)))
    file.parent.mkdir(exist_ok=True)
    file.write_text(kept, encoding="utf-8")
    print(f"Kept in docs/{changelog.FILE}: {len(made.facts)} facts of version {made.version}, since {made.before}.", file=sys.stderr)


def registry_of(name: str) -> Registry:
    """The registry that a name stands for. Raises NotThere, or RegistryFaults where it is not sound."""
    path = Path(name)
    if path.is_dir():
        return read(*(path / file for file in FILES))
    if path.is_file():
        beside = path.parent / FILES[1]
        return read(path, beside if beside.is_file() else ROOT / FILES[1])
    with tempfile.TemporaryDirectory() as folder:
        for file in FILES:
            kept = Path(folder, file)
            kept.parent.mkdir(exist_ok=True)
            kept.write_bytes(_at_revision(name, file))
        return read(*(Path(folder, file) for file in FILES))


def _at_revision(name: str, file: str) -> bytes:
    try:
        done = subprocess.run(["git", "show", f"{name}:./{file}"], cwd=ROOT, capture_output=True, check=False)
    except OSError as error:
        raise NotThere(f"{name}: no such file, and git cannot be run ({error.strerror or error}).") from None
    if done.returncode:
        reason = (done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"])[0]
        raise NotThere(f"{name}: found no such file or folder, and git has no {file} of that revision ({reason}). "
                       "Expected a revision such as main or HEAD~1, a project's folder or a services.yaml.")
    return done.stdout


def told(before: Registry, after: Registry, facts: tuple[Change, ...], verdicts: tuple[Moved, ...]) -> Iterator[str]:
    """The whole comparison in Markdown, line by line."""
    heads = before.registry, after.registry
    yield "## What changes in meaning"
    yield ""
    yield "From registry " + " to ".join(f"{head.version} ({day(head.date)})" for head in heads) + "."
    yield ""
    if not facts and not verdicts:
        yield "Nothing: every fact and every verdict is the same."
        return
    shifted = dict.fromkeys(one.service for one in verdicts)
    things = {(change.section, change.id) for change in facts}
    yield f"- Facts: **{len(facts)}** differ, in {len(things)} {'thing' if len(things) == 1 else 'things'}"
    yield f"- Verdicts: **{len(shifted)}** {'service' if len(shifted) == 1 else 'services'} with another verdict for some case"
    for topic, group in groupby(facts, key=lambda change: change.topic):
        yield f"- {topic.label}: {len(list(group))}"
    if verdicts:
        yield from _verdicts(before, after, verdicts)
    for topic, group in groupby(facts, key=lambda change: change.topic):
        yield from ("", f"### {topic.label}", "")
        yield from _facts(topic, list(group))


def _facts(topic: Topic, found: list[Change]) -> Iterator[str]:
    if topic is Topic.CHECKED:
        yield f"{_joined(change.name for change in found)}."
        return
    yield "| What | Fact | Before | Now |"
    yield "| --- | --- | --- | --- |"
    for change in found[:MOST_ROWS]:
        yield _row(_cell(change.name), _cell(change.field) or change.section.replace("_", " "), *(
            "*not there*" if said is None else _cell(said) for said in (change.before, change.after)))
    if len(found) > MOST_ROWS:
        yield from ("", f"… and {len(found) - MOST_ROWS} more of these.")


def _verdicts(before: Registry, after: Registry, found: tuple[Moved, ...]) -> Iterator[str]:
    names = {service.id: service.name for registry in (before, after) for service in registry.services}
    asked = {question.id: question for registry in (before, after) for question in registry.questions}

    def answer(fact: str, value: object) -> str:
        labels = {option.value: option.short or option.label for option in asked[fact].options}
        return f"{asked[fact].ask} {labels.get(value, value)}"

    yield from ("", "### Verdicts", "",
                "Worked out by the engine over every case there can be, whatever else is answered. Nothing is sampled.", "",
                "| Service | For | Before | Now | Cases | For example |", "| --- | --- | --- | --- | --- | --- |")
    rows = []
    for one in found:
        person = next(_cell(option.short or option.label) for option in asked["focus"].options if option.value == one.person)
        if one.too_large:
            rows.append(_row(_cell(names[one.service]), person, "?", "?", f"too many to look at ({len(one.facts)} facts)",
                             "Its criteria differ. Nothing is said here of its verdicts."))
        for shift in one.shifts:
            example = "; ".join(_cell(answer(fact, value)) for fact, value in shift.example.items()) or "any case"
            rows.append(_row(_cell(names[one.service]), person, *(verdict.label if verdict else "*not looked at*"
                                                           for verdict in (shift.before, shift.after)),
                             f"{shift.cases:,} of {one.cases:,}{' with gaps; whole cases are the same' if one.gaps else ''}", example))
    yield from rows[:MOST_ROWS]
    if len(rows) > MOST_ROWS:
        yield from ("", f"… and {len(rows) - MOST_ROWS} more of these.")


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """The text as a cell: nothing in it ends the cell or the row, or acts as markup."""
    return " ".join(text.split()).translate(_PLAIN)


_PLAIN = str.maketrans({"<": "&lt;", ">": "&gt;"} | {mark: f"\\{mark}" for mark in "\\|*_`[]"})


def _joined(names: Iterable[str]) -> str:
    return ", ".join(map(_cell, dict.fromkeys(names)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
