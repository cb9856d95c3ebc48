"""The walk-through in CONTRIBUTING.md, carried out as it is written: two files edited, and a new county and provider
stand in the directory, the quiz, the comparison, the open data and the diff."""

import csv
import json
import re

import frictionless
import pytest

from quiz.paperwork import checklist
from quiz.pathway import Rulebook, answer
from quiz.suitability import Verdict
from tests.quiz import oracle
from tests.registry import real
from tests.opendata.test_api import check, path_of
from tests.site.building import ROOT, SITE_URL, built_in, copy_of_project
from tests.site.reading import Pages, text
from waymark_site import meaning, verdicts
from waymark_site.opendata.names import stable
from waymark_site.registry import read

SERVICE = "loamshire-programme"
CASE = {"focus": "person_using_harm", "area": "loamshire", "referrer": "social_worker", "works_evenings": "no"}


def blocks():
    """The YAML of the walk-through: the county, the fact, and what goes into the registry."""
    part = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## A walk-through")[1].split("\n## ")[0]
    return re.findall(r"```yaml\n(.*?)```", part, re.DOTALL)


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """A copy of the project in which the walk-through has been carried out."""
    project = tmp_path_factory.mktemp("walk") / "project"
    project.mkdir()
    copy_of_project(project)
    county, fact, registry = blocks()
    questions = project / "quiz" / "questions.yaml"
    asked = questions.read_text(encoding="utf-8")
    above = "      - {value: elsewhere_uk,"
    assert asked.count(above) == 1
    questions.write_text(f"{asked.replace(above, county + above).rstrip()}\n\n{fact}", encoding="utf-8")
    services = project / "services.yaml"
    written = services.read_text(encoding="utf-8")
    for section, items in re.findall(r"^(\w+):\n((?:  .*\n|\n)+)", registry, re.MULTILINE):
        assert written.count(f"\n{section}:\n") == 1
        written = written.replace(f"\n{section}:\n", f"\n{section}:\n{items.rstrip()}\n\n")
    services.write_text(written, encoding="utf-8")
    return project


@pytest.fixture(scope="module")
def after(followed):
    return read(followed / "services.yaml", followed / "quiz" / "questions.yaml")


@pytest.fixture(scope="module")
def published(followed, tmp_path_factory):
    return built_in(followed, tmp_path_factory.mktemp("walked") / "site")


@pytest.fixture(scope="module")
def seen(published):
    return Pages(published)


