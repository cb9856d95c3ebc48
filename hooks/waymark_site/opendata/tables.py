"""The registry as tables that refer to each other, worked out from the types of `quiz.model`.

Each section is a table with one row for each thing. What holds one value is a column, what holds a thing of its own is a
column for each of its fields (`source_document`, `source_section`), and what holds several is a table of its own, whose
rows name the row they belong to and their place there. A field added to the model becomes a column or table by itself.
"""

import dataclasses
import re
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from quiz import model
from quiz.vocabulary import Word
from waymark_site.opendata.api import Standing
from waymark_site.opendata.published import plain, text
from waymark_site.registry import shape

REFERENCES = {
    "Where.document": "sources", "Service.provider": "providers", "Service.documents": "documents",
    "Service.shared_criteria": "shared_criteria", "Service.part_of": "services", "Service.combines": "services",
    "Related.before": "services", "Related.after": "services", "Related.instead": "services", "Related.beside": "services",
    "Finding.disputed": "disagreements", "Rule.services": "services", "Study.services": "services",
    "Disagreement.services": "services", "Caution.services": "services", "Synonym.services": "services",
    "Synonym.terms": "glossary", "Synonym.helplines": "helplines", "Retired.successor": "services",
}
"""The fields that name a thing of a section, each with that section."""

POSITION = "position"
"""The column that says which of several a row is, from 1."""

