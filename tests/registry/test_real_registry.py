"""Facts typed by hand from the source documents stand in the registry as they are printed."""

import re

import pytest

from quiz.model import Range
from quiz.timeline import total_weeks
from quiz.vocabulary import CourtUse, Gender, PriceStatus, PriceUnit, SourceKind, State
from tests.registry.real import FILES, data, registry, texts

SERVICES = {service.id: service for service in registry().services}


def ends(quantity):
    return (quantity.min, quantity.max) if isinstance(quantity, Range) else quantity


def step(service, name):
    [found] = [one for one in SERVICES[service].timeline.steps if one.id == name]
    return found


def of(provider):
    return [service for service in SERVICES.values() if service.provider == provider]


# —— The documents ——

def test_it_is_made_from_five_documents_two_of_them_dated():
    main = {source.id: (source.date_printed, source.year) for source in registry().sources
            if source.kind is SourceKind.REGISTRY}
    assert main == {"dvact-pai": ("undated", None), "dvip-2010": ("2010 /11", 2011),
                    "respect-factsheet": ("undated", None),
                    "lancashire-jsna": ("June 2013", 2013), "dao-protocol": ("undated", None)}


# —— DVACT-PAI: prices, sessions, weeks ——

@pytest.mark.parametrize(("service", "prices"), [
    ("dvact-bc-victim", {"victim_survivor": 4700}), ("dvact-bc-perpetrator", {"person_using_harm": 5600}),
    ("dvact-bc-both", {"both_parents": 7800}),
    ("dvact-needs-victim", {"victim_survivor": 4700}), ("dvact-needs-perpetrator", {"person_using_harm": 4700}),
    ("dvact-needs-both", {"both_parents": 6500}),
    ("dvact-traumasense", {"victim_survivor": 4900, "person_using_harm": 4900}),
])
def test_a_package_costs_what_is_printed(service, prices):
    assert {price.party: price.amount for price in SERVICES[service].prices} == prices
    assert {(price.unit, price.period) for price in SERVICES[service].prices} == {(PriceUnit.PACKAGE, None)}


def test_a_mixed_package_is_priced_on_request():
    assert SERVICES["dvact-mixed-package"].price_status is PriceStatus.ON_REQUEST


@pytest.mark.parametrize(("service", "weeks"), [
    ("dvact-bc-victim", (16, 16)), ("dvact-bc-perpetrator", (22, 22)), ("dvact-bc-both", (22, 28)),
    ("dvact-needs-victim", (16, 16)),
    ("dvact-needs-perpetrator", (16, 16)), ("dvact-needs-both", (16, 22)), ("dvact-traumasense", (22, 22))])
def test_a_package_takes_the_weeks_that_follow_from_its_steps(service, weeks):
    assert total_weeks(SERVICES[service].timeline) == weeks


@pytest.mark.parametrize(("service", "weeks", "sessions"), [
    ("dvact-bc-victim", 6, 12), ("dvact-bc-perpetrator", 12, 24), ("dvact-needs-victim", 6, 12),
    ("dvact-needs-perpetrator", 6, 12),
    ("dvact-traumasense", 12, 24)])
def test_a_package_starts_with_four_weeks_and_ends_with_six(service, weeks, sessions):
    first, programme, last = SERVICES[service].timeline.steps
    assert (first.weeks, first.hours_each, last.weeks) == (4, 2, 6)
    assert (programme.weeks, programme.sessions) == (weeks, sessions)
    assert "documents" in SERVICES[service].timeline.clock


def test_every_package_is_for_social_workers_and_needs_the_fees_confirmed():
    """The mixed package, whose price is on request, has the fees among its steps and documents only."""
    shared = {shared.id: shared.criteria for shared in registry().shared_criteria}
    assert {"referrer": "social_worker"} in [one.requires for one in shared["dvact-gate"]]
    assert {"fees_confirmed": "yes"} in [one.condition for one in shared["dvact-package"]]
    for service in of("dvact-pai"):
        if service.criteria or service.shared_criteria:
            assert "dvact-gate" in service.shared_criteria
            assert ("dvact-package" in service.shared_criteria) is (service.id != "dvact-mixed-package")
            assert service.referral.who == ("social_worker",)
            assert {"dvact-referral-form", "court-bundle", "social-work-chronology", "completed-assessments",
                    "cp-minutes",
                    "fee-confirmation"} <= set(service.documents)


