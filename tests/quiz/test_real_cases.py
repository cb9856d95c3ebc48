"""Whole cases, read out of the five source documents by people, get the answers the documents give.

A file in `cases/` holds cases from one document. A case has

    story     two or three sentences, without names
    covers    the marks of the tables below that it answers
    facts     what the worker knows
    fits      every service that may say it fits, or fits if …: nothing else may
    expects   service: verdict (lines of the documents); `service/person` where each parent is looked at
    first     what is recommended first, in this order
    order     services that are recommended in this order, perhaps with others between
    covered   services that fit but are left out of what is recommended, because a package stands for them
    gather, leave    documents that must, and must not, be on the list
    instead   services that must be named as another way on
    notices   exactly what must be said first, in order
    but       the same case with some facts changed, and what is then expected

Where a test fails, the engine and the document differ: read the lines before changing either.
"""

import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml

from quiz.instead import instead
from quiz.pathway import Outcome, Rulebook, answer
from quiz.report import as_data
from quiz.suitability import Verdict
from tests.registry import real

SOURCES = Path(os.environ.get("WAYMARK_SHARED", real.ROOT.parent / "shared")) / "sources"
"""The source documents, which are no part of the project."""

FILES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))

TRICKY = (
    "both-parents", "denies", "still-together", "separated-same-home", "together-living-apart",
    "no-childrens-services", "child-in-need", "plo", "private-law", "under-18", "no-consent", "on-probation",
    "probation-ending", "police-investigation", "historical-only", "parental-conflict", "same-sex", "interpreter",
    "arabic", "male-victim", "female-using-harm", "another-professional-refers", "surrey", "therapist-report",
    "court-wants-dao", "step-down",
)
"""The cases on which the documents are hard to read; a row with two halves has a mark for each."""

SCREENING = ("all-green", "q1-red", "q1-finishing", "q2-red", "q2-reason", "q3-red", "q4-ambivalent", "q4-red",
             "every-box-red", "unfinished")
"""Every box of the officer team’s screening form that leads somewhere of its own."""

ASSESSMENTS = ("standard", "summary", "upgrade", "full", "full-children", "needs", "vulnerability", "joint", "final")
"""Every situation for which DVIP prints which assessment to ask for."""

PROGRAMMES = ("early", "dapp-group", "dapp-one-to-one", "drive", "denies-in-court", "on-probation", "worker-unsure")
"""Every situation that points to one kind of work with the person using harm."""

DVACT = ("victim-behaviour-change", "victim-needs", "harm-behaviour-change", "harm-needs", "both-behaviour-change",
         "both-needs", "different-routes", "traumasense", "trauma-without-judgement")
"""Every route of the DVACT page."""

AGES = ("0-2", "0-12", "2-7", "9-15", "10-17", "11-14", "12-17")
"""Every age range printed for a service that is for children."""

OTHERS = ("risk:high-comes-first", "risk:not-assessed", "victim:high-risk", "victim:refuge", "victim:sanctuary",
          "victim:male", "young:yuva", "professionals:advice", "children:therapy-ages", "children:foster")

MARKS = {*(f"a7:{mark}" for mark in TRICKY), *(f"dao:{mark}" for mark in SCREENING),
         *(f"a3-dvip:{mark}" for mark in ASSESSMENTS), *(f"a3-programme:{mark}" for mark in PROGRAMMES),
         *(f"dvact:{mark}" for mark in DVACT), *(f"ages:{mark}" for mark in AGES), *OTHERS}

FITTING = (Verdict.FITS, Verdict.FITS_IF)

NEVER_EXPECTED: dict[str, str] = {}
"""Services that may be an answer and that no case expects as one, each with the reason."""


@dataclass(frozen=True)
class Real:
    """A case, or a case with some facts changed."""

    name: str
    written: dict
    facts: dict

    @property
    def expected(self) -> dict[tuple[str, str | None], Verdict]:
        """By service, and by person where the case names one."""
        found = {}
        for key, text in self.written["expects"].items():
            service, _, person = key.partition("/")
            found[service, person or None] = Verdict(text.split(" ", 1)[0])
        return found


def load() -> list[Real]:
    found = []
    for file in FILES:
        for case in yaml.safe_load(file.read_text(encoding="utf-8"))["cases"]:
            name = f"{file.stem}:{case['id']}"
            found.append(Real(name, case, case["facts"]))
            for change in case.get("but", ()):
                changed = ",".join(f"{fact}={value}" for fact, value in change["when"].items())
                found.append(Real(f"{name}[{changed}]", change, {**case["facts"], **change["when"]}))
    return found


CASES = load()
WHOLE = [case for case in CASES if "facts" in case.written]
every_case = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


@cache
def rulebook() -> Rulebook:
    return Rulebook(real.registry())


def outcome_of(case: Real) -> Outcome:
    return answer(rulebook(), case.facts)


def verdicts(outcome: Outcome) -> dict[tuple[str, str], Verdict]:
    return {(found.service.id, person.person): found.verdict for person in outcome.people for found in person.answers}


# —— What the engine says of each case ——

@every_case
def test_each_service_gets_the_verdict_the_document_gives(case):
    outcome = outcome_of(case)
    missing = {(found.service.id, person.person): found.missing for person in outcome.people for found in person.answers}
    given = verdicts(outcome)
    different = []
    for (service, person), expected in case.expected.items():
        looked_at = {key: verdict for key, verdict in given.items() if key[0] == service and person in (None, key[1])}
        if not looked_at and expected is Verdict.DOES_NOT_FIT:
            continue
        found = set(looked_at.values())
        if found != {expected}:
            waits = sorted({fact for key in looked_at for fact in missing[key]})
            different.append(f"{service}: expected {expected}, found {sorted(found) or 'not looked at'} {waits or ''}")
    assert not different, "\n".join([case.written["story"], *different])


