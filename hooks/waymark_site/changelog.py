"""What changed from one version of the registry to the next: worked out once, when a version is made, and kept in a file.

So a build needs neither git nor an older registry to tell it, and what it tells was compared and never written by hand.
`make diff BASE=… RECORD=1` adds to the file, which is served with the open data as it is.

What was taken out may have been taken out because it put somebody at risk. So old and new values are kept of figures and
states alone; of a text or a contact, only that it changed.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from quiz.model import Registry
from waymark_site.meaning import Change, Topic, changes

FILE = "data/changes.json"
"""Where the file stands, below `docs` and on the site."""


FIGURE = re.compile(r"£?\d[\d,.]*( to £?\d[\d,.]*)?( weeks| sessions)?")
"""A value that can only be a figure, among prices and times."""


NAMED = ("prices ", "timeline ", "criteria ")
"""Lists whose items are told apart by ids or words of closed lists; of other lists, that would be by a text."""


class NotKept(ValueError):
    """The file cannot be read, or nothing may be added to it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that changed."""

    section: str
    id: str
    """The thing of the registry that it is about."""
    name: str
    """Its name."""
    says: str
    """What changed, in a few words: `prices (both parents, package) amount: £7,800 became £7,900`."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the registry, and how it differs from the one before."""

    version: str
    date: str
    """Its day, as YYYY-MM-DD."""
    before: str
    """The version that it was compared with."""
    facts: tuple[Fact, ...]


def between(before: Registry, after: Registry) -> Version:
    """How a registry differs from the version before. Raises NotKept where it is still the same version."""
    was, now = before.registry, after.registry
    if was.version == now.version:
        raise NotKept(f"Both are version {now.version}: set another version and its date at the top of services.yaml first.")
    facts = (Fact(one.section, one.id, one.name, _said(one)) for one in changes(before, after))
    return Version(now.version, now.date, was.version, tuple(dict.fromkeys(facts)))


def _said(change: Change) -> str:
    old, new = change.before, change.after
    if not change.field:
        return "first listed" if old is None else "no longer listed"
    figures = change.topic in (Topic.PRICES, Topic.TIMES) and all(FIGURE.fullmatch(said) for said in (old, new) if said is not None)
    if figures or change.field == "status state":
        said = f"{old} became {new}" if old is not None and new is not None else f"{new} was added" if old is None else f"{old} was taken out"
    else:
        said = "added" if old is None else "taken out" if new is None else "changed"
    field = change.field if change.field.startswith(NAMED) else change.field.partition(" (")[0]
    return f"{field}: {said}"


def added(made: Version, kept: Iterable[Version]) -> tuple[Version, ...]:
    """The versions with another, the latest first; it takes the place of one of its name."""
    return made, *(version for version in kept if version.version != made.version)


def read(file: Path) -> tuple[Version, ...]:
    """The versions in a file, the latest first; none where there is no file. Raises NotKept."""
    if not file.exists():
        return ()
    try:
        return tuple(_version(item) for item in json.loads(file.read_text(encoding="utf-8"))["versions"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotKept(f"{file.name} is not as `make diff BASE=… RECORD=1` writes it ({error}). "
                      "Take it from the project's history, and record again.") from None


def text(versions: Iterable[Version]) -> str:
    """The file with some versions in it."""
    return json.dumps({"versions": [asdict(version) for version in versions]}, ensure_ascii=False, indent=1) + "\n"


def _version(item: dict[str, Any]) -> Version:
    return Version(**(item | {"facts": tuple(Fact(**fact) for fact in item["facts"])}))
