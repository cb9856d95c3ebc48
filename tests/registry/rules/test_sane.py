"""A price is whole pounds within reason, and stands once for each party."""

import pytest

from tests.registry.registries import told

SECOND = ("      - {party: parent, amount: 800, unit: %s, %sincludes: All., "
          "source: {document: handbook, section: Costs}}\n")


@pytest.mark.parametrize("amount", [0, -1, 100_001])
def test_a_price_out_of_reason_is_told(tmp_path, amount):
    assert told(tmp_path, ("amount: 900", f"amount: {amount}")) == [(
        "services[0].prices[0].amount", f"amount: {amount}",
        f"found '{amount}', expected whole pounds from 1 to 100,000. "
        "Check it against the document; a service that is free has price_status free.")]


@pytest.mark.parametrize("amount", [1, 100_000])
def test_a_price_at_the_edge_of_reason_is_sound(tmp_path, amount):
    assert told(tmp_path, ("amount: 900", f"amount: {amount}")) == []


def test_a_second_price_for_the_same_party_is_told(tmp_path):
    second = SECOND % ("person", "")
    assert told(tmp_path, ("    timeline:\n", second + "    timeline:\n")) == [(
        "services[0].prices[1]", second.strip(),
        "found a second price for 'parent', expected one for each party. "
        "Where a document prints two, record a disagreement.")]


@pytest.mark.parametrize("other", [("package", ""), ("person", 'period: "2026", ')])
def test_another_unit_or_period_is_another_price(tmp_path, other):
    assert told(tmp_path, ("    timeline:\n", SECOND % other + "    timeline:\n")) == []
