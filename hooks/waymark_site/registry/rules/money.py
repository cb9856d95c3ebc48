"""Money: exactly what is printed, or the reason nothing is."""

from collections.abc import Iterator

from quiz.vocabulary import PriceStatus
from waymark_site.registry.faults import Fault
from waymark_site.registry.view import View

MOST_POUNDS = 100_000
"""No published price for one family comes near it: more is a slip of the pen."""


def price_or_status(view: View) -> Iterator[Fault]:
    for path, service in view.each("services"):
        if service.prices and service.price_status:
            yield Fault((*path, "price_status"), f"prices and price_status '{service.price_status}'", "one of the two",
                        "Take price_status away where a price is printed.")
        elif not service.prices and not service.price_status:
            yield Fault(path, "no price and no price_status", "the printed prices, or why there is none",
                        f"Set price_status to one of {', '.join(PriceStatus)}.")


def sane(view: View) -> Iterator[Fault]:
    for path, service in view.each("services"):
        seen = set()
        for index, price in enumerate(service.prices):
            here = (*path, "prices", index)
            if not 0 < price.amount <= MOST_POUNDS:
                yield Fault((*here, "amount"), f"'{price.amount}'", f"whole pounds from 1 to {MOST_POUNDS:,}",
                            "Check it against the document; a service that is free has price_status free.")
            if (price.party, price.unit, price.period) in seen:
                yield Fault(here, f"a second price for '{price.party}'", "one for each party",
                            "Where a document prints two, record a disagreement.")
            seen.add((price.party, price.unit, price.period))
