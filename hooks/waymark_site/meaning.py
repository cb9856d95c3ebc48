"""Which facts differ between two registries: by thing and field, whatever the order and layout of the files. Pure."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from quiz import model, rules, wording
from quiz.vocabulary import Word

KEYS = (("id",), ("party", "unit", "period"), ("fact",), ("kind", "label"), ("value",), ("title",), ("citation", "says"), ("says",))
"""What tells the items of a list apart, where every item has one of its own: the first of these that does."""

CONDITIONS = {"requires", "excludes", "ask_first", "condition", "when", "facets"}
WHOLE = CONDITIONS | {"source"}
"""What is shown whole rather than taken apart."""


class Topic(Word):
    """What a changed fact is about; first what changes an answer."""

    CRITERIA = "criteria", "Criteria"
    PRICES = "prices", "Prices"
    TIMES = "times", "Times"
    DOCUMENTS = "documents", "Documents"
    REFERRAL = "referral", "For whom, where and who may refer"
    STATUS = "status", "Status, contacts and helplines"
    QUESTIONS = "questions", "Questions"
    LISTED = "listed", "What is listed"
    OTHER = "other", "Words and other facts"
    CHECKED = "checked", "Looked at again"


TOPICS = {
    "criteria": Topic.CRITERIA, "shared_criteria": Topic.CRITERIA, "browse_only": Topic.CRITERIA, "tier": Topic.CRITERIA,
    "safety_first": Topic.CRITERIA, "combines": Topic.CRITERIA,
    "prices": Topic.PRICES, "price_status": Topic.PRICES, "price_note": Topic.PRICES, "extra_charges": Topic.PRICES,
    "timeline": Topic.TIMES, "documents": Topic.DOCUMENTS, "for_whom": Topic.REFERRAL, "area": Topic.REFERRAL,
    "referral": Topic.REFERRAL, "status": Topic.STATUS, "contacts": Topic.STATUS,
}
"""The topic of a field of a service or provider."""

SECTIONS = {"documents": Topic.DOCUMENTS, "shared_criteria": Topic.CRITERIA, "questions": Topic.QUESTIONS,
            "helplines": Topic.STATUS}
"""The topic of whatever stands in a section."""


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that differs."""

    topic: Topic
    section: str
    id: str
    name: str
    """The thing by its name."""
    field: str
    """The way to the fact inside the thing, as people read it; empty for the thing itself."""
    before: str | None
    """What was said; None where nothing was."""
    after: str | None


def changes(before: model.Registry, after: model.Registry) -> tuple[Change, ...]:
    """Every fact that differs, by topic, then in the order of the registry. Order and layout of the files do not count."""
    old, new = rules.dump(before), rules.dump(after)
    found = [change for section in old.keys() | new.keys() if section != "registry"
             for change in _of_section(section, old.get(section, []), new.get(section, []))]
    found += _of_lengths(before, after)
    sections = list(model.Registry.__dataclass_fields__)
    topics = list(Topic)
    return tuple(sorted(found, key=lambda change: (topics.index(change.topic), sections.index(change.section))))


def _of_section(section: str, old: list[dict], new: list[dict]) -> Iterator[Change]:
    was, now = ({item["id"]: item for item in items} for items in (old, new))
    for id in dict.fromkeys((*now, *was)):
        one, other = was.get(id), now.get(id)
        name = _name(other or one)
        if one is None or other is None:
            topic = SECTIONS.get(section, Topic.LISTED)
            yield Change(topic, section, id, name, "", one and "listed", other and "listed")
            continue
        for path, before, after in _differences(one, other, ()):
            yield Change(_topic(section, path), section, id, name, _field(path), before, after)


def _of_lengths(before: model.Registry, after: model.Registry) -> Iterator[Change]:
    """How long a service takes in all: worked out, and so in no file."""
    was = {service.id: service for service in before.services}
    for service in after.services:
        if service.id in was:
            lengths = wording.length(was[service.id]), wording.length(service)
            if lengths[0] != lengths[1]:
                yield Change(Topic.TIMES, "services", service.id, service.name, "in all, worked out", *lengths)


