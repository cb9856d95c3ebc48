"""Quantities are more than nothing and within reason, and no least figure is above its most."""

import pytest

from tests.registry.registries import told

MOST = {"weeks": 260, "months": 60, "sessions": 200, "hours": 500, "hours_each": 40, "minutes_each": 480,
        "worker_hours": 500}


def step(tmp_path, name, value):
    return told(tmp_path, ("          weeks: 1\n", f"          {name}: {value}\n"))


@pytest.mark.parametrize(("name", "most"), MOST.items())
def test_nothing_less_than_nothing_and_too_much_are_told(tmp_path, name, most):
    for value in (0, -1, -0.5, most + 1):
        assert step(tmp_path, name, value) == [(
            f"services[0].timeline.steps[0].{name}", f"{name}: {value}",
            f"found '{value}', expected more than 0 and at most {most}. "
            "Check it against the document; leave it out where it is not printed.")]


@pytest.mark.parametrize(("name", "most"), MOST.items())
def test_a_range_the_wrong_way_round_is_told(tmp_path, name, most):
    changed = f"{{min: {most}, max: 2.5}}"
    assert step(tmp_path, name, changed) == [(
        f"services[0].timeline.steps[0].{name}", f"{name}: {changed}",
        f"found min {most} above max 2.5, expected min not above max. Swap the two.")]


@pytest.mark.parametrize(("name", "most"), MOST.items())
def test_a_range_that_is_too_wide_is_told(tmp_path, name, most):
    [low] = step(tmp_path, name, "{min: 0, max: 1}")
    [high] = step(tmp_path, name, f"{{min: 1, max: {most + 1}}}")
    assert low.message.startswith("found '0', expected more than 0")
    assert high.message.startswith(f"found '{most + 1}', expected more than 0 and at most {most}.")


@pytest.mark.parametrize(("name", "most"), MOST.items())
def test_a_little_and_the_most_are_sound(tmp_path, name, most):
    for value in (0.5, most, f"{{min: 0.5, max: {most}}}", "{min: 2, max: 2}"):
        assert step(tmp_path, name, value) == []


@pytest.mark.parametrize(("name", "change", "age"), [("min", "min: 18\n", -1), ("max", "max: 90\n", 121)])
def test_an_age_that_nobody_has_is_told(tmp_path, name, change, age):
    assert told(tmp_path, (change, f"{name}: {age}\n")) == [(
        f"services[0].for_whom.ages.{name}", f"{name}: {age}",
        f"found '{age}', expected an age in years. Check it against the document.")]


def test_ages_the_wrong_way_round_are_told(tmp_path):
    assert told(tmp_path, ("min: 18\n", "min: 91\n")) == [(
        "services[0].for_whom.ages", "ages:", "found min 91 above max 90, expected min not above max. Swap the two.")]


@pytest.mark.parametrize("change", ["min: 18\n", "max: 90\n"])
def test_an_age_may_be_open_at_either_end(tmp_path, change):
    assert told(tmp_path, (f"        {change}", "")) == []


def test_a_finding_about_nobody_is_told(tmp_path):
    assert told(tmp_path, ("n: 10\n", "n: 0\n")) == [(
        "services[0].findings[0].n", "n: 0",
        "found '0', expected a count of people or cases. Leave n out where it is not printed.")]


def test_a_finding_about_nobody_in_a_study_is_told(tmp_path):
    assert told(tmp_path, ("direction: supports\n", "direction: supports\n        n: 0\n")) == [(
        "evidence[0].findings[0].n", "n: 0",
        "found '0', expected a count of people or cases. Leave n out where it is not printed.")]


def test_a_question_with_its_years_the_wrong_way_round_is_told(tmp_path):
    fault, *_ = told(tmp_path, questions=(("{min: 0, max: 110}", "{min: 110, max: 0}"),))
    assert fault == ("questions[4].years", "years: {min: 110, max: 0}",
                     "found min 110 above max 0, expected min not above max. Swap the two.")
