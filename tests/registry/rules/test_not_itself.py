"""Nothing is related to itself, or part of itself."""

import pytest

from tests.registry.registries import told


@pytest.mark.parametrize("relation", ["before", "after", "instead", "beside"])
def test_a_service_is_not_related_to_itself(tmp_path, relation):
    changed = f"related: {{{relation}: [bridge-programme]}}"
    assert told(tmp_path, ("related: {before: [bridge-screening], beside: [harbour-line]}", changed)) == [(
        f"services[0].related.{relation}", changed,
        "found 'bridge-programme' itself, expected another service. Take it out of its own list.")]


def test_a_component_is_not_part_of_itself(tmp_path):
    assert told(tmp_path, ("part_of: [bridge-programme]", "part_of: [bridge-interview]")) == [(
        "services[1].part_of", "part_of: [bridge-interview]",
        "found 'bridge-interview' itself, expected another service. Take it out of its own list.")]


def test_a_package_does_not_combine_itself(tmp_path):
    line = "combines: [bridge-programme]"
    assert told(tmp_path, ("    shared_criteria: [bridge-gate]\n",
                           f"    shared_criteria: [bridge-gate]\n    {line}\n")) == [(
        "services[0].combines", line,
        "found 'bridge-programme' itself, expected another service. Take it out of its own list.")]
