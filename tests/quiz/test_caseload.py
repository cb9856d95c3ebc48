"""A caseload costs what is printed: the cheapest way is the cheapest there is, and what cannot be said is not said.

The optimum is compared with a brute force that tries every set of printed prices, over registries whose prices, years and
packages are made up.
"""

import dataclasses
import datetime
import itertools
import json
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz import caseload_report
from quiz.caseload import BOTH, PARENTS, Basis, Caseload, Fit, Line, Part, Pricelist, Standing, alternatives, reckon
from quiz.cases import BadCase
from quiz.costs import price_for, saving
from quiz.model import Price, Range, Related, Where
from quiz.pathway import Rulebook
from quiz.timeline import dated
from quiz.vocabulary import PriceStatus, PriceUnit
from tests.registry import real

VICTIM, HARM = PARENTS
PROGRAMMES = {VICTIM: ("dvact-bc-victim", "dvact-needs-victim", "dvact-traumasense"),
              HARM: ("dvact-bc-perpetrator", "dvact-needs-perpetrator", "dvact-traumasense")}


@cache
def rulebook():
    return Rulebook(real.registry())


def line(number=1, **takes):
    return Line(number, tuple((person, (ids,) if isinstance(ids, str) else tuple(ids)) for person, ids in takes.items()))


def worked(*lines, on=None, **more):
    return reckon(on or rulebook(), Caseload(lines, **more))


def changed(**services):
    """The real registry with some services changed."""
    whole = real.registry()
    return Rulebook(dataclasses.replace(whole, services=tuple(
        dataclasses.replace(service, **services.get(service.id.replace("-", "_"), {})) for service in whole.services)))


def price(party, amount, document="dvact-pai", period=None, unit=PriceUnit.PACKAGE):
    return Price(party=party, amount=amount, unit=unit, includes="What it pays for.", period=period,
                 source=Where(document=document, section="Fees"))


# —— The printed figures ——

@pytest.mark.parametrize(("package", "amount", "singles", "saved"), [
    ("dvact-bc-both", 7800, 10_300, 2500), ("dvact-needs-both", 6500, 9400, 2900)])
def test_a_couple_costs_its_package_and_saves_beside_the_singles(package, amount, singles, saved):
    """000:57, 000:59."""
    costed, = worked(line(4, both_parents=package)).lines
    assert (costed.lowest.amount, costed.singles.amount, costed.saved) == (amount, singles, saved)
    assert costed.lowest == costed.highest and [offer.service.id for offer in costed.lowest.offers] == [package]


@pytest.mark.parametrize("package", [service.id for service in real.registry().services if saving(service, {
    one.id: one for one in real.registry().services})])
def test_a_saving_is_the_one_that_is_told_of_a_case(package):
    found = worked(line(3, both_parents=package))
    expected = saving(rulebook().services[package], rulebook().services)
    assert found.lines[0].saved == expected.saved and found.saved == 3 * expected.saved


def test_two_parents_told_apart_are_the_couple_of_the_package():
    apart = worked(line(2, victim_survivor="dvact-bc-victim", person_using_harm="dvact-bc-perpetrator"))
    together = worked(line(2, both_parents="dvact-bc-both"))
    assert [one.lowest for one in apart.lines] == [one.lowest for one in together.lines]
    assert apart.people == together.people


def test_two_parents_on_different_programmes_cost_two_single_prices():
    """000:63: the price of a mix is on request, so only the single prices are published."""
    costed, = worked(line(victim_survivor="dvact-bc-victim", person_using_harm="dvact-needs-perpetrator")).lines
    assert costed.lowest.amount == 4700 + 4700 and costed.saved is None


def test_two_parents_with_traumasense_cost_its_price_twice():
    """000:61 prints nothing for two."""
    assert worked(line(victim_survivor="dvact-traumasense", person_using_harm="dvact-traumasense")).lines[0].lowest.amount == 9800