@pytest.fixture(scope="module")
def data(published):
    """Reads a file of open data."""
    return lambda place: json.loads((published / place).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def service(after):
    return next(one for one in after.services if one.id == SERVICE)


@pytest.mark.parametrize(("change", "verdict"), [
    ({}, Verdict.FITS), ({"works_evenings": "yes"}, Verdict.ASK_FIRST), ({"area": "surrey"}, Verdict.DOES_NOT_FIT),
    ({"referrer": "self"}, Verdict.DOES_NOT_FIT)])
def test_the_quiz_answers_for_it(after, change, verdict):
    outcome = answer(Rulebook(after), CASE | change)
    person, = outcome.people
    assert {found.service.id: found.verdict for found in person.answers}[SERVICE] is verdict


def test_the_new_fact_is_missing_while_it_matters_and_not_elsewhere(after):
    def missing(case):
        person, = answer(Rulebook(after), case).people
        return {fact for found in person.answers for fact in found.missing}

    without = {fact: value for fact, value in CASE.items() if fact != "works_evenings"}
    assert "works_evenings" in missing(without)
    assert "works_evenings" not in missing(without | {"area": "london"})


def test_its_document_is_on_the_checklist(after, service):
    assert [needed.document.id for needed in checklist(after, [service], CASE)] == ["loamshire-form"]


def test_it_is_in_the_directory_with_pages_of_its_own(seen):
    listed = {target for _, target in seen["services/"].links()}
    assert f"services/{SERVICE}/" in listed
    assert {f"services/{SERVICE}/", "providers/loamshire-trust/", "documents/loamshire-form/", "sources/loamshire-guide/",
            "services/in/loamshire/"} <= set(seen)
    assert f"services/{SERVICE}/" in {target for _, target in seen["services/in/loamshire/"].links()}
    said = text(seen[f"services/{SERVICE}/"].article)
    assert all(part in said for part in ("£1,850", "20 weeks", "The family lives in Loamshire.", "Loamshire referral form"))


def test_the_questions_on_the_page_offer_the_county_and_the_fact(seen):
    said = text(seen["check/"].article)
    assert "Loamshire" in said and "Does the person work in the evenings?" in said


def test_it_is_in_the_comparison_with_its_price_and_weeks(seen):
    row = next(row for row in seen["compare/"].article.iter("tr")
               if row.find("th") is not None and "Loamshire programme" in text(row.find("th")))
    assert "£1,850" in text(row) and "20" in text(row)


def test_it_is_in_the_json_api_with_all_it_rests_on(data):
    own = data(f"api/v1/services/{SERVICE}.json")["result"]
    assert [(price["amount"], price["party"]) for price in own["prices"]] == [(1850, "person_using_harm")]
    assert own["area"]["places"] == ["loamshire"] and own["timeline"]["steps"][0]["weeks"] == 20
    assert [one["id"] for one in own["criteria"]] == ["lives-in-loamshire", "social-worker-refers", "evenings-taken"]
    assert own["standing"]["status"]["state"] == "active" and own["standing"]["page"] == f"{SITE_URL}services/{SERVICE}/"
    listed = {one["id"]: one for one in data("api/v1/services.json")["result"]}
    assert listed[SERVICE]["provider"] == "loamshire-trust" and listed[SERVICE]["standing"] == own["standing"]
    for place, id in (("providers", "loamshire-trust"), ("documents", "loamshire-form"), ("sources", "loamshire-guide"),
                      ("questions", "works_evenings"), ("services/full", SERVICE)):
        assert id in {one["id"] for one in data(f"api/v1/{place}.json")["result"]}, place


def test_the_description_of_the_api_knows_the_county_and_the_fact(data):
    description = data("api/v1/openapi.json")
    for place in (f"services/{SERVICE}.json", "services.json", "services/full.json", "questions.json", "providers.json"):
        assert [fault.message for fault in check(description, path_of(place)).iter_errors(data(f"api/v1/{place}"))] == [], place
    things = description["components"]["schemas"]
    assert "loamshire" in things["Area"]["properties"]["places"]["items"]["enum"]
    assert "works_evenings" in things["Condition"]["properties"]


def test_it_is_in_open_referral(data):
    id, trust = (str(stable(*names)) for names in (("service", SERVICE), ("organization", "loamshire-trust")))
    own = data(f"open-referral/services/{id}.json")
    assert own["name"] == "Loamshire programme" and own["organization"]["name"] == "Loamshire Trust" and own["status"] == "active"
    assert [(cost["amount"], cost["currency"]) for cost in own["cost_options"]] == [(1850, "GBP")]
    assert [area["name"] for area in own["service_areas"]] == ["Loamshire"] and own["email"] == "referrals@example.org"
    assert [document["document"] for document in own["required_documents"]] == ["Loamshire referral form"]
    assert id in {one["id"] for one in data("open-referral/services.json")["contents"]}
    assert trust in {one["id"] for one in data("open-referral/organizations.json")["contents"]}
    assert data(f"open-referral/organizations/{trust}.json")["name"] == "Loamshire Trust"


def test_it_is_in_the_tables_whose_keys_still_hold(published):
    def rows(table, **wanted):
        with (published / "data" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            return [row for row in csv.DictReader(file) if wanted.items() <= row.items()]

    assert [row["provider"] for row in rows("services", id=SERVICE)] == ["loamshire-trust"]
    assert [row["amount"] for row in rows("services-prices", service=SERVICE)] == ["1850"]
    assert [row["value"] for row in rows("services-area-places", service=SERVICE)] == ["loamshire"]
    assert [row["value"] for row in rows("services-documents", service=SERVICE)] == ["loamshire-form"]
    assert len(rows("services-criteria", service=SERVICE)) == 3
    assert all(len(rows(table, id=id)) == 1 for table, id in (
        ("providers", "loamshire-trust"), ("documents", "loamshire-form"), ("sources", "loamshire-guide"), ("questions", "works_evenings")))
    report = frictionless.Package(published / "data" / "datapackage.json").validate()
    assert report.valid, report.flatten(["title", "message"])


def test_programs_that_watch_are_told_of_it(published, seen):
    block = seen[f"services/{SERVICE}/"].root.find(".//script[@type='application/ld+json']")
    assert json.loads(block.text)["name"] == "Loamshire programme"
    assert f"{SITE_URL}services/{SERVICE}/" in (published / "sitemap.xml").read_text(encoding="utf-8")
    assert "Loamshire Trust" in (published / "data" / "changes.atom").read_text(encoding="utf-8")


def test_the_diff_says_just_that(after):
    before = real.registry()
    listed = [(change.section, change.id) for change in meaning.changes(before, after) if change.before is None and not change.field]
    assert {("services", SERVICE), ("providers", "loamshire-trust"), ("documents", "loamshire-form"), ("sources", "loamshire-guide"),
            ("questions", "works_evenings")} == set(listed)
    moved = [one for one in verdicts.moved(before, after)]
    assert [(one.service, one.person) for one in moved] == [(SERVICE, "person_using_harm")]
    places, referrers = (len(oracle.answers(question)) for fact in ("area", "referrer")
                         for question in after.questions if question.id == fact)
    shown = {shift.after: shift.cases for shift in moved[0].shifts}
    assert shown == {Verdict.FITS: 1, Verdict.ASK_FIRST: 1, Verdict.DOES_NOT_FIT: 2 * (places * referrers - 1)}


def test_nothing_else_had_to_be_touched(followed):
    changed = {file.relative_to(followed).as_posix() for file in followed.rglob("*")
               if file.is_file() and "__pycache__" not in file.parts and ".cache" not in file.parts
               and (ROOT / file.relative_to(followed)).read_bytes() != file.read_bytes()}
    assert changed == {"services.yaml", "quiz/questions.yaml"}
