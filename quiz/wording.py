"""How figures, dates and sentences are put in words: on pages, on paper and in the browser alike."""

from collections.abc import Mapping

from quiz.model import About, Price, Quantity, Service, Step
from quiz.timeline import bounds, total_weeks
from quiz.vocabulary import PriceUnit, Topic


def pounds(whole: int) -> str:
    """4700 as £4,700."""
    return f"£{whole:,}"


def amount(quantity: Quantity) -> str:
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


def sentences(*texts: str) -> str:
    """Several sentences as one text, the empty ones left out."""
    return " ".join(filter(None, texts))


def no_formula(text: str) -> str:
    """The text for a cell of CSV; one that a spreadsheet could take for a formula begins with an apostrophe."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


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


def price(one: Price, people: Mapping[str, str]) -> str:
    """A price with whom it is for: `£5,600, person using harm (2010 /11)`. `people` has their short labels."""
    return pounds(one.amount) + price_terms(one, people)


def price_terms(one: Price, people: Mapping[str, str]) -> str:
    """What stands behind the amount."""
    return (" per person" if one.unit is PriceUnit.PERSON else "") + f", {people[one.party].lower()}" \
        + (f" ({one.period})" if one.period else "")


def length(service: Service) -> str:
    """How long a service takes, as far as that is printed: `22 weeks`, `12 sessions`, `Not printed`."""
    total = total_weeks(service.timeline) if service.timeline else None
    if total:
        return f"{span(*total)} weeks"
    if service.timeline:
        step = next((step for step in service.timeline.steps if step.sessions), service.timeline.steps[0])
        return ", ".join(timing(step)) or "Steps printed, no length"
    return unsaid(service, Topic.TIMESCALE)


def unsaid(service: Service, topic: Topic) -> str:
    """Why there is nothing on a topic."""
    return "Does not apply" if topic in service.not_applicable else "Not printed"


def edition(about: About) -> str:
    """That a local edition is in force, whose and of which day, as a sentence; empty where none is."""
    local = about.local
    return f"Local edition for {local.name}, kept by {local.maintainer}, {day(local.date)}." if local else ""


def local_part(about: About, id: str) -> str:
    """What is local about a service, as a sentence: `Local to Surrey: a contact and the price.` Empty where nothing is."""
    local = about.local
    return f"Local to {local.name}: {local.parts[id]}." if local and id in local.parts else ""
