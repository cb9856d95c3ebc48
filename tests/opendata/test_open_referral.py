"""The Open Referral feed is valid by the published schemas of ORUK 3.0 and HSDS 3.0, formats included, and says what the registry says.

Schemas, mocks and their licence: `standards/open-referral/README.md` of the shared folder.
"""

import json
import os
import re
import uuid
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.registry.real import ROOT
from tests.site.building import SITE_URL
from waymark_site.answers import Answer
from waymark_site.opendata import open_referral
from waymark_site.opendata.names import stable
from waymark_site.opendata.open_referral import EXTENSIONS, FOLDER

SHARED = Path(os.environ.get("WAYMARK_SHARED") or ROOT.parent / "shared") / "standards" / "open-referral"
needs_schemas = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the schemas are not there: {SHARED}")

SERVICE = ("hsds-3.0/service.json", "hsds-3.1-dev/service.json", "oruk-3.0/service.json")
ONE = {"services": SERVICE, "organizations": ("oruk-3.0/organization.json", "hsds-3.0/organization_list.json"),
       "taxonomies": ("oruk-3.0/taxonomy.json", "hsds-3.0/taxonomy.json"),
       "taxonomy_terms": ("oruk-3.0/taxonomy_term.json", "hsds-3.0/taxonomy_term.json")}
"""The schemas of one thing of each kind."""
LISTED = {"services": "hsds-3.0/service_list.json"} | {kind: schemas[0] for kind, schemas in ONE.items() if kind != "services"}
PAGES = {"services": "oruk-3.0/service_list.json", "taxonomies": "oruk-3.0/taxonomy_list.json", "taxonomy_terms": "oruk-3.0/taxonomy_term_list.json"}
KINDS = tuple(ONE)


@pytest.fixture(scope="module")
def feed(files):
    """What each file of the feed holds, by its place in it."""
    return {place.removeprefix(FOLDER): json.loads(content) for place, content in files.items() if place.startswith(FOLDER)}


@pytest.fixture(scope="module")
def told(feed, site):
    """Each service of the registry with what the feed says of it."""
    return [(service, feed[f"services/{stable('service', service.id)}.json"]) for service in site.registry.services]


def faults(schema, data):
    check = Draft202012Validator(json.loads((SHARED / schema).read_text(encoding="utf-8")), format_checker=FormatChecker())
    return [f"{schema}: {list(fault.path)}: {fault.message[:120]}" for fault in check.iter_errors(data)]


def page_faults(kind, page):
    """What is wrong with a page: its counts, its shape, and each thing on it."""
    size = len(page.get("contents") or [])
    counts = {"total_items": size, "total_pages": 1, "page_number": 1, "size": size, "first_page": True, "last_page": True, "empty": not size}
    found = [f"{name} is not {value}" for name, value in counts.items() if page.get(name) != value]
    found += faults(PAGES[kind], page) if kind in PAGES else []
    return found + [fault for item in page.get("contents") or [] for fault in faults(LISTED[kind], item)]


def unknown(schema, data, path=""):
    """The names in the data that a schema does not have."""
    if isinstance(data, dict):
        named = schema.get("properties") or {}
        for key, value in data.items():
            yield from unknown(named[key], value, f"{path}/{key}") if key in named else [f"{path}/{key}"]
    elif isinstance(data, list):
        for item in data:
            yield from unknown(schema.get("items") or {}, item, path)


def values(data, path=""):
    yield path, data
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from values(value, f"{path}/{key}")


@needs_schemas
@pytest.mark.parametrize("kind", KINDS)
def test_every_thing_is_valid_by_every_schema(feed, kind):
    things = [data for place, data in feed.items() if place.startswith(f"{kind}/")]
    assert things and [fault for data in things for schema in ONE[kind] for fault in faults(schema, data)] == []


@needs_schemas
@pytest.mark.parametrize("kind", KINDS)
def test_every_list_is_one_valid_page_of_all_there_is(feed, kind):
    page = feed[f"{kind}.json"]
    assert page_faults(kind, page) == []
    assert {item["id"] for item in page["contents"]} == {place.split("/")[1][:-5] for place in feed if place.startswith(f"{kind}/")}


@needs_schemas
def test_what_is_read_first_is_valid_and_names_the_standard(feed):
    assert faults("oruk-3.0/api_details.json", feed["index.json"]) == []
    assert feed["index.json"]["version"] == "HSDS-UK-3.0" and feed["index.json"]["x_names"] == EXTENSIONS


