"""The JSON API says what the registry says, field for field, and nothing that is withheld; its description fits it."""

import copy
import dataclasses
import json

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

from quiz import model, rules
from tests.registry.real import data
from tests.site.building import SITE_URL
from tests.site.saturated import saturated
from waymark_site.opendata import api, openapi
from waymark_site.opendata.published import plain, published
from waymark_site.site import Site


@pytest.fixture(scope="module")
def answers(files):
    """What each file of the API holds, by its place in the API."""
    return {place.removeprefix(api.FOLDER): json.loads(content) for place, content in files.items()
            if place.startswith(api.FOLDER) and place != openapi.PLACE}


@pytest.fixture(scope="module")
def description(files):
    return json.loads(files[openapi.PLACE])


@pytest.fixture(scope="module")
def closed(description):
    """The description, with no field allowed that it does not name: stricter than what users are told."""
    made = copy.deepcopy(description)
    _close(made)
    return made


def _close(thing):
    if isinstance(thing, dict):
        if isinstance(thing.get("properties"), dict) and "additionalProperties" not in thing:
            thing["additionalProperties"] = False
        for value in thing.values():
            _close(value)
    elif isinstance(thing, list):
        for value in thing:
            _close(value)


def check(document, path):
    schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    return Draft202012Validator(schema | {"components": document["components"]}, format_checker=FormatChecker())


def path_of(place):
    whole = place.startswith("services/") and place != "services/full.json"
    return f"/{api.SERVICE}" if whole else f"/{place}"


def compact(value):
    """Data without what is empty, so that it can be compared with what was written by hand."""
    if isinstance(value, dict):
        return {key: held for key, item in value.items() if (held := compact(item)) not in (None, False, [], {})}
    return [compact(item) for item in value] if isinstance(value, list) else value


def shown(thing):
    """A thing of `services.yaml` without the values of contacts that are withheld."""
    made = copy.deepcopy(thing)
    for contact in made.get("contacts", ()):
        if "withheld" in contact:
            contact.pop("value", None)
    return made


def test_the_description_is_valid_by_the_validator_of_openapi(description):
    validate(description)
    assert description["openapi"].startswith("3.1")


def test_every_file_is_described_and_every_described_file_is_there(answers, description, site):
    named = {path_of(place) for place in answers}
    assert named == set(description["paths"]) == {f"/{file.place}" for file in api.described()}
    assert {f"services/{service.id}.json" for service in site.registry.services} < set(answers)


