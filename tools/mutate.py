"""`make mutate`: would the tests notice? Small faults are put into the engine and the criteria, one at a time.

A mutant is a copy of the project with one change: another comparison, bound, value, verdict or effect, `and` for
`or`, a criterion dropped. The fast tests of the engine run against it until one fails. A mutant that none of them
notices survives, and is printed with its line: either a test is missing, or the change makes no difference.

Our own mutants rather than a library's: those we looked at change Python only, and the criteria decide as much.
"""

import argparse
import ast
import importlib
import itertools
import json
import os
import queue
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from quiz.model import Question
from quiz.suitability import Effect
from waymark_site.registry import read

ROOT = Path(__file__).resolve().parent.parent
ENGINE = ("logic", "suitability", "pathway", "changes", "paperwork", "costs", "timeline", "instead")
TESTS = ("logic", "timeline", "paperwork", "costs", "registry_logic", "real_cases", "instead", "invariants", "suitability",
         "answer_before", "pathway")
"""The fast tests, quickest first; for a mutant of the engine, those of its module run before the others."""
CRITERIA_TESTS = ("registry_logic", "real_cases", "invariants", "paperwork", "instead", "pathway")
"""Those that a mutant of the criteria can fail: the others hold whatever the criteria are."""
COPIED = ("quiz", "hooks", "tests", "services.yaml", "pyproject.toml")
AT_ONCE = 2
LONGEST = 3
"""A mutant may take so many times as long as the tests take without it; then it counts as noticed."""
MOST_MEMORY = 4_000_000_000
"""Bytes that the tests of a mutant may use."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change to one file."""

    file: str
    """From the root of the project."""
    line: int
    """From 1."""
    start: int
    """The first character that is replaced, from 0."""
    end: int
    """The first character after it."""
    new: str
    change: str
    """What is changed, for a reader."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a mutant."""

    mutant: Mutant
    by: str | None
    """The test file that noticed it, `time`, or `start` where none could run; None where it survives."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Put small faults into the engine and the criteria; see whether tests notice.")
    parser.add_argument("--sample", type=int, metavar="N", help="only N mutants, half of them in criteria")
    parser.add_argument("--seed", type=int, default=1, help="another seed takes another sample")
    arguments = parser.parse_args()
    mutants = chosen(list(engine_mutants()), list(criteria_mutants()), arguments.sample, random.Random(arguments.seed))
    told = try_all(mutants)
    print(report(told))


def chosen(engine: list[Mutant], criteria: list[Mutant], sample: int | None, chance: random.Random) -> list[Mutant]:
    """The mutants to try: all, or a sample of which half are in criteria; in an order of chance."""
    if sample is not None:
        half = min(sample // 2, len(criteria))
        engine, criteria = chance.sample(engine, min(sample - half, len(engine))), chance.sample(criteria, half)
    mutants = engine + criteria
    chance.shuffle(mutants)
    return mutants


# Mutants of the engine


def engine_mutants() -> Iterator[Mutant]:
    """Every mutant of the engine's modules."""
    for name in ENGINE:
        file = f"quiz/{name}.py"
        text = (ROOT / file).read_text("utf-8")
        lines = list(itertools.accumulate((len(line) for line in text.splitlines(keepends=True)), initial=0))
        rows = text.splitlines()

        def offset(row: int, column: int, lines: list[int] = lines, rows: list[str] = rows) -> int:
            """The character at a row (from 1) and a column in bytes."""
            return lines[row - 1] + len(rows[row - 1].encode()[:column].decode())

        module = importlib.import_module(f"quiz.{name}")
        tree = ast.parse(text)
        tests = {node.test for node in ast.walk(tree) if isinstance(node, ast.If | ast.While)}
        for node in code(tree):
            start, end = offset(node.lineno, node.col_offset), offset(node.end_lineno, node.end_col_offset)
            turned = [ast.UnaryOp(ast.Not(), node)] if node in tests and not isinstance(node, ast.Compare | ast.UnaryOp) else []
            for other in [*alternatives(node, module), *turned]:
                new = ast.unparse(other)
                yield Mutant(file, node.lineno, start, end, f"({new})" if isinstance(other, ast.expr) else new,
                             f"`{ast.unparse(node)}` becomes `{new}`")


