"""The feeds and the calendar can be read by other programs, say what the registry dates and nothing that a clock says."""

import dataclasses
import datetime
import re

import feedparser
import icalendar
import pytest

from quiz.model import Retired
from tests.site.building import SITE_URL
from waymark_site import upkeep
from waymark_site.opendata import api, feeds
from waymark_site.opendata.names import stable
from waymark_site.site import Site


@pytest.fixture(scope="module")
def changes(files):
    return feedparser.parse(files[feeds.CHANGES])


@pytest.fixture(scope="module")
def due(files):
    return feedparser.parse(files[feeds.DUE])


@pytest.fixture(scope="module")
def events(files):
    return icalendar.Calendar.from_ical(files[feeds.CALENDAR]).walk("VEVENT")


@pytest.mark.parametrize("name", ["changes", "due"])
def test_a_feed_is_an_atom_feed_that_says_where_it_is(name, request, files):
    feed = request.getfixturevalue(name)
    assert (feed.version, feed.bozo) == ("atom10", False)
    assert feed.feed.title and feed.feed.author and feed.feed.id.startswith("urn:uuid:")
    assert {link.rel: link.href for link in feed.feed.links}["self"] == f"{SITE_URL}data/{name}.atom"
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) > 0
    for entry in feed.entries:
        assert entry.title and entry.link.startswith(SITE_URL) and entry.content[0].value and entry.updated_parsed, entry.id


def test_the_newest_change_comes_first_and_dates_the_feed(changes):
    days = [entry.updated for entry in changes.entries]
    assert days == sorted(days, reverse=True) and changes.feed.updated == days[0]


def test_the_changes_are_those_that_the_registry_dates(changes, site):
    about = site.registry.registry
    told = {entry.title: entry for entry in changes.entries}
    assert told[f"Registry {about.version}"].updated == f"{about.date}T00:00:00Z"
    assert {f"Open data {change.version}" for change in api.CHANGES} <= told.keys()
    checked = "\n".join(entry.content[0].value for entry in changes.entries if entry.title.startswith("Checked on"))
    assert all(f"Helpline: {line.name}" in checked for line in site.registry.helplines)
    assert all(f"Source: {source.title}" in checked for source in site.registry.sources if source.checked)


def test_what_is_taken_out_is_told_with_its_reason_and_day(site):
    gone = Retired(id="gone", name="A service that is gone", reason="It was merged", on="2031-04-05")
    made = dict(feeds.files(Site(dataclasses.replace(site.registry, retired=(gone,))), SITE_URL))
    first = feedparser.parse(made[feeds.CHANGES]).entries[0]
    assert (first.title, first.content[0].value, first.updated) == (
        "No longer listed: A service that is gone", "It was merged.", "2031-04-05T00:00:00Z")
    assert first.link == f"{SITE_URL}services/gone/"


def test_everything_that_falls_due_is_in_the_feed_and_leads_to_its_page(due, site):
    expected = [(one.name, one.concern.label) for one in upkeep.dues(site.registry)]
    assert [(entry.title.split(": ", 1)[1], entry.content[0].value.split(". ")[0]) for entry in due.entries] == \
        [(" ".join(name.split()), concern) for name, concern in expected]


def test_the_calendar_has_each_thing_on_the_day_it_falls_due(events, site):
    held = {(event.start, str(event["SUMMARY"]).rpartition(": ")[0]): str(event["DESCRIPTION"]).split("\n") for event in events}
    expected = {}
    for one in upkeep.dues(site.registry):
        expected.setdefault((one.on, one.concern.label), []).append(f"{one.name} ({one.says})")
    assert held == expected and len(events) == len(expected)
    assert all(event.end - event.start == datetime.timedelta(1) for event in events)


def test_the_calendar_names_each_event_for_good_and_stamps_it_with_the_registry_s_day(events, site):
    assert len({str(event["UID"]) for event in events}) == len(events)
    day = datetime.date.fromisoformat(site.registry.registry.date)
    assert {event["DTSTAMP"].dt.date() for event in events} == {day}


def test_no_line_of_the_calendar_is_longer_than_it_may_be(files):
    lines = files[feeds.CALENDAR].split("\r\n")
    assert lines[-1] == "" and max(len(line.encode()) for line in lines) <= 75 and not re.search("[^\r]\n", files[feeds.CALENDAR])


def test_signs_with_a_meaning_in_a_calendar_are_only_signs():
    text = "a; b, c\\d\nBEGIN:VEVENT £" * 9
    folded = "\r\n".join(feeds._folded("DESCRIPTION:" + feeds._escaped(text)))
    read = icalendar.Calendar.from_ical(f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{folded}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    assert [str(event["DESCRIPTION"]) for event in read.walk("VEVENT")] == [text]


def test_a_name_for_programs_is_the_same_for_ever():
    assert str(stable("service", "idva")) == str(stable("service", "idva")) != str(stable("provider", "idva"))
    assert stable("service", "idva").version == 5
    assert str(stable("service", "idva")) == "85f29d82-667f-5ee7-acb0-6f227eaa10ff"
