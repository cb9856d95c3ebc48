"""A component says what it is part of, and nothing else is part of anything."""

from tests.registry.registries import told

EXPECTED = "expected part_of for a component, and for nothing else. Name what it is part of, or change its tier."


def test_a_component_of_nothing_is_told(tmp_path):
    assert told(tmp_path, ("    part_of: [bridge-programme]\n", "")) == [(
        "services[1].part_of", "- id: bridge-interview", f"found tier 'component' with 0 in part_of, {EXPECTED}")]


def test_a_part_that_is_no_component_is_told(tmp_path):
    assert told(tmp_path, ("tier: component", "tier: support")) == [(
        "services[1].part_of", "part_of: [bridge-programme]", f"found tier 'support' with 1 in part_of, {EXPECTED}")]


def test_a_component_may_be_part_of_several_services(tmp_path):
    assert told(tmp_path, ("part_of: [bridge-programme]", "part_of: [bridge-programme, bridge-screening]")) == []


def test_a_part_of_a_part_is_told(tmp_path):
    [fault] = told(tmp_path, ("provider: bridge\n    tier: support", "provider: bridge\n    tier: component\n    part_of: [bridge-interview]"))
    assert fault.path.endswith(".part_of[0]")
    assert fault.message == ("found 'bridge-interview', which is a component itself, expected a whole service. "
                             "Name the service that both are part of.")
