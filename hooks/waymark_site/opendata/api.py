"""The JSON API: static files under `api/v1/`, each in the same envelope.

Every section of the registry has a file of its own, and every service another. What is derived, not printed, stands
apart under `standing`. `openapi` describes it all, from the same model.
"""

import dataclasses
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from quiz.model import Id, Registry, Service, Status
from quiz.vocabulary import Kind, Tier
from waymark_site import fields
from waymark_site.opendata.published import plain, published, text
from waymark_site.registry import shape
from waymark_site.site import Site

FOLDER = "api/v1/"

LICENCE = "CC-BY-4.0"
"""By its SPDX name."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change to the shape of the data, as its users need to know it."""

    version: str
    day: str
    says: str


CHANGES = (Change("1.0.0", "2026-11-22", "The first version."),)
"""Every change of shape, the newest first. The last number grows for a mended text, the middle one when something is
added, and the first, with a new folder beside the old, when something is taken away or means something else."""

PROMISE = (
    "Within version 1 nothing is renamed, taken away or given another meaning. Fields, files and words in closed lists may "
    "be added: pass over what you do not know.",
    "If that can no longer be kept, version 2 gets its own folder. Version 1 stays beside it for at least a year, and this "
    "list says so.",
    "The id of a service is never used for another one. A service that is taken out moves to the list of the retired.",
)
"""What users of the data can rely on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How far a service can be relied on today. It is worked out, and not a part of the registry."""

    status: Status
    """Its own status, or else its provider's."""
    date_printed: str
    """The date of the document that mainly describes it, exactly as printed, or `undated`."""
    old: bool
    """True where that document is past its limit, so that whatever it says must be shown as old."""
    page: str
    """The address of its page."""
    data: str
    """The address of its own file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceInBrief:
    """A service in a list: enough to choose by, and where the rest is."""

    id: Id
    """Its stable key."""
    name: str
    """Its name in plain words."""
    provider: Id
    """Who offers it."""
    tier: Tier
    """An intervention in its own right, something that supports one, or a part of one."""
    kind: Kind
    """What sort of thing it is."""
    summary: str
    """One sentence that says what it is and for whom."""
    standing: Standing
    """How far it can be relied on today."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WordWithLabel:
    """A word of a closed list."""

    value: str
    """The word as it stands in the data."""
    label: str
    """How it is shown to people."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosedList:
    """A closed list of words that fields are chosen from."""

    name: str
    """The name of the list."""
    about: str
    """What the words say."""
    words: tuple[WordWithLabel, ...]
    """The words, in order."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the API, or one of each service."""

    place: str
    """Where it stands in the folder of the API."""
    holds: str
    """What its result is: the name of a type of the data."""
    many: bool
    """Whether the result is a list of those."""
    says: str
    """What it is, in a sentence."""


for _thing in (Standing, ServiceInBrief, WordWithLabel, ClosedList):
    _thing.__pydantic_config__ = shape.STRICT  # so that the text under a field is its description, as in the model

IN_FULL = "ServiceInFull"
"""The type of a service with its standing: a `Service`, and one field more."""

SECTIONS = {name: typing.get_args(kind)[0].__name__ for name, kind in typing.get_type_hints(Registry).items()
            if name not in ("registry", "services")}
"""The sections of a registry that are lists and get a file each, with what they hold. Services get several."""

SERVICE = "services/{id}.json"
"""Where the file of a service stands."""


def described() -> tuple[File, ...]:
    """Every file, in the order in which they are told."""
    means = shape.meanings(Registry)
    return (
        File("services.json", "ServiceInBrief", True, "Every service in a few fields, with where the rest of it is."),
        File("services/full.json", IN_FULL, True, "Every service with everything that is known of it."),
        File(SERVICE, IN_FULL, False, "One service with everything that is known of it."),
        *(File(_place(section), kind, True, means[section]) for section, kind in SECTIONS.items()),
        File("vocabularies.json", "ClosedList", True, "The closed lists of words, each with the label that people see."),
        File("registry.json", "Registry", False, "The whole registry in one file."))


def _place(section: str) -> str:
    return section.replace("_", "-") + ".json"


def files(site: Site, address: str) -> Iterator[tuple[str, str]]:
    """Every file of the API by its place on the site, but for its description."""
    registry = published(site.registry)
    whole = [plain(service) | {"standing": plain(standing(site, service, address))} for service in registry.services]
    results: dict[str, Any] = {
        "registry.json": plain(registry),
        "services.json": [plain(_in_brief(site, service, address)) for service in registry.services],
        "services/full.json": whole,
        "vocabularies.json": plain(closed_lists()),
    } | {_place(section): plain(getattr(registry, section)) for section in SECTIONS}
    for service in whole:
        yield FOLDER + SERVICE.format(id=service["id"]), text(envelope(registry, service))
    for name, result in results.items():
        yield FOLDER + name, text(envelope(registry, result))


def envelope(registry: Registry, result: Any) -> dict[str, Any]:
    """A result with what every file says of itself."""
    return {"schema_version": CHANGES[0].version, "generated_at": registry.registry.date,
            "registry_version": registry.registry.version, "licence": LICENCE,
            "total": len(result) if isinstance(result, list) else 1, "result": result}


def standing(site: Site, service: Service, address: str) -> Standing:
    """What is derived about a service, for a site that stands at `address`."""
    return Standing(status=site.status(service), date_printed=site.sources[service.source.document].date_printed,
                    old=site.is_old(service.source.document), page=f"{address}services/{service.id}/",
                    data=f"{address}{FOLDER}{SERVICE.format(id=service.id)}")


def closed_lists() -> tuple[ClosedList, ...]:
    """Every closed list of words, with the labels that people see."""
    return tuple(ClosedList(name=words.name, about=words.about, words=tuple(
        WordWithLabel(value=word.value, label=word.label) for word in words.words)) for words in fields.vocabularies())


def _in_brief(site: Site, service: Service, address: str) -> ServiceInBrief:
    return ServiceInBrief(**{field.name: getattr(service, field.name) for field in dataclasses.fields(ServiceInBrief)
                             if field.name != "standing"}, standing=standing(site, service, address))
