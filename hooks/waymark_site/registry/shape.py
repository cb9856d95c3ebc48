"""Shape and types: plain data becomes frozen dataclasses, or every fault in it is told.

pydantic checks against `quiz.model`, whose dataclasses know nothing of it; here its errors are
turned into faults that name the nearest right word. A well-shaped item is kept even when its
neighbour is not, so that the rules can still look at it and all faults are told at once.
"""

import dataclasses
import json
import types
import typing
from functools import cache
from typing import Any

import pydantic

from quiz import model
from quiz.vocabulary import Word
from waymark_site.registry.faults import Fault, Path, nearest, shown

STRICT = pydantic.ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)

for _thing in vars(model).values():
    if dataclasses.is_dataclass(_thing):
        _thing.__pydantic_config__ = STRICT

SECTIONS = {field.name: field for field in dataclasses.fields(model.Registry)}


def check(data: dict[str, Any]) -> tuple[model.Registry | None, list[Fault]]:
    """A registry made of whatever has the right shape, and a fault for whatever has not.

    An item of the wrong shape stands as None in its place, so that the others keep their positions.
    The registry is None only where its head is missing or wrong.
    """
    found: list[Fault] = []
    kept: dict[str, Any] = {}
    for key in data:
        if key not in SECTIONS:
            found.append(Fault((key,), f"the section {shown(key)}", "a section of a registry", nearest(key, SECTIONS)))
    for name, field in SECTIONS.items():
        if name not in data:
            if field.default is dataclasses.MISSING:
                found.append(Fault((), f"no section '{name}'", f"a section '{name}'", f"Add '{name}:'."))
            kept[name] = ()
        elif name == "registry":
            kept[name], faults = made(model.About, data[name], (name,))
            found += faults
        elif not isinstance(data[name], list):
            found.append(Fault((name,), shown(data[name]), "a list", "Write each item on a line that begins with '- '."))
            kept[name] = ()
        else:
            kind = typing.get_args(_hints(model.Registry)[name])[0]
            items = []
            for index, item in enumerate(data[name]):
                thing, faults = made(kind, item, (name, index))
                found += faults
                items.append(thing)
            kept[name] = tuple(items)
    if not kept["registry"]:
        return None, found
    return model.Registry(**kept), found


def json_schema() -> dict[str, Any]:
    """The JSON Schema of `services.yaml`, derived from the model."""
    return pydantic.TypeAdapter(model.Registry).json_schema()


@cache
def meanings(kind: type) -> dict[str, str]:
    """What each field of a dataclass means: the text under it."""
    made = _adapter(kind).json_schema()
    things = made.get("$defs", {})
    return {name: field.get("description")  # left out where it would only repeat what stands under the field's own type
            or things.get(field.get("$ref", "").rpartition("/")[2], {}).get("description", "")
            for name, field in made.get("properties", {}).items()}


@cache
def field_names(kind: type) -> tuple[str, ...]:
    """The names of the fields of a dataclass; none for any other type. Kept, since every value of a registry asks."""
    return tuple(field.name for field in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()


@cache
def _adapter(kind: type) -> pydantic.TypeAdapter:
    return pydantic.TypeAdapter(kind)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def made(kind: type, data: Any, path: Path) -> tuple[Any, list[Fault]]:
    """A thing of one type made of plain data, or None and a fault for whatever is wrong; paths begin with `path`."""
    try:
        return _adapter(kind).validate_json(json.dumps(data)), []
    except pydantic.ValidationError as error:
        return None, _faults(kind, data, path, error.errors(include_url=False, include_context=False))


def _faults(kind: type, data: Any, start: Path, errors: list[dict]) -> list[Fault]:
    """One fault for each place. A union fails once for each of its branches: the deepest is told."""
    places: dict[Path, dict] = {}
    for error in errors:
        path = _in_data(error["loc"], data, missing=error["type"] == "missing")
        places[path] = error
    told = [path for path in places
            if not any(other != path and other[:len(path)] == path for other in places)]
    return [_fault(kind, data, start, path, places[path]) for path in told]


def _in_data(loc: tuple, data: Any, missing: bool) -> Path:
    """pydantic's location without the names of union branches, which are not in the data."""
    path: list[str | int] = []
    for index, part in enumerate(loc):
        if isinstance(data, dict) and part in data:
            data = data[part]
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        elif missing and index == len(loc) - 1:
            pass
        else:
            continue
        path.append(part)
    return tuple(path)


def _fault(kind: type, data: Any, start: Path, path: Path, error: dict) -> Fault:
    full = (*start, *path)
    if error["type"] == "missing":
        holder = _type_at(kind, path[:-1])
        return Fault(full, f"no '{path[-1]}'" if path else "nothing", _expected(_type_at(kind, path)),
                     f"Add '{path[-1]}'{_meaning(holder, path[-1])}." if path else "Fill it in.")
    if error["type"] == "unexpected_keyword_argument":
        fields = _fields(_type_at(kind, path[:-1]))
        return Fault(full, f"the key {shown(path[-1])}", "a key of the model", nearest(path[-1], fields))
    wanted = _type_at(kind, path)
    value = error["input"] if not path else _value_at(data, path)
    words = _words(wanted)
    mend = nearest(value, words) if words and isinstance(value, str) else f"Write {_expected(wanted)}."
    return Fault(full, shown(value), _expected(wanted), mend)


def _value_at(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data


def _type_at(kind: Any, path: Path) -> Any:
    """The type the model gives to the value at a path, or None where the path leaves the model."""
    for part in path:
        kind = _inner(kind)
        if typing.get_origin(kind) is tuple:
            kind = typing.get_args(kind)[0]
        elif dataclasses.is_dataclass(kind):
            kind = _hints(kind).get(str(part))
        else:
            return None
    return _inner(kind)


def _inner(kind: Any) -> Any:
    """A union's one interesting member: what is left of `X | None`, or the dataclass among numbers."""
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        members = [member for member in typing.get_args(kind) if member is not types.NoneType]
        return next(filter(dataclasses.is_dataclass, members), members[-1])  # of int | float, any number
    return kind


def _fields(kind: Any) -> list[str]:
    return [field.name for field in dataclasses.fields(kind)] if dataclasses.is_dataclass(kind) else []


def _words(kind: Any) -> list[str]:
    return [str(word) for word in kind] if isinstance(kind, type) and issubclass(kind, Word) else []


def _expected(kind: Any) -> str:
    if words := _words(kind):
        return f"one of {', '.join(words)}" if len(words) <= 8 else f"one of {len(words)} known words"
    if kind is model.Range:
        return "a number, or a range with min and max"
    if typing.get_origin(kind) is tuple:
        return "a list"
    if dataclasses.is_dataclass(kind):
        required = [f.name for f in dataclasses.fields(kind)
                    if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING]
        return f"a mapping with {', '.join(required)}"
    names = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}
    return names.get(kind, "a mapping" if typing.get_origin(kind) is dict else "a known value")


def _meaning(holder: Any, name: object) -> str:
    """What a field means, from the model's own documentation, for a fault that asks for it."""
    if not dataclasses.is_dataclass(holder):
        return ""
    text = meanings(holder).get(str(name), "")
    return f": {text[0].lower()}{text[1:].rstrip('.')}" if text else ""
