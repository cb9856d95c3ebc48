"""What a caseload costs and how long it takes, as far as that is printed.

A caseload is families, each with what its people take. Prices are compared only where they may be: between a package and
the single services it combines, and between services that their documents name instead of each other. Prices that may be
of different years are neither ranked nor added up, no price is inflated, and what has no price is counted, never as nothing.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, permutations, product

from quiz.model import Price, Service
from quiz.pathway import TRACKS, Rulebook
from quiz.standing import is_stale
from quiz.timeline import COURT_LIMIT_WEEKS, Dated, Placed, dated, place
from quiz.vocabulary import PriceStatus, PriceUnit, Tier, Word

BOTH = "both_parents"
PARENTS = TRACKS[BOTH][1:]
"""The two people a package for both parents is for."""


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """One person, or both parents where they cannot be told apart, with the service they take."""

    person: str
    """A value of `focus`."""
    service: str

    @property
    def people(self) -> int:
        """How many people it is."""
        return len(PARENTS) if self.person == BOTH else 1


@dataclass(frozen=True, slots=True)
class Line:
    """Families whose people take the same."""

    number: int
    takes: tuple[tuple[str, tuple[str, ...]], ...]
    """For each person of one family (a value of `focus`) the service, or those of which one will be chosen."""


@dataclass(frozen=True, slots=True)
class Caseload:
    """What is asked about."""

    lines: tuple[Line, ...]
    start: datetime.date | None = None
    """The day on which clocks begin."""
    court: datetime.date | None = None
    """The day of the hearing that reports are wanted for; only with a start."""
    leave_out_old: bool = False
    """Whether prices whose document is past its limit are left out."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What makes prices comparable: the same printed year, or, where none is printed, the same document."""

    period: str | None
    document: str | None
    """The document, where the price has no year."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A printed price, and all that it pays for."""

    service: Service
    price: Price
    covers: frozenset[Part]
    old: bool
    """Whether its document is past its limit."""

    @property
    def amount(self) -> int:
        """Pounds for one family."""
        return self.price.amount * (len(PARENTS) if self.price.unit is PriceUnit.PERSON and self.price.party == BOTH else 1)

    @property
    def basis(self) -> Basis:
        """What it may be compared with."""
        return Basis(self.price.period, None if self.price.period else self.price.source.document)


@dataclass(frozen=True, slots=True)
class Way:
    """Printed prices that together pay for what one family takes."""

    offers: tuple[Offer, ...]

    @property
    def amount(self) -> int:
        """Pounds for one family."""
        return sum(offer.amount for offer in self.offers)


@dataclass(frozen=True, slots=True)
class Choice:
    """One service for each person of a family, and the published ways to pay for them."""

    parts: frozenset[Part]
    ways: tuple[Way, ...]
    """Cheapest first; of two that cost the same, the one with fewer prices."""
    without: frozenset[Part]
    """The parts that no way pays for."""


class Standing(Word):
    """What can be said of the price of a line."""

    PRICED = "priced", "All of it is printed"
    PARTLY = "partly", "Part of it is not printed"
    NO_PRICE = "no_price", "No price is printed"
    LEFT_OUT = "left_out", "Left out: the price is old"
    YEARS_DIFFER = "years_differ", "The prices may be of different years: not ranked, not added up"


@dataclass(frozen=True, slots=True)
class Costed:
    """A line with what it costs."""

    line: Line
    choices: tuple[Choice, ...]
    left_out: frozenset[Part]
    """The parts that only an old price pays for, where old prices are left out."""

    @property
    def ways(self) -> tuple[Way, ...]:
        """Every published way, cheapest first, where they may be ranked."""
        return tuple(sorted((way for choice in self.choices for way in choice.ways), key=_cheapest))

    @property
    def basis(self) -> Basis | None:
        """What all its prices have in common; None where they may not be compared, or there are none."""
        found = {offer.basis for way in self.ways for offer in way.offers}
        return next(iter(found)) if len(found) == 1 else None

    @property
    def lowest(self) -> Way | None:
        """The cheapest published way, or None where nothing may be ranked."""
        return self.ways[0] if self.basis else None

    @property
    def highest(self) -> Way | None:
        """What it costs at most, each choice paid for in its cheapest way."""
        if not self.basis:
            return None
        return max((choice.ways[0] for choice in self.choices), key=lambda way: way.amount)

    @property
    def without(self) -> frozenset[Part]:
        """The parts without any printed price."""
        return frozenset().union(*(choice.without for choice in self.choices)) - self.left_out

    @property
    def standing(self) -> Standing:
        """What can be said of its price."""
        if self.ways:
            if not self.basis:
                return Standing.YEARS_DIFFER
            return Standing.PARTLY if self.without or self.left_out else Standing.PRICED
        return Standing.NO_PRICE if self.without else Standing.LEFT_OUT

    @property
    def singles(self) -> Way | None:
        """The same bought singly, where the cheapest way has a package; None where a single price is missing."""
        if not self.lowest or len(self.choices) > 1 or not any(offer.service.combines for offer in self.lowest.offers):
            return None
        return next((way for way in self.ways if not any(offer.service.combines for offer in way.offers)), None)

    @property
    def saved(self) -> int | None:
        """Pounds that its package saves for one family beside its singles."""
        return self.singles.amount - self.lowest.amount if self.singles else None