@every_case
def test_nothing_says_it_fits_that_the_documents_do_not_let_fit(case):
    says = {service for (service, _), verdict in verdicts(outcome_of(case)).items() if verdict in FITTING}
    assert says - set(case.written["fits"]) == set(), case.written["story"]


@every_case
def test_everything_that_the_documents_let_fit_is_offered(case):
    says = {service for (service, _), verdict in verdicts(outcome_of(case)).items() if verdict in FITTING}
    assert set(case.written["fits"]) - says == set(), case.written["story"]


def with_key(key: str):
    chosen = [case for case in CASES if key in case.written]
    return pytest.mark.parametrize("case", chosen, ids=[case.name for case in chosen])


@with_key("first")
def test_what_comes_first_is_recommended_first(case):
    recommended = [found.service.id for found in outcome_of(case).recommended]
    first = case.written["first"]
    assert recommended[:len(first)] == first


@with_key("order")
def test_what_must_come_before_is_recommended_before(case):
    recommended = [found.service.id for found in outcome_of(case).recommended]
    assert [service for service in recommended if service in case.written["order"]] == case.written["order"]


@with_key("covered")
def test_a_package_stands_for_its_parts(case):
    recommended = {found.service.id for found in outcome_of(case).recommended}
    assert not recommended & set(case.written["covered"])


@with_key("gather")
def test_the_documents_asked_for_are_on_the_list(case):
    listed = {document["id"] for document in as_data(rulebook(), outcome_of(case))["documents"] if document["certain"]}
    assert set(case.written["gather"]) <= listed


@with_key("leave")
def test_documents_of_another_stage_or_area_are_not_on_the_list(case):
    listed = {document["id"] for document in as_data(rulebook(), outcome_of(case))["documents"]}
    assert not listed & set(case.written["leave"])


@with_key("notices")
def test_what_must_be_said_first_is_said(case):
    assert [str(notice) for notice in outcome_of(case).notices] == case.written["notices"]


@with_key("instead")
def test_another_way_on_is_named(case):
    named = {service.id for service in instead(rulebook(), outcome_of(case)).named}
    assert set(case.written["instead"]) <= named


# —— Whether the cases are whole ——

def test_there_are_thirty_whole_cases_or_more():
    assert len(WHOLE) >= 30


def test_every_row_of_the_tables_has_a_case():
    covered = {mark for case in CASES for mark in case.written.get("covers", ())}
    assert MARKS - covered == set()


def test_every_candidate_is_expected_to_be_an_answer_somewhere():
    """Once at least as something other than does not fit, unless a reason is written down."""
    expected = {service for case in CASES for (service, _), verdict in case.expected.items()
                if verdict is not Verdict.DOES_NOT_FIT}
    candidates = {candidate.service.id for candidate in rulebook().candidates}
    assert candidates - expected == set(NEVER_EXPECTED)


def test_every_candidate_is_expected_not_to_fit_somewhere():
    refused = {service for case in CASES for (service, _), verdict in case.expected.items()
               if verdict is Verdict.DOES_NOT_FIT}
    assert {candidate.service.id for candidate in rulebook().candidates} - refused == set()


@every_case
def test_a_case_is_written_soundly(case):
    """Its facts are asked for such a case, its services exist, each verdict has its lines, and no two parts disagree."""
    questions, services = rulebook().questions, rulebook().services
    for fact, value in case.facts.items():
        question = questions[fact]
        assert case.facts["focus"] in question.asked_for, f"{fact} is never asked for this case"
        assert value in [option.value for option in question.options] or (
            question.years and question.years.min <= value <= question.years.max), fact
    assert {service for service, _ in case.expected} | set(case.written["fits"]) <= set(services)
    assert set(case.written) <= {"id", "story", "covers", "facts", "when", "fits", "expects", "first", "order", "covered",
                                 "gather", "leave", "instead", "notices", "but"}
    documents = {document.id for document in rulebook().registry.documents}
    assert {*case.written.get("gather", ()), *case.written.get("leave", ())} <= documents
    for service, text in case.written["expects"].items():
        assert re.fullmatch(r"\w+ \(00[0-4](:\d+)? ?.*\)|\w+ \(00[0-4]:\d+,.*\)", text), f"{service}: {text}"
    fitting = {service for (service, _), verdict in case.expected.items() if verdict in FITTING}
    assert fitting <= set(case.written["fits"])
    assert not {service for service, _ in case.expected} - fitting & set(case.written["fits"])


@pytest.mark.skipif(not SOURCES.is_dir(), reason=f"the source documents are not in {SOURCES}")
def test_every_line_that_a_case_names_is_printed():
    printed = {file.name[:3]: file.read_text(encoding="utf-8").split("\n")
               for file in SOURCES.glob("00*.txt")}
    blank = [(case.name, document, line) for case in CASES for text in case.written["expects"].values()
             for document, line in re.findall(r"\b(00[0-4]):(\d+)", text)
             if int(line) > len(printed[document]) or not printed[document][int(line) - 1].strip()]
    assert blank == []


@pytest.mark.parametrize("case", WHOLE, ids=[case.name for case in WHOLE])
def test_a_story_is_two_or_three_sentences(case):
    assert 2 <= len(re.findall(r"[.!?](?:\s|$)", case.written["story"])) <= 3


def test_no_two_cases_have_the_same_name():
    assert len({case.name for case in CASES}) == len(CASES)
