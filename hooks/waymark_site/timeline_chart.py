"""A service's timeline as numbers for a drawing: bars on a line of weeks, for an SVG template."""

import math
from dataclasses import dataclass

from quiz import model
from quiz.timeline import COURT_LIMIT_WEEKS, place

LEFT, WIDTH, ROW, TOP, BAR = 4, 640, 46, 30, 16
"""Measures of the drawing in its own units: left margin, width of the scale, height of a row, top, height of a bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One step: where its bar stands, and how far it may move or stretch."""

    name: str
    weeks: str
    x: float
    y: float
    width: float
    slack_x: float
    slack_width: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the template draws."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, float], ...]
    limit_x: float
    width: int
    height: int
    bar_height: int
    total: str


def chart(timeline: model.Timeline) -> Chart | None:
    """The drawing of a timeline, or None where a step has no printed weeks."""
    placed = place(timeline)
    if not placed:
        return None
    earliest = max(item.earliest[1] for item in placed)
    latest = max(item.latest[1] for item in placed)
    most = max(latest, COURT_LIMIT_WEEKS) + 2
    scale = (WIDTH - 2 * LEFT) / most

    def x(weeks: float) -> float:
        return round(LEFT + weeks * scale, 1)

    bars = tuple(
        Bar(name=item.step.name, weeks=_span(item.earliest[1] - item.earliest[0], item.latest[1] - item.latest[0]),
            x=x(item.earliest[0]), y=TOP + index * ROW, width=round((item.earliest[1] - item.earliest[0]) * scale, 1),
            slack_x=x(item.earliest[1]), slack_width=round((item.latest[1] - item.earliest[1]) * scale, 1))
        for index, item in enumerate(placed))
    gap = 2 if most <= 32 else 2 ** math.ceil(math.log2(most / 16))
    ticks = tuple((week, x(week)) for week in range(0, int(most) + 1, gap * 2))
    return Chart(bars, ticks, x(COURT_LIMIT_WEEKS), WIDTH, TOP + len(bars) * ROW + 34, BAR, _span(earliest, latest))


def _span(low: float, high: float) -> str:
    return f"{low:g} weeks" if low == high else f"{low:g} to {high:g} weeks"