@dataclass(frozen=True, slots=True)
class Total:
    """Printed prices that may be added up."""

    basis: Basis
    low: int
    high: int
    families: int
    people: int
    old: bool
    """Whether any of its prices is old."""

    @property
    def average(self) -> tuple[int, int]:
        """Pounds for a family, over all of them: the mean, in whole pounds."""
        return round(self.low / self.families), round(self.high / self.families)


@dataclass(frozen=True, slots=True)
class People:
    """How many people of a caseload have a price, and why the others have none."""

    priced: int
    free: int
    """With what a document prints as free."""
    no_price: int
    left_out: int
    not_added: int

    @property
    def all(self) -> int:
        """Everybody."""
        return self.priced + self.free + self.no_price + self.left_out + self.not_added


@dataclass(frozen=True, slots=True)
class MayBeCouples:
    """People counted singly who would cost less as couples, so far as they are parents of one family."""

    package: Service
    at_most: int
    """So many couples at most."""
    saved: int
    """Pounds, for each couple."""


@dataclass(frozen=True, slots=True)
class When:
    """The course of one service, with dates from a start and what still fits."""

    service: Service
    placed: tuple[Placed, ...] | None
    """None where its weeks are not printed."""
    dated: tuple[Dated, ...] | None
    fits: tuple["Fit", ...] | None
    """For each step whether it ends by the limit."""


class Fit(Word):
    """Whether a step ends by a limit, if nothing waits."""

    YES = "yes", "In time, if nothing waits"
    PERHAPS = "perhaps", "In time only at its fastest"
    NO = "no", "Too late"


@dataclass(frozen=True)
class Pricelist:
    """Every printed price as an offer."""

    rulebook: Rulebook
    leave_out_old: bool = False

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """The offers, in the order of the registry."""
        about = self.rulebook.registry
        today = datetime.date.fromisoformat(about.registry.date)
        stale = {source.id for source in about.sources if is_stale(source, today)}
        made = (Offer(service, price, self.parts(price.party, service), price.source.document in stale)
                for service in about.services for price in service.prices)
        return tuple(offer for offer in made if not (self.leave_out_old and offer.old))

    @cached_property
    def by_part(self) -> dict[Part, list[Offer]]:
        """The offers that pay for each part."""
        found: dict[Part, list[Offer]] = defaultdict(list)
        for offer in self.offers:
            for part in offer.covers:
                found[part].append(offer)
        return dict(found)

    def parts(self, person: str, service: Service) -> frozenset[Part]:
        """What somebody takes: for a package, the single service of each parent."""
        if person == BOTH and service.combines:
            singles = [self.rulebook.services[id] for id in service.combines]
            for people in permutations(PARENTS, len(singles)) if len(singles) <= len(PARENTS) else ():
                if all(one in single.for_whom.parties for one, single in zip(people, singles, strict=True)):
                    return frozenset(Part(one, single.id) for one, single in zip(people, singles, strict=True))
        return frozenset({Part(person, service.id)})

    def ways(self, parts: frozenset[Part]) -> Iterator[Way]:
        """Every way to pay for all of these parts, and for each of them once."""
        if not parts:
            yield Way(())
            return
        for offer in self.by_part.get(min(parts), ()):
            if offer.covers <= parts:
                for rest in self.ways(parts - offer.covers):
                    yield Way((offer, *rest.offers))

    def choice(self, parts: frozenset[Part]) -> Choice:
        """The ways to pay for these parts or, where some have no price, for as many of them as can be."""
        for size in range(len(parts), 0, -1):
            ways = [way for some in combinations(sorted(parts), size) for way in self.ways(frozenset(some))]
            if ways:
                paid = frozenset().union(*(offer.covers for offer in ways[0].offers))
                same = (way for way in ways if frozenset().union(*(offer.covers for offer in way.offers)) == paid)
                return Choice(parts, tuple(sorted(same, key=_cheapest)), parts - paid)
        return Choice(parts, (), parts)


