"""Only printed prices are added, and what has no price is never counted as nothing."""

import dataclasses
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.costs import bill, price_for, saving
from quiz.pathway import Rulebook, answer
from quiz.record import as_text
from quiz.report import Wanted, as_data, taken
from quiz.vocabulary import PriceStatus
from tests.quiz.test_real_cases import CASES
from tests.registry import real

CHOICES = [(service.id, party) for service in real.registry().services for party in service.for_whom.parties]
chosen = st.lists(st.sampled_from(CHOICES), max_size=8)


@cache
def rulebook():
    return Rulebook(real.registry())


def bill_of(*pairs):
    return bill((rulebook().services[service], person) for service, person in pairs)


# —— The printed figures ——

@pytest.mark.parametrize(("service", "person", "pounds"), [
    ("dvact-bc-victim", "victim_survivor", 4700),
    ("dvact-bc-perpetrator", "person_using_harm", 5600),
    ("dvact-bc-both", "both_parents", 7800),
    ("dvact-needs-victim", "victim_survivor", 4700),
    ("dvact-needs-perpetrator", "person_using_harm", 4700),
    ("dvact-needs-both", "both_parents", 6500),
    ("dvact-traumasense", "victim_survivor", 4900),
    ("dvact-traumasense", "person_using_harm", 4900),
])
def test_the_prices_of_the_page_are_as_printed(service, person, pounds):
    """000:57, 000:59, 000:61."""
    assert price_for(rulebook().services[service], person).amount == pounds


def test_no_other_candidate_has_a_price():
    priced = {candidate.service.id for candidate in rulebook().candidates if candidate.service.prices}
    assert priced == {"dvact-bc-victim", "dvact-bc-perpetrator", "dvact-bc-both", "dvact-needs-victim",
                      "dvact-needs-perpetrator", "dvact-needs-both", "dvact-traumasense"}


@pytest.mark.parametrize(("package", "price", "singles", "saved"), [
    ("dvact-bc-both", 7800, 10_300, 2500), ("dvact-needs-both", 6500, 9400, 2900)])
def test_the_package_for_both_parents_is_set_beside_its_parts(package, price, singles, saved):
    found = saving(rulebook().services[package], rulebook().services)
    assert (found.price, found.singles, found.saved) == (price, singles, saved)


@pytest.mark.parametrize("service", ["dvact-mixed-package", "dvact-bc-victim", "dvip-joint-risk-assessment", "drive"])
def test_what_is_no_priced_package_saves_nothing_that_can_be_said(service):
    assert saving(rulebook().services[service], rulebook().services) is None


@pytest.mark.parametrize("unpriced", ["dvact-bc-both", "dvact-bc-victim", "dvact-bc-perpetrator"])
def test_a_package_saves_nothing_that_can_be_said_where_its_price_or_that_of_a_part_is_missing(unpriced):
    services = rulebook().services | {unpriced: dataclasses.replace(rulebook().services[unpriced], prices=())}
    assert saving(services["dvact-bc-both"], services) is None


def test_traumasense_has_no_price_for_both_parents():
    assert price_for(rulebook().services["dvact-traumasense"], "both_parents") is None


# —— Adding up ——

def test_two_single_programmes_cost_their_sum():
    found = bill_of(("dvact-bc-victim", "victim_survivor"), ("dvact-needs-perpetrator", "person_using_harm"))
    assert (found.total, found.unpriced) == (9400, ())


def test_what_has_no_price_stands_beside_the_total():
    found = bill_of(("dvact-bc-victim", "victim_survivor"), ("dvip-needs-assessment", "victim_survivor"))
    assert (found.total, [service.id for service in found.unpriced]) == (4700, ["dvip-needs-assessment"])


def test_the_mixed_package_is_on_request_and_not_free():
    found = bill_of(("dvact-mixed-package", "both_parents"))
    assert (found.prices, [service.price_status for service in found.unpriced]) == ((), [PriceStatus.ON_REQUEST])


def test_charges_on_top_are_named_for_dvip_court_work():
    """001:284: court attendance, travel and interpreting, without figures."""
    found = bill_of(("dvip-full-risk-assessment", "person_using_harm"))
    assert [service.id for service in found.extra_charges] == ["dvip-full-risk-assessment"]


def test_nothing_chosen_costs_nothing_and_leaves_nothing_out():
    found = bill_of()
    assert (found.prices, found.total, found.unpriced, found.extra_charges) == ((), 0, (), ())


# —— The total of a whole case ——

def bill_for(case, *services):
    """The bill for services that are taken forward; with none named, for everything recommended."""
    outcome = answer(rulebook(), case)
    ids = services or tuple(found.service.id for found in outcome.recommended)
    return bill((found.service, person) for person, found in taken(outcome, Wanted(taken=ids)))


def costs_of(case, *services):
    """The costs as data, with services taken forward, or with none."""
    return as_data(rulebook(), answer(rulebook(), case), Wanted(taken=services))["costs"]


def facts_of(name):
    return next(case.facts for case in CASES if case.name == name)


