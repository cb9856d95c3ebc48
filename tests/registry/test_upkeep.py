"""What falls due is told with its day: neither a day too early, nor a day too late, and in the words of the registry."""

import datetime

import pytest

from quiz.standing import is_stale
from tests.registry import real
from tests.registry.registries import write
from waymark_site import check, pages, upkeep
from waymark_site.registry import opened, read
from waymark_site.upkeep import Concern

TODAY = datetime.date(2026, 6, 30)


@pytest.fixture
def small(tmp_path):
    """Reads the small sound registry after changes."""
    return lambda *changes: read(*write(tmp_path, *changes))


def told(registry, today):
    """What is due, by concern, and what comes next: ids only."""
    found = upkeep.dues(registry)
    due = {concern: [one.id for one in ones] for concern, ones in upkeep.overdue(found, today).items()}
    return due, [one.id for one in upkeep.ahead(found, today)]


@pytest.mark.parametrize(("today", "due"), [
    (datetime.date(2028, 12, 31), False), (datetime.date(2029, 1, 1), True), (datetime.date(2029, 1, 2), True)])
def test_a_source_is_due_from_the_first_day_of_the_year_after_its_limit(small, today, due):
    ids = told(small(), today)[0][Concern.LIMIT]  # the handbook speaks for 2025, for three years
    assert ids == (["old-guide", "handbook"] if due else ["old-guide"])


def test_a_source_is_due_just_when_the_site_shows_it_as_old():
    registry = real.registry()
    for year in range(2010, 2035):
        today = datetime.date(year, 1, 1)
        old = {source.id for source in registry.sources if is_stale(source, today)}
        assert set(told(registry, today)[0].get(Concern.LIMIT, ())) == old


@pytest.mark.parametrize(("section", "concern", "days"), [("helplines", Concern.HELPLINE, 183), ("providers", Concern.STATUS, 365)])
def test_what_was_checked_falls_due_after_its_time_and_not_before(small, section, concern, days):
    registry = small()
    for one in getattr(registry, section):
        checked = datetime.date.fromisoformat(one.checked if section == "helplines" else one.status.checked)
        last = checked + datetime.timedelta(days - 1)
        assert one.id not in told(registry, last)[0].get(concern, ())
        assert one.id in told(registry, last + datetime.timedelta(1))[0][concern]


def test_what_nobody_has_verified_is_due_at_once_and_the_rest_is_not(small):
    assert Concern.UNVERIFIED not in told(small(), TODAY)[0]
    changed = small(("state: historic", "state: unverified"))
    assert told(changed, TODAY)[0][Concern.UNVERIFIED] == ["harbour"]


def test_a_source_without_a_date_falls_due_a_year_after_it_was_read(small):
    changed = small(("    address: https://bridge.example.org/", '    checked: "2026-06-01"'))
    assert Concern.READ not in told(changed, datetime.date(2027, 5, 31))[0]
    assert told(changed, datetime.date(2027, 6, 1))[0][Concern.READ] == ["bridge-page"]


def test_what_comes_next_is_within_three_months_or_else_the_very_next(small):
    registry = small()
    days = sorted({one.on for one in upkeep.dues(registry) if one.on > TODAY})
    before = days[0] - datetime.timedelta(upkeep.AHEAD_DAYS)
    near = {one.id for one in upkeep.dues(registry) if one.on == days[0]}
    assert near <= set(told(registry, before)[1])
    assert set(told(registry, before - datetime.timedelta(200))[1]) == near
    assert told(registry, datetime.date(2100, 1, 1))[1] == []


def test_every_source_status_and_helpline_of_the_real_registry_is_watched():
    plain = real.data()
    watched = {(one.section, one.id) for one in upkeep.dues(real.registry())}
    assert {("helplines", line["id"]) for line in plain["helplines"]} <= watched
    assert {("providers", one["id"]) for one in plain["providers"]} <= watched
    assert {("services", one["id"]) for one in plain["services"] if "status" in one} <= watched
    unwatched = [one for one in plain["sources"] if ("sources", one["id"]) not in watched]
    assert all("year" in one and "stale_after_years" not in one for one in unwatched)  # dated, and never said to age


def test_the_command_tells_each_with_its_line(tmp_path):
    services, questions = write(tmp_path, ("state: historic", "state: unverified"))
    lines = list(check.warnings(opened(services, questions), TODAY))
    text = services.read_text().splitlines()
    assert lines[1] == "On 30 June 2026: 2 to look at. This stops no build."
    old, = [line for line in lines if ": old-guide:" in line]
    assert old.endswith("old-guide: since 1 January 2014 (speaks for 2010, to be shown as old after 3 years)")
    assert text[int(old.split(":")[1]) - 1].strip() == "- id: old-guide"
    assert "Providers and services that nobody has verified (1)" in lines
    assert lines.index("Sources past their limit (1)") < lines.index("Providers and services that nobody has verified (1)")


def test_nothing_is_due_before_the_day_of_the_registry(tmp_path, monkeypatch, capsys):
    write(tmp_path)
    (tmp_path / "quiz").mkdir()
    (tmp_path / "questions.yaml").rename(tmp_path / "quiz" / "questions.yaml")
    monkeypatch.setattr(check, "ROOT", tmp_path)
    monkeypatch.setattr(pages, "NAMED", ())  # the small registry has nothing that a page names
    assert check.main([], today=datetime.date(2020, 1, 1)) == 0  # a clock that is wrong
    assert "On 30 June 2026:" in capsys.readouterr().out