def test_one_of_every_priced_service_costs_the_sum_of_every_printed_price():
    """Over all services: each price once, for whom it is printed, in the total of its year."""
    priced = [(service, one) for service in rulebook().services.values() for one in service.prices]
    found = worked(*(line(1, **{one.party: service.id}) for service, one in priced))
    assert [costed.lowest.amount for costed in found.lines] == [one.amount for _, one in priced]
    expected = {}
    for _, one in priced:
        basis = Basis(one.period, None if one.period else one.source.document)
        expected[basis] = expected.get(basis, 0) + one.amount
    assert {total.basis: (total.low, total.high) for total in found.totals} == {
        basis: (amount, amount) for basis, amount in expected.items()}
    assert len(expected) > 1


def test_every_service_without_a_price_is_counted_and_costs_nothing_that_is_said():
    unpriced = [service for service in rulebook().services.values()
                if not service.prices and service.for_whom.parties[0] != caseload_report.NO_FAMILIES]
    found = worked(*(line(2, **{service.for_whom.parties[0]: service.id}) for service in unpriced))
    assert {costed.standing for costed in found.lines} == {Standing.NO_PRICE}
    assert found.totals == () and found.people.no_price == found.people.all >= 2 * len(unpriced) > 100
    told = caseload_report.as_text(found)
    assert "£" not in told and "(100%)" in told
    reasons = {one["why"] for said in caseload_report.as_data(found)["lines"] for one in said["no_price"]}
    assert reasons == {str(service.price_status) for service in unpriced}


def test_what_is_printed_as_free_is_not_without_a_published_price():
    on = changed(drive={"price_status": PriceStatus.FREE})
    found = worked(line(2, person_using_harm="drive"), line(1, victim_survivor="idva"), on=on)
    assert (found.people.free, found.people.no_price, found.people.all) == (2, 1, 3)
    assert "Printed as free: 2 of 3 people" in caseload_report.as_text(found)
    assert ("2", "Printed as free") in list(caseload_report.rows(found))


# —— Prices of different years, and old ones ——

def test_prices_of_different_years_are_never_added_up():
    found = worked(line(1, person_using_harm="blackpool-perpetrator-pilot"), line(1, person_using_harm="dvact-bc-perpetrator"))
    assert [(total.basis, total.low) for total in found.totals] == [
        (Basis("2012/13", None), 1000), (Basis(None, "dvact-pai"), 5600)]
    assert "Prices of different years are not added up." in caseload_report.as_text(found)
    assert "6,600" not in caseload_report.as_text(found) + caseload_report.as_csv(found)


def test_a_family_whose_two_prices_are_of_different_years_has_no_sum():
    found = worked(line(5, victim_survivor="dvact-bc-victim", person_using_harm="blackpool-perpetrator-pilot"))
    assert found.lines[0].standing is Standing.YEARS_DIFFER and found.lines[0].lowest is None
    assert found.totals == () and found.people.not_added == 10
    assert "5,700" not in caseload_report.as_text(found)


def test_a_package_and_its_singles_of_different_years_are_not_ranked():
    on = changed(dvact_bc_both={"prices": (price(BOTH, 1, period="1999"),)})
    costed, = worked(line(both_parents="dvact-bc-both"), on=on).lines
    assert costed.standing is Standing.YEARS_DIFFER and len(costed.ways) == 2 and costed.saved is None


def test_old_prices_are_marked_and_can_be_left_out():
    lines = line(6, person_using_harm="blackpool-perpetrator-pilot"), line(1, victim_survivor="dvact-bc-victim")
    with_old, without = worked(*lines), worked(*lines, leave_out_old=True)
    assert [total.old for total in with_old.totals] == [True, False]
    assert [total.low for total in without.totals] == [4700]
    assert (without.people.left_out, without.people.priced, without.people.no_price) == (6, 1, 0)
    assert without.lines[0].standing is Standing.LEFT_OUT
    assert "Left out, since their prices are old: 6 of 7 people" in caseload_report.as_text(without)


