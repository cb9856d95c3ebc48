"""What the page of the caseload calculator lists, and one caseload worked out for it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from quiz import caseload_telling
from quiz.caseload import BOTH, PARENTS, Caseload, Costed, Line, Pricelist, alternatives, cost
from quiz.caseload_report import MOST_FAMILIES, NO_FAMILIES
from quiz.costs import saving
from quiz.model import Service
from quiz.timeline import YEARS
from quiz.vocabulary import Tier
from waymark_site.site import Site


@dataclass(frozen=True, slots=True)
class Row:
    """Something that can be counted: what one family, or one person, takes."""

    costed: Costed

    @property
    def services(self) -> dict[str, tuple[str, ...]]:
        """The services by person; several where it is not decided which."""
        return dict(self.costed.line.takes)

    @property
    def decided(self) -> bool:
        """Whether it is settled what everybody takes."""
        return all(len(ids) == 1 for ids in self.services.values())

    @property
    def takes(self) -> str:
        """The same as the calculator asks for it."""
        return json.dumps({person: ids[0] if len(ids) == 1 else ids for person, ids in self.services.items()})

    @property
    def includes(self) -> list[str]:
        """What its prices pay for, each text once."""
        return list(dict.fromkeys(offer.price.includes for way in self.costed.ways[:1] for offer in way.offers)) \
            if self.decided else []

    @property
    def old(self) -> bool:
        """Whether a price of it is old."""
        return any(offer.old for way in self.costed.ways for offer in way.offers)


@dataclass(frozen=True, slots=True)
class Person:
    """What is priced for one person, or for both parents."""

    id: str
    rows: tuple[Row, ...]
    pairs: tuple[Row, ...] = ()
    """For both parents: programmes for which only single prices are printed."""


def lists(site: Site) -> dict[str, Any]:
    """What the template needs."""
    prices = Pricelist(site.rulebook)
    unpriced = _unpriced(site, prices)
    return {"people": tuple(person for person in _people(site, prices) if person.rows or person.pairs), "unpriced": unpriced,
            "example": example(site, unpriced), "most": MOST_FAMILIES, "years": YEARS}


def _row(prices: Pricelist, **takes: str | tuple[str, ...]) -> Row:
    line = Line(1, tuple((person, ids if isinstance(ids, tuple) else (ids,)) for person, ids in takes.items()))
    return Row(cost(line, prices, prices))


def _people(site: Site, prices: Pricelist) -> Iterator[Person]:
    for person in site.labels["focus"]:
        rows = [_row(prices, **{person: service.id}) for service in site.registry.services
                if any(price.party == person for price in service.prices)]
        if person == BOTH:
            groups = [_ids(alternatives(site.rulebook, parent)) for parent in PARENTS]
            if all(groups):
                rows.append(_row(prices, **dict(zip(PARENTS, groups, strict=True))))
            yield Person(person, tuple(rows), tuple(_pairs(prices, *groups)))
        elif person != NO_FAMILIES:
            rows += [_row(prices, **{person: _ids([group])}) for group in alternatives(site.rulebook, person)]
            yield Person(person, tuple(rows))


def _ids(groups: Any) -> tuple[str, ...]:
    return tuple(service.id for service in groups[0]) if groups else ()


def _pairs(prices: Pricelist, first: tuple[str, ...], second: tuple[str, ...]) -> Iterator[Row]:
    """Two parents on programmes for which no package has a price."""
    packages = [offer.covers for offer in prices.offers if offer.price.party == BOTH]
    for one in first:
        for other in second:
            row = _row(prices, **dict(zip(PARENTS, (one, other), strict=True)))
            if row.costed.choices[0].parts not in packages:
                yield row


def _unpriced(site: Site, prices: Pricelist) -> dict[str, list[tuple[Service, Row]]]:
    """Everything without a printed price that a family can take, by provider."""
    found: dict[str, list[tuple[Service, Row]]] = {}
    for service in site.registry.services:
        person = next((party for party in service.for_whom.parties if party != NO_FAMILIES), None)
        if person and not service.prices and service.tier is not Tier.COMPONENT:
            found.setdefault(service.provider, []).append((service, _row(prices, **{person: service.id})))
    return found


def example(site: Site, unpriced: dict[str, list[tuple[Service, Row]]]) -> dict[str, Any]:
    """A made-up caseload, in the words of the calculator: couples on every package that saves something, somebody alone on
    each of its parts, and somebody on the first service that has no price."""
    lines = []
    for package in site.rulebook.packages:
        if saving(package, site.services):
            lines.append(Line(4, ((BOTH, (package.id,)),)))
            lines += [Line(2, ((site.services[id].for_whom.parties[0], (id,)),)) for id in package.combines[:1]]
    without = next(service for found in unpriced.values() for service, row in found
                    if service.tier is Tier.CORE and len(service.for_whom.parties) == 1 and BOTH not in row.services)
    lines.append(Line(5, ((without.for_whom.parties[0], (without.id,)),)))
    return caseload_telling.caseload(site.rulebook, Caseload(tuple(lines), site.today))
