"""What of the registry is published, and how it looks as plain data.

Written from the dataclasses of `quiz.model` alone, so that a field added there is published by itself. Unlike the data
that travels to the browser, every field is always there: null or an empty list where the registry gives nothing.
"""

import dataclasses
import json
from enum import Enum
from typing import Any

from quiz.model import Contact, Registry
from waymark_site.registry.shape import field_names


def published(registry: Registry) -> Registry:
    """The registry without the values of contacts that are withheld, wherever they stand. The reasons stay."""
    return _shown(registry)


def plain(value: Any) -> Any:
    """A value of the model as data that JSON can hold, with every field of it."""
    if names := field_names(type(value)):
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value.value if isinstance(value, Enum) else value


def given(data: Any) -> Any:
    """Plain data without whatever has no value, at any depth; nought and no are values."""
    if isinstance(data, dict):
        return {key: held for key, item in data.items() if (held := given(item)) not in (None, "", [], {})}
    return [given(item) for item in data] if isinstance(data, list) else data


def text(data: Any) -> str:
    """Plain data as the JSON of a file. On one line: a long registry is written ten times faster so."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _shown(value: Any) -> Any:
    """A value without what is withheld; the same object where nothing is."""
    if isinstance(value, Contact):
        return dataclasses.replace(value, value=None) if value.withheld else value
    if isinstance(value, tuple):
        made = tuple(map(_shown, value))
        return made if any(new is not old for new, old in zip(made, value, strict=True)) else value
    held = {name: getattr(value, name) for name in field_names(type(value))}
    changed = {name: made for name, item in held.items() if (made := _shown(item)) is not item}
    return dataclasses.replace(value, **changed) if changed else value