def test_every_file_fits_its_description_and_holds_no_field_beyond_it(answers, closed):
    checks = {path: check(closed, path) for path in closed["paths"]}
    faults = [f"{place}: {list(fault.path)}: {fault.message[:200]}" for place, answer in answers.items()
              for fault in checks[path_of(place)].iter_errors(answer)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("spoil", [
    lambda service: service.pop("not_printed"), lambda service: service["prices"][0].update(amount="free"),
    lambda service: service["prices"][0].update(amount=None), lambda service: service.update(kind="cure"),
    lambda service: service.update(score=5), lambda service: service["criteria"][0].update(requires={"nothing": "known"}),
    lambda service: service["standing"].pop("old")])
def test_a_spoilt_answer_does_not_fit_the_description(answers, closed, spoil):
    place = next(f"services/{one['id']}.json" for one in answers["services/full.json"]["result"] if one["prices"] and one["criteria"])
    answer = copy.deepcopy(answers[place])
    checked = check(closed, path_of(place))
    assert checked.is_valid(answer)
    spoil(answer["result"])
    assert not checked.is_valid(answer)


def test_users_are_told_that_fields_may_be_added(answers, description):
    answer = copy.deepcopy(answers["services.json"])
    answer["result"][0]["later"] = answer["later"] = "something new"
    assert check(description, "/services.json").is_valid(answer)


def test_every_file_says_which_registry_it_is_and_how_much_it_holds(answers, site):
    about = site.registry.registry
    for place, answer in answers.items():
        assert list(answer) == ["schema_version", "generated_at", "registry_version", "licence", "total", "result"], place
        assert (answer["generated_at"], answer["registry_version"]) == (about.date, about.version), place
        assert answer["total"] == (len(answer["result"]) if isinstance(answer["result"], list) else 1), place


def test_the_registry_can_be_had_back_from_its_file(answers, site):
    assert rules.load(without_nulls(answers["registry.json"]["result"])) == published(site.registry)


def test_the_registry_can_be_had_back_from_the_files_of_its_parts(answers, site):
    parts = {name: answers[name.replace("_", "-") + ".json"]["result"] for name in api.SECTIONS}
    parts["services"] = [{name: value for name, value in service.items() if name != "standing"}
                         for service in answers["services/full.json"]["result"]]
    parts["registry"] = answers["registry.json"]["result"]["registry"]
    assert rules.load(without_nulls(parts)) == published(site.registry)


def test_every_field_that_a_registry_can_have_comes_back(site):
    full = saturated(site.registry.questions)
    assert rules.load(without_nulls(json.loads(json.dumps(plain(full))))) == full


def without_nulls(value):
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


def test_each_file_of_a_service_is_what_stands_in_the_list_of_all(answers):
    for service in answers["services/full.json"]["result"]:
        assert answers[f"services/{service['id']}.json"]["result"] == service


def test_every_field_of_every_service_is_as_it_was_written(answers):
    """Beside the round trip, against the file itself: neither the model nor its reader is in between."""
    found = {service["id"]: service for service in answers["services/full.json"]["result"]}
    assert list(found) == [service["id"] for service in data()["services"]]
    for written in data()["services"]:
        assert compact({key: value for key, value in found[written["id"]].items() if key != "standing"}) == compact(shown(written))


@pytest.mark.parametrize("section", sorted(api.SECTIONS.keys() - {"questions"}))
def test_every_other_section_is_as_it_was_written(answers, section):
    assert compact(answers[section.replace("_", "-") + ".json"]["result"]) == compact([shown(item) for item in data().get(section, [])])


def test_what_is_withheld_is_gone_and_nothing_else(site):
    before, after = plain(site.registry), plain(published(site.registry))
    gone = 0
    for section in ("providers", "services"):
        for holder in (item for item in before[section]):
            for contact in holder["contacts"]:
                if contact["withheld"]:
                    gone += contact["value"] is not None
                    contact["value"] = None
    assert gone and before == after


def test_what_is_not_printed_is_named_and_never_nought(answers):
    for service in answers["services/full.json"]["result"]:
        written = next(one for one in data()["services"] if one["id"] == service["id"])
        assert service["not_printed"] == written.get("not_printed", [])
        assert all(price["amount"] for price in service["prices"])
        assert bool(service["prices"]) == (service["price_status"] is None)
    missing = next(service for service in answers["services/full.json"]["result"] if "ages" in service["not_printed"])
    assert missing["for_whom"]["ages"] is None


def test_the_standing_of_a_service_is_that_of_its_status_and_document(answers, site):
    listed = {service["id"]: service for service in answers["services.json"]["result"]}
    for service in site.registry.services:
        source = site.sources[service.source.document]
        old = source.stale_after_years is not None and source.year + source.stale_after_years < int(site.registry.registry.date[:4])
        status = service.status or site.providers[service.provider].status
        standing = listed[service.id]["standing"]
        assert standing == answers[f"services/{service.id}.json"]["result"]["standing"]
        assert (standing["old"], standing["date_printed"]) == (old, source.date_printed)
        assert (standing["status"]["state"], standing["status"]["checked"]) == (status.state.value, status.checked)
        assert standing["page"] == f"{SITE_URL}services/{service.id}/"
        assert standing["data"] == f"{SITE_URL}{api.FOLDER}services/{service.id}.json"
    assert {service["standing"]["old"] for service in listed.values()} == {True, False}


def test_a_field_that_is_added_to_the_model_is_published_by_itself(site):
    longer = dataclasses.make_dataclass("Longer", [("added", str)], bases=(model.Term,), frozen=True, kw_only=True)
    assert plain(longer(id="a", term="b", means="c", added="d"))["added"] == "d"


def test_nothing_of_the_model_has_the_name_of_what_is_derived():
    assert "standing" not in {field.name for field in dataclasses.fields(model.Service)}


def test_every_word_of_a_closed_list_has_its_label(answers):
    lists = {words["name"]: {word["value"]: word["label"] for word in words["words"]}
             for words in answers["vocabularies.json"]["result"]}
    assert lists["PriceStatus"]["not_printed"] == "Not printed" and lists["State"]["historic"] == "Historic"
    used = {service["kind"] for service in answers["services.json"]["result"]}
    assert used <= lists["Kind"].keys()


def test_another_registry_changes_what_its_files_say_of_themselves(site, files):
    later = dataclasses.replace(site.registry, registry=dataclasses.replace(site.registry.registry, version="2027.1.1", date="2027-01-01"))
    made = dict(api.files(Site(later), SITE_URL))
    assert json.loads(made["api/v1/glossary.json"])["generated_at"] == "2027-01-01"
    assert all(made[place] != content for place, content in files.items() if place in made)


def test_two_files_never_stand_in_one_place(site, monkeypatch):
    from waymark_site import opendata
    monkeypatch.setattr(opendata, "FORMATS", (api.files, api.files))
    with pytest.raises(ValueError, match="two files would stand at api/v1/services/"):
        opendata.files(site, SITE_URL)


def test_the_version_is_that_of_the_newest_change():
    versions = [tuple(map(int, change.version.split("."))) for change in api.CHANGES]
    assert versions == sorted(versions, reverse=True) and f"v{versions[0][0]}/" in api.FOLDER
