"""The field reference: every field and word of the model, as rows for a page."""

import dataclasses
import enum
import types
import typing
from dataclasses import dataclass

from quiz import model, vocabulary
from waymark_site.registry import shape


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the model: what it is called, holds and means."""

    name: str
    holds: str
    target: str
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A thing of the model and its fields."""

    name: str
    about: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of words."""

    name: str
    about: str
    words: tuple[vocabulary.Word, ...]


def kinds() -> tuple[Kind, ...]:
    """Every thing a registry holds, the registry first, then in the order of the model."""
    found = [thing for thing in vars(model).values() if dataclasses.is_dataclass(thing) and thing.__module__ == model.__name__]
    found.sort(key=lambda thing: thing is not model.Registry)
    meanings = shape.json_schema()
    tables = meanings["$defs"] | {"Registry": meanings}
    return tuple(Kind(thing.__name__, _first(thing.__doc__), _fields(thing, tables[thing.__name__]["properties"])) for thing in found)


def vocabularies() -> tuple[Vocabulary, ...]:
    """Every closed list of words."""
    return tuple(Vocabulary(thing.__name__, _first(thing.__doc__), tuple(thing)) for thing in vars(vocabulary).values()
                 if isinstance(thing, enum.EnumType) and issubclass(thing, vocabulary.Word) and thing is not vocabulary.Word)


def _fields(thing: type, properties: dict) -> tuple[Field, ...]:
    hints = typing.get_type_hints(thing)
    return tuple(
        Field(name=field.name, required=field.default is dataclasses.MISSING, **_holds(hints[field.name]),
              meaning=properties[field.name].get("description", ""))
        for field in dataclasses.fields(thing))


def _holds(kind: typing.Any) -> dict[str, str]:
    if isinstance(kind, types.UnionType):
        members = [member for member in typing.get_args(kind) if member is not types.NoneType]
        if model.Range in members:
            return {"holds": "a number, or a range with min and max", "target": "Range"}
        return _holds(members[0])
    if typing.get_origin(kind) is tuple:
        inner = _holds(typing.get_args(kind)[0])
        return {"holds": f"list of {inner['holds']}", "target": inner["target"]}
    if typing.get_origin(kind) is dict:
        held = {typing.Any: "condition", str: "text by id"}
        return {"holds": held.get(typing.get_args(kind)[1], "lists of text by facet"), "target": ""}
    if dataclasses.is_dataclass(kind) or (isinstance(kind, type) and issubclass(kind, vocabulary.Word)):
        return {"holds": kind.__name__, "target": kind.__name__}
    return {"holds": {str: "text", int: "whole number", bool: "true or false"}[kind], "target": ""}


def _first(docstring: str | None) -> str:
    return (docstring or "").split("\n\n")[0].replace("\n    ", " ")