# —— Prices that are not printed ——

def test_no_service_of_dvip_has_a_price():
    assert {service.price_status for service in of("dvip")} == {PriceStatus.NOT_PRINTED, PriceStatus.ON_REQUEST}


def test_a_price_is_printed_for_eight_services_only():
    assert {service.id for service in SERVICES.values() if service.prices} == {
        "dvact-bc-victim", "dvact-bc-perpetrator", "dvact-bc-both", "dvact-needs-victim", "dvact-needs-perpetrator",
        "dvact-needs-both",
        "dvact-traumasense", "blackpool-perpetrator-pilot"}


def test_nothing_is_called_free():
    assert PriceStatus.FREE not in {service.price_status for service in SERVICES.values()}


def test_the_blackpool_pilot_cost_1000_pounds_a_person_in_2012_13():
    [price] = SERVICES["blackpool-perpetrator-pilot"].prices
    assert (price.party, price.amount, price.unit) == ("person_using_harm", 1000, PriceUnit.PERSON)
    assert price.period == "2012/13"
    assert total_weeks(SERVICES["blackpool-perpetrator-pilot"].timeline) == (12, 12)


def test_programme_fees_of_a_dapp_may_be_charged_and_dao_work_is_in_house():
    assert SERVICES["dapp-group"].price_status is PriceStatus.MAY_BE_CHARGED
    assert {service.price_status for service in of("west-sussex-dao")} == {PriceStatus.IN_HOUSE}


# —— DVIP: hours, sessions, reports ——

@pytest.mark.parametrize(("service", "hours", "about"), [
    ("dvip-full-risk-assessment", 32, True), ("dvip-final-risk-assessment", 20, False),
    ("dvip-standard-risk-id", 18.5, True),
    ("dvip-summary-risk-id", 10, True)])
def test_worker_hours(service, hours, about):
    assert (step(service, "worker-time").worker_hours, step(service, "worker-time").approximate) == (hours, about)


@pytest.mark.parametrize(("service", "name", "hours"), [
    ("dvip-standard-risk-id", "interviews-person-using-harm", (4, 6)),
    ("dvip-standard-risk-id", "interviews-other-parent", (2, 6)),
    ("dvip-summary-risk-id", "interviews-person-using-harm", (4, 6)), ("dvip-needs-assessment", "interviews", (4, 6)),
    ("dvip-full-risk-assessment", "interviews-person-using-harm", (4, 6)),
    ("dvip-full-risk-assessment", "interviews-other-parent", (2, 6)),
    ("dvip-full-risk-assessment-children", "interviews-child", (2, 6))])
def test_interview_hours(service, name, hours):
    assert ends(step(service, name).hours) == hours


@pytest.mark.parametrize(("issue", "service"), [
    ("i-v2", "dvip-standard-risk-id"), ("i-v2b", "dvip-summary-risk-id"), ("i-v2c", "dvip-needs-assessment"),
    ("i-v9", "dvip-perpetrator-programme")])
def test_hours_that_the_document_prints_twice_are_a_disagreement(issue, service):
    [found] = [one for one in registry().disagreements if one.id == issue]
    assert service in found.services and len(found.claims) >= 2


def test_the_perpetrator_programme_has_32_sessions_of_two_and_a_half_or_three_hours():
    programme = step("dvip-perpetrator-programme", "group-programme")
    assert (programme.sessions, ends(programme.hours_each)) == (32, (2.5, 3))


