"""What a service takes, as figures that can be laid beside those of others: sessions, hours and weeks.

A figure is printed, or worked out from printed ones by adding up steps, or by sessions times their length. Where that
cannot be done, there is none, and the reason stands in its place: never nought, and never nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from quiz.model import Quantity, Service, Step, Timeline
from quiz.timeline import bounds, total_weeks
from quiz.vocabulary import Topic
from quiz.wording import amount, initial, span, timing, unsaid


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure from its lowest to its highest, or why there is none."""

    span: tuple[float, float] | None
    text: str
    """The figure in words; or the reason."""
    more: tuple[str, ...] = ()
    """What it is made of, and what is printed beside it."""


def sessions(service: Service) -> Figure:
    """How many sessions are printed, all steps together."""
    if not (timeline := service.timeline):
        return Figure(None, unsaid(service, Topic.TIMESCALE))
    counted = [step for step in timeline.steps if step.sessions is not None]
    if not counted:
        return Figure(None, "Number not printed", _often(timeline))
    whole = _added(bounds(step.sessions) for step in counted)
    return Figure(whole, _hedge(counted) + span(*whole), _parts(counted, lambda step: step.sessions))


def hours(service: Service) -> Figure:
    """How many hours with people are printed, or follow from sessions and their length."""
    if not (timeline := service.timeline):
        return Figure(None, unsaid(service, Topic.TIMESCALE))
    steps = [(step, _hours(step)) for step in timeline.steps]
    behind = tuple(f"{_hedge([step])}{amount(step.worker_hours)} hours of worker time: {step.name}"
                   for step, _ in steps if step.worker_hours is not None)
    known = [(step, found) for step, found in steps if found]
    if not known or any(found is None and _is_met(step) for step, found in steps):
        each = tuple(f"{phrase}: {step.name}" for step, _ in steps for phrase in timing(step)
                     if phrase.endswith(("hour each", "hours each", "hours", "minutes each")))
        return Figure(None, "No total printed" if each or known else "Hours with people not printed", each + behind)
    whole = _added(found for _, found in known)
    made = tuple(f"{span(*found)}: {step.name}" for step, found in known if len(known) > 1) or tuple(
        f"{amount(step.sessions)} times {_length(step)}" for step, _ in known if step.hours is None)
    silent = [step.name for step, found in steps if found is None and step.worker_hours is None]
    return Figure(whole, _hedge(step for step, _ in known) + span(*whole),
                  made + ((f"Nothing printed for: {', '.join(silent)}",) if silent else ()) + behind)


def weeks(service: Service) -> Figure:
    """How many weeks it takes from its first step to its last, where each step is printed in weeks."""
    if not (timeline := service.timeline):
        return Figure(None, unsaid(service, Topic.TIMESCALE))
    if whole := total_weeks(timeline):
        return Figure(whole, _hedge(timeline.steps) + span(*whole))
    parts = tuple(f"{phrase}: {step.name}" for step in timeline.steps for phrase in timing(step)
                  if phrase.endswith(("week", "weeks", "month", "months")))
    return Figure(None, "Whole length not printed" if parts else "Weeks not printed", parts)


def weeks_to_report(service: Service) -> Figure:
    """How many weeks pass from the start of the clock to the report with which it ends."""
    if not service.report:
        return Figure(None, "Does not apply" if Topic.REPORT in service.not_applicable else "No report printed")
    whole = weeks(service)
    ends = service.timeline.ends_with if service.timeline else None
    if not whole.span or not ends or "report" not in ends.casefold():
        return Figure(None, "Time to the report not printed")
    return Figure(whole.span, whole.text, (f"From {service.timeline.clock} to {ends}" if service.timeline.clock
                                           else f"To {ends}; the start is not printed",))


def _hours(step: Step) -> tuple[float, float] | None:
    if step.hours is not None:
        return bounds(step.hours)
    each = step.hours_each if step.hours_each is not None else step.minutes_each
    if step.sessions is None or each is None:
        return None
    part = 1 if step.hours_each is not None else 60
    (few, many), (short, long) = bounds(step.sessions), bounds(each)
    return few * short / part, many * long / part


def _is_met(step: Step) -> bool:
    """Whether sessions are printed for a step, or how long one lasts, so that its hours are known in part."""
    return any(value is not None for value in (step.sessions, step.hours_each, step.minutes_each))


def _length(step: Step) -> str:
    return f"{amount(step.hours_each)} hours" if step.hours_each is not None else f"{amount(step.minutes_each)} minutes"


def _added(spans: Iterable[tuple[float, float]]) -> tuple[float, float]:
    lows, highs = zip(*spans, strict=True)
    return sum(lows), sum(highs)


def _parts(steps: list[Step], read: Callable[[Step], Quantity | None]) -> tuple[str, ...]:
    return tuple(f"{amount(read(step))}: {step.name}" for step in steps) if len(steps) > 1 else ()


def _often(timeline: Timeline) -> tuple[str, ...]:
    return tuple(f"{initial(step.frequency)}: {step.name}" for step in timeline.steps if step.frequency)


def _hedge(steps: Iterable[Step]) -> str:
    """`at least` or `about`, where a document says so of any of the steps."""
    steps = tuple(steps)
    return "at least " if any(step.at_least for step in steps) else "about " if any(step.approximate for step in steps) else ""
