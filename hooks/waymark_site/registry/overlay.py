"""A local edition: what one local authority adds to the registry, merged when it is read.

`local/AREA.yaml` says what is offered there, at what price, whom to ring, what there is besides and what there is
not. Whatever comes from it carries the name of the place in its own words, so that it is shown as local wherever it
is shown: on a page, in a result of the quiz, in a file. A fault in it is told by its own line.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from quiz import model
from quiz.vocabulary import SourceKind
from waymark_site.registry import shape
from waymark_site.registry.faults import Fault, Path, nearest
from waymark_site.registry.rules.dates import day

WORDS = {"status": "whether it is offered", "contacts": "a contact", "prices": "the price"}
"""What can be local about a service of the registry, in words."""

WHOLE = "the whole entry"
"""What is local about what stands in the edition only."""

REFERRING = ("rules", "evidence", "disagreements", "cautions", "synonyms")
"""Sections whose items name services."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """What is different there about a service of the registry."""

    service: model.Id
    """The service."""
    availability: model.Status | None = None
    """Whether it is to be had there, and how that is known."""
    contacts: tuple[model.Contact, ...] = ()
    """Whom to ring or write to there; they come before those of the registry."""
    prices: tuple[model.Price, ...] = ()
    """What it costs there, in the place of every price of the registry."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hidden:
    """A service of the registry that is left out there."""

    service: model.Id
    """The service. Its page stays, and says why."""
    reason: str
    """Why, in a plain sentence."""
    source: model.Where
    """What that rests on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Safeguarding:
    """Whom to tell there when a child or an adult may be at risk."""

    name: str
    """The team."""
    number: str
    """The number, spaced to be read aloud."""
    who: str
    """Whom it is for."""
    source: model.Where
    """Where it is printed."""
    checked: str
    """The day it was checked, as YYYY-MM-DD."""
    how_checked: str
    """How it was checked, and how sure that is."""
    hours: str | None = None
    """When it answers, where that is printed."""
    email: str | None = None
    """A public e-mail address of the team."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Overlay:
    """A local edition, as written."""

    area: str
    """A value of the fact `area`."""
    name: str
    """The place, as it is shown: Surrey."""
    maintainer: str
    """Who keeps this edition."""
    date: str
    """The day it was last changed, as YYYY-MM-DD."""
    sources: tuple[model.Source, ...] = ()
    """Publications that local facts are taken from."""
    providers: tuple[model.Provider, ...] = ()
    """Providers of extra services."""
    services: tuple[model.Service, ...] = ()
    """Extra services."""
    changes: tuple[Changed, ...] = ()
    """What is different about services of the registry."""
    hidden: tuple[Hidden, ...] = ()
    """What is left out."""
    safeguarding: Safeguarding | None = None
    """Whom to tell there; stands in the footer of every page."""


for _thing in (Changed, Hidden, Safeguarding, Overlay):
    _thing.__pydantic_config__ = shape.STRICT


Origins = dict[Path, tuple[str, Path]]
"""Where what stands at a path was written: `main` or `local`, and the path there."""