def test_the_womens_programme_is_ten_individual_and_ten_group_sessions_in_ten_weeks():
    assert (step("dvip-womens-programme", "individual-sessions").sessions,
            step("dvip-womens-programme", "group-sessions").sessions,
            step("dvip-womens-programme", "individual-sessions").weeks) == (10, 10, 10)
    assert SERVICES["dvip-womens-programme"].for_whom.gender is Gender.WOMEN


def test_child_therapy_is_six_months_of_weekly_sessions():
    therapy = step("dvip-child-therapy", "therapy")
    assert (therapy.months, ends(therapy.minutes_each), therapy.frequency) == (6, (40, 60), "once a week")


def test_assessed_contact_is_six_sessions_of_two_hours_and_two_meetings_of_one():
    contact, debriefs = step("dvip-assessed-supervised-contact",
                             "contact-sessions"), step("dvip-assessed-supervised-contact", "debriefs")
    assert (contact.sessions, contact.hours_each, debriefs.sessions, debriefs.hours_each) == (6, 2, 2, 1)


@pytest.mark.parametrize(("service", "court"), [
    ("dvip-standard-risk-id", CourtUse.NOT_FOR_COURT), ("dvip-summary-risk-id", CourtUse.NOT_FOR_COURT),
    ("dvip-needs-assessment", CourtUse.NOT_FOR_COURT),
    ("dvip-full-risk-assessment", CourtUse.COURT_COMPLIANT),
    ("dvip-full-risk-assessment-children", CourtUse.COURT_COMPLIANT),
    ("dvip-assessed-supervised-contact", CourtUse.COURT_COMPLIANT), ("dvip-child-therapy", CourtUse.NOT_FOR_COURT),
    ("dvip-child-therapy-assessment", CourtUse.NOT_FOR_COURT), ("dvact-bc-victim", CourtUse.EXPERT_OPINION)])
def test_what_a_report_may_be_used_for(service, court):
    assert SERVICES[service].report.court is court


# —— Programmes elsewhere ——

def test_a_dapp_lasts_26_to_30_weeks_of_2_to_2_and_a_half_hours():
    programme = step("dapp-group", "programme")
    assert (ends(programme.weeks), ends(programme.hours_each)) == ((26, 30), (2, 2.5))


def test_better_me_better_us_is_14_sessions_of_2_hours():
    assert (step("bmbu-group", "programme").sessions, step("bmbu-group", "programme").hours_each) == (14, 2)


def test_a_dao_risk_assessment_takes_about_six_weeks():
    assert (step("dao-risk-assessment", "assessment").weeks,
            step("dao-risk-assessment", "assessment").approximate) == (6, True)


def test_systemic_family_therapy_is_at_least_15_fortnightly_sessions():
    sessions = step("systemic-family-therapy", "sessions")
    assert (sessions.sessions, sessions.at_least, sessions.frequency) == (15, True, "fortnightly")


# —— Ages ——

@pytest.mark.parametrize(("service", "ages"), [
    ("fft", (10, 17)), ("incredible-years", (0, 12)), ("pcit", (2, 7)), ("mst", (12, 17)),
    ("life-skills-training", (9, 15)),
    ("stars-for-families", (11, 14)), ("dvip-yuva", (11, 18)), ("dvip-child-therapy", (3, 18)),
    ("dvip-child-therapy-assessment", (3, 18)),
    ("dao-risk-assessment", (18, None)), ("dao-one-to-one", (18, None)), ("bmbu-group", (18, None)),
    ("mtfc", (None, None))])
def test_ages(service, ages):
    assert (SERVICES[service].for_whom.ages.min, SERVICES[service].for_whom.ages.max) == ages


@pytest.mark.parametrize(("service", "lowest", "highest"), [
    ("fft", 10, 17), ("incredible-years", 0, 12), ("pcit", 2, 7), ("mst", 12, 17), ("life-skills-training", 9, 15),
    ("stars-for-families", 11, 14)])
def test_the_ages_shown_are_the_ages_required(service, lowest, highest):
    required = [criterion.requires for criterion in SERVICES[service].criteria]
    assert {"child_age": {"from": lowest, "to": highest}} in required