def code(tree: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """What is run, without annotations, decorators, bases, docstrings, names of types and texts with fields in them."""
    for name, field in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list", "bases", "keywords") and not isinstance(tree, ast.Call):
            continue
        for node in field if isinstance(field, list) else [field]:
            text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            type_name = isinstance(tree, ast.Module) and isinstance(node, ast.Assign) and isinstance(node.value, ast.BinOp)
            if isinstance(node, ast.AST) and not text and not type_name and not isinstance(node, ast.JoinedStr | ast.pattern):
                if isinstance(node, ast.expr | ast.stmt):
                    yield node
                yield from code(node)


COMPARISONS = {
    ast.Eq: [ast.NotEq], ast.NotEq: [ast.Eq], ast.Is: [ast.IsNot], ast.IsNot: [ast.Is], ast.In: [ast.NotIn],
    ast.NotIn: [ast.In], ast.Lt: [ast.LtE, ast.GtE], ast.LtE: [ast.Lt, ast.Gt], ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt]}
OPERATORS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.BitOr: ast.BitAnd,
             ast.BitAnd: ast.BitOr, ast.BitXor: ast.BitOr}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "ceil": "floor", "floor": "ceil"}
WORD = re.compile("[a-z_]+")


def alternatives(node: ast.AST, module: Any) -> Iterator[ast.AST]:
    """What might stand in place of a node by mistake."""
    match node:
        case ast.Compare(left, ops, right):
            for place, op in enumerate(ops):
                for other in COMPARISONS[type(op)]:
                    yield ast.Compare(left, [*ops[:place], other(), *ops[place + 1:]], right)
        case ast.BoolOp(op, parts):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), parts)
            yield from (ast.BoolOp(op, rest) if len(rest) > 1 else rest[0] for rest in without_one(parts))
        case ast.UnaryOp(ast.Not(), part):
            yield part
        case ast.BinOp(left, op, right) if type(op) in OPERATORS:
            yield ast.BinOp(left, OPERATORS[type(op)](), right)
        case ast.IfExp(test, body, other):
            yield ast.IfExp(test, other, body)
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(None):
            yield ast.Constant(False)
        case ast.Constant(int() | float() as value):
            yield ast.Constant(value + 1)
        case ast.Constant(str() as value) if WORD.fullmatch(value):
            yield ast.Constant(f"{value}_")
        case ast.Attribute(ast.Name(name), attribute, ast.Load()) if attribute.isupper():
            members = list(getattr(module, name).__members__)
            yield ast.Attribute(node.value, members[(members.index(attribute) + 1) % len(members)], ast.Load())
        case ast.Name(name, ast.Load()) if name in NAMES:
            yield ast.Name(NAMES[name], ast.Load())
        case ast.Attribute(value, name, ast.Load()) if name in NAMES:
            yield ast.Attribute(value, NAMES[name], ast.Load())
        case ast.Tuple(parts, ast.Load()) if len(parts) > 1:
            yield from (ast.Tuple(rest, ast.Load()) for rest in without_one(parts))
        case ast.GeneratorExp() | ast.ListComp() | ast.SetComp() | ast.DictComp():
            yield from unconditional(node)
        case ast.Expr(ast.Call()) | ast.AugAssign():
            yield ast.Pass()
        case ast.Continue():
            yield ast.Break()


def without_one(parts: list) -> Iterator[list]:
    """The parts with each left out in turn."""
    return ([*parts[:place], *parts[place + 1:]] for place in range(len(parts)))


def unconditional(node: Any) -> Iterator[ast.AST]:
    """A comprehension without each of its conditions."""
    for place, loop in enumerate(node.generators):
        for rest in without_one(loop.ifs):
            other = ast.comprehension(loop.target, loop.iter, rest, loop.is_async)
            fields = dict(ast.iter_fields(node)) | {"generators": [*node.generators[:place], other, *node.generators[place + 1:]]}
            yield type(node)(**fields)


# Mutants of the criteria


