"""The real registry, and small sound registries cut out of it."""

import copy
import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from waymark_site.registry import Registry, read, yaml_lines
from waymark_site.registry.view import EFFECTS

ROOT = Path(__file__).resolve().parents[2]
FILES = ROOT / "services.yaml", ROOT / "quiz" / "questions.yaml"

@functools.cache
def registry() -> Registry:
    """The real registry, read and checked."""
    return read(*FILES)


@functools.cache
def data() -> dict[str, Any]:
    """The real registry as plain data. Not to be changed: copy it first."""
    return yaml_lines.read(FILES[0]).data


def cut(*services: str) -> dict[str, Any]:
    """The registry of some services and all they rest on, as plain data that is sound by itself.

    What a service is part of or combines comes with it; of others it refers to, only those named.
    """
    whole = data()
    of = {section: {item["id"]: item for item in items} for section, items in whole.items() if isinstance(items, list)}
    kept = {*services, *(name for service in services for key in ("part_of", "combines")
                         for name in of["services"][service].get(key, ()))}
    gone = of["services"].keys() - kept
    plain = {key: copy.deepcopy(value) for key, value in whole.items()}
    plain["services"] = [_without(item, gone) for item in plain["services"] if item["id"] in kept]
    for section in ("rules", "evidence", "disagreements", "cautions"):
        plain[section] = [item for item in (_without(item, gone) for item in plain[section]) if item["services"]]
    plain["disagreements"] += [_anywhere(of["disagreements"][name], sorted(kept)) for name in
                               {*texts(plain["services"]), *texts(plain["evidence"])} & of["disagreements"].keys()
                               - {item["id"] for item in plain["disagreements"]}]
    plain["helplines"], plain["glossary"], plain["not_listed"] = (
        plain["helplines"][:2], plain["glossary"][:2], plain["not_listed"][:1])
    plain["synonyms"] = [_without(item, gone) for item in plain["synonyms"]
                         if "facets" in item and not {"terms", "helplines"} & item.keys()][:3]
    for section in ("shared_criteria", "documents", "providers", "sources"):
        named = set(texts({key: value for key, value in plain.items() if key != section}))
        plain[section] = [item for item in plain[section] if item["id"] in named]
    return plain


def _without(item: dict[str, Any], gone: set[str]) -> dict[str, Any]:
    """An item with the services that are gone taken out of its lists of services."""
    for holder in (item, item.get("related", {})):
        for key in ("services", "part_of", "combines", "before", "after", "instead", "beside"):
            if key in holder:
                holder[key] = [name for name in holder[key] if name not in gone]
    return item


def _anywhere(item: dict[str, Any], services: list[str]) -> dict[str, Any]:
    return copy.deepcopy(item) | {"services": services[:1]}


def covering() -> list[str]:
    """A few services that have among them every field that any service has, found greedily."""
    fields = {service["id"]: set(_fields(service)) for service in data()["services"]}
    wanted, chosen = set().union(*fields.values()), []
    while wanted:
        chosen.append(max(sorted(fields), key=lambda name: len(fields[name] & wanted)))
        wanted -= fields[chosen[-1]]
    return chosen


def _fields(value: Any, path: str = "") -> Iterator[str]:
    """The way to every field, without positions in lists and what stands inside conditions."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield f"{path}.{key}"
            if key not in EFFECTS:
                yield from _fields(item, f"{path}.{key}")
    elif isinstance(value, list):
        for item in value:
            yield from _fields(item, path)


def texts(value: Any) -> Iterator[str]:
    """Every text in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)


def written(plain: Any) -> str:
    """Plain data as a file: JSON, which is YAML, since it is written a hundred times faster."""
    return json.dumps(plain, indent=0, ensure_ascii=False)