# —— Lancashire: figures ——

@pytest.mark.parametrize(("service", "value", "period"), [
    ("idva-maternity-pathway", "697", "April 2009 to June 2010"),
    ("idva-maternity-pathway", "160 of the 196", "April 2009 to June 2010"),
    ("idva-maternity-pathway", "28", "April 2009 to June 2010"), ("idva-maternity-pathway", "£170,800", None),
    ("idva-maternity-pathway", "just over £50,000", None),
    ("idva", "over 15", None), ("idva", "over 3,800", "April to December 2012"), ("marac", "10", None),
    ("marac", "over 1,800", "April to December 2012"),
    ("marac", "over 260", None), ("marac", "over 55,000", None), ("sdvc", "eight", None), ("sdvc", "1,454", "2011"),
    ("sdvc", "143", None),
    ("refuge", "seven", None), ("refuge", "over 500 women and 700 children", "2011/12"),
    ("floating-support", "327 of 663", "2012/13"), ("floating-support", "436 of 663", "2012/13"),
    ("floating-support", "179 of 663", "2012/13"),
    ("floating-support", "80%", "2012/13"), ("floating-support", "89%", "2012/13"),
    ("floating-support", "62%", "2012/13"),
    ("jsna-handled-with-care", "12%", "2012, compared to 2011")])
def test_a_local_count(service, value, period):
    periods = [figure.period for figure in SERVICES[service].figures if figure.value == value]
    assert len(periods) == 1 and period in (None, periods[0])


FINDINGS = [
    ("idva-maternity-pathway", "160 of the 196", 196), ("idva-maternity-pathway", "£170,800", 28),
    ("idva-maternity-pathway", "82 of 160", 160),
    ("idva-maternity-pathway", "16 of 160", 160), ("idva-maternity-pathway", "116 women", None),
    ("marac", "6 in 19", None),
    ("floating-support", "270 of the 327 (83%)", 327), ("floating-support", "405 of the 436 (93%)", 436),
    ("floating-support", "118 of the 179 (66%)", 179),
    ("family-intervention-project", "54%", None), ("refuge-child-services", "19%", 147),
    ("refuge-child-services", "48%", 147),
    ("blackpool-perpetrator-pilot", "six of the eight completed; average 30% take-up", 8),
    ("evidence-scotland-dobash", "66% compared with 30%", None), ("evidence-us-gondolf", "over two thirds; 85%", None)]


@pytest.mark.parametrize(("holder", "figure", "n"), FINDINGS)
def test_a_finding(holder, figure, n):
    studies = {study.id: study for study in registry().evidence}
    [finding] = [one for one in (SERVICES | studies)[holder].findings if one.figure == figure]
    assert finding.n == n


def test_the_evaluation_in_the_united_states_had_840_men():
    [study] = [study for study in registry().evidence if study.id == "evidence-us-gondolf"]
    assert 840 in {finding.n for finding in study.findings}


def test_6_in_19_is_shown_as_disputed():
    [finding] = [one for one in SERVICES["marac"].findings if one.figure == "6 in 19"]
    [disagreement] = [one for one in registry().disagreements if one.id == finding.disputed]
    assert "marac" in disagreement.services
    assert any("6 in 10" in claim.says or "six in ten" in claim.says for claim in disagreement.claims)


def test_nothing_is_worked_out_from_6_in_19():
    assert not re.search(r"3[12](\.\d+)? ?(%|per ?cent)", " ".join(texts(data())))


# —— Contacts ——

@pytest.mark.parametrize(("helpline", "number"), [
    ("emergency", "999"), ("national-domestic-abuse-helpline", "0808 2000 247"),
    ("respect-phoneline-number", "0808 802 4040"),
    ("mens-advice-line", "0808 801 0327"), ("galop", "0800 999 5428"), ("live-fear-free", "0808 80 10 800"),
    ("scotland-helpline", "0800 027 1234"), ("karma-nirvana", "0800 5999 247"), ("childline", "0800 1111"),
    ("nspcc", "0808 800 5000")])