def criteria_mutants() -> Iterator[Mutant]:
    """Every mutant of the criteria in the registry, and of what decides when a document is needed."""
    file = ROOT / "services.yaml"
    text = file.read_text("utf-8")
    questions = {question.id: question for question in read(file, ROOT / "quiz" / "questions.yaml").questions}
    lines = list(itertools.accumulate((len(line) for line in text.splitlines(keepends=True)), initial=0))

    def mutant(node: yaml.Node, new: str, change: str) -> Mutant:
        start, end = (lines[mark.line] + mark.column for mark in (node.start_mark, node.end_mark))
        end = start + len(text[start:end].rstrip())
        return Mutant("services.yaml", node.start_mark.line + 1, start, end, new, change)

    root = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for owner, criteria in lists_of_criteria(root):
        for criterion in criteria.value:
            name = f"{owner}, {plain(child(criterion, 'id'))}"
            effect, condition = next(pair for pair in criterion.value if pair[0].value in list(Effect))
            yield from (mutant(effect, other, f"{name}: {effect.value} becomes {other}")
                        for other in Effect if other != effect.value)
            yield from (mutant(condition, json.dumps(new), f"{name}: {json.dumps(plain(condition))} becomes {json.dumps(new)}")
                        for new in conditions(plain(condition), questions))
            if len(criteria.value) > 1:
                first, last = criterion.start_mark.line, max(criterion.end_mark.line, criterion.start_mark.line + 1)
                yield Mutant("services.yaml", first + 1, lines[first], lines[last], "", f"{name}: dropped")
    for document in child(root, "documents").value:
        if (condition := child(document, "when")) is not None:
            yield from (mutant(condition, json.dumps(new), f"{plain(child(document, 'id'))}: needed when {json.dumps(new)}")
                        for new in conditions(plain(condition), questions))


def lists_of_criteria(root: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
    """Each list of criteria, with the id of the service or the shared list that it belongs to."""
    for section in ("shared_criteria", "services"):
        for item in child(root, section).value:
            if (criteria := child(item, "criteria")) is not None:
                yield plain(child(item, "id")), criteria


def child(node: yaml.Node, key: str) -> yaml.Node | None:
    """The value of a key in a mapping."""
    return next((value for name, value in node.value if name.value == key), None)


def plain(node: yaml.Node) -> Any:
    """A node as plain data: words and whole numbers, in lists and mappings."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    return int(node.value) if not node.style and node.value.isdecimal() else node.value


def conditions(written: dict[str, Any], questions: dict[str, Question]) -> Iterator[dict[str, Any]]:
    """What might stand in place of a condition by mistake."""
    if len(written) > 1:
        yield {"any": [{key: value} for key, value in written.items()]}
        yield from (dict(rest) for rest in without_one(list(written.items())))
    for key, value in written.items():
        for other in parts(key, value, questions):
            yield {name: old for name, old in written.items() if name != key} | other


def parts(key: str, value: Any, questions: dict[str, Question]) -> Iterator[dict[str, Any]]:
    """What might stand in place of one key of a condition."""
    if key in ("all", "any"):
        yield {"any" if key == "all" else "all": value}
        yield from ({key: rest} for rest in without_one(value) if rest)
        for place, part in enumerate(value):
            yield from ({key: [*value[:place], other, *value[place + 1:]]} for other in conditions(part, questions))
    elif key == "not":
        yield {"all": [value]}
        yield from ({"not": other} for other in conditions(value, questions))
    elif isinstance(value, dict):
        others = [value | {bound: years + by} for bound, years in value.items() for by in (-1, 1)]
        others += [dict(rest) for rest in without_one(list(value.items())) if rest]
        yield from ({key: other} for other in others if ages(other, questions[key]) != ages(value, questions[key]))
    else:
        held = value if isinstance(value, list) else [value]
        others = [option.value for option in questions[key].options if option.value not in held]
        yield from ({key: rest} for rest in without_one(held) if rest)
        yield from ({key: [*held, other]} for other in others if len(others) > 1)
        yield from ({key: other} for other in others if len(held) == 1)


def ages(bounds: dict[str, int], question: Question) -> list[int]:
    """The answers to a question in years that lie between bounds, as far as there are any."""
    return [years for years in range(question.years.min, question.years.max + 1)
            if bounds.get("from", years) <= years <= bounds.get("to", years)]


# Trying them


def try_all(mutants: list[Mutant]) -> list[Told]:
    """What becomes of each mutant, in the order given."""
    folders: queue.Queue[Path] = queue.Queue()
    told: list[Told] = []
    with copies(AT_ONCE) as made, ThreadPoolExecutor(AT_ONCE) as workers:
        left_out, seconds = first_run(made[0])
        for folder in made:
            folders.put(folder)

        def one(mutant: Mutant) -> Told:
            folder = folders.get()
            try:
                return attempt(mutant, folder, left_out, max(60, LONGEST * seconds))
            finally:
                folders.put(folder)

        print(f"{len(mutants)} mutants; the tests take {seconds:.0f} seconds without.", file=sys.stderr, flush=True)
        for found in workers.map(one, mutants):
            told.append(found)
            if found.by is None:
                print(f"{len(told)} tried, survives: {place(found.mutant)}", file=sys.stderr, flush=True)
    return told


@contextmanager
def copies(number: int) -> Iterator[list[Path]]:
    """Copies of the project to break, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="waymark-mutate-") as parent:
        folders = [Path(parent) / str(index) for index in range(number)]
        for folder in folders:
            folder.mkdir()
            for name in COPIED:
                if (ROOT / name).is_dir():
                    shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
                else:
                    shutil.copy(ROOT / name, folder / name)
        yield folders


