"""What changed and what falls due, for programs that watch: two Atom feeds and a calendar.

A change is what the registry itself dates: its version, what was checked on a day, what was taken out, and the shape of the
data; and what was recorded with a version. What falls due comes from `upkeep`. Nothing is dated by the clock.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from xml.etree import ElementTree

from quiz import wording
from quiz.model import Registry
from waymark_site import upkeep
from waymark_site.opendata import api
from waymark_site.opendata.names import stable
from waymark_site.site import Site

FOLDER = "data/"
CHANGES, DUE, CALENDAR = f"{FOLDER}changes.atom", f"{FOLDER}due.atom", f"{FOLDER}due.ics"

ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to tell, and the day it belongs to."""

    key: tuple[str, ...]
    """What tells it apart, the same in each build."""
    day: str
    title: str
    says: str
    place: str
    """The page that it is about."""


def files(site: Site, address: str) -> Iterator[tuple[str, str]]:
    """The feeds and the calendar by their places on the site, which stands at `address`."""
    about = site.registry.registry
    yield CHANGES, atom("Waymark: changes", "changes", CHANGES, sorted(changes(site), key=lambda one: one.day, reverse=True), about.date, address)
    yield DUE, atom("Waymark: what falls due", "due", DUE, list(dues(site)), about.date, address)
    yield CALENDAR, calendar(site)


def changes(site: Site) -> Iterator[Entry]:
    """Every change that carries a day."""
    registry = site.registry
    about = registry.registry
    yield Entry(("version", about.version), about.date, f"Registry {about.version}",
                f"The registry has {len(registry.services)} entries from {len(site.main_sources)} documents.", "services/")
    for version in site.versions:
        names = dict.fromkeys(fact.name for fact in version.facts)
        yield Entry(("changed", version.version), version.date, f"Changed in registry {version.version}: {len(version.facts)} facts",
                    "\n".join(names) or "No fact.", "services/")
    for one in registry.retired:
        yield Entry(("retired", one.id), one.on, f"No longer listed: {one.name}", wording.sentence(one.reason), f"services/{one.id}/")
    for change in api.CHANGES:
        yield Entry(("shape", change.version), change.day, f"Open data {change.version}", change.says, FOLDER)
    for day, names in _checked(registry).items():
        yield Entry(("checked", day), day, f"Checked on {wording.day(day)}: {len(names)}", "\n".join(names), "sources/")


def dues(site: Site) -> Iterator[Entry]:
    """Everything that falls due, or has done so, the earliest first."""
    for due in upkeep.dues(site.registry):
        yield Entry(("due", due.concern, due.section, due.id, due.on.isoformat()), site.registry.registry.date,
                    f"{wording.day(due.on.isoformat())}: {due.name}", f"{due.concern.label}. {wording.sentence(wording.initial(due.says))}",
                    _page(site, due))


def _checked(registry: Registry) -> dict[str, list[str]]:
    """What was checked, by day."""
    days: dict[str, list[str]] = defaultdict(list)
    for thing in (*registry.providers, *registry.services):
        if thing.status:
            days[thing.status.checked].append(f"Status: {thing.name}")
    for source in registry.sources:
        if source.checked:
            days[source.checked].append(f"Source: {source.title}")
    for line in registry.helplines:
        days[line.checked].append(f"Helpline: {line.name}")
    return days


def _page(site: Site, due: upkeep.Due) -> str:
    if due.section == "helplines":
        return "helplines/"
    if due.section == "sources" and site.sources[due.id] not in site.main_sources:
        return f"sources/#{due.id}"
    return f"{due.section}/{due.id}/"


def atom(title: str, name: str, place: str, entries: list[Entry], day: str, address: str) -> str:
    """A feed, for a site that stands at `address`."""
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _add(feed, "id", stable("feed", name).urn)
    _add(feed, "title", title)
    _add(feed, "updated", _moment(max([day, *(entry.day for entry in entries)])))
    _add(feed, "rights", "CC BY 4.0")
    _add(_add(feed, "author"), "name", "Waymark")
    _add(feed, "link", rel="self", type="application/atom+xml", href=address + place)
    _add(feed, "link", rel="alternate", type="text/html", href=f"{address}{FOLDER}")
    for entry in entries:
        made = _add(feed, "entry")
        _add(made, "id", stable(*entry.key).urn)
        _add(made, "title", entry.title)
        _add(made, "updated", _moment(entry.day))
        _add(made, "link", rel="alternate", type="text/html", href=address + entry.place)
        _add(made, "content", entry.says, type="text")
    ElementTree.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, encoding="unicode")}\n'


def calendar(site: Site) -> str:
    """A day in a calendar for each concern that falls due on it, with all it is about."""
    stamp = site.registry.registry.date.replace("-", "") + "T000000Z"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Waymark//Review dates//EN", "X-WR-CALNAME:Waymark: what falls due"]
    for (on, concern), group in groupby(sorted(upkeep.dues(site.registry), key=_of_day), key=_of_day):
        things = list(group)
        lines += ["BEGIN:VEVENT", f"UID:{stable('review', concern, on.isoformat())}", f"DTSTAMP:{stamp}",
                  f"DTSTART;VALUE=DATE:{on:%Y%m%d}", f"DTEND;VALUE=DATE:{on + datetime.timedelta(1):%Y%m%d}",
                  f"SUMMARY:{_escaped(f'{concern.label}: {len(things)}')}",
                  f"DESCRIPTION:{_escaped(chr(10).join(f'{due.name} ({due.says})' for due in things))}", "TRANSP:TRANSPARENT", "END:VEVENT"]
    return "".join(f"{folded}\r\n" for line in (*lines, "END:VCALENDAR") for folded in _folded(line))


def _of_day(due: upkeep.Due) -> tuple[datetime.date, upkeep.Concern]:
    return due.on, due.concern


def _escaped(value: str) -> str:
    """A text as a calendar has it."""
    for sign in ("\\", ";", ","):
        value = value.replace(sign, "\\" + sign)
    return value.replace("\n", "\\n")


def _folded(line: str, most: int = 75) -> Iterator[str]:
    """A line in pieces of at most 75 bytes, of which each but the first begins with a space; no letter is cut."""
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > most:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    yield piece


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _add(parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, tag, attributes)
    made.text = text
    return made
