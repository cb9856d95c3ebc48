"""There is one list of documents: each once, each with the services that ask for it, and none of another stage."""

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.paperwork import checklist
from quiz.pathway import Rulebook, answer
from quiz.record import as_text
from quiz.report import documents
from tests.quiz.test_real_cases import CASES
from tests.registry import real

DVACT = ("dvact-bc-victim", "dvact-bc-perpetrator", "dvact-bc-both", "dvact-needs-victim", "dvact-needs-perpetrator",
         "dvact-needs-both", "dvact-traumasense", "dvact-mixed-package")
BUNDLE = {"court-bundle"}
OTHERWISE = {"social-work-chronology", "completed-assessments", "cp-minutes"}
ALWAYS = {"dvact-referral-form", "fee-confirmation"}
STAGES, AREAS = ([option.value for question in real.registry().questions if question.id == fact for option in question.options]
                 for fact in ("stage", "area"))
with_documents = [service for service in real.registry().services if service.documents]


@cache
def rulebook():
    return Rulebook(real.registry())


def gather(case, *services):
    return checklist(real.registry(), [rulebook().services[service] for service in services], case)


def ids(needed):
    return [item.document.id for item in needed]


# —— Each once ——

@settings(max_examples=80)
@given(st.lists(st.sampled_from([service.id for service in with_documents]), max_size=8), st.sampled_from([None, *STAGES]))
def test_each_document_is_named_once_whatever_is_chosen(services, stage):
    found = gather({"stage": stage} if stage else {}, *services)
    assert len(set(ids(found))) == len(found)


def test_two_services_that_ask_for_the_same_share_one_line():
    found = gather({"stage": "care_proceedings"}, "dvact-bc-victim", "dvact-needs-perpetrator")
    assert all([service.id for service in item.services] == ["dvact-bc-victim", "dvact-needs-perpetrator"] for item in found)


def test_a_document_names_only_the_services_that_ask_for_it():
    for item in gather({"stage": "care_proceedings"}, "dvact-bc-victim", "dvip-full-risk-assessment"):
        assert all(item.document.id in service.documents for service in item.services)
        assert len(item.services) == 1


def test_the_list_stands_in_the_order_of_the_registry():
    order = [document.id for document in real.registry().documents]
    found = ids(gather({}, *(service.id for service in reversed(with_documents))))
    assert found == sorted(found, key=order.index)


def test_nothing_chosen_needs_nothing():
    assert gather({"stage": "care_proceedings"}) == ()


def test_a_service_with_no_printed_documents_adds_none():
    assert gather({"stage": "care_proceedings"}, "drive", "respect-phoneline") == ()


# —— The court bundle, or the papers that stand for it ——

@pytest.mark.parametrize("service", DVACT)
def test_in_care_proceedings_the_court_bundle_is_needed_and_not_the_other_papers(service):
    assert set(ids(gather({"stage": "care_proceedings"}, service))) == ALWAYS | BUNDLE


@pytest.mark.parametrize("service", DVACT)
@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage != "care_proceedings"])
def test_otherwise_the_chronology_assessments_and_minutes_are_needed(service, stage):
    assert set(ids(gather({"stage": stage}, service))) == ALWAYS | OTHERWISE


@pytest.mark.parametrize("service", DVACT)
def test_while_the_stage_is_not_known_each_paper_waits_for_it(service):
    found = {item.document.id: item for item in gather({}, service)}
    assert set(found) == ALWAYS | BUNDLE | OTHERWISE
    for document, item in found.items():
        assert item.certain is (document in ALWAYS)
        assert item.waits_for == (() if document in ALWAYS else ("stage",))


@pytest.mark.parametrize("stage", STAGES)
def test_a_known_stage_leaves_nothing_uncertain(stage):
    for item in gather({"stage": stage, "area": "west_sussex"}, *(service.id for service in with_documents)):
        assert item.certain and item.waits_for == ()


@pytest.mark.parametrize("stage", STAGES)
def test_an_order_to_release_papers_is_needed_in_court_and_only_there(stage):
    """001:151: when an assessment has been ordered by the courts."""
    needed = "dvip-court-order-release" in ids(gather({"stage": stage}, "dvip-full-risk-assessment"))
    assert needed is (stage in ("care_proceedings", "private_law"))


# —— The consent form of the right county ——

@pytest.mark.parametrize("area", AREAS)
def test_each_county_has_its_own_consent_form_and_no_other_area_has_one(area):
    forms = {"west_sussex": ["dao-consent-form-west-sussex"], "surrey": ["dao-consent-form-surrey"]}
    found = ids(gather({"area": area}, "dao-risk-assessment"))
    assert [document for document in found if "consent-form" in document] == forms.get(area, [])


def test_while_the_county_is_not_known_both_forms_wait_for_it():
    waiting = {item.document.id: item.waits_for for item in gather({}, "dao-risk-assessment") if not item.certain}
    assert waiting == {"dao-consent-form-west-sussex": ("area",), "dao-consent-form-surrey": ("area",)}


# —— Answering a question never adds a document that was not on the list ——

@settings(max_examples=60)
@given(st.sampled_from([service.id for service in with_documents]), st.sampled_from(STAGES),
       st.sampled_from(["west_sussex", "surrey", "london"]))
def test_an_answer_only_settles_what_was_open(service, stage, area):
    before = {item.document.id: item.certain for item in gather({}, service)}
    after = {item.document.id: item.certain for item in gather({"stage": stage, "area": area}, service)}
    assert set(after) <= set(before)
    assert all(after.get(document) for document, certain in before.items() if certain)


# —— In the answer ——

@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_list_of_a_whole_case_counts_for_how_many_each_is_needed(case):
    """Needed for n of m: m is all that is recommended, n those of them that ask for it."""
    outcome = answer(rulebook(), case.facts)
    listed = documents(rulebook(), outcome)
    told = re.findall(r"^  \[ \] (.*) \(needed for (\d+) of (\d+)\)", as_text(rulebook(), outcome), re.MULTILINE)
    recommended = [found.service for found in outcome.recommended]
    assert told == [(item.document.name, str(sum(item.document.id in service.documents for service in recommended)),
                     str(len(recommended))) for item in listed]
    assert len(set(ids(listed))) == len(listed)


def test_an_uncertain_document_says_when_it_is_needed():
    case = {"focus": "victim_survivor", "relationship": "separated"}
    outcome = answer(rulebook(), case)
    text = as_text(rulebook(), outcome)
    for item in documents(rulebook(), outcome):
        assert item.certain or item.document.needed in text