def test_a_sum_with_an_old_price_in_it_is_old():
    on = changed(dvact_bc_perpetrator={"prices": (price(HARM, 5600, period="2012/13"),)})
    total, = worked(line(person_using_harm="blackpool-perpetrator-pilot"), line(person_using_harm="dvact-bc-perpetrator"), on=on).totals
    assert total.low == 6600 and total.old


def test_a_family_of_whom_one_price_is_left_out_as_old_is_priced_in_part():
    costed, = worked(line(2, victim_survivor="dvact-bc-victim", person_using_harm="blackpool-perpetrator-pilot"), leave_out_old=True).lines
    assert costed.standing is Standing.PARTLY and costed.lowest.amount == 4700
    assert costed.left_out == {Part(HARM, "blackpool-perpetrator-pilot")} and costed.without == frozenset()


# —— Which may be compared ——

def test_only_services_named_instead_of_each_other_are_alternatives():
    assert [tuple(service.id for service in group) for group in alternatives(rulebook(), VICTIM)] == [PROGRAMMES[VICTIM]]
    assert [tuple(service.id for service in group) for group in alternatives(rulebook(), HARM)] == [PROGRAMMES[HARM]]


def test_what_is_named_instead_but_of_another_year_or_kind_is_no_alternative():
    pilot = rulebook().services["blackpool-perpetrator-pilot"]
    named = changed(blackpool_perpetrator_pilot={"related": Related(instead=("dvact-bc-perpetrator",))})
    assert all(pilot.id not in [service.id for service in group] for group in alternatives(named, HARM))
    same = changed(blackpool_perpetrator_pilot={
        "related": Related(instead=("dvact-bc-perpetrator",)), "prices": (price(HARM, 1000),)})
    assert all(pilot.id not in [service.id for service in group] for group in alternatives(same, HARM))  # of another kind
    kind = changed(blackpool_perpetrator_pilot={
        "related": Related(instead=("dvact-bc-perpetrator",)), "prices": (price(HARM, 1000),),
        "kind": rulebook().services["dvact-bc-perpetrator"].kind})
    assert any(pilot.id in [service.id for service in group] for group in alternatives(kind, HARM))


def test_what_is_of_one_kind_and_year_is_an_alternative_only_where_a_document_names_it_instead():
    kind = rulebook().services["dvact-bc-perpetrator"].kind
    for related, period, joined in ((Related(), None, False), (Related(instead=("dvact-bc-perpetrator",)), "2012/13", False),
                                    (Related(instead=("dvact-bc-perpetrator",)), None, True)):
        on = changed(blackpool_perpetrator_pilot={"related": related, "prices": (price(HARM, 1000, period=period),), "kind": kind})
        found = {service.id for group in alternatives(on, HARM) for service in group}
        assert ("blackpool-perpetrator-pilot" in found) is joined


def test_an_undecided_programme_costs_from_the_lowest_to_the_highest():
    costed, = worked(line(7, victim_survivor=PROGRAMMES[VICTIM])).lines
    assert (costed.lowest.amount, costed.highest.amount) == (4700, 4900)
    couple, = worked(line(1, victim_survivor=PROGRAMMES[VICTIM], person_using_harm=PROGRAMMES[HARM])).lines
    assert (couple.lowest.amount, couple.highest.amount) == (6500, 4900 + 5600)
    assert couple.saved is None


def test_those_counted_alone_are_never_taken_for_couples_but_it_is_said_what_they_would_save():
    found = worked(line(2, victim_survivor="dvact-bc-victim"), line(3, person_using_harm="dvact-bc-perpetrator"))
    assert found.totals[0].low == 2 * 4700 + 3 * 5600
    assert [(one.package.id, one.at_most, one.saved) for one in found.may_be_couples] == [("dvact-bc-both", 2, 2500)]