def _differences(one: Any, other: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str | None, str | None]]:
    """Every place where two values differ, with both in words."""
    if one == other:
        return
    if isinstance(one, dict) and isinstance(other, dict) and path[-1:] not in _WHOLE and not _is_range(one, other):
        for key in dict.fromkeys((*other, *one)):
            yield from _differences(one.get(key), other.get(key), (*path, key))
    elif _is_items(one) and _is_items(other) and (one or other):
        yield from _of_lists(one or [], other or [], path)
    else:
        said = _condition if path[-1:] in _CONDITIONS else wording.pounds if path[-1:] == ("amount",) else shown
        yield path, *(None if value is None else said(value) for value in (one, other))


_WHOLE, _CONDITIONS = ({(name,) for name in names} for names in (WHOLE, CONDITIONS))


def _of_lists(one: list[dict], other: list[dict], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str | None, str | None]]:
    key = next((key for key in KEYS if _tells_apart(key, one) and _tells_apart(key, other)), None)
    if key is None or key == ("says",):  # sentences: the same ones first, then those in their place
        texts = [[json.dumps(item, sort_keys=True) for item in items] for items in (one, other)]
        for tag, from_one, to_one, from_other, to_other in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
            if tag != "equal":
                was, now = one[from_one:to_one], other[from_other:to_other]
                for index in range(max(len(was), len(now))):
                    yield from _differences(was[index] if index < len(was) else None,
                                            now[index] if index < len(now) else None, path)
        return
    was, now = ({_key(key, item): item for item in items} for items in (one, other))
    for name in dict.fromkeys((*now, *was)):
        yield from _differences(was.get(name), now.get(name), (*path, f"({', '.join(filter(None, name))})"))
    kept = [name for name in was if name in now]
    if kept != [name for name in now if name in was]:
        yield (*path, "order"), ", ".join(" ".join(filter(None, name)) for name in was), ", ".join(
            " ".join(filter(None, name)) for name in now)


def _tells_apart(key: tuple[str, ...], items: list[dict]) -> bool:
    return all(key[0] in item for item in items) and max(Counter(_key(key, item) for item in items).values(), default=1) == 1


def _key(key: tuple[str, ...], item: dict) -> tuple[str, ...]:
    return tuple(str(item.get(part, "")) for part in key)


def _is_items(value: Any) -> bool:
    return value is None or isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _is_range(*values: dict) -> bool:
    return all(value.keys() == {"min", "max"} for value in values)


def shown(value: Any) -> str | None:
    """A value of the registry in a line of words; None where there is none."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ("; " if any(isinstance(item, dict) for item in value) else ", ").join(str(shown(item)) for item in value) or "none"
    if isinstance(value, dict):
        if value.keys() == {"document", "section"}:
            return f"{value['document']}: {value['section']}"
        if value.keys() == {"min", "max"}:
            return f"{value['min']} to {value['max']}"
        return "; ".join(f"{key.replace('_', ' ')}: {_condition(item) if key in CONDITIONS else shown(item)}"
                         for key, item in value.items() if key not in ("id", "source"))
    return str(value)


def _condition(value: Any) -> str:
    """A condition as it is written."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_condition(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_condition, value)) + "]"
    return str(value)


def _name(item: dict) -> str:
    return str(item.get("name") or item.get("title") or item.get("term") or item.get("about") or item.get("ask") or item["id"])


def _field(path: tuple[str, ...]) -> str:
    return " ".join(part.replace("_", " ") if not part.startswith("(") else part for part in path)


def _topic(section: str, path: tuple[str, ...]) -> Topic:
    if path[-1] == "checked" or path[-1] == "how_checked":
        return Topic.CHECKED
    if section in ("services", "providers"):
        return TOPICS.get(path[0], Topic.OTHER)
    return SECTIONS.get(section, Topic.OTHER)