def alternatives(rulebook: Rulebook, person: str) -> tuple[tuple[Service, ...], ...]:
    """Groups of services for one person of which a family takes one: their documents name each instead of another, they
    are of the same kind, and their prices may be compared. Which of them fits is for their criteria, never for a price."""
    offers = {offer.service.id: offer for offer in Pricelist(rulebook).offers
              if offer.price.party == person and offer.service.tier is Tier.CORE}
    groups: list[list[str]] = []
    for id, offer in offers.items():
        joined = [group for group in groups if any(_instead(offer, offers[other]) for other in group)]
        groups = [group for group in groups if group not in joined] + [[*(one for group in joined for one in group), id]]
    return tuple(tuple(offers[id].service for id in offers if id in group) for group in groups if len(group) > 1)


def _instead(one: Offer, other: Offer) -> bool:
    named = other.service.id in one.service.related.instead or one.service.id in other.service.related.instead
    return named and one.service.kind is other.service.kind and one.basis == other.basis


def cost(line: Line, prices: Pricelist, every: Pricelist) -> Costed:
    """What a line costs by some prices; `every`, those with the old ones, tell what was left out."""
    people, services = zip(*line.takes, strict=True)
    choices = []
    for ids in product(*services):
        taken = (prices.parts(person, prices.rulebook.services[id]) for person, id in zip(people, ids, strict=True))
        choices.append(prices.choice(frozenset().union(*taken)))
    fewest = min(len(choice.without) for choice in choices)
    best = tuple(choice for choice in choices if len(choice.without) == fewest)
    old = (choice.without - every.choice(choice.parts).without for choice in best)
    return Costed(line, best, frozenset().union(*old))