def test_parents_paid_for_singly_are_told_of_the_package_whose_price_is_on_request():
    """000:63."""
    found = worked(line(victim_survivor="dvact-bc-victim", person_using_harm="dvact-needs-perpetrator"))
    assert [service.id for service in found.on_request] == ["dvact-mixed-package"]
    assert any("on request" in text for text in caseload_report.notes(found))
    assert worked(line(both_parents="dvact-bc-both"), line(victim_survivor="dvact-bc-victim")).on_request == ()


def test_why_names_both_ends_where_a_programme_is_not_decided_and_that_price_does_not_decide():
    found = worked(line(1, victim_survivor=PROGRAMMES[VICTIM], person_using_harm=PROGRAMMES[HARM]))
    told = caseload_report.why(found.lines[0], rulebook())
    assert "£6,500 Needs PAI" in told and "£4,900 TraumaSense PAI" in told and "£5,600 Behaviour Change PAI" in told
    assert "not the price" in told
    assert caseload_report.why(worked(line(victim_survivor="dvact-bc-victim")).lines[0], rulebook()) == "The only published price."


def test_every_price_names_where_it_is_printed():
    found = worked(*(line(1, **{one.party: service.id}) for service in rulebook().services.values() for one in service.prices))
    printed = {(service.id, one.party): one.source for service in rulebook().services.values() for one in service.prices}
    for said in caseload_report.as_data(found)["prices"]:
        where = printed.pop((said["id"], said["party"]))
        assert said["source"] == {"document": where.document, "section": where.section}
    assert printed == {}


def test_a_couple_is_not_counted_as_somebody_alone():
    found = worked(line(4, both_parents="dvact-bc-both"), line(2, victim_survivor="dvact-bc-victim"))
    assert found.may_be_couples == ()


def test_a_programme_that_may_follow_is_said_to_be_paid_for_too():
    found = worked(line(1, both_parents="dvact-needs-both"))
    assert [(one.id, after.id) for one, after in found.may_follow] == [("dvact-needs-perpetrator", "dvact-bc-perpetrator")]
    assert any("Then both are paid for." in text for text in caseload_report.notes(found))


def test_prices_that_include_different_things_are_said_to():
    notes = " ".join(caseload_report.notes(worked(line(1, victim_survivor=PROGRAMMES[VICTIM]))))
    for id in PROGRAMMES[VICTIM]:
        assert price_for(rulebook().services[id], VICTIM).includes in notes
    assert "a lower price may pay for less" in notes
    assert "pay for less" not in " ".join(caseload_report.notes(worked(line(1, victim_survivor="dvact-bc-victim"))))


def test_a_price_for_each_person_counts_twice_for_two():
    on = changed(dvact_bc_both={"prices": (price(BOTH, 3000, unit=PriceUnit.PERSON),)})
    assert worked(line(1, both_parents="dvact-bc-both"), on=on).lines[0].lowest.amount == 6000


def test_charges_on_top_are_named_without_a_figure():
    found = worked(line(1, person_using_harm="dvip-full-risk-assessment"))
    assert caseload_report.as_data(found)["charged_on_top"] == ["dvip-full-risk-assessment"]
    assert any("charged on top, without a figure" in text for text in caseload_report.notes(found))


def test_no_price_is_shared_out_over_sessions_or_given_a_score():
    found = worked(*(line(3, **{person: id}) for person, ids in PROGRAMMES.items() for id in ids))
    told = caseload_report.as_text(found) + json.dumps(caseload_report.as_data(found))
    assert "session" not in told.replace(caseload_report.LIMITS, "").replace("first session", "") and "score" not in told


# —— The optimum, against brute force ——

ORDER = ("dvact-bc-victim", "dvact-needs-victim", "dvact-traumasense", "dvact-bc-perpetrator", "dvact-needs-perpetrator")
amounts = st.integers(1, 12)  # few, so that ties and packages that cost more are common
years = st.sampled_from([None, None, None, "2012/13"])


