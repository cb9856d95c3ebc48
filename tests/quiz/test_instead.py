"""Where nothing fits there is always a way on, and it never leads to what is ruled out or may not be suggested."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.changes import Change, changes
from quiz.instead import FOR_WORKERS, instead
from quiz.pathway import ANSWERS, Rulebook, answer, tracks
from quiz.suitability import Verdict, examine
from tests.quiz.test_real_cases import CASES
from tests.registry import real

FACTS = {question.id: question for question in real.registry().questions}
every_case = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


def values(question):
    return st.sampled_from([option.value for option in question.options]) if question.options else st.integers(
        question.years.min, question.years.max)


any_case = st.fixed_dictionaries({"focus": values(FACTS["focus"])}, optional={
    fact: values(question) for fact, question in FACTS.items() if fact != "focus"})


@cache
def rulebook():
    return Rulebook(real.registry())


def ways(case):
    outcome = answer(rulebook(), case)
    return outcome, instead(rulebook(), outcome)


def ruled_out(outcome):
    """The services that do not fit any of the people the case is about."""
    said = {}
    for person in outcome.people:
        for found in person.answers:
            said.setdefault(found.service.id, set()).add(found.verdict)
    return {service for service, verdicts in said.items() if verdicts == {Verdict.DOES_NOT_FIT}}


# —— Never empty ——

@every_case
def test_there_is_a_way_on_for_every_case(case):
    _, found = ways(case.facts)
    assert found.helplines


@settings(max_examples=150)
@given(any_case)
def test_there_is_a_way_on_whatever_the_case(case):
    """A number to ring, and every consultation and helpline that the case does not rule out."""
    outcome, found = ways(case)
    assert found.helplines
    sent = {service.id for service in found.for_the_worker}
    for candidate in rulebook().candidates:
        if candidate.service.kind in FOR_WORKERS and candidate.service.id not in sent:
            seen = [one for person, one in tracks(case) if person in candidate.service.for_whom.parties] or [case]
            assert any(examine(candidate, one).verdict is Verdict.DOES_NOT_FIT for one in seen), candidate.service.id


def test_there_is_a_way_on_before_anything_is_answered():
    _, found = ways({})
    assert found.helplines
    assert {"respect-phoneline", "dao-consultation"} <= {service.id for service in found.for_the_worker}


def test_the_numbers_are_those_that_anyone_may_ring():
    listed = [line for line in real.registry().helplines if line.everywhere]
    assert list(ways({})[1].helplines) == listed
    assert all(line.number and line.name and line.who for line in listed)


@every_case
def test_the_numbers_do_not_depend_on_the_case(case):
    assert ways(case.facts)[1].helplines == ways({})[1].helplines


# —— Nothing that is ruled out ——

@every_case
def test_nothing_ruled_out_is_named(case):
    outcome, found = ways(case.facts)
    assert not {service.id for service in found.named} & ruled_out(outcome)


@every_case
def test_the_worker_is_not_sent_to_a_team_that_the_case_rules_out(case):
    """The officer team’s consultation is for West Sussex: 004:20, 004:45; Respect’s helpline advises on abuse: 002:119."""
    outcome, found = ways(case.facts)
    assert not {service.id for service in found.for_the_worker} & ruled_out(outcome)


@settings(max_examples=150)
@given(any_case)
def test_the_worker_is_not_sent_to_a_team_that_is_ruled_out_whatever_the_case(case):
    outcome, found = ways(case)
    assert not {service.id for service in found.for_the_worker} & ruled_out(outcome)


def test_the_worker_is_not_sent_to_what_is_only_listed_to_browse():
    """DVIP’s consultancy advises projects, and not a worker on a case: 001:274."""
    assert not [service.id for service in ways({})[1].for_the_worker if service.browse_only]


@settings(max_examples=150)
@given(any_case)
def test_nothing_ruled_out_is_named_whatever_the_case(case):
    outcome, found = ways(case)
    assert not {service.id for service in found.named} & ruled_out(outcome)


@settings(max_examples=150)
@given(any_case)
def test_what_is_named_is_for_the_people_the_case_is_about(case):
    outcome, found = ways(case)
    people = {person.person for person in outcome.people}
    assert all(people & set(service.for_whom.parties) for service in found.named)


def far_away(case, services):
    """Services of a printed area in which the family of a case does not live."""
    there = {case.get("area"), "uk_wide", "varies"}
    return [service.id for service in services
            if service.area and "area" in case and not there & set(service.area.places)]


@every_case
def test_what_is_named_is_not_of_an_area_far_away(case):
    """A service that is only listed to browse gets no verdict, so its printed area is looked at here."""
    assert far_away(case.facts, ways(case.facts)[1].named) == []


@settings(max_examples=150)
@given(any_case)
def test_what_is_named_is_not_of_an_area_far_away_whatever_the_case(case):
    assert far_away(case, [service for service in ways(case)[1].named if service.browse_only]) == []


# —— The nearest ——

@settings(max_examples=150)
@given(any_case)
def test_the_nearest_do_not_fit_now_and_would_after_the_one_change(case):
    for service, change in ways(case)[1].nearest:
        candidate = next(found for found in rulebook().candidates if found.service.id == service.id)
        seen = [seen for person, seen in tracks(case) if person in service.for_whom.parties]
        assert any(examine(candidate, one).verdict is Verdict.DOES_NOT_FIT
                   and examine(candidate, {**one, change.fact: change.value}).verdict is change.verdict for one in seen)
        assert change.verdict in ANSWERS


def test_a_service_for_each_of_two_parents_is_told_once_as_for_the_first():
    """She could begin at once; of him, who denies it, the team would be asked."""
    case = {"focus": "both_parents", "area": "london", "referrer": "social_worker", "wants": "assessment",
            "language": "arabic", "can_reach_hammersmith": "yes", "dvip_assessment_recommended": "yes",
            "victim_gender": "female", "perpetrator_gender": "male", "couple": "opposite_sex", "behaviour_is_da": "yes",
            "acknowledgement": "denies", "risk": "not_high", "group_access": "yes"}
    told = [change for service, change in ways(case)[1].nearest if service.id == "dvip-al-aman"]
    assert told == [Change("wants", "intervention", Verdict.FITS)]


@settings(max_examples=150)
@given(any_case)
def test_what_must_never_be_suggested_never_is(case):
    assert not [change.fact for _, change in ways(case)[1].nearest if FACTS[change.fact].never_suggest]


@settings(max_examples=60)
@given(any_case)
def test_no_change_of_any_verdict_touches_what_must_never_be_suggested(case):
    for _, seen in tracks(case):
        for candidate in rulebook().candidates:
            assert not [change for change in changes(candidate, seen, FACTS) if FACTS[change.fact].never_suggest]


@pytest.mark.parametrize("fact", ["relationship", "consent", "age", "child_age", "stage", "area", "risk", "victim_acceptance",
                                  "victim_gender", "perpetrator_gender", "couple", "victim_account_obtained"])
def test_separation_consent_age_and_who_somebody_is_are_never_to_be_suggested(fact):
    assert FACTS[fact].never_suggest


# —— Cases read from the documents ——

def named(name):
    return ways(next(case for case in CASES if case.name == name).facts)[1]


def test_a_father_on_probation_is_pointed_to_the_probation_programme():
    """004:128: those on probation can already reach such work."""
    assert "probation-da-programme" in {service.id for service in named("dao:first-box-red-on-probation").named}


def test_a_health_visitor_is_told_that_a_social_worker_could_ask():
    """000:69: only social workers may refer."""
    found = {service.id: change for service, change in named("dvact:health-visitor-asks-for-dvact").nearest}
    assert (found["dvact-bc-victim"].fact, found["dvact-bc-victim"].value) == ("referrer", "social_worker")


def test_while_nobody_has_said_where_the_family_lives_a_service_of_one_area_is_named_by_its_criteria():
    """001:112: where court is under way, the Vulnerability Assessment stands for the Needs Assessment."""
    case = {"focus": "victim_survivor", "stage": "care_proceedings", "wants": "assessment", "victim_gender": "female"}
    assert "dvip-vulnerability-assessment" in {service.id for service in ways(case)[1].named}


def test_a_woman_who_lives_with_him_is_never_told_to_leave_for_a_service():
    found = named("dvact:mother-still-lives-with-him")
    assert "dvact-bc-victim" not in {service.id for service, _ in found.nearest}


def test_a_family_elsewhere_is_not_told_of_the_officer_team():
    outcome, found = ways({"focus": "person_using_harm", "area": "lancashire", "stage": "child_protection",
                           "referrer": "social_worker"})
    assert "dao-consultation" in ruled_out(outcome)
    assert "dao-consultation" not in {service.id for service in (*found.named, *found.for_the_worker)}
