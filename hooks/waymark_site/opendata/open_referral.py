"""The directory in the form that local authorities exchange: Open Referral UK 3.0, which is HSDS 3.0 with a profile.

One document serves both. Names that HSDS has are used as it means them; what it has no home for stands under names that begin
with `x_`, each explained in `EXTENSIONS`. Ids are made from our own stable ids. What has no value is left out.

An attribute can only say that a term applies. So an attribute stands there only for a plain yes: what a criterion rules out, or
where it depends, is said in words and in `x_eligibility`. An amount stands there only if it is printed. No location is given:
many of these places must not be found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from quiz import wording
from quiz.model import Contact, Price, Provider, Service, Where
from quiz.vocabulary import ContactKind, Kind, Mode, Place, PriceStatus, State
from quiz.wording import sentence
from waymark_site.answers import Answer
from waymark_site.opendata.api import LICENCE, standing
from waymark_site.opendata.names import stable
from waymark_site.opendata.published import given, plain, text
from waymark_site.registry.view import of_kind
from waymark_site.site import Site
from waymark_site.wording import alert

FOLDER = "open-referral/"

ROOT = {"version": "HSDS-UK-3.0", "profile": "https://github.com/OpenReferralUK/uk-profile/blob/main/docs/index.md",
        "openapi_url": "https://docs.openreferraluk.org/en/latest/openapi30.json"}
"""What a program reads first, to know what this is. Programs read the version as it stands here."""

EXTENSIONS = {
    "x_registry": "The id of the service here, the version of the registry, and where its page and its own file are.",
    "x_standing": "How far it can be relied on: its state as we know it, since when, and whether its document is old.",
    "x_price": "On a cost: for whom, for what unit and for which period, and where it is printed.",
    "x_price_status": "Why there is no price, where none is printed.",
    "x_eligibility": "The published criteria: what must be so, what rules it out, when to ask first and what can still be arranged.",
    "x_timescale": "How long it takes, as steps. HSDS has no place for the length of a programme.",
    "x_evidence": "What the documents report about its effect.",
    "x_not_printed": "The topics that no document prints.",
    "x_sources": "The documents that the facts are taken from.",
    "x_needed": "On a document to gather: when it is needed.",
    "x_held_by": "On a document to gather: who holds it.",
    "x_licence": "The licence of the data, by its SPDX name.",
}
"""Every name of our own, and what stands under it."""

STATUSES = {State.ACTIVE: "active", State.SUPERSEDED: "defunct"}
"""Ours as HSDS has them. Whatever we cannot confirm is inactive, so that no program offers it, and `alert` says why."""

STATISTICS = "http://statistics.data.gov.uk/id/statistical-geography/"
AREAS = {"west_sussex": "E10000032", "surrey": "E10000030", "lancashire": "E10000017", "london": "E12000007", Place.UK_WIDE: "K02000001"}
"""The codes of the areas that are exactly one area of the Office for National Statistics."""

PLACES = {word.value: word.label for word in Place}
"""The places that are no value of the fact `area`, in words."""

LIST_FIELDS = ("id", "organization_id", "name", "alternate_name", "description", "url", "email", "status", "application_process",
               "fees", "fees_description", "eligibility_description", "minimum_age", "maximum_age", "assured_date", "alert", "last_modified",
               "organization")
"""What of a service stands in the list of all."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a taxonomy."""

    taxonomy: str
    value: str
    label: str

    @property
    def id(self) -> str:
        """Its UUID."""
        return str(stable("taxonomy-term", self.taxonomy, self.value))


TAXONOMIES = {
    "focus": ("Who it is for", "The people a service works with."), "stage": ("Stage of the case", "Where a family’s case stands."),
    "referrer": ("Who may refer", "Who may ask for a service."), "kind": ("Kind", "What sort of thing a service is."),
    "mode": ("Delivery", "How a service is delivered.")}
"""The taxonomies by id, each with its name and what it says."""


def files(site: Site, address: str) -> Iterator[tuple[str, str]]:
    """Every file of the feed by its place on the site, which stands at `address`."""
    yield FOLDER + "index.json", text(ROOT | {
        "publisher": {"name": site.registry.registry.maintainer}, "description": "Services around domestic abuse.",
        "x_licence": LICENCE, "x_names": EXTENSIONS})
    services = [service_of(site, service, address) for service in site.registry.services]
    providers = [organization(provider, address) for provider in site.registry.providers]
    yield from _both("services", services, [{name: one[name] for name in LIST_FIELDS if name in one} for one in services])
    yield from _both("organizations", providers, providers)
    made = [_taxonomy(site, id) for id in TAXONOMIES]
    yield from _both("taxonomies", made, [{name: one[name] for name in ("id", "name", "description")} for one in made])
    terms = [term for one in made for term in one["taxonomy_terms"]]
    yield from _both("taxonomy_terms", terms, terms)


