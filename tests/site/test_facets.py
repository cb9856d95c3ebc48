"""The facets of the directory say what services.yaml says, read here a second time without the model."""

import pytest

from tests.registry import real
from waymark_site.answers import UNKNOWN, Answer
from waymark_site.registry import yaml_lines

SHOWN = (Answer.YES, Answer.ASK_FIRST, Answer.DEPENDS)


@pytest.fixture(scope="module")
def written():
    """services.yaml as plain data."""
    return real.data()


@pytest.fixture(scope="module")
def asked():
    """The options of each question of questions.yaml, value and label."""
    return {question["id"]: {option["value"]: option["label"] for option in question.get("options", [])}
            for question in yaml_lines.read(real.FILES[1]).data["questions"]}


def answers(facet, service):
    return {value.id: facet.answer(service, value.id) for value in facet.values}


def expected(facet, yes=(), otherwise=Answer.NO):
    return {value.id: Answer.YES if value.id in yes else otherwise for value in facet.values}


def unsaid(service, topic):
    assert (topic in service.get("not_printed", ())) != (topic in service.get("not_applicable", ()))
    return Answer.NOT_PRINTED if topic in service.get("not_printed", ()) else Answer.DOES_NOT_APPLY


def test_every_facet_speaks_of_every_service(site, written):
    assert [*site.facets] == ["for", "stage", "kind", "area", "delivery", "provider", "price", "status"]
    for facet in site.facets.values():
        assert [*facet.readings] == [service["id"] for service in written["services"]], facet.id


def test_for_whom_and_kind_and_provider_are_those_written(site, written):
    for service in written["services"]:
        for facet, values in (("for", service["for_whom"]["parties"]), ("kind", [service["kind"]]),
                              ("provider", [service["provider"]])):
            assert answers(site.facets[facet], service["id"]) == expected(site.facets[facet], values), service["id"]


def test_what_is_across_the_uk_is_everywhere_and_what_varies_may_be_anywhere(site, written, asked):
    facet = site.facets["area"]
    for service in written["services"]:
        if "area" not in service:
            assert answers(facet, service["id"]) == expected(facet, (), unsaid(service, "area")), service["id"]
            continue
        places = service["area"]["places"]
        assert set(places) <= {*asked["area"], "uk_wide", "varies"}
        for place in asked["area"]:
            sure = place in places or "uk_wide" in places
            assert facet.answer(service["id"], place) is (
                Answer.YES if sure else Answer.DEPENDS if "varies" in places else Answer.NO), (service["id"], place)
        for wide in ("uk_wide", "varies"):
            assert (facet.answer(service["id"], wide) is Answer.YES) == (wide in places), service["id"]


def test_delivery_is_what_is_written_or_unknown(site, written):
    facet = site.facets["delivery"]
    for service in written["services"]:
        found = answers(facet, service["id"])
        if "delivery" in service:
            assert found == expected(facet, service["delivery"]["modes"]), service["id"]
        else:
            assert found == expected(facet, (), unsaid(service, "delivery")), service["id"]


def test_a_price_that_is_not_printed_may_be_free_and_is_certainly_not_printed(site, written):
    facet = site.facets["price"]
    for service in written["services"]:
        found = answers(facet, service["id"])
        if service.get("prices"):
            assert found == expected(facet, ["printed"]), service["id"]
        elif service["price_status"] == "not_printed":
            assert found == expected(facet, ["not_printed"], Answer.NOT_PRINTED) | {"printed": Answer.NO}, service["id"]
        else:
            assert found == expected(facet, [service["price_status"]]), service["id"]


def test_a_status_that_is_not_verified_is_no_proof_of_another(site, written):
    facet = site.facets["status"]
    providers = {provider["id"]: provider for provider in written["providers"]}
    for service in written["services"]:
        state = (service.get("status") or providers[service["provider"]]["status"])["state"]
        otherwise = Answer.NOT_PRINTED if state == "unverified" else Answer.NO
        assert answers(facet, service["id"]) == expected(facet, [state], otherwise), service["id"]


EFFECTS = ("requires", "excludes", "ask_first", "condition")


def truth(condition, stage):
    """The truth of a condition where only the stage is known: written again, and not the engine's."""
    parts = []
    for name, value in condition.items():
        if name == "not":
            inner = truth(value, stage)
            parts.append(None if inner is None else not inner)
        elif name in ("all", "any"):
            found = {truth(part, stage) for part in value}
            settles = name == "any"
            parts.append(settles if settles in found else None if None in found else not settles)
        else:
            parts.append(stage in (value if isinstance(value, list) else [value]) if name == "stage" else None)
    return False if False in parts else None if None in parts else True


def reads_stage(condition):
    return any(name == "stage" or name == "not" and reads_stage(value)
               or name in ("all", "any") and any(map(reads_stage, value)) for name, value in condition.items())


def test_the_stage_is_what_the_criteria_that_read_it_say(site, written, asked):
    facet = site.facets["stage"]
    shared = {one["id"]: one["criteria"] for one in written["shared_criteria"]}
    for service in written["services"]:
        criteria = [(effect, one[effect]) for group in ([service.get("criteria", [])] + [
            shared[name] for name in service.get("shared_criteria", ())]) for one in group
            for effect in EFFECTS if effect in one and reads_stage(one[effect])]
        for stage in asked["stage"]:
            found = {(effect, truth(condition, stage)) for effect, condition in criteria}
            if not criteria:
                wanted = Answer.NOT_PRINTED
            elif found & {("requires", False), ("excludes", True)}:
                wanted = Answer.NO
            elif ("ask_first", True) in found:
                wanted = Answer.ASK_FIRST
            elif found & {("requires", None), ("excludes", None), ("ask_first", None)}:
                wanted = Answer.DEPENDS
            else:
                wanted = Answer.YES
            assert facet.answer(service["id"], stage) is wanted, (service["id"], stage)


def test_every_answer_but_yes_and_no_has_words_that_say_what_it_is_about(site):
    for facet in site.facets.values():
        given = {facet.answer(service, value.id) for service in facet.readings for value in facet.values}
        assert given - {Answer.YES, Answer.NO} <= set(facet.words), facet.id


def test_an_unknown_has_a_reason_and_what_is_known_has_none(site):
    for facet in site.facets.values():
        for service in facet.readings:
            unknown = any(facet.answer(service, value.id) in UNKNOWN for value in facet.values)
            assert bool(facet.reason(service)) == unknown, (facet.id, service)


def test_a_count_is_the_number_of_services_that_print_something_other_than_no(site):
    for facet in site.facets.values():
        for value in facet.values:
            found = [service for service in facet.readings if facet.answer(service, value.id) in SHOWN]
            assert facet.counts[value.id] == len(found), (facet.id, value.id)


def test_values_keep_the_words_of_questions_and_vocabulary(site, asked):
    assert {value.id: value.label for value in site.facets["stage"].values} == asked["stage"]
    assert [value.id for value in site.facets["for"].values] == [*asked["focus"]]
    assert [value.id for value in site.facets["area"].values] == [*asked["area"], "uk_wide", "varies"]


def test_every_value_has_an_address_of_its_own(site):
    addresses = [facet.url(value) for facet in site.facets.values() for value in facet.values]
    assert len(set(addresses)) == len(addresses)
    assert site.facets["for"].url(site.facets["for"].values[0]) == "services/for/victim-survivor/"
    assert all(f"providers/{provider.id}/" in addresses for provider in site.registry.providers
               if provider.id in site.by_provider)
