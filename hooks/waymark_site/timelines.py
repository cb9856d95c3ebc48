"""Every service with a printed timescale on one line of weeks, as numbers for a drawing and a table.

A step is drawn to scale where its weeks are printed. Where they are not, and for every wait that a document speaks of
without a figure, a hatched mark of one width stands in its place: it is there, and nobody knows how long it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from quiz.model import Service, Step
from quiz.timeline import COURT_LIMIT_WEEKS, place
from quiz.wording import initial, span, timing
from waymark_site.site import Site

LABELS, LEAD, WIDTH = 390, 44, 1020
"""Measures of the drawing in its own units: width of the names, of what comes before the clock, and of all."""
LINE, BAR, HATCH, HEAD, GAP, TOP = 19, 11, 30, 24, 12, 34

RECEIPT = "receipt of documents"
"""The clock that the axis counts from."""


@dataclass(frozen=True, slots=True)
class Line:
    """One step, or one wait."""

    label: str
    printed: str
    """What is printed of its length."""
    y: float
    bar: tuple[float, float] | None = None
    """Where it is drawn to scale: left, and width at its shortest."""
    slack: tuple[float, float] | None = None
    """How much later it may end."""
    hatch: float | None = None
    """Where a mark of unknown length stands."""
    begins: str = ""
    """The weeks at which it begins, in words."""
    ends: str = ""
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """One service."""

    service: Service
    y: float
    lines: tuple[Line, ...]
    whole: str
    """All its weeks, in words."""
    lead: float | None
    """Where a mark stands because its clock is not printed."""


@dataclass(frozen=True, slots=True)
class Group:
    """The services whose clock starts with the same thing."""

    heading: str
    y: float
    courses: tuple[Course, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the template draws."""

    groups: tuple[Group, ...]
    ticks: tuple[tuple[int, float], ...]
    zero_x: float
    limit_x: float
    height: float
    width: int = WIDTH
    labels: int = LABELS
    bar: int = BAR
    hatch: int = HATCH

    @property
    def courses(self) -> tuple[Course, ...]:
        """Every service in it."""
        return tuple(course for group in self.groups for course in group.courses)


def timed(site: Site) -> list[Service]:
    """The services of which at least one step is printed in weeks or months."""
    return [service for service in site.registry.services if service.timeline
            and any(step.weeks is not None or step.months is not None for step in service.timeline.steps)]


def chart(site: Site) -> Chart:
    """The drawing of every service with a printed timescale."""
    services = timed(site)
    placed = {service.id: _placed(service) for service in services}
    most = max([COURT_LIMIT_WEEKS, *(ends[1] for steps in placed.values() for _, ends in steps.values())]) + 2
    scale = (WIDTH - LABELS - LEAD - HATCH) / most

    def x(weeks: float) -> float:
        return round(LABELS + LEAD + weeks * scale, 1)

    y, groups = float(TOP), []
    for clock in sorted({service.timeline.clock for service in services},
                        key=lambda clock: (clock != RECEIPT, clock is None, clock or "")):
        head, courses = y, []
        y += HEAD
        for service in services:
            if service.timeline.clock == clock:
                lines = tuple(replace(line, y=y + HEAD + at * LINE)
                              for at, line in enumerate(_lines(service, placed[service.id], x, scale)))
                whole = site.weeks(service)
                courses.append(Course(service, y, lines, f"{span(*whole)} weeks" if whole else "Whole length not printed",
                                      LABELS + LEAD - HATCH - 4 if clock is None else None))
                y += HEAD + len(lines) * LINE + GAP
        groups.append(Group(f"From {clock}" if clock else "What starts the clock is not printed", head, tuple(courses)))
    ticks = tuple((week, x(week)) for week in range(0, int(most) + 1, 4))
    return Chart(tuple(groups), ticks, x(0), x(COURT_LIMIT_WEEKS), y + 20)


Ends = dict[str, tuple[tuple[float, float], tuple[float, float]]]
"""By step: when it begins and when it ends, each as early and as late as can be."""


def _placed(service: Service) -> Ends:
    """The steps that are printed in weeks, on the line of weeks as far as that is known."""
    steps = tuple(step for step in service.timeline.steps if step.weeks is not None)
    return {item.step.id: ((item.earliest[0], item.latest[0]), (item.earliest[1], item.latest[1]))
            for item in place(replace(service.timeline, steps=steps)) or ()}


def _lines(service: Service, placed: Ends, x, scale: float) -> Iterator[Line]:
    reached, sure = 0.0, True
    for step in service.timeline.steps:
        printed = initial(", ".join(timing(step))) or "No length printed"
        if step.id in placed:
            (early, late), (ends, latest) = placed[step.id]
            yield Line(step.name, printed, 0, (x(early), round((ends - early) * scale, 1)),
                       (x(ends), round((latest - ends) * scale, 1)) if latest > ends else None, None,
                       f"Week {span(early, late)}" if sure else "Not known",
                       f"Week {span(ends, latest)}" if sure else "Not known", step)
            reached = max(reached, latest)
        else:
            yield Line(step.name, printed, 0, hatch=x(reached), begins="Not known", ends="Not known", step=step)
            sure = False
    if service.timeline.not_counted:
        yield Line("Time not counted", "No figure printed", 0, hatch=x(reached), begins="Not known", ends="Not known")