def test_two_parents_who_change_their_behaviour_cost_the_price_of_the_package():
    """000:57: 7,800, not 10,300 and not both."""
    case = facts_of("dvact:both-parents-change-behaviour")
    assert bill_for(case).total == bill_for(case, "dvact-bc-both").total == 7800
    assert costs_of(case, "dvact-bc-both")["printed_total"] == 7800


def test_two_parents_on_the_needs_route_cost_the_price_of_the_package():
    """000:59: 6,500, not 9,400 and not both."""
    case = facts_of("dvact:both-parents-on-the-needs-route")
    assert bill_for(case).total == bill_for(case, "dvact-needs-both").total == 6500
    assert costs_of(case, "dvact-needs-both")["printed_total"] == 6500


def test_two_parents_on_different_routes_cost_their_single_prices():
    """000:57, 000:59; the mixed package is priced on request: 000:63."""
    case = facts_of("dvact:both-parents-on-different-routes")
    assert costs_of(case, "dvact-bc-victim", "dvact-needs-perpetrator")["printed_total"] == 4700 + 4700
    found = bill_for(case)
    assert found.total == 4700 + 4700
    assert "dvact-mixed-package" in {service.id for service in found.unpriced}
    mixed = costs_of(case, "dvact-mixed-package")
    assert mixed["not_priced"] == [{"id": "dvact-mixed-package", "why": "on_request"}] and mixed["prices"] == []


def test_two_parents_who_both_need_traumasense_cost_its_price_twice():
    """000:61 prints 4,900 for a victim or a perpetrator, and nothing for two."""
    case = facts_of("dvact:both-parents-change-behaviour") | {
        "victim_trauma": "high_focused_work_needed", "perpetrator_trauma": "high_focused_work_needed"}
    assert costs_of(case, "dvact-traumasense")["printed_total"] == bill_for(case, "dvact-traumasense").total == 9800
    billed = [price["party"] for price in costs_of(case, "dvact-traumasense")["prices"]]
    assert billed == ["victim_survivor", "person_using_harm"]
    assert "£9,800 in all" in as_text(rulebook(), answer(rulebook(), case), Wanted(taken=("dvact-traumasense",)))


def test_one_parent_who_needs_traumasense_costs_its_price_once():
    case = facts_of("dvact:both-parents-change-behaviour") | {"victim_trauma": "high_focused_work_needed"}
    assert costs_of(case, "dvact-traumasense")["printed_total"] == 4900


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_nobody_is_billed_for_two_packages_of_which_they_would_have_one(case):
    """Packages that must first be asked about are alternatives: 000:17 says that an interview decides which. So
    nothing is added up before somebody has chosen."""
    outcome = answer(rulebook(), case.facts)
    assert costs_of(case.facts)["printed_total"] is None
    assert " in all" not in as_text(rulebook(), outcome)


def test_what_is_on_request_is_never_said_to_cost_nothing():
    """000:63: the office gives the price of the mixed package, so there is no sum to tell."""
    outcome = answer(rulebook(), facts_of("dvact:both-parents-on-different-routes"))
    assert "£0" not in as_text(rulebook(), outcome, Wanted(taken=("dvact-mixed-package",)))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_is_taken_alone_costs_its_own_printed_price(case):
    """Each recommended service by itself: its price for each person it is taken for, and nothing of the others."""
    outcome = answer(rulebook(), case.facts)
    for found in outcome.recommended:
        costs = costs_of(case.facts, found.service.id)
        assert {one["id"] for key in ("prices", "not_priced") for one in costs[key]} == {found.service.id}
        assert (costs["printed_total"] or 0) == sum(price["amount"] for price in costs["prices"])
        assert all(price["amount"] in [printed.amount for printed in found.service.prices] for price in costs["prices"])


# —— Whatever is chosen ——

@settings(max_examples=200)
@given(chosen)
def test_the_total_is_the_sum_of_the_printed_prices(pairs):
    found = bill_of(*pairs)
    assert found.total == sum(price.amount for service, price in found.prices)
    assert all(price in service.prices for service, price in found.prices)


@settings(max_examples=200)
@given(chosen)
def test_everything_chosen_is_priced_or_named_as_not_priced(pairs):
    found = bill_of(*pairs)
    assert sorted([service.id for service, _ in found.prices] + [service.id for service in found.unpriced]) == sorted(
        service for service, _ in pairs)


@settings(max_examples=200)
@given(chosen)
def test_a_price_is_for_the_person_it_was_asked_for(pairs):
    people = dict.fromkeys(person for _, person in pairs)
    assert {price.party for _, price in bill_of(*pairs).prices} <= set(people)


@settings(max_examples=100)
@given(chosen, st.sampled_from(CHOICES))
def test_one_more_service_never_makes_it_cheaper(pairs, more):
    before, after = bill_of(*pairs), bill_of(*pairs, more)
    assert after.total >= before.total
    assert after.total > before.total or len(after.unpriced) == len(before.unpriced) + 1


@pytest.mark.parametrize("service", [service.id for service in real.registry().services if not service.prices])
def test_a_service_without_a_price_says_why(service):
    assert rulebook().services[service].price_status is not None


def test_no_printed_price_is_nothing():
    assert all(price.amount > 0 for service in real.registry().services for price in service.prices)