def test_a_helpline_number(helpline, number):
    assert {line.id: line.number for line in registry().helplines}[helpline] == number


def test_the_lines_for_danger_victims_and_people_using_harm_stand_on_every_page():
    assert {line.id for line in registry().helplines if line.everywhere} >= {
        "emergency", "national-domestic-abuse-helpline", "respect-phoneline-number", "mens-advice-line"}


def test_the_number_in_northern_ireland_which_was_not_confirmed_is_not_given():
    assert "08088021414" not in re.sub(r"\D", "", FILES[0].read_text(encoding="utf-8"))


def test_the_men_s_advice_line_prints_no_hours_because_pages_disagree():
    assert {line.id: line.hours for line in registry().helplines}["mens-advice-line"] is None


def test_the_corrupt_address_of_the_respect_phoneline_stands_nowhere():
    assert "respectphonenumber" not in FILES[0].read_text(encoding="utf-8").lower()


def test_every_e_mail_address_is_the_mailbox_of_a_team():
    assert set(re.findall(r"[\w.+-]+@[\w.-]+\w", FILES[0].read_text(encoding="utf-8"))) == {
        "programmes@dvact.org", "info@dvip.org", "wss@dvip.org", "RiskAssessment@dvip.org",
        "ChildSupportServices@dvip.org",
        "DAOfficer.Referrals@surreycc.gov.uk", "info@respectphoneline.org.uk", "help@galop.org.uk"}


@pytest.mark.parametrize("person", ["Meriam", "Mohamed", "Shem", "Gjori", "Liz"])
def test_no_member_of_staff_is_named(person):
    assert not re.search(rf"\b{person}\b", FILES[0].read_text(encoding="utf-8"))


def test_every_contact_that_dvip_printed_in_2010_is_withheld():
    [dvip] = [provider for provider in registry().providers if provider.id == "dvip"]
    assert len(dvip.contacts) >= 12
    assert all(contact.withheld for contact in (*dvip.contacts,
                                                *(contact for service in of("dvip") for contact in service.contacts)))


def test_the_mailbox_of_surrey_is_withheld_from_the_west_sussex_route():
    shown = {contact.value for provider in registry().providers for contact in provider.contacts
             if not contact.withheld}
    assert "DAOfficer.Referrals@surreycc.gov.uk" not in shown


@pytest.mark.parametrize("address", ["W6 9ZE", "Box2838", "Box 2838"])
def test_no_postal_address_is_given(address):
    assert address not in FILES[0].read_text(encoding="utf-8")


# —— Standing ——

@pytest.mark.parametrize(("provider", "states"), [
    ("dvact-pai", {State.ACTIVE}), ("dvip", {State.UNVERIFIED, State.HISTORIC, State.SUPERSEDED}),
    ("respect", {State.ACTIVE}),
    ("west-sussex-dao", {State.UNVERIFIED}), ("jsna-various", {State.HISTORIC}),
    ("blackburn-womens-aid", {State.RENAMED})])
def test_a_provider_stands_as_far_as_is_known(provider, states):
    assert {one.id: one.status.state for one in registry().providers}[provider] in states


def test_work_with_both_parents_together_is_not_listed():
    assert "dao-joint-work" not in SERVICES
    assert "dao-joint-work" in {item.id for item in registry().not_listed}


def test_every_package_for_both_parents_combines_two_singles():
    assert {service.id: set(service.combines) for service in SERVICES.values() if service.combines} == {
        "dvact-bc-both": {"dvact-bc-victim", "dvact-bc-perpetrator"},
        "dvact-needs-both": {"dvact-needs-victim", "dvact-needs-perpetrator"}}


def test_what_comes_first_where_the_risk_is_high_is_the_idva_and_the_marac():
    assert {service.id for service in SERVICES.values() if service.safety_first} == {"idva", "marac"}
