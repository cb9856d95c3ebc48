"""A first search in a real browser: the bytes that only the search needs, and the time to the first result."""

import re
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

import bench_visit
from waymark_site import search_index

WORD = "refuge"
"""What is searched for: a word of both sites."""
RUNS = 3
"""How often, each time by somebody who never was there before."""
LONGEST = 600_000
"""Milliseconds to wait for a result."""


@dataclass(frozen=True)
class Way:
    """How a site is searched."""

    page: str
    """The page on which the search is."""
    box: str
    """Where words are typed, as a selector."""
    result: str
    """What a result looks like, as a selector."""
    files: re.Pattern[str]
    """The places of files that are there for the search alone."""


OURS = Way("search/", "#search-words", "#search-results a", re.compile(r"search/$|assets/site/search|pagefind/"))
STOCK = Way("", ".md-search__input", ".md-search-result__item a", re.compile(r"search/|assets/javascripts/(workers|lunr)/"))


@dataclass(frozen=True)
class Search:
    """What one search took."""

    sent: int
    """Bytes of what is there for the search alone, as sent."""
    seconds: float
    """From the opening of the page, with the word typed as soon as it is loaded, to the first result."""


def searched(site: Path) -> set[str]:
    """The places of the pages that the search of our site leads to."""
    folder = site / search_index.FOLDER / "fragment"
    return {search_index.place(file).partition("#")[0].rstrip("/") for file in folder.iterdir()}


def first_search(site: Path, way: Way) -> Search:
    """Search a built site; the middle of several runs."""
    runs = [_search(site, way) for _ in range(RUNS)]
    return Search(round(statistics.median(run.sent for run in runs)), statistics.median(run.seconds for run in runs))


def _search(site: Path, way: Way) -> Search:
    visit = bench_visit.Visit()
    with bench_visit.served(site, visit) as home, bench_visit.visitor() as page:
        start = time.perf_counter()
        page.goto(home + way.page)
        page.locator(way.box).press_sequentially(WORD)
        page.wait_for_selector(way.result, state="attached", timeout=LONGEST)
        seconds = time.perf_counter() - start
    return Search(sum(size for place, size in visit.bodies.items() if way.files.match(place)), seconds)