@needs_schemas
def test_the_good_mocks_pass_and_the_bad_ones_fail():
    """Our check bites: what the publishers of the standard made to fail does fail."""
    def mock(name, file):
        return json.loads((SHARED / "oruk-3.0" / "mocks" / name / file).read_text(encoding="utf-8"))

    assert [fault for schema in SERVICE for fault in faults(schema, mock("Default", "service_full.json"))] == []
    assert faults("oruk-3.0/api_details.json", mock("Default", "api_details.json")) == []
    for schema in SERVICE:
        assert len(faults(schema, mock("Fail", "service_full.json"))) >= 2  # an address and an e-mail that are none
    assert faults("oruk-3.0/api_details.json", mock("Fail", "api_details.json"))
    assert faults(ONE["taxonomy_terms"][0], mock("Fail", "taxonomy_term.json"))
    assert len(page_faults("services", mock("Fail", "service_list.json"))) > len(page_faults("services", mock("Default", "service_list.json")))


@needs_schemas
def test_every_name_is_of_the_standard_or_one_of_ours_that_is_explained(told):
    schemas = [json.loads((SHARED / schema).read_text(encoding="utf-8")) for schema in SERVICE]
    foreign = set()
    for _, data in told:
        foreign |= set.intersection(*(set(unknown(schema, data)) for schema in schemas))
    assert {path for path in foreign if not path.rsplit("/", 1)[1].startswith("x_")} == set()
    ours = {path.rsplit("/", 1)[1] for _, data in told for path, _ in values(data) if path.rsplit("/", 1)[-1].startswith("x_")}
    assert ours == EXTENSIONS.keys() - {"x_licence"}


def test_nothing_is_empty(feed):
    assert [f"{place}{path}" for place, data in feed.items() for path, value in values(data) if value in (None, "", [], {})] == []


def test_each_service_is_what_the_registry_says(told, site):
    for service, data in told:
        ages, status, provider = service.for_whom.ages, site.status(service), site.providers[service.provider]
        assert (data["name"], data["x_registry"]["slug"], data["url"]) == (service.name, service.id, f"{SITE_URL}services/{service.id}/")
        assert data["description"].startswith(service.summary.rstrip(".")) and all(one.says in data["description"] for one in service.about)
        assert (data.get("minimum_age"), data.get("maximum_age")) == ((ages.min, ages.max) if ages else (None, None)), service.id
        assert data["organization"]["name"] == provider.name and data["organization_id"] == data["organization"]["id"]
        assert data["organization"]["description"] == provider.what.says and data["assured_date"] == status.checked
        assert data.get("x_not_printed", []) == [topic.value for topic in service.not_printed]
        assert [one["document"] for one in data.get("required_documents", [])] == [site.documents[name].name for name in service.documents]
        assert [one["description"] for one in data.get("service_areas", [])] == ([service.area.says] * len(service.area.places) if service.area else [])
        assert (data.get("application_process") or "").startswith(service.referral.says if service.referral else "")


def test_an_amount_stands_there_only_where_it_is_printed(told):
    for service, data in told:
        costs = data.get("cost_options", [])
        assert [(one["amount"], one["x_price"]["party"], one["x_price"]["unit"]) for one in costs] == \
            [(price.amount, price.party, price.unit.value) for price in service.prices]
        amounts = {int(number.replace(",", "")) for number in re.findall(r"£([\d,]+)", data["fees"])}
        notes = " ".join(one.says for one in (*((service.price_note,) if service.price_note else ()), *service.extra_charges))
        printed = {price.amount for price in service.prices}
        assert printed <= amounts <= printed | {int(number.replace(",", "")) for number in re.findall(r"£([\d,]+)", notes)}, service.id
        assert data["fees"] == data["fees_description"]
        assert data.get("x_price_status") == (service.price_status.value if service.price_status else None)
        if service.price_status:
            assert data["fees"].startswith(service.price_status.label), service.id
    assert sum(bool(data.get("cost_options")) for _, data in told) == sum(bool(service.prices) for service, _ in told) > 0


