"""No id is given twice: not in a section, not across the catalogue, not inside an item."""

import pytest

from tests.registry.registries import told


def twice(path, name):
    return [(path, f"- id: {name}",
             f"found the id '{name}' a second time, expected each id once. Give one of the two another id.")]


def test_no_id_twice_in_a_section(tmp_path):
    faults = told(tmp_path, ("- id: bridge-interview", "- id: bridge-screening"))
    assert faults == twice("services[2].id", "bridge-screening")


@pytest.mark.parametrize(("path", "entry"), [
    ("rules[0].id", "support-for-partners"), ("evidence[0].id", "line-study"), ("not_listed[0].id", "raffle"),
])
def test_services_rules_evidence_and_not_listed_share_their_ids(tmp_path, path, entry):
    assert told(tmp_path, (f"- id: {entry}", "- id: harbour-line")) == twice(path, "harbour-line")


def test_no_two_criteria_of_a_service_share_an_id(tmp_path):
    assert told(tmp_path, ("- id: in-court", "- id: grown-up")) == twice("services[0].criteria[2].id", "grown-up")


def test_no_two_steps_share_an_id(tmp_path):
    faults = told(tmp_path, ("- id: group", "- id: first-meeting"))
    assert faults == twice("services[0].timeline.steps[1].id", "first-meeting")


def test_no_two_claims_share_an_id(tmp_path):
    assert told(tmp_path, ("- id: six", "- id: eight")) == twice("disagreements[0].claims[1].id", "eight")


def test_other_sections_may_use_the_same_name(tmp_path):
    assert told(tmp_path, ("- id: closed-line", "- id: bridge")) == []


def test_a_criterion_may_have_the_id_of_a_step(tmp_path):
    assert told(tmp_path, ("- id: grown-up", "- id: first-meeting")) == []
