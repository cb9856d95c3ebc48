"""Steps are laid one after another on a line of weeks, and a gap in what is printed is never filled."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.model import Range, Step, Timeline, Where
from quiz.timeline import COURT_LIMIT_WEEKS, bounds, dated, place, total_weeks, weeks_left

PRINTED = Where(document="handbook", section="Programme")


def course(*steps):
    """A timeline of steps: weeks, a pair of least and most weeks, or None; in a list where it may overlap."""
    return Timeline(steps=tuple(_step(index, written) for index, written in enumerate(steps)))


def _step(index, written):
    overlaps = isinstance(written, list)
    weeks = written[0] if overlaps else written
    return Step(id=f"step-{index}", name="Step", source=PRINTED, may_overlap=overlaps,
                weeks=Range(min=weeks[0], max=weeks[1]) if isinstance(weeks, tuple) else weeks)


def lines(timeline):
    return [(item.earliest, item.latest) for item in place(timeline)]


# —— A figure or a range ——

@pytest.mark.parametrize(("quantity", "pair"), [(6, (6, 6)), (2.5, (2.5, 2.5)), (Range(min=26, max=30), (26, 30))])
def test_a_quantity_has_a_lowest_and_a_highest(quantity, pair):
    assert bounds(quantity) == pair


# —— Examples ——

def test_one_step():
    assert lines(course(4)) == [((0, 4), (0, 4))]


def test_steps_follow_one_another():
    assert lines(course(4, 12, 6)) == [((0, 4), (0, 4)), ((4, 16), (4, 16)), ((16, 22), (16, 22))]


def test_a_range_moves_what_follows():
    assert lines(course((2, 4), 6)) == [((0, 2), (0, 4)), ((2, 8), (4, 10))]


def test_a_step_that_may_overlap_begins_with_the_one_before_it_at_the_earliest():
    assert lines(course(4, [6], 2)) == [((0, 4), (0, 4)), ((0, 6), (4, 10)), ((6, 8), (10, 12))]


def test_a_short_step_inside_a_long_one_does_not_hasten_the_end():
    assert lines(course(10, [2], 3)) == [((0, 10), (0, 10)), ((0, 2), (10, 12)), ((10, 13), (12, 15))]


def test_a_first_step_has_nothing_to_overlap_with():
    assert lines(course([3])) == lines(course(3))


def test_steps_that_may_overlap_in_a_row_begin_together():
    assert lines(course(1, 4, [6], [2], 1)) == [
        ((0, 1), (0, 1)), ((1, 5), (1, 5)), ((1, 7), (5, 11)), ((1, 3), (11, 13)), ((7, 8), (13, 14))]


def test_a_first_step_has_nothing_to_overlap():
    assert lines(course([4], 2)) == [((0, 4), (0, 4)), ((4, 6), (4, 6))]


@pytest.mark.parametrize("steps", [(None,), (4, None), (None, 4), (4, [None], 6)])
def test_a_step_without_weeks_leaves_the_whole_unknown(steps):
    assert (place(course(*steps)), total_weeks(course(*steps)), weeks_left(course(*steps))) == (None, None, None)
    assert dated(course(*steps), datetime.date(2026, 1, 1)) is None


def test_months_and_sessions_are_not_turned_into_weeks():
    step = Step(id="work", name="Work", source=PRINTED, months=6, sessions=12, hours=30)
    assert total_weeks(Timeline(steps=(step,))) is None


def test_no_steps_are_no_weeks():
    assert (place(course()), total_weeks(course()), dated(course(), datetime.date(2026, 1, 1))) == ((), None, ())


@pytest.mark.parametrize(("steps", "weeks"), [
    ((4, 6, 6), (16, 16)), ((4, 12, 6), (22, 22)), (((26, 30),), (26, 30)), ((4, [6]), (6, 10)),
    ((2.5, 1), (3.5, 3.5)), ((10, [2]), (10, 12))])
def test_the_whole_is_from_the_clock_to_the_last_end(steps, weeks):
    assert total_weeks(course(*steps)) == weeks


# —— Against the court's limit, and on a calendar ——

def test_the_limit_for_care_proceedings_is_26_weeks():
    assert COURT_LIMIT_WEEKS == 26


@pytest.mark.parametrize(("steps", "left"), [((4, 6, 6), (10, 10)), ((4, 12, 6), (4, 4)), (((26, 30),), (0, -4)),
                                             ((20, [10]), (6, -4))])
def test_what_is_left_of_the_limit(steps, left):
    assert weeks_left(course(*steps)) == left


def test_another_limit_may_be_given():
    assert weeks_left(course(10), limit=12) == (2, 2)


def test_each_step_ends_on_a_day():
    assert [(item.earliest_end, item.latest_end) for item in dated(course(4, (2, 3)), datetime.date(2026, 1, 1))] == [
        (datetime.date(2026, 1, 29), datetime.date(2026, 1, 29)),
        (datetime.date(2026, 2, 12), datetime.date(2026, 2, 19))]


def test_a_part_of_a_day_counts_whole():
    [item] = dated(course(0.5), datetime.date(2026, 1, 1))
    assert item.earliest_end == datetime.date(2026, 1, 5)


def test_a_leap_day_counts():
    [item] = dated(course(1), datetime.date(2028, 2, 26))
    assert item.latest_end == datetime.date(2028, 3, 4)


# —— Any timeline ——

ranges = st.tuples(st.integers(1, 20), st.integers(0, 20)).map(lambda pair: (pair[0], pair[0] + pair[1]))
weeks = st.integers(1, 40) | ranges
timelines = st.lists(weeks | weeks.map(lambda one: [one]), min_size=1, max_size=6).map(lambda steps: course(*steps))


@given(timelines)
def test_every_step_is_placed_in_its_order(timeline):
    placed = place(timeline)
    assert [item.step for item in placed] == list(timeline.steps)
    assert all(before.earliest[0] <= after.earliest[0] and before.latest[1] <= after.latest[0]
               for before, after in zip(placed, placed[1:]))


@given(timelines)
def test_no_earliest_is_later_than_its_latest(timeline):
    for item in place(timeline):
        assert item.earliest[0] <= item.latest[0] and item.earliest[1] <= item.latest[1]


@given(timelines)
def test_every_step_lasts_as_long_as_printed(timeline):
    for item in place(timeline):
        assert (item.earliest[1] - item.earliest[0], item.latest[1] - item.latest[0]) == bounds(item.step.weeks)


@given(timelines)
def test_the_longest_course_is_every_longest_step_in_turn(timeline):
    assert total_weeks(timeline)[1] == sum(bounds(step.weeks)[1] for step in timeline.steps)


@given(timelines)
def test_the_shortest_course_is_no_shorter_than_any_step_nor_longer_than_all_in_turn(timeline):
    shortest = [bounds(step.weeks)[0] for step in timeline.steps]
    assert max(shortest) <= total_weeks(timeline)[0] <= sum(shortest)


@given(st.lists(weeks, min_size=1, max_size=6).map(lambda steps: course(*steps)))
def test_without_overlap_the_shortest_course_is_every_shortest_step_in_turn(timeline):
    assert total_weeks(timeline)[0] == sum(bounds(step.weeks)[0] for step in timeline.steps)


@given(timelines, st.integers(0, 5))
def test_one_unknown_step_anywhere_makes_the_whole_unknown(timeline, index):
    steps = list(timeline.steps)
    steps.insert(min(index, len(steps)), _step(99, None))
    assert total_weeks(Timeline(steps=tuple(steps))) is None


@given(timelines, st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 1, 1)))
def test_whole_weeks_end_on_the_weekday_they_began(timeline, start):
    for item in dated(timeline, start):
        assert start <= item.earliest_end <= item.latest_end
        assert item.earliest_end.weekday() == item.latest_end.weekday() == start.weekday()
