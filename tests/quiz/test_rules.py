"""The registry travels to the browser whole where it matters, and without what must not travel."""

import dataclasses
import json
from typing import Any

from quiz import rules
from quiz.model import About, Contact, Registry
from quiz.pathway import Rulebook, answer
from quiz.report import Wanted, as_data
from quiz.timeline import a_day
from tests.quiz.test_real_cases import CASES


def there_and_back(registry):
    return rules.load(json.loads(json.dumps(rules.dump(registry))))


def parts(value: Any):
    """Every dataclass, tuple and word in a registry, with its type."""
    yield type(value), value
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from parts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from parts(item)


def test_the_real_registry_comes_back_as_it_was(registry):
    back = there_and_back(registry)
    assert back == registry
    assert [kind for kind, _ in parts(back)] == [kind for kind, _ in parts(registry)]


def test_every_field_of_the_model_is_used_by_the_real_registry(registry):
    """So that the round trip above goes over every kind of field that there is."""
    used = {(kind, field.name) for kind, value in parts(registry) if dataclasses.is_dataclass(value)
            for field in dataclasses.fields(value) if getattr(value, field.name) not in (None, ())}
    every = {(kind, field.name) for kind, _ in used for field in dataclasses.fields(kind)}
    assert every - used == {(Registry, "retired"), (About, "local")}  # nothing taken out yet, and no local edition


def test_only_what_differs_from_its_default_is_written(registry):
    written = rules.dump(registry)
    assert "retired" not in written or registry.retired
    assert all(value not in (None, [], False) for service in written["services"] for value in service.values())


def test_for_cases_everything_a_case_is_told_stays_the_same(registry, rulebook):
    lean = Rulebook(there_and_back(rules.for_cases(registry)))
    start = a_day("2026-03-02")
    for case in CASES:
        full, less = (answer(book, case.facts) for book in (rulebook, lean))
        assert as_data(lean, less, Wanted((), start)) == as_data(rulebook, full, Wanted((), start)), case.name


def test_for_cases_no_withheld_contact_travels(registry):
    assert any(contact.withheld for kind, contact in parts(registry) if kind is Contact)
    assert not any(contact.withheld for kind, contact in parts(rules.for_cases(registry)) if kind is Contact)


def test_for_cases_much_less_travels(registry):
    full, lean = (len(json.dumps(rules.dump(one))) for one in (registry, rules.for_cases(registry)))
    assert lean < 0.7 * full
