"""A criterion requires, excludes, asks first or sets a condition: exactly one of them."""

import pytest

from tests.registry.registries import told

EFFECTS = "expected one of requires, excludes, ask_first, condition."


@pytest.mark.parametrize("second", ["excludes", "ask_first", "condition"])
def test_two_effects_are_told(tmp_path, second):
    changed = f"requires: {{age: {{from: 18}}}}\n        {second}: {{age: 90}}"
    assert told(tmp_path, ("requires: {age: {from: 18}}", changed)) == [(
        "services[0].criteria[1]", "- id: grown-up",
        f"found requires and {second}, {EFFECTS} Split it into several criteria.")]


def test_no_effect_is_told(tmp_path):
    assert told(tmp_path, ("        requires: {age: {from: 18}}\n", "")) == [(
        "services[0].criteria[1]", "- id: grown-up", f"found no effect, {EFFECTS} Say what the criterion does.")]


def test_a_shared_criterion_is_looked_at_too(tmp_path):
    assert told(tmp_path, ("        requires: {referrer: worker}\n", "")) == [(
        "shared_criteria[0].criteria[0]", "- id: worker-refers",
        f"found no effect, {EFFECTS} Say what the criterion does.")]


@pytest.mark.parametrize("effect", ["requires", "excludes", "ask_first", "condition"])
def test_each_effect_alone_is_sound(tmp_path, effect):
    assert told(tmp_path, ("requires: {age: {from: 18}}", f"{effect}: {{age: {{from: 18}}}}")) == []
