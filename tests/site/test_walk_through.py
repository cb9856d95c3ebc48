"""The walk-through in CONTRIBUTING.md, carried out as it is written: two files edited, and a new county and provider
stand in the directory, the quiz, the comparison and the diff."""

import re

import pytest

from quiz.paperwork import checklist
from quiz.pathway import Rulebook, answer
from quiz.suitability import Verdict
from tests.quiz import oracle
from tests.registry import real
from tests.site.building import ROOT, built_in, copy_of_project
from tests.site.reading import read_site, text
from waymark_site import meaning, verdicts
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
def seen(followed, tmp_path_factory):
    return read_site(built_in(followed, tmp_path_factory.mktemp("walked") / "site"))


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
