"""Every rule of the registry is silent on a sound registry, and has a test file of its own."""

from pathlib import Path

import pytest

from tests.registry.registries import write
from waymark_site.registry import shape, yaml_lines
from waymark_site.registry.rules import RULES
from waymark_site.registry.view import View

NAMES = [rule.__name__ for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_a_sound_registry_has_no_fault_of_the_rule(rule, tmp_path):
    services, questions = map(yaml_lines.read, write(tmp_path))
    data = services.data | questions.data
    registry, faults = shape.check(data)
    assert (faults, list(rule(View(registry, data)))) == ([], [])


def test_each_rule_has_a_test_file_and_each_test_file_a_rule():
    files = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    assert files - {"every_rule"} == set(NAMES)


def test_no_two_rules_share_a_name():
    assert len(set(NAMES)) == len(NAMES)
