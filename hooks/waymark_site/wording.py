"""How figures, dates and the short facts of a service are put in words: on pages and in plain text alike."""

from typing import Any

from quiz.model import Area, Price, Service, Step
from quiz.timeline import bounds
from quiz.vocabulary import Place, PriceUnit, Topic
from waymark_site.site import Site


def pounds(whole: int) -> str:
    """4700 as £4,700."""
    return f"£{whole:,}"


def amount(quantity: Any) -> str:
    """A quantity as people write it: 6, 2.5, 26 to 30."""
    return span(*bounds(quantity))


def span(low: float, high: float) -> str:
    """6, or 26 to 30."""
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def day(iso: str) -> str:
    """2026-11-21 as 21 November 2026."""
    year, month, number = iso.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]} {year}"


MONTHS = ("January", "February", "March", "April", "May", "June",
          "July", "August", "September", "October", "November", "December")


def sentence(text: str) -> str:
    """The text with a full stop, where it ends without a mark."""
    return text if text[-1:] in ".?!’”)" else text + "."


def initial(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def timing(step: Step) -> list[str]:
    """The printed figures of a step as short phrases: `12 sessions`, `about 6 weeks`, `at least 2 hours`."""
    least = "at least " if step.at_least else "about " if step.approximate else ""
    phrases = []
    for value, one, many in (
            (step.sessions, "session", "sessions"), (step.weeks, "week", "weeks"), (step.months, "month", "months"),
            (step.hours, "hour", "hours"), (step.hours_each, "hour each", "hours each"),
            (step.minutes_each, "minute each", "minutes each"),
            (step.worker_hours, "hour of worker time", "hours of worker time")):
        if value is not None:
            phrases.append(f"{least}{amount(value)} {one if value == 1 else many}")
    return phrases + ([step.frequency] if step.frequency else [])


def people(site: Site, service: Service) -> str:
    """Whom a service works with: `Victim or survivor, child`."""
    if service.safety_first:
        return "Any case at high risk"
    first, *rest = (site.people[party] for party in service.for_whom.parties)
    return ", ".join([first, *(label.lower() for label in rest)])


WIDE = {Place.UK_WIDE: "Across the UK", Place.VARIES: "Varies by area"}


def places(site: Site, area: Area) -> str:
    """Where a service is offered: `Surrey, West Sussex`."""
    return ", ".join(WIDE[place] if place in WIDE else site.labels["area"][place] for place in area.places)


def price(site: Site, one: Price) -> str:
    """A price with whom it is for: `£5,600, person using harm (2010 /11)`."""
    return pounds(one.amount) + price_terms(site, one)


def price_terms(site: Site, one: Price) -> str:
    """What stands behind the amount."""
    return (" per person" if one.unit is PriceUnit.PERSON else "") + f", {site.people[one.party].lower()}" \
        + (f" ({one.period})" if one.period else "")


def length(site: Site, service: Service) -> str:
    """How long a service takes, as far as that is printed: `22 weeks`, `12 sessions`, `Not printed`."""
    total = site.weeks(service)
    if total:
        return f"{span(*total)} weeks"
    if service.timeline:
        step = next((step for step in service.timeline.steps if step.sessions), service.timeline.steps[0])
        return ", ".join(timing(step)) or "Steps printed, no length"
    return unsaid(service, Topic.TIMESCALE)


def unsaid(service: Service, topic: Topic) -> str:
    """Why there is nothing on a topic."""
    return "Does not apply" if topic in service.not_applicable else "Not printed"
