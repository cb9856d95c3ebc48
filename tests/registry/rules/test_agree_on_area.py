"""The places a service shows are the areas that its criteria require."""

import pytest

from tests.registry.registries import told


def disagree(shown, required):
    return [("services[0].area.places", f"places: [{shown}]",
             f"found {shown}, expected the areas its criteria require ({required}). "
             "Make the places and the criteria on area agree.")]


def test_more_places_than_required_are_told(tmp_path):
    assert told(tmp_path, ("places: [north]", "places: [north, south]")) == disagree("north, south", "north")


def test_another_place_than_required_is_told(tmp_path):
    assert told(tmp_path, ("places: [north]", "places: [south]")) == disagree("south", "north")


def test_a_place_that_no_criterion_requires_is_told(tmp_path):
    faults = told(tmp_path, ("requires: {area: north}", "requires: {referrer: self}"))
    assert faults == disagree("north", "north, south")


def test_a_shared_criterion_on_area_counts(tmp_path):
    assert told(tmp_path, ("requires: {area: north}", "requires: {referrer: self}"),
                ("requires: {referrer: worker}", "requires: {area: north}")) == []


def test_an_area_to_ask_about_first_is_not_shown_as_a_place(tmp_path):
    east = ("- {value: south, label: South}", "- {value: south, label: South}\n      - {value: east, label: East}")
    assert told(tmp_path, ("requires: {area: north}", "requires: {area: [north, south]}"),
                ("ask_first: {stage: in_court}", "ask_first: {area: south}"), questions=(east,)) == []


@pytest.mark.parametrize("place", ["uk_wide", "varies"])
def test_a_service_of_no_one_place_needs_no_criterion_on_area(tmp_path, place):
    assert told(tmp_path, ("places: [north]", f"places: [{place}]"),
                ("requires: {area: north}", "requires: {referrer: self}")) == []


def test_a_service_without_criteria_shows_any_place(tmp_path):
    area = "area: {places: [south], says: In the south., source: {document: old-guide, section: Line}}"
    assert told(tmp_path, ("    browse_only: It has closed.", f"    browse_only: It has closed.\n    {area}"),
                ("not_printed: [ages, gender, area, referrer, delivery,",
                 "not_printed: [ages, gender, referrer, delivery,")) == []
