"""A service has prices, or the reason why there are none, and never both."""

import pytest

from tests.registry.registries import told


def test_neither_is_told(tmp_path):
    assert told(tmp_path, ("    price_status: not_printed\n", "")) == [(
        "services[3]", "- id: harbour-line",
        "found no price and no price_status, expected the printed prices, or why there is none. "
        "Set price_status to one of not_printed, on_request, in_house, free, may_be_charged.")]


@pytest.mark.parametrize("status", ["not_printed", "on_request", "in_house", "free", "may_be_charged"])
def test_both_are_told(tmp_path, status):
    assert told(tmp_path, ("    prices:\n", f"    price_status: {status}\n    prices:\n")) == [(
        "services[0].price_status", f"price_status: {status}",
        f"found prices and price_status '{status}', expected one of the two. "
        "Take price_status away where a price is printed.")]


def test_an_empty_list_of_prices_is_no_price(tmp_path):
    assert told(tmp_path, ("    price_status: not_printed\n", "    price_status: not_printed\n    prices: []\n")) == []
