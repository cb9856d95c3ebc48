"""A service has criteria, or the reason why it is never an answer."""

from tests.registry.registries import told


def test_neither_is_told(tmp_path):
    assert told(tmp_path, ("    browse_only: It has closed.\n", "")) == [(
        "services[3]", "- id: harbour-line",
        "found no criteria, expected criteria, or browse_only with a reason. "
        "Write the published criteria; where there are none, say so in browse_only.")]


def test_both_are_told(tmp_path):
    assert told(tmp_path, ("    shared_criteria: [bridge-gate]",
                           "    shared_criteria: [bridge-gate]\n    browse_only: It is full.")) == [(
        "services[0].browse_only", "browse_only: It is full.",
        "found criteria and browse_only together, expected one of the two. "
        "A service with criteria can be an answer; take browse_only away, or the criteria.")]


def test_only_an_intervention_in_its_own_right_has_criteria(tmp_path):
    assert told(tmp_path, ("browse_only: It is a form, not an intervention.", "shared_criteria: [bridge-gate]")) == [(
        "services[2].tier", "tier: support",
        "found criteria on a service of tier 'support', expected tier 'core'. "
        "Only an intervention in its own right can be an answer.")]


def test_shared_criteria_alone_are_enough(tmp_path):
    assert told(tmp_path, ("browse_only: It is a form, not an intervention.", "shared_criteria: [bridge-gate]"),
                ("tier: support\n    kind: screening", "tier: core\n    kind: screening")) == []