@dataclass(frozen=True)
class Merged:
    """A registry with a local edition in it, as plain data."""

    data: dict[str, Any]
    origins: Origins = field(repr=False)

    def origin(self, path: Path) -> tuple[str, Path]:
        """Where what stands at a path was written."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.origins:
                file, there = self.origins[path[:length]]
                return file, there + path[length:]
        return "main", path


def check(data: Any, main: dict[str, Any], areas: set[str]) -> list[Fault]:
    """Every fault of a local edition that can be seen without merging it, by its own paths."""
    overlay, faults = shape.made(Overlay, data, ())
    return faults if overlay is None else list(_faults(overlay, main, areas))


def _faults(overlay: Overlay, main: dict[str, Any], areas: set[str]) -> Iterator[Fault]:
    services = {item["id"]: item for item in _items(main, "services") if "id" in item}
    if overlay.area not in areas:
        yield Fault(("area",), f"'{overlay.area}'", "a value of 'area'", nearest(overlay.area, areas))
    yield from day(("date",), overlay.date, None)
    named: dict[str, Path] = {}
    for section in ("changes", "hidden"):
        for index, item in enumerate(getattr(overlay, section)):
            path = (section, index, "service")
            if item.service not in services:
                yield Fault(path, f"'{item.service}'", "the id of a service of services.yaml", nearest(item.service, services))
            elif item.service in named:
                yield Fault(path, f"'{item.service}' a second time", "each service once", "Put all of it in one place.")
            named.setdefault(item.service, path)
    for index, item in enumerate(overlay.changes):
        if not (item.availability or item.contacts or item.prices):
            yield Fault(("changes", index), "nothing that changes", "availability, contacts or prices",
                        "Say what is different there, or take it away.")
    kinds = {item["id"]: item.get("kind") for item in _items(main, "sources") if "id" in item}
    kinds |= {source.id: source.kind for source in overlay.sources}
    for index, item in enumerate(overlay.hidden):
        if item.source.document not in kinds:
            yield Fault(("hidden", index, "source", "document"), f"'{item.source.document}'", "the id of a source",
                        nearest(item.source.document, kinds))
    for index, item in enumerate(overlay.services):
        if kinds.get(item.source.document, SourceKind.REGISTRY) != SourceKind.REGISTRY:
            yield Fault(("services", index, "source", "document"), f"'{item.source.document}', an outside page",
                        "a source of kind registry", "The directory lists services by such sources: give it that kind.")
    hidden = {item.service for item in overlay.hidden}
    for index, item in enumerate(overlay.hidden):
        for other in services.values():
            if other["id"] not in hidden and item.service in (*other.get("part_of", ()), *other.get("combines", ())):
                yield Fault(("hidden", index, "service"), f"'{item.service}', which '{other['id']}' rests on",
                            "a service that no other is part of or combines", f"Hide '{other['id']}' as well, or neither.")


def merged(data: dict[str, Any], main: dict[str, Any]) -> Merged:
    """The registry with a local edition in it. Both are of the right shape, and `check` found nothing."""
    name, area = data["name"], data["area"]
    origins: Origins = {}
    out = dict(main)
    head = main["registry"]
    origins["registry", "local"] = "local", ()
    origins["registry", "date"] = ("local", ("date",)) if data["date"] > head["date"] else ("main", ("registry", "date"))
    for section in ("sources", "providers"):
        out[section] = _appended(section, main, data.get(section, ()), origins)
    hidden = {item["service"]: (place, item) for place, item in enumerate(data.get("hidden", ()))}
    changes = {item["service"]: (place, item) for place, item in enumerate(data.get("changes", ()))}
    services: list[dict] = []
    parts: dict[str, str] = {}
    for index, service in enumerate(main["services"]):
        id, here = service["id"], ("services", len(services))
        if id in hidden:
            continue
        origins[here] = ("main", ("services", index))
        if id in changes:
            place, change = changes[id]
            service = _changed(service, change, name, here, index, place, origins)
            parts[id] = _listed([words for field, words in WORDS.items() if (*here, field) in origins or (*here, field, 0) in origins])
        services.append(_without(service, hidden))
    for place, service in enumerate(data.get("services", ())):
        origins["services", len(services)] = "local", ("services", place)
        services.append(service | {"name": _named(service["name"], name)})
    out["services"] = services
    for section in REFERRING:
        out[section] = _scrubbed(section, main, hidden, origins)
    gone = list(main.get("retired", ()))
    for id, (place, item) in hidden.items():
        origins["retired", len(gone)] = "local", ("hidden", place)
        was = next(service for service in main["services"] if service["id"] == id)
        gone.append({"id": id, "name": was["name"], "reason": f"Not offered in {name}: {item['reason']}", "on": data["date"]})
    if gone:
        out["retired"] = [item if item.get("successor") not in hidden else
                          {key: value for key, value in item.items() if key != "successor"} for item in gone]
    line = f"safeguarding-{area.replace('_', '-')}"
    if "safeguarding" in data:
        own = data["safeguarding"] | {"id": line, "name": _named(data["safeguarding"]["name"], name), "everywhere": True}
        first, rest = main["helplines"][:1], main["helplines"][1:]
        out["helplines"] = [*first, own, *rest]
        origins["helplines", 1] = "local", ("safeguarding",)
        origins.update({("helplines", index + 2): ("main", ("helplines", index + 1)) for index in range(len(rest))})
    added = [item["id"] for section in ("services", "providers") for item in data.get(section, ())]
    parts |= dict.fromkeys([*added, *([line] if "safeguarding" in data else [])], WHOLE)
    out["registry"] = head | {"version": f"{head['version']}+{area}", "date": max(head["date"], data["date"]), "local": {
        "area": area, "name": name, "maintainer": data["maintainer"], "date": data["date"], "parts": parts}}
    return Merged(out, origins)


def _changed(service: dict, change: dict, name: str, here: Path, index: int, place: int, origins: Origins) -> dict:
    """A service with what is local about it; each part of that says whose it is."""
    made, there = dict(service), ("changes", place)
    if "availability" in change:
        made["status"] = change["availability"] | {"says": f"Local to {name}: {change['availability']['says']}"}
        origins[*here, "status"] = "local", (*there, "availability")
    if "prices" in change:
        made.pop("price_status", None)
        made["prices"] = [price | {"period": f"{price['period']}, local to {name}" if "period" in price else f"local to {name}"}
                          for price in change["prices"]]
        origins[*here, "prices"] = "local", (*there, "prices")
    if "contacts" in change:
        own = [contact | {"label": f"Local to {name}: {contact['label']}"} for contact in change["contacts"]]
        made["contacts"] = [*own, *service.get("contacts", ())]
        for at in range(len(made["contacts"])):
            origins[*here, "contacts", at] = ("local", (*there, "contacts", at)) if at < len(own) else (
                "main", ("services", index, "contacts", at - len(own)))
        for field in ("not_printed", "not_applicable"):
            if "contact" in made.get(field, ()):
                made[field] = [topic for topic in made[field] if topic != "contact"]
    return made


def _appended(section: str, main: dict[str, Any], more, origins: Origins) -> list[dict]:
    items = list(main[section])
    for place, item in enumerate(more):
        origins[section, len(items)] = "local", (section, place)
        items.append(item)
    return items


def _scrubbed(section: str, main: dict[str, Any], hidden: Mapping, origins: Origins) -> list[dict]:
    """The items of a section without the services that are hidden; gone where they were about nothing else."""
    kept = []
    for index, item in enumerate(main.get(section, ())):
        left = _without(item, hidden)
        if left != item and not left["services"]:
            if section == "disagreements":  # what is disputed elsewhere keeps the place where that is explained
                left["services"] = _disputing(item["id"], main, hidden)
            if section == "synonyms" and {"facets", "terms", "helplines"} & left.keys():
                del left["services"]
            elif not left["services"]:
                continue
        origins[section, len(kept)] = "main", (section, index)
        kept.append(left)
    return kept


def _disputing(id: str, main: dict[str, Any], hidden: Mapping) -> list[str]:
    """The services that are left, some finding about which is disputed by a disagreement."""
    found = [name for section in ("services", "evidence") for item in main[section]
             if any(finding.get("disputed") == id for finding in item.get("findings", ()))
             for name in ([item["id"]] if section == "services" else item["services"])]
    return [name for name in dict.fromkeys(found) if name not in hidden]


def _without(item: dict, hidden: Mapping) -> dict:
    """An item with hidden services taken out of its lists of services."""
    made = dict(item)
    for key in ("services", "part_of", "combines", "before", "after", "instead", "beside"):
        if key in made and hidden.keys() & set(made[key]):
            made[key] = [name for name in made[key] if name not in hidden]
    if "related" in made:
        made["related"] = _without(made["related"], hidden)
    return made


def _listed(parts: list[str]) -> str:
    """One, two and three."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _named(text: str, name: str) -> str:
    """The name of a thing with that of the place in it."""
    return text if name in text else f"{text} ({name})"


def _items(data: dict[str, Any], section: str) -> list[dict]:
    items = data.get(section)
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
