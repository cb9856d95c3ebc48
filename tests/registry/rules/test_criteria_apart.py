"""Reasons name criteria by their ids, so those of one service, shared ones included, are all different."""

from tests.registry.registries import told


def test_a_criterion_named_like_a_shared_one_is_told(tmp_path):
    assert told(tmp_path, ("- id: lives-in-the-north", "- id: worker-refers")) == [(
        "services[0].criteria[0].id", "- id: worker-refers",
        "found 'worker-refers', which 'bridge-gate' has as well, expected each criterion of a service by one id. "
        "Give it another id: reasons name criteria by theirs.")]


def test_a_service_that_does_not_share_them_may_use_the_id(tmp_path):
    changes = [("    shared_criteria: [bridge-gate]\n", ""), ("- id: lives-in-the-north", "- id: worker-refers")]
    assert told(tmp_path, *changes) == []
