"""Days are real, written as YYYY-MM-DD, and not after the registry's own."""

import pytest

from tests.registry.registries import told

DAYS = {
    "sources[0].checked": ("checked", "2026-06-01"), "providers[0].status.checked": ("checked", "2026-06-02"),
    "helplines[0].checked": ("checked", "2026-06-04"), "retired[0].on": ('"on"', "2026-05-01"),
}


def changed(tmp_path, key, old, new):
    return told(tmp_path, (f'{key}: "{old}"', f'{key}: "{new}"'))


@pytest.mark.parametrize(("path", "key", "day"), [(path, *rest) for path, rest in DAYS.items()])
def test_a_day_that_cannot_be_is_told(tmp_path, path, key, day):
    for wrong in ("2026-02-30", "2026-13-01", "1 June 2026", "2026-6-1", "20260601", "2026-W23-1", "soon",
                  "²²²²-06-01"):
        assert changed(tmp_path, key, day, wrong) == [(
            path, f'{key}: "{wrong}"', f"found '{wrong}', expected a day as YYYY-MM-DD. Write it as 2026-11-21.")]


@pytest.mark.parametrize(("path", "key", "day"), [(path, *rest) for path, rest in DAYS.items()])
def test_a_day_to_come_is_told(tmp_path, path, key, day):
    assert changed(tmp_path, key, day, "2026-07-01") == [(
        path, f'{key}: "2026-07-01"',
        "found 2026-07-01, after the registry's own date 2026-06-30, expected a day that has been. "
        "Correct it, or bring the registry's date up to date.")]


@pytest.mark.parametrize(("path", "key", "day"), [(path, *rest) for path, rest in DAYS.items()])
def test_the_day_of_the_registry_itself_is_sound(tmp_path, path, key, day):
    assert changed(tmp_path, key, day, "2026-06-30") == []


def test_the_day_of_the_registry_is_real(tmp_path):
    assert changed(tmp_path, "date", "2026-06-30", "2026-06-31") == [(
        "registry.date", 'date: "2026-06-31"',
        "found '2026-06-31', expected a day as YYYY-MM-DD. Write it as 2026-11-21.")]


def test_a_year_too_old_to_be_meant_is_told(tmp_path):
    assert told(tmp_path, ("    year: 2025", "    year: 1899")) == [(
        "sources[0].year", "year: 1899", "found '1899', expected a year from 1900 to 2026. Check it.")]


def test_a_year_to_come_is_told_and_so_is_the_day_it_was_checked(tmp_path):
    assert [fault.message for fault in told(tmp_path, ("    year: 2025", "    year: 2027"))] == [
        "found '2027', expected a year from 1900 to 2026. Check it.",
        "found checked in 2026, before 2027, expected a day after it was published. Check the year and the day."]


def test_a_source_is_not_checked_before_it_is_published(tmp_path):
    assert changed(tmp_path, "checked", "2026-06-01", "2024-12-31") == [(
        "sources[0].checked", 'checked: "2024-12-31"',
        "found checked in 2024, before 2025, expected a day after it was published. Check the year and the day.")]
