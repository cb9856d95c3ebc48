"""What a rule looks at: the parts of a registry that have the right shape, and every id there is."""

import dataclasses
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from quiz import logic, model
from waymark_site.registry.faults import Path
from waymark_site.registry.shape import field_names

SECTIONS = tuple(field.name for field in dataclasses.fields(model.Registry) if field.name != "registry")


@dataclass(frozen=True)
class View:
    """A registry under examination. An item whose shape is wrong stands as None in its place."""

    registry: model.Registry
    data: dict[str, Any]

    def each(self, section: str) -> Iterator[tuple[Path, Any]]:
        """Every well-shaped item of a section, with its path."""
        for index, item in enumerate(getattr(self.registry, section)):
            if item is not None:
                yield (section, index), item

    def ids(self, section: str) -> set[str]:
        """Every id written in a section, whether its item has the right shape or not."""
        return self._ids[section]

    @cached_property
    def _ids(self) -> dict[str, set[str]]:
        return {section: {item["id"] for item in self.data.get(section) or ()
                          if isinstance(item, dict) and isinstance(item.get("id"), str)}
                if isinstance(self.data.get(section), list) else set() for section in SECTIONS}

    @cached_property
    def options(self) -> dict[str, set[str]]:
        """The values of each fact that has a closed list of them."""
        return {question.id: {option.value for option in question.options}
                for _, question in self.each("questions") if question.options}

    @cached_property
    def years(self) -> dict[str, model.Years]:
        """The range of each fact that is a whole number of years."""
        return {question.id: question.years for _, question in self.each("questions") if question.years}

    @cached_property
    def today(self) -> datetime.date:
        """The day the registry speaks for."""
        try:
            return datetime.date.fromisoformat(self.registry.registry.date)
        except ValueError:
            return datetime.date.max

    @cached_property
    def strings(self) -> list[tuple[Path, str]]:
        """Every text in the file, with its path."""
        found: list[tuple[Path, str]] = []
        _gather(self.data, (), found)
        return found

    def wheres(self) -> Iterator[tuple[Path, model.Where]]:
        """Every `source: {document, section}` of a well-shaped item."""
        for section in SECTIONS:
            for path, item in self.each(section):
                yield from of_kind(item, path, model.Where)

    def conditions(self) -> Iterator[tuple[Path, model.Condition]]:
        """Every condition, as written: those of criteria and of documents."""
        for path, document in self.each("documents"):
            if document.when is not None:
                yield (*path, "when"), document.when
        for path, criterion in self.criteria():
            for effect in EFFECTS:
                written = getattr(criterion, effect)
                if written is not None:
                    yield (*path, effect), written

    def criteria(self) -> Iterator[tuple[Path, model.Criterion]]:
        """Every criterion, of services and of shared sets."""
        for section in ("shared_criteria", "services"):
            for path, holder in self.each(section):
                for index, criterion in enumerate(holder.criteria):
                    yield (*path, "criteria", index), criterion

    def parsed(self) -> Iterator[tuple[Path, logic.Expression]]:
        """Every condition that is in the grammar."""
        for path, written in self.conditions():
            try:
                yield path, logic.parse(written)
            except logic.ConditionError:
                continue


EFFECTS = ("requires", "excludes", "ask_first", "condition")


def _gather(value: Any, path: Path, found: list[tuple[Path, str]]) -> None:
    """Add every text in a value to `found`: a list filled in place, because large registries have millions."""
    if isinstance(value, str):
        found.append((path, value))
    elif isinstance(value, dict):
        for key, item in value.items():
            _gather(item, (*path, key), found)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _gather(item, (*path, index), found)


def of_kind(thing: Any, path: Path, kind: type) -> Iterator[tuple[Path, Any]]:
    """Everything of one type in a thing of the registry, with its path, which begins with `path`."""
    if isinstance(thing, kind):
        yield path, thing
    elif isinstance(thing, tuple):
        for index, item in enumerate(thing):
            yield from of_kind(item, (*path, index), kind)
    else:
        for name in field_names(type(thing)):
            if value := getattr(thing, name):
                yield from of_kind(value, (*path, name), kind)
