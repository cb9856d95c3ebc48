"""What falls due: the day on which each thing of the registry must be looked at again. Pure.

A fault stops a build; this does not. A source falls due when it passes its limit, or, where it has no date, a
year after it was read. A helpline falls due sooner than anything else, since a wrong number does most harm.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from quiz.model import Registry, Source, Status
from quiz.vocabulary import State, Word
from quiz.wording import day

HELPLINE_DAYS = 183
"""How long a telephone number may go without being checked: half a year."""

READ_DAYS = 365
"""How long a status, or a source without a year, may go without being looked at again."""

AHEAD_DAYS = 92
"""How far ahead is told what falls due: three months."""


class Concern(Word):
    """Why something must be looked at; most urgent first."""

    HELPLINE = "helpline", "Helplines to check again"
    LIMIT = "limit", "Sources past their limit"
    UNVERIFIED = "unverified", "Providers and services that nobody has verified"
    STATUS = "status", "Statuses to check again"
    READ = "read", "Sources without a date to read again"


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that must be looked at on a day, or since then."""

    on: datetime.date
    concern: Concern
    section: str
    """The section of the registry that it stands in."""
    index: int
    """Its place there, from 0."""
    id: str
    name: str
    says: str
    """Why that day, in a few words."""


def dues(registry: Registry) -> tuple[Due, ...]:
    """The next day on which each thing falls due, the earliest first; then in the order of the registry."""
    found = (*_of_sources(registry), *_of_statuses(registry), *_of_helplines(registry))
    return tuple(sorted(found, key=lambda due: due.on))


def overdue(found: Iterable[Due], today: datetime.date) -> dict[Concern, list[Due]]:
    """What is due by a day, by concern, the most urgent concern first."""
    due = [one for one in found if one.on <= today]
    return {concern: mine for concern in Concern if (mine := [one for one in due if one.concern is concern])}


def ahead(found: Iterable[Due], today: datetime.date) -> list[Due]:
    """What falls due within three months of a day; or else on the next day on which anything does."""
    later = [one for one in found if one.on > today]
    soon = [one for one in later if one.on <= today + datetime.timedelta(AHEAD_DAYS)]
    return soon or next((list(group) for _, group in groupby(later, key=lambda one: one.on)), [])


def _of_sources(registry: Registry) -> Iterator[Due]:
    for index, source in enumerate(registry.sources):
        def due(on: datetime.date, concern: Concern, says: str, index: int = index, source: Source = source) -> Due:
            return Due(on, concern, "sources", index, source.id, source.title, says)

        if source.year is not None and source.stale_after_years is not None:
            yield due(datetime.date(source.year + source.stale_after_years + 1, 1, 1), Concern.LIMIT,
                      f"speaks for {source.year}, to be shown as old after {_years(source.stale_after_years)}")
        elif source.checked and source.year is None:
            yield due(_after(source.checked, READ_DAYS), Concern.READ, f"no date printed, last read {day(source.checked)}")


def _of_statuses(registry: Registry) -> Iterator[Due]:
    for section in ("providers", "services"):
        for index, holder in enumerate(getattr(registry, section)):
            if holder.status:
                on, concern, says = _of_status(holder.status)
                yield Due(on, concern, section, index, holder.id, holder.name, says)


def _of_status(status: Status) -> tuple[datetime.date, Concern, str]:
    checked = f"{status.state.label.lower()}, last looked at {day(status.checked)}"
    if status.state is State.UNVERIFIED:
        return datetime.date.fromisoformat(status.checked), Concern.UNVERIFIED, checked
    return _after(status.checked, READ_DAYS), Concern.STATUS, checked


def _of_helplines(registry: Registry) -> Iterator[Due]:
    for index, line in enumerate(registry.helplines):
        yield Due(_after(line.checked, HELPLINE_DAYS), Concern.HELPLINE, "helplines", index, line.id, line.name,
                  f"{line.number}, last checked {day(line.checked)}")


def _after(iso: str, days: int) -> datetime.date:
    return datetime.date.fromisoformat(iso) + datetime.timedelta(days)


def _years(count: int) -> str:
    return f"{count} year{'' if count == 1 else 's'}"
