"""A service in the words of schema.org, for search engines: JSON-LD that its page carries as data.

It says no more than the page. A price stands there only if a document prints it, with the year it belongs to; and a service
that may not stand as printed says so in its first words.
"""

import json
from collections.abc import Iterator
from typing import Any

from quiz.model import Contact, Price, Provider, Service
from quiz.vocabulary import ContactKind, Gender
from quiz.wording import sentence
from waymark_site.opendata.published import given
from waymark_site.site import Site
from waymark_site.wording import alert

GENDERS = {Gender.WOMEN: "female", Gender.MEN: "male"}
"""How schema.org calls the gender of an audience; it has no word for both."""

REACHED = {ContactKind.PHONE: "telephone", ContactKind.EMAIL: "email", ContactKind.WEB: "url"}
"""The ways to reach somebody that schema.org knows."""


def text(site: Site, service: Service, address: str) -> str:
    """The data block of a service's page, safe to stand between script tags."""
    made = json.dumps(data(site, service, address), ensure_ascii=False, separators=(",", ":"))
    return made.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def data(site: Site, service: Service, address: str) -> dict[str, Any]:
    """A service as schema.org's Service, for a site that stands at `address`."""
    page = f"{address}services/{service.id}/"
    return {"@context": "https://schema.org"} | given({
        "@type": "Service", "@id": page, "url": page, "name": service.name, "alternateName": list(service.also_known_as),
        "description": service.summary, "disambiguatingDescription": alert(site, service),
        "serviceType": service.kind.label, "provider": _provider(site, site.providers[service.provider], service, address),
        "audience": _audience(service), "areaServed": service.area and service.area.says,
        "offers": [_offer(site, service, price) for price in service.prices],
        "isRelatedTo": [{"@type": "Service", "@id": f"{address}services/{id}/", "name": site.services[id].name}
                        for id in (*service.related.before, *service.related.after, *service.related.beside)]})


def _provider(site: Site, provider: Provider, service: Service, address: str) -> dict[str, Any]:
    page = f"{address}providers/{provider.id}/"
    return {"@type": "Organization", "@id": page, "name": provider.name, "alternateName": list(provider.also_known_as),
            "description": provider.what.says, "contactPoint": list(_contacts(site.contacts(service)))}


def _contacts(contacts: tuple[Contact, ...]) -> Iterator[dict[str, Any]]:
    for contact in contacts:
        if contact.kind in REACHED and not contact.withheld:
            yield {"@type": "ContactPoint", "contactType": contact.label, REACHED[contact.kind]: contact.value}


def _audience(service: Service) -> dict[str, Any]:
    whom, ages = service.for_whom, service.for_whom.ages
    return {"@type": "PeopleAudience", "audienceType": whom.says, "suggestedMinAge": ages and ages.min,
            "suggestedMaxAge": ages and ages.max, "suggestedGender": GENDERS.get(whom.gender)}


def _offer(site: Site, service: Service, price: Price) -> dict[str, Any]:
    old = " The document is past its limit." if site.is_old(price.source.document) else ""
    period = f" A price of {price.period}." if price.period else ""
    return {"@type": "Offer", "name": f"{site.people[price.party]}, {price.unit.label}", "price": price.amount,
            "priceCurrency": "GBP", "description": f"{sentence(price.includes)}{period}{old}"}
