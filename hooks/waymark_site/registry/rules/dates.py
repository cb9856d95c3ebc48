"""Time: quantities that can be, days that are, and old documents that do not pass as new."""

import datetime
from collections.abc import Iterator

from quiz import model
from quiz.standing import is_stale
from quiz.vocabulary import SourceKind, State
from waymark_site.registry.faults import Fault, Path
from waymark_site.registry.view import SECTIONS, View, of_kind

MOST = {"weeks": 260, "months": 60, "sessions": 200, "hours": 500, "hours_each": 40, "minutes_each": 480,
        "worker_hours": 500}
OLDEST_YEAR = 1900
OLDEST_AGE = 120


def quantities(view: View) -> Iterator[Fault]:
    for path, service in view.each("services"):
        steps = service.timeline.steps if service.timeline else ()
        for index, step in enumerate(steps):
            here = (*path, "timeline", "steps", index)
            for name, most in MOST.items():
                yield from _quantity((*here, name), getattr(step, name), most)
        ages = service.for_whom.ages
        if ages:
            here = (*path, "for_whom", "ages")
            for name in ("min", "max"):
                if getattr(ages, name) is not None and not 0 <= getattr(ages, name) <= OLDEST_AGE:
                    yield Fault((*here, name), f"'{getattr(ages, name)}'", "an age in years", "Check it against the document.")
            if ages.min is not None and ages.max is not None and ages.min > ages.max:
                yield Fault(here, f"min {ages.min} above max {ages.max}", "min not above max", "Swap the two.")
    for section in ("services", "evidence"):
        for path, holder in view.each(section):
            for index, finding in enumerate(holder.findings):
                if finding.n is not None and finding.n < 1:
                    yield Fault((*path, "findings", index, "n"), f"'{finding.n}'", "a count of people or cases",
                                "Leave n out where it is not printed.")
    for path, question in view.each("questions"):
        if question.years and question.years.min > question.years.max:
            yield Fault((*path, "years"), f"min {question.years.min} above max {question.years.max}",
                        "min not above max", "Swap the two.")


def days(view: View) -> Iterator[Fault]:
    head = view.registry.registry
    yield from day(("registry", "date"), head.date, None)
    for section in SECTIONS:
        for path, item in view.each(section):
            for name in ("checked", "on"):
                yield from day((*path, name), getattr(item, name, None), view.today)
            for at, status in of_kind(item, path, model.Status):
                yield from day((*at, "checked"), status.checked, view.today)
    for path, source in view.each("sources"):
        if source.year is not None and not OLDEST_YEAR <= source.year <= view.today.year:
            yield Fault((*path, "year"), f"'{source.year}'", f"a year from {OLDEST_YEAR} to {view.today.year}", "Check it.")
        if source.year and source.checked and source.checked[:4].isdecimal() and int(source.checked[:4]) < source.year:
            yield Fault((*path, "checked"), f"checked in {source.checked[:4]}, before {source.year}",
                        "a day after it was published", "Check the year and the day.")


def stale_is_shown(view: View) -> Iterator[Fault]:
    sources = {source.id: source for _, source in view.each("sources")}
    providers = {provider.id: provider for _, provider in view.each("providers")}
    for path, source in view.each("sources"):
        if source.kind is SourceKind.REGISTRY and source.year is not None and source.stale_after_years is None:
            yield Fault(path, f"year {source.year} without stale_after_years", "a limit, so that it can be shown as old",
                        "Set stale_after_years.")
    for path, service in view.each("services"):
        source, provider = sources.get(service.source.document), providers.get(service.provider)
        if source is None or provider is None or not is_stale(source, view.today):
            continue
        status = service.status or provider.status
        if status.state is State.ACTIVE and status.source.document == source.id:
            yield Fault((*path, "status"), f"'active' on the word of {source.id} ({source.date_printed})",
                        "a status that rests on something newer", "Set the status to unverified or historic.")


def _quantity(path: Path, value: model.Quantity | None, most: int) -> Iterator[Fault]:
    if value is None:
        return
    low, high = (value.min, value.max) if isinstance(value, model.Range) else (value, value)
    if low > high:
        yield Fault(path, f"min {low} above max {high}", "min not above max", "Swap the two.")
    elif not (0 < low and high <= most):
        yield Fault(path, f"'{low if low <= 0 else high}'", f"more than 0 and at most {most}",
                    "Check it against the document; leave it out where it is not printed.")


def day(path: Path, text: str | None, latest: datetime.date | None) -> Iterator[Fault]:
    """The fault of a day, as YYYY-MM-DD, that is none or is after the latest there may be."""
    if text is None:
        return
    try:
        found = datetime.datetime.strptime(text, "%Y-%m-%d").date() if len(text) == 10 else None
    except ValueError:
        found = None
    if found is None:
        yield Fault(path, f"'{text}'", "a day as YYYY-MM-DD", "Write it as 2026-11-21.")
        return
    if latest and found > latest:
        yield Fault(path, f"{text}, after the registry's own date {latest}", "a day that has been",
                    "Correct it, or bring the registry's date up to date.")