@dataclass(frozen=True)
class Reckoning:
    """A caseload worked out."""

    rulebook: Rulebook
    caseload: Caseload

    @cached_property
    def prices(self) -> Pricelist:
        """The prices that are used."""
        return Pricelist(self.rulebook, self.caseload.leave_out_old)

    @cached_property
    def lines(self) -> tuple[Costed, ...]:
        """Every line with what it costs."""
        every = Pricelist(self.rulebook) if self.caseload.leave_out_old else self.prices
        return tuple(cost(line, self.prices, every) for line in self.caseload.lines)

    @property
    def families(self) -> int:
        """How many families there are; somebody who comes alone is one."""
        return sum(line.number for line in self.caseload.lines)

    @property
    def people(self) -> People:
        """How many of them have a price."""
        def count(parts: Collection[Part]) -> int:
            return sum(part.people for part in parts)

        found: dict[str, int] = defaultdict(int)
        for costed in self.lines:
            number, one = costed.line.number, costed.choices[0]  # in every choice as many have a price
            found["left_out"] += number * count(one.without & costed.left_out)
            for part in one.without - costed.left_out:
                free = self.rulebook.services[part.service].price_status is PriceStatus.FREE
                found["free" if free else "no_price"] += number * part.people
            found["not_added" if costed.standing is Standing.YEARS_DIFFER else "priced"] += number * count(one.parts - one.without)
        return People(*(found[key] for key in ("priced", "free", "no_price", "left_out", "not_added")))

    @property
    def totals(self) -> tuple[Total, ...]:
        """The printed prices together, apart for each year or undated document."""
        found: dict[Basis, list[Costed]] = defaultdict(list)
        for costed in self.lines:
            if costed.basis:
                found[costed.basis].append(costed)
        return tuple(Total(
            basis,
            sum(one.line.number * one.lowest.amount for one in costed),
            sum(one.line.number * one.highest.amount for one in costed),
            sum(one.line.number for one in costed),
            sum(one.line.number * sum(part.people for offer in one.lowest.offers for part in offer.covers) for one in costed),
            any(offer.old for one in costed for way in one.ways for offer in way.offers),
        ) for basis, costed in found.items())

    @property
    def saved(self) -> int:
        """Pounds that packages save beside their singles, where it is settled what a family takes."""
        return sum(costed.line.number * (costed.saved or 0) for costed in self.lines)

    @property
    def may_be_couples(self) -> tuple[MayBeCouples, ...]:
        """Who, of those counted alone, would cost less as a couple. Nobody is assumed to be one."""
        alone: dict[Part, int] = defaultdict(int)
        for costed in self.lines:
            if len(costed.choices) == 1 and len(costed.choices[0].parts) == 1:
                alone[min(costed.choices[0].parts)] += costed.line.number
        found = []
        for package in self.rulebook.packages:
            parts = self.prices.parts(BOTH, package)
            costed = Costed(Line(1, ((BOTH, (package.id,)),)), (self.prices.choice(parts),), frozenset())
            at_most = min(alone[part] for part in parts)
            if at_most and costed.standing is Standing.PRICED and costed.saved:
                found.append(MayBeCouples(package, at_most, costed.saved))
        return tuple(found)

    @property
    def may_follow(self) -> tuple[tuple[Service, Service], ...]:
        """Services taken that a document lets another follow, which is then paid for too."""
        services = self.rulebook.services
        taken = {id for line in self.caseload.lines for _, ids in line.takes for id in ids}
        singles = {part.service for costed in self.lines for choice in costed.choices for part in choice.parts}
        return tuple((services[id], services[next]) for id in services if id in taken | singles
                     for next in services[id].related.after if services[next].prices)

    @property
    def on_request(self) -> tuple[Service, ...]:
        """Packages of the same provider whose price is on request, where parents are paid for singly."""
        single = [costed.lowest.offers for costed in self.lines
                  if costed.lowest and len(costed.choices) == 1 and len(costed.lowest.offers) > 1]
        providers = {offer.service.provider for offers in single for offer in offers}
        return tuple(service for service in self.rulebook.services.values() if service.provider in providers
                     and BOTH in service.for_whom.parties and service.price_status is PriceStatus.ON_REQUEST)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Every price that is used or compared."""
        used = {id(offer) for costed in self.lines for way in costed.ways for offer in way.offers}  # quicker than comparing
        return tuple(offer for offer in self.prices.offers if id(offer) in used)

    @property
    def services(self) -> tuple[Service, ...]:
        """Every service that somebody may take, as it is bought."""
        found = {offer.service.id for costed in self.lines for choice in costed.choices for way in choice.ways[:1]
                 for offer in way.offers}
        found |= {part.service for costed in self.lines for part in costed.without | costed.left_out}
        return tuple(self.rulebook.services[id] for id in self.rulebook.services if id in found)

    @property
    def limit(self) -> datetime.date | None:
        """The day by which reports are wanted: of the hearing, or where 26 weeks from the start would end."""
        if self.caseload.court or not self.caseload.start:
            return self.caseload.court
        return self.caseload.start + datetime.timedelta(weeks=COURT_LIMIT_WEEKS)

    @property
    def times(self) -> tuple[When, ...]:
        """The course of every service."""
        return tuple(self._when(service) for service in self.services)

    def _when(self, service: Service) -> When:
        placed = place(service.timeline) if service.timeline else None
        if not placed:
            return When(service, None, None, None)
        start = self.caseload.start
        ends = dated(service.timeline, start) if start else None
        bounds = ([(one.earliest_end, one.latest_end, self.limit) for one in ends] if ends else
                  [(one.earliest[1], one.latest[1], COURT_LIMIT_WEEKS) for one in placed])
        fits, open_ended = [], False
        for one, (earliest, latest, limit) in zip(placed, bounds, strict=True):
            open_ended = open_ended or one.step.at_least  # then how late it may be is not printed
            fits.append(Fit.NO if earliest > limit else Fit.PERHAPS if open_ended or latest > limit else Fit.YES)
        return When(service, placed, ends, tuple(fits))


def _cheapest(way: Way) -> tuple[int, int]:
    return way.amount, len(way.offers)


def reckon(rulebook: Rulebook, caseload: Caseload) -> Reckoning:
    """What a caseload costs and how long it takes."""
    return Reckoning(rulebook, caseload)