@st.composite
def registries(draw):
    """The real registry with other prices: some missing, some of another year, and a package for a mix of two programmes."""
    services = {}
    for id in ORDER:
        service = rulebook().services[id]
        services[id] = {"prices": tuple(price(party, draw(amounts), period=draw(years)) for party in service.for_whom.parties
                                        if draw(st.integers(0, 4)))}
    mix = draw(st.sampled_from([("dvact-bc-victim", "dvact-needs-perpetrator"), ("dvact-bc-victim", "dvact-bc-perpetrator"),
                                ("dvact-traumasense", "dvact-traumasense")]))
    for id, combines in (("dvact-bc-both", ORDER[0:4:3]), ("dvact-needs-both", ORDER[1:5:3]), ("dvact-mixed-package", mix)):
        services[id] = {"combines": combines, "price_status": None, "prices": tuple(
            price(BOTH, draw(amounts), period=draw(years)) for _ in range(draw(st.integers(0, 1))))}
    return changed(**{id.replace("-", "_"): change for id, change in services.items()})


@st.composite
def families(draw):
    """What one family takes: one parent or both, decided or not."""
    people = draw(st.sampled_from([(VICTIM,), (HARM,), PARENTS]))
    takes = {}
    for person in people:
        ids = draw(st.lists(st.sampled_from(PROGRAMMES[person]), min_size=1, max_size=3, unique=True))
        takes[person] = ids
    return line(draw(st.integers(1, 30)), **takes)


COMBINED = {"dvact-bc-both": ("dvact-bc-victim", "dvact-bc-perpetrator"),
            "dvact-needs-both": ("dvact-needs-victim", "dvact-needs-perpetrator")}


def pays_for(service, one):
    """What a price pays for, said again in the plainest way."""
    if one.party != BOTH:
        return {(one.party, service.id)}
    victim, harm = service.combines
    return {(VICTIM, victim), (HARM, harm)}


def brute(on, costed_line):
    """For every choice the amounts of all sets of prices that pay for each person once, or for as many as can be paid."""
    prices = [(service, one) for id in (*ORDER, *COMBINED, "dvact-mixed-package") for service in [on.services[id]]
              for one in service.prices]
    for ids in itertools.product(*(ids for _, ids in costed_line.takes)):
        parts = set(zip((person for person, _ in costed_line.takes), ids, strict=True))
        found = {}
        for size in range(1, len(parts) + 1):
            for chosen in itertools.combinations(prices, size):
                paid = [part for service, one in chosen for part in pays_for(service, one)]
                if len(paid) == len(set(paid)) and set(paid) <= parts:
                    found.setdefault(len(paid), []).append((sum(one.amount for _, one in chosen), chosen))
        most = max(found, default=0)
        yield most, found.get(most, [])


@settings(max_examples=400, deadline=None)
@given(registries(), families())
def test_the_cheapest_way_is_the_cheapest_of_all_ways(on, one):
    costed, = worked(one, on=on).lines
    choices = list(brute(on, one))
    most = max(paid for paid, _ in choices)
    best = [found for paid, found in choices if paid == most]
    bases = {found.period for ways in best for _, chosen in ways for _, found in chosen}
    # where only one of two can be paid for, which one is a matter of order: what each could be is among the sets
    if most == len(one.takes):
        assert sorted(way.amount for way in costed.ways) == sorted(amount for ways in best for amount, _ in ways)
        if len(bases) == 1:
            assert costed.lowest.amount == min(amount for ways in best for amount, _ in ways)
            assert costed.highest.amount == max(min(amount for amount, _ in ways) for ways in best)
        else:
            assert costed.lowest is None and costed.standing is Standing.YEARS_DIFFER
    elif most:
        assert costed.standing in (Standing.PARTLY, Standing.YEARS_DIFFER)
        assert {way.amount for way in costed.ways} <= {amount for ways in best for amount, _ in ways}
    else:
        assert costed.standing is Standing.NO_PRICE and costed.lowest is None


