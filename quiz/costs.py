"""What the services taken forward cost, as far as it is printed.

Only printed prices are added. A service without one stays beside the total, with its reason, and is
never counted as nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quiz.model import Price, Service


@dataclass(frozen=True, slots=True)
class Saving:
    """What a package for both parents costs beside its single services."""

    package: Service
    price: int
    """Pounds for the package."""
    singles: int
    """Pounds for its single services, added up."""

    @property
    def saved(self) -> int:
        """Pounds saved; below nothing where the package costs more."""
        return self.singles - self.price


@dataclass(frozen=True, slots=True)
class Bill:
    """The printed prices of some services, and what they leave out."""

    prices: tuple[tuple[Service, Price], ...]
    total: int
    """Pounds: the sum of the printed prices."""
    unpriced: tuple[Service, ...]
    """The services without a printed price; their `price_status` is the reason."""
    extra_charges: tuple[Service, ...]
    """The services that charge something on top, without a printed figure."""


def bill(chosen: Iterable[tuple[Service, str]]) -> Bill:
    """The bill for services, each with the person (a value of `focus`) it is for."""
    prices, unpriced, extra = [], [], []
    for service, person in chosen:
        price = price_for(service, person)
        if price is None:
            unpriced.append(service)
        else:
            prices.append((service, price))
        if service.extra_charges:
            extra.append(service)
    return Bill(tuple(prices), sum(price.amount for _, price in prices), tuple(unpriced), tuple(extra))


def price_for(service: Service, person: str) -> Price | None:
    """The printed price of a service for one person, or None."""
    return next((price for price in service.prices if price.party == person), None)


def saving(package: Service, services: Mapping[str, Service]) -> Saving | None:
    """A package beside its single services, or None where any of their prices is not printed."""
    whole = price_for(package, "both_parents")
    singles = [services[id].prices[0] for id in package.combines if services[id].prices]
    if whole is None or not package.combines or len(singles) < len(package.combines):
        return None
    return Saving(package, whole.amount, sum(price.amount for price in singles))
