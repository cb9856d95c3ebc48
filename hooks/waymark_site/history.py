"""The history of a service, as far as the registry dates it: what was looked at on which day, and what rests on it. Pure.

The registry says what is so now. So this tells the days that stand in it, and of changes only those that were recorded
with a version. What an earlier version said is kept by the project, at the address that `kept_at` gives.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from quiz.model import Service, Source, Where
from quiz.wording import edition, local_part
from waymark_site.changelog import Fact
from waymark_site.registry.view import of_kind
from waymark_site.site import Site
from waymark_site.upkeep import Due

PARTS = {
    "source": "what it is", "about": "what it is", "for_whom": "for whom", "area": "where", "delivery": "how", "referral": "who may refer",
    "criteria": "criteria", "shared_criteria": "criteria", "screening": "screening questions", "prices": "cost", "price_note": "cost",
    "extra_charges": "cost", "timeline": "time", "report": "report", "topics": "what it covers", "findings": "evidence",
    "figures": "local figures", "contacts": "contact", "cautions": "what to take care of", "status": "status",
}
"""What a field of a service is called in a list of what rests on a source."""

REGISTRY = "services.yaml"

HISTORIES = {"github.com": "/commits/HEAD/", "gitlab.com": "/-/commits/HEAD/"}
"""Where a host of projects shows the history of a file."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the registry dates."""

    day: str
    """As YYYY-MM-DD."""
    says: str
    source: Where | None = None
    """What it rests on."""
    read: Source | None = None
    """The publication that was read."""
    parts: tuple[str, ...] = ()
    """What of the service rests on that publication; or what changed."""


def days(site: Site, service: Service) -> dict[str, list[Event]]:
    """What the registry dates about a service, by day, the latest first."""
    found: dict[str, list[Event]] = defaultdict(list)
    for event in _events(site, service):
        found[event.day].append(event)
    return dict(sorted(found.items(), reverse=True))


def _events(site: Site, service: Service) -> Iterator[Event]:
    about, status = site.registry.registry, site.status(service)
    yield Event(about.date, f"Registry {about.version}, which this page shows.")
    if about.local and service.id in about.local.parts:
        yield Event(about.local.date, f"{edition(about)} {local_part(about, service.id)}")
    whose = "The status of the service" if service.status else "The status of the provider"
    yield Event(status.checked, f"{whose} was looked at: {status.state.label.lower()}.", source=status.source)
    for version in site.versions:
        found = tuple(fact.says if fact.section == "services" else f"{fact.name}: {fact.says}"
                      for fact in version.facts if _concerns(fact, service))
        if found:
            yield Event(version.date, f"Changed in registry {version.version}, since {version.before}:", parts=found)
    for id, parts in rests(site, service).items():
        if site.sources[id].checked:
            yield Event(site.sources[id].checked, "We read a publication.", read=site.sources[id], parts=parts)


def _concerns(fact: Fact, service: Service) -> bool:
    return (fact.section, fact.id) in {
        ("services", service.id), ("providers", service.provider), *(("documents", id) for id in service.documents),
        *(("shared_criteria", id) for id in service.shared_criteria)}


def rests(site: Site, service: Service) -> dict[str, tuple[str, ...]]:
    """What of a service rests on each source that it names, by the source's id, in the order of the page."""
    shared = {one.id: one for one in site.registry.shared_criteria}
    provider = site.providers[service.provider]
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for field, part in PARTS.items():
        held = tuple(shared[id] for id in service.shared_criteria) if field == "shared_criteria" else getattr(service, field)
        if field == "status":
            held = site.status(service)
        if field == "contacts":
            held = (*held, *provider.contacts)
        for _, where in of_kind(held, (), Where):
            found[where.document][part] = None
    return {id: tuple(parts) for id, parts in found.items()}


def next_due(site: Site, service: Service) -> Due | None:
    """What about a service must be looked at again first: itself, its provider or a source that it rests on."""
    things = {("services", service.id), ("providers", service.provider), *(("sources", id) for id in rests(site, service))}
    return min((due for thing in things for due in site.dues.get(thing, ())), key=lambda due: (due.on, due.section, due.id), default=None)


def kept_at(project: str | None) -> str:
    """Where the history of the registry's file can be read, for a project at an address: at hosts whose addresses we
    know, of that file; elsewhere, of the project. Empty without an address."""
    if not project:
        return ""
    way = HISTORIES.get(urlsplit(project).hostname or "")
    return f"{project.rstrip('/').removesuffix('.git')}{way}{REGISTRY}" if way else project