@settings(max_examples=100, deadline=None)
@given(registries(), st.lists(families(), max_size=6))
def test_totals_are_the_sums_of_the_cheapest_ways_and_everybody_is_counted_once(on, lines):
    found = worked(*lines, on=on)
    assert sum(total.low for total in found.totals) == sum(
        one.line.number * one.lowest.amount for one in found.lines if one.lowest)
    assert found.people.all == sum(one.number * len(one.takes) for one in lines)
    assert min(found.people.priced, found.people.no_price, found.people.not_added, found.people.left_out) >= 0
    assert sum(total.people for total in found.totals) == found.people.priced
    assert all(total.low <= total.high for total in found.totals)
    assert len({total.basis for total in found.totals}) == len(found.totals)
    for one in found.lines:
        assert (one.lowest is None) == (one.standing not in (Standing.PRICED, Standing.PARTLY))
        for way in one.ways:
            covered = [part for offer in way.offers for part in offer.covers]
            assert len(covered) == len(set(covered))


@settings(max_examples=100, deadline=None)
@given(registries(), families(), st.integers(1, 20))
def test_so_many_more_families_cost_so_much_more(on, one, more):
    few, many = worked(one, on=on), worked(dataclasses.replace(one, number=one.number + more), on=on)
    for before, after in zip(few.totals, many.totals, strict=True):
        assert after.low - before.low == more * few.lines[0].lowest.amount
        assert after.average == before.average


def test_a_package_that_costs_more_than_its_singles_is_not_bought():
    on = changed(dvact_bc_both={"prices": (price(BOTH, 20_000),)})
    costed, = worked(line(both_parents="dvact-bc-both"), on=on).lines
    assert costed.lowest.amount == 10_300 and costed.saved is None and len(costed.ways) == 2


def test_where_a_single_price_is_missing_the_package_is_the_only_way_and_saves_nothing_that_can_be_said():
    on = changed(dvact_bc_victim={"prices": (), "price_status": PriceStatus.NOT_PRINTED})
    costed, = worked(line(both_parents="dvact-bc-both"), on=on).lines
    assert costed.lowest.amount == 7800 and costed.saved is None and costed.singles is None


def test_a_price_is_never_counted_for_somebody_it_is_not_for():
    prices = Pricelist(rulebook())
    for offer in prices.offers:
        if not offer.service.combines:
            assert offer.covers == {Part(offer.price.party, offer.service.id)}
    assert worked(line(1, child_or_young_person="idva")).lines[0].standing is Standing.NO_PRICE


# —— Dates ——

START = datetime.date(2026, 12, 1)


def test_every_step_is_dated_as_for_a_case():
    for service in rulebook().services.values():
        person = service.for_whom.parties[0]
        if person == caseload_report.NO_FAMILIES:
            continue
        found = worked(line(1, **{person: service.id}), start=START)
        when = next((one for one in found.times if one.service.id == service.id), None)
        if when and when.placed:
            assert when.dated == dated(service.timeline, START)
        elif when:
            assert when.dated is None and when.fits is None


@pytest.mark.parametrize(("court", "fits"), [
    (datetime.date(2027, 6, 15), Fit.YES), (datetime.date(2027, 6, 14), Fit.PERHAPS),
    (datetime.date(2027, 5, 4), Fit.PERHAPS), (datetime.date(2027, 5, 3), Fit.NO), (START, Fit.NO)])
def test_a_report_fits_before_a_hearing_by_its_own_dates(court, fits):
    """000:65: the package for both parents ends after 22 to 28 weeks, 4 May to 15 June 2027."""
    when, = worked(line(1, both_parents="dvact-bc-both"), start=START, court=court).times
    assert when.fits[-1] is fits


def test_what_fits_is_told_in_words_that_stay():
    for court, words in ((datetime.date(2027, 6, 15), ["yes"] * 4), (datetime.date(2027, 3, 13), ["yes", "yes", "no", "no"]),
                         (datetime.date(2027, 5, 4), ["yes", "yes", "yes", "perhaps"])):
        data = caseload_report.as_data(worked(line(1, both_parents="dvact-bc-both"), start=START, court=court))
        assert [step["fits"] for step in data["times"][0]["steps"]] == words


