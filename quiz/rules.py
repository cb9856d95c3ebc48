"""A registry as plain data and back: how the checked registry travels to the browser.

Written from the dataclasses of `quiz.model` alone, so that a field added there travels by itself.
What stands at its default is left out of the data.
"""

import dataclasses
import types
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any, get_args, get_origin

from quiz.model import Contact, Registry, Service

Read = Callable[[Any], Any]


def dump(registry: Registry) -> dict[str, Any]:
    """The registry as data that JSON can hold."""
    return _plain(registry)


def load(data: dict[str, Any]) -> Registry:
    """The registry that `dump` wrote."""
    return _reader(Registry)(data)


def for_cases(registry: Registry) -> Registry:
    """The registry without what no answer to a case shows: evidence, figures, glossary and the like, and without
    contacts that may not be shown. What the engine says of a case is the same."""
    return dataclasses.replace(
        registry,
        sources=tuple(dataclasses.replace(source, summary="") for source in registry.sources),
        providers=tuple(dataclasses.replace(provider, contacts=_shown(provider.contacts)) for provider in registry.providers),
        services=tuple(map(_for_cases, registry.services)),
        rules=(), evidence=(), disagreements=(), cautions=(), glossary=(), not_listed=(), synonyms=(),
        retired=())


def _for_cases(service: Service) -> Service:
    return dataclasses.replace(service, contacts=_shown(service.contacts), about=(), also_known_as=(), part_of=(),
                               delivery=None, topics=(), findings=(), figures=(), screening=())


def _shown(contacts: tuple[Contact, ...]) -> tuple[Contact, ...]:
    return tuple(contact for contact in contacts if not contact.withheld)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(held) for field in dataclasses.fields(value)
                if (held := getattr(value, field.name)) != field.default}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value.value if isinstance(value, Enum) else value


@cache
def _reader(kind: Any) -> Read | None:
    """What makes a value of a type from data; None where the data is the value."""
    if dataclasses.is_dataclass(kind):
        return _dataclass_reader(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if get_origin(kind) is tuple:
        item = _reader(get_args(kind)[0])
        return tuple if item is None else lambda data: tuple(map(item, data))
    if get_origin(kind) is dict:
        item = _reader(get_args(kind)[1])
        return None if item is None else lambda data: {key: item(held) for key, held in data.items()}
    if isinstance(kind, types.UnionType):
        # a type of its own beside None or numbers, and told from numbers by being an object
        made = [read for read in map(_reader, get_args(kind)) if read is not None]
        if made:
            read, = made
            return (lambda data: read(data) if isinstance(data, dict) else data) \
                if {int, float} & set(get_args(kind)) else read
    return None


def _dataclass_reader(kind: type) -> Read:
    readers = {field.name: _reader(field.type) for field in dataclasses.fields(kind)}
    made = {name: read for name, read in readers.items() if read is not None}

    def read(data: dict[str, Any]) -> Any:
        return kind(**{name: made[name](value) if name in made else value for name, value in data.items()})

    return read
