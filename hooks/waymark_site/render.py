"""Turn the registry into the HTML of pages: one autoescaping environment, one function.

Everything from the registry passes through here and nowhere else, so nothing written in it can
become markup. A name that a template misspells is an error, not an empty space.
"""

import posixpath
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from quiz import model
from quiz.instead import FOR_WORKERS
from quiz.timeline import COURT_LIMIT_WEEKS, bounds
from waymark_site import timeline_chart
from waymark_site.pages import Page
from waymark_site.search import Record
from waymark_site.site import Site

FRAGMENTS = Path(__file__).resolve().parent.parent / "theme" / "fragments"


class Citations:
    """The numbered sources of one page, in the order they are first cited."""

    def __init__(self) -> None:
        self._numbers: dict[model.Where, int] = {}

    def number(self, where: model.Where) -> int:
        """The number of a place in a document, from 1; the same place has the same number."""
        return self._numbers.setdefault(where, len(self._numbers) + 1)

    def __iter__(self):
        return iter(self._numbers.items())

    def __len__(self) -> int:
        return len(self._numbers)


def fragment(site: Site, page: Page) -> Markup:
    """The generated part of a page.

    Raises jinja2.UndefinedError for a name that a template misspells.
    """
    def link(target: str) -> str:
        return relative(page.url, target)

    return Markup(_environment().get_template(f"{page.fragment}.html").render(
        site=site, registry=site.registry, page=page, link=link, cites=Citations(), **page.data(site)))


def record(found: Record) -> str:
    """A record of the search, as the page that is indexed and never shown."""
    return _environment().get_template("_record.html").render(record=found)


def relative(here: str, target: str) -> str:
    """The address of a page of the site (or of `page#part`) as seen from another, both from the top."""
    path, mark, part = target.partition("#")
    if path == here and mark:
        return mark + part
    # an address that names a folder keeps its final slash
    found = posixpath.relpath("/" + path, "/" + here) if path != here else "."
    return found + ("/" if path.endswith("/") or not path else "") + mark + part


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FRAGMENTS), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"pounds": pounds, "amount": amount, "day": day, "sentence": sentence, "initial": initial}
    environment.globals |= {"bounds": bounds, "chart": timeline_chart.chart, "court_limit": COURT_LIMIT_WEEKS,
                            "for_workers": FOR_WORKERS, "timing": timing}
    return environment


def pounds(whole: int) -> str:
    """4700 as £4,700."""
    return f"£{whole:,}"


def amount(quantity: Any) -> str:
    """A quantity as people write it: 6, 2.5, 26 to 30."""
    low, high = bounds(quantity)
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


def timing(step: model.Step) -> list[str]:
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