def _both(name: str, whole: list[dict[str, Any]], listed: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """A file for each thing, and one page that lists them all: a static host cannot turn pages."""
    for one in whole:
        yield f"{FOLDER}{name}/{one['id']}.json", text(one)
    yield f"{FOLDER}{name}.json", text({
        "total_items": len(listed), "total_pages": 1, "page_number": 1, "size": len(listed), "first_page": True, "last_page": True,
        "empty": not listed, "contents": listed})


def service_of(site: Site, service: Service, address: str) -> dict[str, Any]:
    """A service with everything that hangs on it."""
    id, known = str(stable("service", service.id)), standing(site, service, address)
    status = known.status
    provider, ages, registry = site.providers[service.provider], service.for_whom.ages, site.registry.registry
    fees = _fees(site, service)
    return given({
        "id": id, "organization_id": str(stable("organization", provider.id)), "name": service.name,
        "alternate_name": "; ".join(service.also_known_as),
        "description": " ".join([sentence(service.summary), *(sentence(one.says) for one in service.about)]),
        "url": known.page if address else None, "email": _email(site.contacts(service)),
        "status": STATUSES.get(status.state, "inactive"), "fees": fees, "fees_description": fees,
        "application_process": _application(service), "eligibility_description": _eligibility(site, service),
        "minimum_age": ages and ages.min, "maximum_age": ages and ages.max, "assured_date": status.checked,
        "alert": alert(site, service), "last_modified": f"{registry.date}T00:00:00.000Z",
        "organization": organization(provider, address),
        "phones": [{"id": _id(id, "phone", contact.label, str(contact.value)), "service_id": id, "number": contact.value,
                    "description": contact.label} for contact in _open(site.contacts(service), ContactKind.PHONE)],
        "service_areas": [_area(site, service, id, place) for place in (service.area.places if service.area else ())],
        "cost_options": [_cost(site, price, id, place) for place, price in enumerate(service.prices)],
        "required_documents": [_document(site, name, id, address) for name in service.documents],
        "attributes": [_attribute(term, link, id) for link, term in _terms(site, service)],
        "x_registry": {"slug": service.id, "version": registry.version, "licence": LICENCE,
                       **({"page": known.page, "data": known.data} if address else {})},
        "x_standing": {"state": status.state.value, "says": status.says, "checked": status.checked, "source": plain(status.source),
                       "successor": status.successor, "date_printed": known.date_printed, "old": known.old},
        "x_price_status": service.price_status and service.price_status.value,
        "x_eligibility": [{"effect": effect.value} | plain(criterion) for effect, criteria in site.criteria_by_effect(service).items()
                          for criterion in criteria],
        "x_timescale": plain(service.timeline), "x_evidence": plain(service.findings),
        "x_not_printed": [topic.value for topic in service.not_printed], "x_sources": [_source(site, name) for name in _documents(service)]})


def organization(provider: Provider, address: str) -> dict[str, Any]:
    """Who offers services."""
    site = next((contact.value for contact in _open(provider.contacts, ContactKind.WEB)
                 if urlsplit(str(contact.value)).path in ("", "/")), None)  # a page of a website is not the website
    return given({"id": str(stable("organization", provider.id)), "name": provider.name, "description": provider.what.says,
                   "alternate_name": "; ".join(provider.also_known_as), "email": _email(provider.contacts), "website": site,
                   "uri": f"{address}providers/{provider.id}/" if address else None})


def _taxonomy(site: Site, id: str) -> dict[str, Any]:
    name, description = TAXONOMIES[id]
    words = site.labels[id].items() if id in site.labels else ((word.value, word.label) for word in {"kind": Kind, "mode": Mode}[id])
    return {"id": str(stable("taxonomy", id)), "name": name, "description": description,
            "taxonomy_terms": [_term(Term(id, value, label)) for value, label in words]}


def _term(term: Term) -> dict[str, Any]:
    name = TAXONOMIES[term.taxonomy][0]
    return {"id": term.id, "code": term.value, "name": term.label, "term": term.label, "description": f"{name}: {term.label}.",
            "taxonomy": name, "taxonomy_id": str(stable("taxonomy", term.taxonomy))}


def _terms(site: Site, service: Service) -> Iterator[tuple[str, Term]]:
    """The terms that apply to a service without an if or a but, each with what it says of it."""
    for link, taxonomy, values in (("eligibility", "focus", service.for_whom.parties),
                                   ("referrer", "referrer", service.referral.who if service.referral else ())):
        yield from ((link, Term(taxonomy, value, site.labels[taxonomy][value])) for value in values)
    stages = site.stages(service)
    yield from (("eligibility", Term("stage", value, label)) for value, label in site.labels["stage"].items()
                if stages.get(label) is Answer.YES)
    yield "service_type", Term("kind", service.kind.value, service.kind.label)
    yield from (("delivery", Term("mode", mode.value, mode.label)) for mode in (service.delivery.modes if service.delivery else ()))


def _attribute(term: Term, link: str, service: str) -> dict[str, Any]:
    return {"id": _id(service, "attribute", link, term.id), "link_id": service, "link_type": link, "link_entity": "service",
            "taxonomy_term_id": term.id, "taxonomy_term": _term(term)}


def _fees(site: Site, service: Service) -> str:
    if service.prices:
        first = "; ".join(f"{wording.price(price, site.people)}, {price.unit.label}" for price in service.prices)
    else:
        first = service.price_status.label
        if service.price_status is PriceStatus.NOT_PRINTED:
            first += ". That does not mean that it is free"
    note = (service.price_note,) if service.price_note else ()
    return " ".join(sentence(part) for part in (first, *(one.says for one in (*note, *service.extra_charges))))


def _cost(site: Site, price: Price, service: str, place: int) -> dict[str, Any]:
    old = " From a document past its limit." if site.is_old(price.source.document) else ""
    period = f" A price of {price.period}." if price.period else ""
    return {"id": _id(service, "cost", price.party, str(place)), "service_id": service, "option": site.labels["focus"][price.party],
            "amount": price.amount, "currency": "GBP", "amount_description": f"{price.unit.label}. {sentence(price.includes)}{period}{old}",
            "x_price": {"party": price.party, "unit": price.unit.value, "period": price.period, "source": plain(price.source)}}


def _application(service: Service) -> str:
    if not service.referral:
        return ""
    return " ".join(sentence(one.says) for one in (service.referral, *service.referral.steps))


def _eligibility(site: Site, service: Service) -> str:
    """The criteria in words, from the criteria: the two cannot disagree."""
    if service.browse_only:
        return f"No criteria for a case are given here. {sentence(service.browse_only)}"
    return " ".join(f"{effect.label}: {' '.join(sentence(one.says) for one in criteria)}"
                    for effect, criteria in site.criteria_by_effect(service).items())


def _area(site: Site, service: Service, id: str, place: str) -> dict[str, Any]:
    name = PLACES.get(place) or site.labels["area"][place]
    return {"id": _id(id, "area", place), "service_id": id, "name": name, "service_area": name,
            "description": service.area.says if service.area else None, "uri": STATISTICS + AREAS[place] if place in AREAS else None}


def _document(site: Site, name: str, service: str, address: str) -> dict[str, Any]:
    document = site.documents[name]
    return {"id": _id(service, "document", name), "service_id": service, "document": document.name,
            "uri": f"{address}documents/{name}/" if address else None, "x_needed": document.needed, "x_held_by": document.held_by}


def _source(site: Site, name: str) -> dict[str, Any]:
    source = site.sources[name]
    return {"id": name, "title": source.title, "publisher": source.publisher, "date_printed": source.date_printed,
            "address": source.address, "old": site.is_old(name)}


def _documents(service: Service) -> dict[str, None]:
    """The documents that a service names as sources, in order."""
    return dict.fromkeys([service.source.document, *(where.document for _, where in of_kind(service, (), Where))])


def _open(contacts: tuple[Contact, ...], kind: ContactKind) -> Iterator[Contact]:
    return (contact for contact in contacts if contact.kind is kind and contact.value and not contact.withheld)


def _email(contacts: tuple[Contact, ...]) -> str | None:
    return next((contact.value for contact in _open(contacts, ContactKind.EMAIL) if re.fullmatch(r"\S+@\S+", str(contact.value))), None)


def _id(*parts: str) -> str:
    return str(stable("part", *parts))
