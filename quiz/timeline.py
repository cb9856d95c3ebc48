"""How long a service takes: the printed steps, laid one after another on a line of weeks.

A step whose length is not printed makes the whole length unknown: a gap is never filled.
"""

import datetime
import math
import re
from dataclasses import dataclass

from quiz.model import Quantity, Range, Step, Timeline

COURT_LIMIT_WEEKS = 26
"""The limit for care proceedings, counted from the day the case is issued (Children Act 1989, section 32)."""

YEARS = range(2000, 2101)
"""The years in which a start makes sense."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A step on the line of weeks, each bound as early as it can be (`earliest`) and as late (`latest`)."""

    step: Step
    earliest: tuple[float, float]
    """Start and end in weeks from the clock, when steps that may overlap do, and the shortest figures hold."""
    latest: tuple[float, float]
    """Start and end in weeks, when no steps overlap and the longest figures hold."""


def bounds(quantity: Quantity) -> tuple[float, float]:
    """The lowest and highest of a quantity: the same figure twice where only one is printed."""
    return (quantity.min, quantity.max) if isinstance(quantity, Range) else (quantity, quantity)


def place(timeline: Timeline) -> tuple[Placed, ...] | None:
    """Every step on a line of weeks, or None where the length of any step is not printed in weeks."""
    placed: list[Placed] = []
    start = (0.0, 0.0)  # where the step before began and may be joined: earliest, latest
    end = (0.0, 0.0)
    for step in timeline.steps:
        if step.weeks is None:
            return None
        shortest, longest = bounds(step.weeks)
        begins = (start[0] if step.may_overlap else end[0], end[1])
        finishes = (begins[0] + shortest, begins[1] + longest)
        placed.append(Placed(step, (begins[0], finishes[0]), (begins[1], finishes[1])))
        start = begins
        end = (max(end[0], finishes[0]), finishes[1])
    return tuple(placed)


def total_weeks(timeline: Timeline) -> tuple[float, float] | None:
    """The fewest and most weeks from the clock to the end, or None where a step is not printed in weeks."""
    placed = place(timeline)
    if not placed:
        return None
    return max(item.earliest[1] for item in placed), max(item.latest[1] for item in placed)


@dataclass(frozen=True, slots=True)
class Dated:
    """A step with dates: when it ends if all goes as fast as printed, and if nothing overlaps."""

    step: Step
    earliest_end: datetime.date
    latest_end: datetime.date


def dated(timeline: Timeline, start: datetime.date) -> tuple[Dated, ...] | None:
    """Every step with the dates it ends by, when its clock starts on a day; None where weeks are not printed.

    A part of a week counts as whole days, rounded up: a date is never too early.
    """
    placed = place(timeline)
    if placed is None:
        return None
    return tuple(Dated(item.step, _after(start, item.earliest[1]), _after(start, item.latest[1])) for item in placed)


def a_day(text: str) -> datetime.date:
    """The day on which a clock starts, from 2026-11-21. Raises ValueError, in words for the one who wrote it."""
    try:
        day = datetime.date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise ValueError(f"'{text}' is not a day from {YEARS[0]} to {YEARS[-1]}. Write it as 2026-11-21.")
    return day


def weeks_left(timeline: Timeline, limit: int = COURT_LIMIT_WEEKS) -> tuple[float, float] | None:
    """The most and fewest weeks left of a limit, below nothing where it is passed; None where weeks are not printed.

    The comparison leaves out everything before the clock of the timeline starts, waiting for a place,
    gaps between steps and extensions: it says what is left at best.
    """
    total = total_weeks(timeline)
    return None if total is None else (limit - total[0], limit - total[1])


def _after(start: datetime.date, weeks: float) -> datetime.date:
    return start + datetime.timedelta(days=math.ceil(weeks * 7))