def first_run(folder: Path) -> tuple[list[str], float]:
    """The tests that fail before anything is changed, which can notice nothing, and the seconds the others take."""
    test(folder, tests_for(""), ["-p", "cacheprovider", "-o", "addopts=", "-o", "cache_dir=.failed"], None)
    failed = folder / ".failed" / "v" / "cache" / "lastfailed"
    left_out = [option for name in (json.loads(failed.read_text("utf-8")) if failed.exists() else ())
                for option in ("--deselect", name)]
    if left_out:
        print(f"Left out, since they fail already: {', '.join(left_out[1::2])}", file=sys.stderr)
    start = time.monotonic()
    by = test(folder, tests_for(""), left_out, None)
    if by is not None:
        sys.exit(f"The tests fail before anything is changed: {by}.")
    return left_out, time.monotonic() - start


def attempt(mutant: Mutant, folder: Path, left_out: list[str], limit: float) -> Told:
    """Put a mutant into a copy, see what notices it within the seconds allowed, and take it out again."""
    file = folder / mutant.file
    text = file.read_text("utf-8")
    file.write_text(text[:mutant.start] + mutant.new + text[mutant.end:], "utf-8")
    try:
        return Told(mutant, test(folder, tests_for(mutant.file), ["-x", *left_out], limit))
    finally:
        file.write_text(text, "utf-8")


def tests_for(file: str) -> list[str]:
    """The test files there are that could notice a change of this file, in the order to run them."""
    names = CRITERIA_TESTS if file == "services.yaml" else sorted(TESTS, key=lambda name: name != Path(file).stem)
    return [f"tests/quiz/test_{name}.py" for name in names if (ROOT / f"tests/quiz/test_{name}.py").exists()]


def test(folder: Path, tests: list[str], options: list[str], limit: float | None) -> str | None:
    """Run tests in a copy: the file of the one that failed, or None where all passed."""
    command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-rfE", "--no-header", *options, *tests]
    try:
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=limit, preexec_fn=_little_memory,
                             env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0", "PYTHONPATH": ".:hooks"})
    except subprocess.TimeoutExpired:
        return "time"
    if run.returncode == 5:
        sys.exit("There are no tests to run.")
    found = re.search(r"^(?:FAILED|ERROR) tests/quiz/(\w+)\.py", run.stdout, re.MULTILINE)
    return (found[1] if found else "start") if run.returncode else None


def _little_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


# Telling


def report(told: list[Told]) -> str:
    """The kill rate, by file and by the tests that noticed, and every survivor."""
    tried, noticed = Counter(one.mutant.file for one in told), Counter(one.mutant.file for one in told if one.by)
    lines = [f"{'file':<24}{'mutants':>9}{'noticed':>9}{'rate':>8}"]
    lines += [row(file, tried[file], noticed[file]) for file in sorted(tried)]
    lines += [row("all", tried.total(), noticed.total()), ""]
    lines += [f"noticed first by {by}: {number}" for by, number in Counter(one.by for one in told if one.by).most_common()]
    lines += ["", "Survivors" if noticed != tried else "No survivors"]
    lines += [f"  {place(one.mutant)}"
              for one in sorted(told, key=lambda one: (one.mutant.file, one.mutant.line)) if one.by is None]
    return "\n".join(lines)


def place(mutant: Mutant) -> str:
    """Where a mutant is and what it changes."""
    return f"{mutant.file}:{mutant.line}: {mutant.change}"


def row(name: str, tried: int, noticed: int) -> str:
    """One line of the table."""
    return f"{name:<24}{tried:>9}{noticed:>9}{noticed / tried:>8.0%}"


if __name__ == "__main__":
    main()
