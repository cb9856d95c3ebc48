"""Small faults for `mutate`: copies of the project with one change, in the engine or in the criteria.

Our own rather than a library's: those we looked at change Python only, and the criteria decide as much.
"""

import ast
import importlib
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from quiz.model import Question
from quiz.suitability import Effect
from waymark_site.registry import read

ROOT = Path(__file__).resolve().parent.parent
READ_OR_TELL = ("__init__", "__main__", "caseload_report", "caseload_telling", "cases", "command", "model", "report", "vocabulary")
"""Modules that decide nothing."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """What a mutant puts in the place of a criterion."""

    owner: str
    """The service, or the set of shared criteria."""
    criterion: str
    effect: Effect
    condition: Any
    """As it is written."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change to one file."""

    sort: str
    """What sort of fault it is: the module, or the part of a criterion."""
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
    replaced: Replaced | None = None
    """For a criterion with another effect or condition."""


# Mutants of the engine


def engine_mutants() -> Iterator[Mutant]:
    """Every mutant of the modules that decide."""
    for name in sorted({path.stem for path in (ROOT / "quiz").glob("*.py")} - {*READ_OR_TELL}):
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
                yield Mutant(file, file, node.lineno, start, end, f"({new})" if isinstance(other, ast.expr) else new,
                             f"`{ast.unparse(node)}` becomes `{new}`")


def code(tree: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """What is run, without annotations, decorators, bases, docstrings, names of types and texts with fields in them."""
    for name, field in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list", "bases", "keywords") and not isinstance(tree, ast.Call):
            continue
        for node in field if isinstance(field, list) else [field]:
            text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            type_name = isinstance(tree, ast.Module) and isinstance(node, ast.Assign) and isinstance(node.value, ast.BinOp | ast.Subscript)
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

    def mutant(sort: str, node: yaml.Node, new: str, change: str, replaced: Replaced | None = None) -> Mutant:
        start, end = (lines[mark.line] + mark.column for mark in (node.start_mark, node.end_mark))
        end = start + len(text[start:end].rstrip())
        return Mutant(sort, "services.yaml", node.start_mark.line + 1, start, end, new, change, replaced)

    root = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for owner, criteria in lists_of_criteria(root):
        for criterion in criteria.value:
            id = plain(child(criterion, "id"))
            effect, condition = next(pair for pair in criterion.value if pair[0].value in list(Effect))
            held, written = Effect(effect.value), plain(condition)
            for other in Effect:
                if other is not held:
                    yield mutant("effect of a criterion", effect, other, f"{owner}, {id}: {held} becomes {other}",
                                 Replaced(owner, id, other, written))
            for other in conditions(written, questions):
                change = f"{owner}, {id}: {json.dumps(written)} becomes {json.dumps(other)}"
                yield mutant("condition of a criterion", condition, json.dumps(other), change, Replaced(owner, id, held, other))
            if len(criteria.value) > 1:
                first, last = criterion.start_mark.line, max(criterion.end_mark.line, criterion.start_mark.line + 1)
                yield Mutant("criterion dropped", "services.yaml", first + 1, lines[first], lines[last], "",
                             f"{owner}, {id}: dropped")
    for document in child(root, "documents").value:
        if (condition := child(document, "when")) is not None:
            for other in conditions(plain(condition), questions):
                yield mutant("when a document is needed", condition, json.dumps(other),
                             f"{plain(child(document, 'id'))}: needed when {json.dumps(other)}")


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
