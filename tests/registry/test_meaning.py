"""The diff of meaning names every fact that differs, once, with both values, and nothing that only looks different."""

import copy
import dataclasses
import json

import pytest

from quiz import rules
from tests.registry import real
from tests.registry.registries import write
from waymark_site.meaning import Topic, changes
from waymark_site.registry import read


@pytest.fixture
def told(tmp_path):
    """What differs between the small sound registry and a changed one: topic, id, field, before and after."""
    before = read(*write(tmp_path))

    def told(*edits, **named):
        after = read(*write(tmp_path, *edits, **named))
        return [(one.topic, one.id, one.field, one.before, one.after) for one in changes(before, after)]

    return told


def test_nothing_differs_from_itself():
    assert changes(real.registry(), real.registry()) == ()


@pytest.mark.parametrize(("edit", "expected"), [
    (("amount: 900", "amount: 950"), (Topic.PRICES, "bridge-programme", "prices (parent, person) amount", "£900", "£950")),
    (("places: [north]\n      says: In the north.", "places: [north]\n      says: All of the north."),
     (Topic.REFERRAL, "bridge-programme", "area says", "In the north.", "All of the north.")),
    (("state: historic", "state: superseded"), (Topic.STATUS, "harbour", "status state", "historic", "superseded")),
    (('      checked: "2026-06-02"', '      checked: "2026-06-05"'),
     (Topic.CHECKED, "bridge", "status checked", "2026-06-02", "2026-06-05")),
    (("value: referrals@bridge.example.org", "value: help@bridge.example.org"),
     (Topic.STATUS, "bridge", "contacts (email, The referrals team) value", "referrals@bridge.example.org", "help@bridge.example.org")),
    (("needed: For every referral.", "needed: For each referral."),
     (Topic.DOCUMENTS, "referral-form", "needed", "For every referral.", "For each referral.")),
    (("when: {stage: in_court}", "when: {stage: before_court}"),
     (Topic.DOCUMENTS, "court-papers", "when", "{stage: in_court}", "{stage: before_court}")),
])
def test_one_edit_is_one_fact(told, edit, expected):
    assert told(edit) == [expected]


def test_another_effect_is_one_condition_gone_and_one_come(told):
    assert set(told(("requires: {referrer: worker}", "ask_first: {referrer: worker}"))) == {
        (Topic.CRITERIA, "bridge-gate", "criteria (worker-refers) requires", "{referrer: worker}", None),
        (Topic.CRITERIA, "bridge-gate", "criteria (worker-refers) ask first", None, "{referrer: worker}")}


def test_a_change_of_days_tells_the_new_length_too(told):
    assert told(("weeks: {min: 6, max: 12}", "weeks: {min: 6, max: 14}")) == [
        (Topic.TIMES, "bridge-programme", "timeline steps (group) weeks", "6 to 12", "6 to 14"),
        (Topic.TIMES, "bridge-programme", "in all, worked out", "7 to 13 weeks", "7 to 15 weeks")]


def test_the_order_and_layout_of_a_file_are_no_meaning(tmp_path):
    plain = copy.deepcopy(real.cut("iris", "marac", "drive"))
    turned = copy.deepcopy(plain)
    for section in ("sources", "providers", "services", "documents"):
        turned[section].reverse()
    turned["services"] = [dict(reversed(service.items())) for service in turned["services"]]
    registries = []
    for name, data in (("a", plain), ("b", turned)):
        (tmp_path / f"{name}.yaml").write_text(json.dumps(data, indent=3 if name == "a" else None), encoding="utf-8")
        registries.append(read(tmp_path / f"{name}.yaml", real.FILES[1]))
    assert changes(*registries) == ()


def test_what_is_new_or_gone_is_one_fact_and_not_each_of_its_fields():
    whole = real.registry()
    less = dataclasses.replace(whole, services=whole.services[1:])
    service = whole.services[0]
    for pair, said in (((whole, less), ("listed", None)), ((less, whole), (None, "listed"))):
        assert [(one.topic, one.id, one.name, one.before, one.after) for one in changes(*pair)] == [
            (Topic.LISTED, service.id, service.name, *said)]


def test_one_sentence_less_is_one_fact():
    whole = real.registry()
    service = next(one for one in whole.services if len(one.about) > 2)
    less = dataclasses.replace(service, about=(service.about[0], *service.about[2:]))
    found = changes(whole, dataclasses.replace(whole, services=tuple(less if one is service else one for one in whole.services)))
    assert [(one.id, one.field, one.after) for one in found] == [(service.id, "about", None)]
    assert service.about[1].says in found[0].before


def leaves(value, path=()):
    """The way to every word and number in plain data, but not to ids."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in ("id", "registry"):
                yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    else:
        yield path


def test_no_field_of_any_thing_can_change_unseen():
    """Each word and figure of services that have among them every field is changed, one at a time."""
    plain = rules.dump(real.registry())
    wanted = set(real.covering())
    plain["services"] = [service for service in plain["services"] if service["id"] in wanted]
    before = rules.load(plain)
    for path in leaves({"services": plain["services"][:2], "providers": plain["providers"][:2], "documents": plain["documents"][:2],
                        "helplines": plain["helplines"][:1], "sources": plain["sources"][:2]}):
        holder = changed = copy.copy(plain)
        for part in path[:-1]:
            holder[part] = copy.copy(holder[part])
            holder = holder[part]
        old = holder[path[-1]]
        holder[path[-1]] = (not old) if isinstance(old, bool) else old + 1 if isinstance(old, int | float) else f"{old} changed"
        try:
            after = rules.load(changed)
        except ValueError:
            continue  # a word of a closed list
        found = changes(before, after)
        assert found and {one.id for one in found} == {plain[path[0]][path[1]]["id"]}, path