def test_without_a_hearing_the_26_weeks_are_the_measure_with_dates_and_without():
    for start in (None, START):
        when, = worked(line(1, both_parents="dvact-bc-both"), start=start).times
        assert [fit for fit in when.fits] == [Fit.YES, Fit.YES, Fit.YES, Fit.PERHAPS]


def test_a_course_of_at_least_so_long_is_never_said_to_end_in_time():
    timeline = rulebook().services["dvact-bc-victim"].timeline
    steps = (timeline.steps[0], dataclasses.replace(timeline.steps[1], at_least=True), timeline.steps[2])
    on = changed(dvact_bc_victim={"timeline": dataclasses.replace(timeline, steps=steps)})
    found = worked(line(1, victim_survivor="dvact-bc-victim"), on=on, start=START)
    assert found.times[0].fits == (Fit.YES, Fit.PERHAPS, Fit.PERHAPS)
    assert "after at least 10 weeks" in caseload_report.as_text(found)


@settings(max_examples=200)
@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)), st.integers(0, 300), st.integers(1, 20), st.integers(0, 9))
def test_what_fits_follows_from_the_dates(start, days, low, more):
    timeline = rulebook().services["dvact-bc-victim"].timeline
    steps = (dataclasses.replace(timeline.steps[0], weeks=Range(min=low, max=low + more)), *timeline.steps[1:])
    on = changed(dvact_bc_victim={"timeline": dataclasses.replace(timeline, steps=steps)})
    court = start + datetime.timedelta(days=days)
    when, = worked(line(1, victim_survivor="dvact-bc-victim"), on=on, start=start, court=court).times
    for ends, fits in zip(when.dated, when.fits, strict=True):
        assert fits is (Fit.YES if ends.latest_end <= court else Fit.PERHAPS if ends.earliest_end <= court else Fit.NO)


# —— Reading ——

def read(data):
    return caseload_report.from_data(data, rulebook())


def family(number=1, **takes):
    return {"families": [{"number": number, "takes": takes or {"both_parents": "dvact-bc-both"}}]}


def test_a_caseload_is_read_with_its_dates():
    found = read(family(4) | {"start": "2026-12-01", "court": "2027-05-03", "leave_out_old": True})
    assert found == Caseload((line(4, both_parents="dvact-bc-both"),), START, datetime.date(2027, 5, 3), True)


def test_families_that_count_none_are_left_out():
    assert read(family(0)).lines == ()
    nothing = reckon(rulebook(), read(family(0)))
    assert (nothing.families, nothing.totals, nothing.people.all) == (0, (), 0)
    assert "£" not in caseload_report.as_text(nothing)


@pytest.mark.parametrize(("data", "why"), [
    ([], "must be one object"), ({}, "must be one object"), ({"families": {}}, "must be one object"), (None, "must be one object"),
    (family() | {"strat": None}, "Did you mean 'start'?"), ({"families": [7]}, "families[0]"),
    ({"families": [{"number": 1}]}, "'number' and 'takes'"), ({"families": [{"number": 1, "takes": {}}]}, "'number' and 'takes'"),
    ({"families": [{"number": 1, "takes": {"both_parents": "dvact-bc-both"}, "x": 1}]}, "'number' and 'takes'"),
    (family(-1), "whole number from 0 to 9,999"), (family(10_000), "whole number"), (family(2.5), "whole number"),
    (family("4"), "whole number"), (family(True), "whole number"), (family(None), "whole number"),
    (family(both_parents="dvact-bc-bot"), "Did you mean 'dvact-bc-both'?"), (family(both_parents=7), "not a service"),
    (family(both_parents=[]), "no service is named"), (family(victim="dvact-bc-victim"), "Did you mean 'victim_survivor'?"),
    (family(victim_survivor="dvact-bc-perpetrator"), "is not for them, but for: person_using_harm"),
    (family(professionals="dvip-training"), "'professionals'"),
    (family(victim_survivor=["dvact-bc-victim", "idva"]), "not printed as alternatives"),
    (family(both_parents="dvact-bc-both", victim_survivor="idva"), "counts somebody twice"),
    (family() | {"start": "2026-02-30"}, "not a day"), (family() | {"start": 7}, "not a day"),
    (family() | {"start": "2101-01-01"}, "not a day"), (family() | {"start": "2026-12-01", "court": "soon"}, "'court': 'soon'"),
    (family() | {"start": "2026-12-01", "court": "2026-11-30"}, "'court' is before 'start'"),
    (family() | {"court": "2026-11-30"}, "'court' needs 'start'"),
    (family() | {"leave_out_old": "yes"}, "must be true or false"),
    ({"families": [{"number": 1, "takes": {"both_parents": "dvact-bc-both"}}] * 501}, "500 at most"),
])
def test_what_cannot_be_used_is_told_in_plain_words(data, why):
    with pytest.raises(BadCase) as refused:
        read(data)
    assert why in str(refused.value)