Read = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    kind: str
    """The type of its values, as Frictionless names it."""
    says: str
    required: bool = False
    words: tuple[str, ...] = ()
    """The only values it may have, where there is a closed list."""
    refers: str = ""
    """The table whose `id` it names."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns that name a row of another table by its key."""

    columns: tuple[str, ...]
    table: str
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what its columns are, its rows, and what it refers to."""

    name: str
    says: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    key: tuple[str, ...]
    """The columns that tell its rows apart."""
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class _Several:
    """A field that holds several things."""

    name: str
    item: Any
    says: str
    refers: str
    read: Read


@dataclass(frozen=True, slots=True)
class _Keyed:
    """Things for the rows of a table, each with the key of what it belongs to."""

    keys: tuple[Column, ...]
    parent: str
    parent_key: tuple[str, ...]
    things: tuple[tuple[tuple[Any, ...], Any], ...]


def tables(registry: model.Registry, standings: Iterable[tuple[str, Standing]] = ()) -> tuple[Table, ...]:
    """Every table of a registry; `standings` is what is derived for each service by its id."""
    means, hints = shape.meanings(model.Registry), typing.get_type_hints(model.Registry)
    made = [_single("registry", registry.registry)]
    for section, kind in hints.items():
        if section != "registry":
            things = tuple(((), thing) for thing in getattr(registry, section))
            made += _grown(section, means[section], typing.get_args(kind)[0], _Keyed((), "", (), things))
    service = _Keyed((_key("service"),), "services", ("id",), tuple(((id,), one) for id, one in standings))
    return *made, *_grown("services_standing", Standing.__doc__ or "", Standing, service)


def cell(value: Any) -> str:
    """A value as a text; empty where there is none."""
    if isinstance(value, dict):
        return text(plain(value)).strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _single(name: str, thing: Any) -> Table:
    flat = list(_columns(type(thing)))
    return Table(name, _first(type(thing).__doc__), tuple(column for column, _ in flat), (tuple(read(thing) for _, read in flat),),
                 (flat[0][0].name,), ())


def _grown(name: str, says: str, kind: Any, held: _Keyed) -> Iterator[Table]:
    """The table of some things, then those of what each of them holds several of."""
    flat, several = (list(_columns(kind)), list(_lists(kind))) if dataclasses.is_dataclass(kind) else ([_value(kind)], [])
    columns = (*held.keys, *(column for column, _ in flat))
    names = [column.name for column in columns]
    if len(set(names)) < len(names):
        raise ValueError(f"the table {name} would have two columns of one name: {', '.join(names)}")
    key = tuple(column.name for column in held.keys) or ("id",)
    to = [Reference((column.name,), column.refers, ("id",)) for column in columns if column.refers]
    if held.parent:
        to.insert(0, Reference(key[:len(held.parent_key)], held.parent, held.parent_key))
    yield Table(name, says, columns, tuple((*at, *(read(thing) for _, read in flat)) for at, thing in held.things), key, tuple(to))
    own = tuple(dataclasses.replace(column, name=name.rpartition("_")[2]) if column.name == POSITION else column
                for column in held.keys) or (_key(_snake(kind.__name__)),)
    for field in several:
        things = tuple(((*(at or (thing.id,)), place), item) for at, thing in held.things
                       for place, item in enumerate(field.read(thing), 1))
        inner = _Keyed((*own, Column(POSITION, "integer", "Which of several it is, from 1.", True)), name, key, things)
        yield from _named(_grown(f"{name}_{field.name}", field.says, field.item, inner), field)


def _named(made: Iterator[Table], field: _Several) -> Iterator[Table]:
    """Tables of a field; where its rows are names of other things, with the reference to those."""
    table = next(made)
    yield dataclasses.replace(table, references=(*table.references, Reference(("value",), field.refers, ("id",)))) \
        if field.refers else table
    yield from made


def _columns(kind: type, before: str = "", of: Read = lambda thing: thing, certain: bool = True) -> Iterator[tuple[Column, Read]]:
    """The columns of a type, each with how its value is read off a thing."""
    means = shape.meanings(kind)
    for field, hint in typing.get_type_hints(kind).items():
        inner, optional = _inner(hint)
        read, name, says = _reader(of, field), before + field, means.get(field, "")
        needed = certain and not optional
        if typing.get_origin(inner) is tuple:
            continue
        if isinstance(inner, types.UnionType):  # one figure, or a range
            for end in ("min", "max"):
                yield Column(f"{name}_{end}", "number", f"{says} The {'lowest' if end == 'min' else 'highest'} figure.", needed), _end(read, end)
        elif dataclasses.is_dataclass(inner):
            yield from _columns(inner, f"{name}_", read, needed)
        else:
            refers = REFERENCES.get(f"{kind.__name__}.{field}", "")
            yield Column(name, _kind(inner), says, needed, _words(inner), refers), read


def _lists(kind: type, before: str = "", of: Read = lambda thing: thing) -> Iterator[_Several]:
    """The fields of a type that hold several things, its inner things included."""
    means = shape.meanings(kind)
    for field, hint in typing.get_type_hints(kind).items():
        inner, _ = _inner(hint)
        read, name = _reader(of, field), before + field
        if typing.get_origin(inner) is tuple:
            yield _Several(name, typing.get_args(inner)[0], means.get(field, ""), REFERENCES.get(f"{kind.__name__}.{field}", ""),
                           lambda thing, read=read: read(thing) or ())
        elif dataclasses.is_dataclass(inner):
            yield from _lists(inner, f"{name}_", read)


def _value(kind: Any) -> tuple[Column, Read]:
    return Column("value", _kind(kind), "The value.", True, _words(kind)), lambda thing: thing


def _key(name: str) -> Column:
    return Column(name, "string", f"The id of the {name.replace('_', ' ')} it belongs to.", True)


def _reader(of: Read, field: str) -> Read:
    return lambda thing: None if (holder := of(thing)) is None else getattr(holder, field)


def _end(read: Read, end: str) -> Read:
    return lambda thing: getattr(value, end) if isinstance(value := read(thing), model.Range) else value


def _inner(hint: Any) -> tuple[Any, bool]:
    """A type without None, and whether None may stand there."""
    if not isinstance(hint, types.UnionType):
        return hint, False
    members = [member for member in typing.get_args(hint) if member is not types.NoneType]
    inner = members[0] if len(members) == 1 else model.Quantity
    return inner, len(members) < len(typing.get_args(hint))


def _kind(inner: Any) -> str:
    if typing.get_origin(inner) is dict:
        return "object"
    return "string" if issubclass(inner, str) else {bool: "boolean", int: "integer", float: "number"}[inner]


def _words(inner: Any) -> tuple[str, ...]:
    return tuple(word.value for word in inner) if isinstance(inner, type) and issubclass(inner, Word) else ()


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _first(docstring: str | None) -> str:
    return (docstring or "").split("\n\n")[0]