def test_only_what_is_known_to_stand_is_active_and_whatever_may_not_stand_says_so(told, site):
    for service, data in told:
        status = site.status(service)
        assert (data["status"] == "active") == (status.state.value == "active"), service.id
        assert ("alert" in data) == site.needs_banner(service), service.id
        assert data["x_standing"]["old"] == site.is_old(service.source.document)
        if "alert" in data:
            assert data["alert"].startswith(f"{status.state.label}. ") and ("is old" in data["alert"]) == data["x_standing"]["old"]


def test_a_term_is_there_only_for_a_plain_yes_and_never_for_what_is_ruled_out(told, site):
    for service, data in told:
        terms = {(one["taxonomy_term"]["taxonomy"], one["link_type"], one["taxonomy_term"]["code"]) for one in data["attributes"]}
        stages = site.stages(service)
        yes = {value for value, label in site.labels["stage"].items() if stages.get(label) is Answer.YES}
        assert {code for name, link, code in terms if name == "Stage of the case"} == yes, service.id
        assert {code for name, link, code in terms if name == "Who it is for"} == set(service.for_whom.parties), service.id
        assert {code for name, link, code in terms if name == "Who may refer"} == set(service.referral.who if service.referral else ()), service.id
        assert all((link in ("eligibility", "referrer")) == (name in ("Stage of the case", "Who it is for", "Who may refer"))
                   for name, link, _ in terms)


def test_every_criterion_stands_there_with_its_effect_and_in_words(told, site):
    for service, data in told:
        criteria = [(effect.value, one.id) for effect, group in site.criteria_by_effect(service).items() for one in group]
        assert [(one["effect"], one["id"]) for one in data.get("x_eligibility", [])] == criteria, service.id
        for one in data.get("x_eligibility", []):
            assert one[one["effect"]] and one["says"] in data["eligibility_description"], service.id
        assert service.browse_only is None or data["eligibility_description"].startswith("No criteria for a case")


def test_no_contact_that_is_withheld_and_no_location_is_given(told, files, site):
    withheld = {contact.value for holder in (*site.registry.providers, *site.registry.services)
                for contact in holder.contacts if contact.withheld and contact.value}
    whole = "".join(content for place, content in files.items() if place.startswith(FOLDER))
    assert withheld and [value for value in withheld if value in whole] == []
    for service, data in told:
        assert not {"service_at_locations", "locations", "schedules"} & data.keys()
        phones = {contact.value for contact in site.contacts(service) if contact.kind == "phone" and not contact.withheld}
        assert {one["number"] for one in data.get("phones", [])} == phones, service.id


def test_ids_are_made_from_ours_and_none_is_used_twice(feed, told):
    for service, data in told:
        assert data["id"] == str(stable("service", service.id)) and uuid.UUID(data["id"]).version == 5
        inner = [value for path, value in values(data) if path.endswith("/id") and not path.startswith("/x_")
                 and not re.search("taxonomy_term/id|organization/id", path)]
        assert len(set(inner)) == len(inner), service.id
    terms = {item["id"] for item in feed["taxonomy_terms.json"]["contents"]}
    assert {one["taxonomy_term_id"] for _, data in told for one in data["attributes"]} <= terms
    organizations = {item["id"] for item in feed["organizations.json"]["contents"]}
    assert {data["organization_id"] for _, data in told} <= organizations


def test_the_areas_that_are_exactly_one_have_its_code(told):
    codes = {one["name"]: one.get("uri") for _, data in told for one in data.get("service_areas", [])}
    for name, code in {"West Sussex": "E10000032", "London": "E12000007", "Across the UK": "K02000001"}.items():
        assert codes[name].endswith(f"/{code}")
    assert codes["Varies by area"] is None


def test_addresses_without_an_ending_lead_to_the_files(feed):
    rules = dict(line.split()[:2] for line in (ROOT / "docs" / "_redirects").read_text().splitlines() if line.startswith("/"))
    assert rules["/open-referral"] == "/open-referral/index.json"
    for kind in KINDS:
        assert rules[f"/open-referral/{kind}"] == f"/open-referral/{kind}.json"
        assert rules[f"/open-referral/{kind}/:id"] == f"/open-referral/{kind}/:id.json"
    assert {place.split("/")[0].removesuffix(".json") for place in feed} == {"index", *KINDS}


def test_a_registry_of_a_site_without_an_address_gives_no_broken_one(site):
    made = [json.loads(content) for _, content in open_referral.files(site, "")]
    assert [value for data in made for path, value in values(data) if path.endswith(("/url", "/uri", "/page", "/data"))
            and not str(value).startswith("http")] == []
