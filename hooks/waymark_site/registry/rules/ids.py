"""Names: well formed, given once, never used again."""

import re
from collections.abc import Iterator
from typing import Any

from waymark_site.registry.faults import Fault, Path
from waymark_site.registry.shape import field_names
from waymark_site.registry.view import SECTIONS, View

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FACT = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
CATALOGUE = ("services", "rules", "evidence", "not_listed")
"""Sections whose ids share one space, because each is an entry of the source documents."""


def well_formed(view: View) -> Iterator[Fault]:
    for section in SECTIONS:
        pattern, example = (FACT, "fact_name") if section == "questions" else (SLUG, "a-name-like-this")
        for path, item in view.each(section):
            for id_path, name in _ids(item, path):
                wanted = SLUG if id_path[:-1] != path else pattern
                if not wanted.fullmatch(name):
                    yield Fault(id_path, f"'{name}'", f"an id such as {example}",
                                "Use lower-case letters, digits and hyphens." if wanted is SLUG
                                else "Use lower-case letters, digits and underscores.")


def given_once(view: View) -> Iterator[Fault]:
    first: dict[tuple, Path] = {}
    for section in SECTIONS:
        space = "catalogue" if section in CATALOGUE else section
        for path, item in view.each(section):
            for id_path, name in _ids(item, path):
                key = (space, name) if id_path[:-1] == path else (id_path[:-2], name)
                if key in first:
                    yield Fault(id_path, f"the id '{name}' a second time", "each id once",
                                "Give one of the two another id.")
                first.setdefault(key, id_path)


def criteria_apart(view: View) -> Iterator[Fault]:
    shared = {item.id: {criterion.id for criterion in item.criteria} for _, item in view.each("shared_criteria")}
    for path, service in view.each("services"):
        taken = {name: set_name for set_name in service.shared_criteria for name in shared.get(set_name, ())}
        for index, criterion in enumerate(service.criteria):
            if criterion.id in taken:
                yield Fault((*path, "criteria", index, "id"), f"'{criterion.id}', which '{taken[criterion.id]}' has as well",
                            "each criterion of a service by one id", "Give it another id: reasons name criteria by theirs.")


def options_apart(view: View) -> Iterator[Fault]:
    for path, question in view.each("questions"):
        seen: set[str] = set()
        for index, option in enumerate(question.options):
            if option.value in seen:
                yield Fault((*path, "options", index, "value"), f"'{option.value}' a second time", "each answer once",
                            "Take one of the two away.")
            seen.add(option.value)


def never_reused(view: View) -> Iterator[Fault]:
    retired = view.ids("retired")
    for section in CATALOGUE:
        for path, item in view.each(section):
            if item.id in retired:
                yield Fault((*path, "id"), f"the retired id '{item.id}'", "an id never used before",
                            "Choose another: links and records still mean the old service.")


def _ids(thing: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Every id in an item: its own, and those of its criteria, steps and claims."""
    if isinstance(thing, tuple):
        for index, item in enumerate(thing):
            yield from _ids(item, (*path, index))
    for name in field_names(type(thing)):
        value = getattr(thing, name)
        if name == "id":
            yield (*path, "id"), value
        else:
            yield from _ids(value, (*path, name))
