"""The id of a retired service never comes back for something else."""

import pytest

from tests.registry.registries import told


@pytest.mark.parametrize(("path", "name"), [
    ("services[3].id", "harbour-line"), ("rules[0].id", "support-for-partners"),
    ("evidence[0].id", "line-study"), ("not_listed[0].id", "raffle"),
])
def test_a_retired_id_is_not_listed_again(tmp_path, path, name):
    assert told(tmp_path, ("- id: bridge-walks", f"- id: {name}")) == [(
        path, f"- id: {name}",
        f"found the retired id '{name}', expected an id never used before. "
        "Choose another: links and records still mean the old service.")]


def test_a_glossary_entry_may_have_a_retired_id(tmp_path):
    assert told(tmp_path, ("- id: bridge-walks", "- id: plo")) == []