def test_every_problem_is_told_at_once():
    with pytest.raises(BadCase) as refused:
        read(family(-1) | {"start": "never", "what": 1})
    assert len(refused.value.problems) == 3


@settings(max_examples=300)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
                    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
                        st.sampled_from(["families", "number", "takes", "start", "court", BOTH, VICTIM, "x"]), inner, max_size=4)))
def test_whatever_is_sent_is_read_or_refused(data):
    try:
        caseload_report.as_text(reckon(rulebook(), read(data)))
    except BadCase as refused:
        assert refused.problems


@pytest.mark.parametrize(("raw", "why"), [
    (b"{", "not JSON"), (b"\xff", "not text in UTF-8"), (b'{"families": [], "families": []}', "'families' is given twice"),
    (b"[" * 100_000, "nested too deeply"), (b'{"families": NaN}', "NaN"), (b" " * 1_000_001, "bytes")])
def test_a_file_that_cannot_be_read_is_told_in_plain_words(raw, why):
    with pytest.raises(BadCase) as refused:
        caseload_report.from_json(raw, rulebook())
    assert why in str(refused.value)


# —— Telling ——

def test_a_share_is_never_rounded_to_nothing_or_to_all():
    assert [caseload_report.share(*pair) for pair in [(0, 9), (1, 1000), (999, 1000), (9, 9), (1, 2), (0, 0)]] == [
        "0%", "1%", "99%", "100%", "50%", "0%"]


@pytest.mark.parametrize(("text", "cell"), [
    ("plain", '"plain"'), ('a "word"', '"a ""word"""'), ("=1+1", "\"'=1+1\""), ("+44", "\"'+44\""), ("@sum", "\"'@sum\""),
    ("-cmd", "\"'-cmd\""), ("\tx", "\"'\tx\""), ("-5", '"-5"'), ("7800", '"7800"'), ("", '""')])
def test_no_cell_can_be_taken_for_a_formula(text, cell):
    assert caseload_report.cell(text) == cell


def test_the_table_holds_the_figures_of_the_data():
    found = worked(line(4, both_parents="dvact-bc-both"), line(3, victim_survivor="idva"), start=START)
    table = list(caseload_report.rows(found))
    assert table[1][:7] == ("4", "Both parents: Behaviour Change PAI for both parents, each on their own",
                            "7800", "7800", "31200", "31200", "2500")
    assert table[2][2:6] == ("",) * 4 and "price: not printed" in table[2][7]
    assert ("3", "With no published price") in table
    assert any(row[-2:] == ("2027-06-15", "In time only at its fastest") for row in table)


def test_numbers_in_the_text_are_those_of_the_data():
    found = worked(line(4, both_parents="dvact-bc-both"), line(2, person_using_harm="drive"))
    told, data = caseload_report.as_text(found), caseload_report.as_data(found)
    assert f"£{data['totals'][0]['low']:,} for 4 families" in told and "No published price: 2 of 10 people (20%)" in told
    assert data["saved"] == 10_000 and "save £10,000" in told
