"""A registry of any size for the benchmark, cloned from the real one; the same size gives the same file."""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from waymark_site.registry import yaml_lines
from waymark_site.registry.rules.language import BETTER, OURS, QUOTED

WORD = re.compile(r"\b[a-z]{6,}\b")
ONE_IN = 10
"""One of so many long words of a cloned text is changed for another word of the registry."""
NAMING = ("rules", "evidence", "disagreements", "cautions")
"""Sections whose items name the services that they bear on."""
SYLLABLES = ("ash", "bar", "brook", "cot", "den", "fen", "gar", "ham", "ket", "ley", "mar", "nor", "pen", "rud", "ton", "wex")


def write(real: Path, size: int, target: Path) -> None:
    """Write a sound registry of `size` services, all the real ones first, to `target`."""
    data = yaml_lines.read(real).data
    services = data["services"]
    ids = [clone_id(services[n % len(services)]["id"], n // len(services)) for n in range(max(size, len(services)))]
    known, pool = set(ids), _pool(services)
    data["services"] = [_clone(services[n % len(services)], n // len(services), known, pool) for n in range(len(ids))]
    for section in NAMING:
        for item in data[section]:
            item["services"] = [name for name in _generations(item["services"], len(ids) // len(services)) if name in known]
    target.write_text(yaml.dump(data, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), allow_unicode=True,
                                sort_keys=False, width=100_000), "utf-8")


def clone_id(name: str, generation: int) -> str:
    """The id of a service in a generation; the real ones are generation 0."""
    return f"{name}-{generation}" if generation else name


def _generations(names: list[str], last: int) -> Iterator[str]:
    for generation in range(last + 1):
        for name in names:
            yield clone_id(name, generation)


def _clone(service: dict[str, Any], generation: int, known: set[str], pool: list[str]) -> dict[str, Any]:
    """The service in a generation: other id and name, other words, and its neighbours of the same generation."""
    if not generation:
        return service
    name = clone_id(service["id"], generation)
    chance = random.Random(name)
    place = "".join(chance.choices(SYLLABLES, k=3)).capitalize()
    made = _varied(service, "", chance, pool)
    made |= {"id": name, "name": f"{service['name']} ({place})"}
    if "part_of" in service:
        made["part_of"] = _neighbours(service["part_of"], generation, known)
    if "related" in service:
        made["related"] = {way: _neighbours(names, generation, known) for way, names in service["related"].items()}
    return made


def _neighbours(names: list[str], generation: int, known: set[str]) -> list[str]:
    """The same services in a generation, or the real ones where the last generation is cut short."""
    return [clone if (clone := clone_id(name, generation)) in known else name for name in names]


def _varied(value: Any, key: str, chance: random.Random, pool: list[str]) -> Any:
    """A copy in which some words of our own texts are others; figures, names and references stay."""
    if isinstance(value, dict):
        return {name: _varied(part, name, chance, pool) for name, part in value.items()}
    if isinstance(value, list):
        return [_varied(part, key, chance, pool) for part in value]
    if isinstance(value, str) and key in OURS and "@" not in value:
        return WORD.sub(lambda found: chance.choice(pool) if chance.random() * ONE_IN < 1 else found[0], value)
    return value


def _pool(services: list[dict[str, Any]]) -> list[str]:
    """The long words of the summaries, without those that the rule on language looks for."""
    avoid = set(re.findall("[a-z]+", " ".join(BETTER)))
    words = {word for service in services for word in WORD.findall(QUOTED.sub("", service["summary"]))}
    return sorted(word for word in words if not {word, f"{word}s"} & avoid)
