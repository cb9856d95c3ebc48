"""An id is lower case with hyphens; a fact has underscores instead."""

import pytest

from tests.registry.registries import told

SLUG = "expected an id such as a-name-like-this. Use lower-case letters, digits and hyphens."


@pytest.mark.parametrize(("path", "old", "new"), [
    ("retired[0].id", "bridge-walks", "Bridge-walks"),
    ("glossary[0].id", "plo", "p l o"),
    ("services[0].criteria[0].id", "lives-in-the-north", "lives_in_the_north"),
    ("shared_criteria[0].criteria[0].id", "worker-refers", "worker--refers"),
    ("services[0].timeline.steps[0].id", "first-meeting", "-first-meeting"),
    ("disagreements[0].claims[1].id", "six", "six-"),
    ("not_listed[0].id", "raffle", "tómbola"),
])
def test_an_id_that_is_not_a_slug_is_told(tmp_path, path, old, new):
    assert told(tmp_path, (f"- id: {old}\n", f"- id: {new}\n")) == [(path, f"- id: {new}", f"found '{new}', {SLUG}")]


def test_a_fact_may_not_have_a_hyphen(tmp_path):
    fault, *_ = told(tmp_path, questions=(("- id: age", "- id: age-now"),))
    assert fault == (
        "questions[4].id", "- id: age-now",
        "found 'age-now', expected an id such as fact_name. Use lower-case letters, digits and underscores.")


def test_a_fact_may_have_an_underscore(tmp_path):
    assert told(tmp_path, ("age: {from: 18}", "age_now: {from: 18}"), questions=(("- id: age", "- id: age_now"),)) == []
