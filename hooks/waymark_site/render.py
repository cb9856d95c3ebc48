"""Turn the registry into the HTML of pages: one autoescaping environment, one function.

Everything from the registry passes through here and nowhere else, so nothing written in it can
become markup. A name that a template misspells is an error, not an empty space.
"""

import posixpath
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from quiz import model
from quiz.instead import FOR_WORKERS
from quiz.timeline import COURT_LIMIT_WEEKS
from quiz.wording import amount, day, initial, length, pounds, sentence, timing
from waymark_site import handout, history, timeline_chart, wording
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


def fragment(site: Site, page: Page, address: str = "", project: str = "") -> Markup:
    """The generated part of a page; `address` is where the page will stand, with its host, and `project` where the
    registry is kept, where these are known.

    Raises jinja2.UndefinedError for a name that a template misspells.
    """
    def link(target: str) -> str:
        return relative(page.url, target)

    return Markup(_environment().get_template(f"{page.fragment}.html").render(
        site=site, registry=site.registry, page=page, address=address, kept_at=history.kept_at(project), link=link,
        cites=Citations(), **page.data(site)))


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
    environment.globals |= {"chart": timeline_chart.chart, "court_limit": COURT_LIMIT_WEEKS, "wording": wording,
                            "timing": timing, "length": length, "handout": handout.text, "error_report": handout.report,
                            "history": history.days, "next_due": history.next_due, "for_workers": FOR_WORKERS}
    return environment
