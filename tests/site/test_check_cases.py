"""Whole cases, read out of the source documents by people, answered question by question in a real browser."""

import json
import random

import pytest

from quiz import telling
from quiz.pathway import Rulebook
from quiz.report import Wanted
from tests.quiz.test_real_cases import WHOLE
from tests.site.checking import START, start, to_the_result, visiting, wait_until_ready

CHOSEN = WHOLE[::2]
PARTS = 2


@pytest.fixture(scope="module")
def rulebook(site):
    return Rulebook(site.registry)


WALK = """async (answers) => {
    const given = {}
    for (let form; (form = document.querySelector(".check__app form"));) {
        const fact = form.querySelector("input").id.replace(/^answer-/, "")
        const value = answers[fact] ?? "unknown"
        const choice = form.querySelector(`input[type=radio][value="${value}"]`)
        if (choice) choice.click()
        else form.querySelector(".years input").value = value
        form.querySelector("button.button").click()
        await new Promise((done) => {
            const wait = () => (form.isConnected ? setTimeout(wait, 2) : done())
            wait()
        })
        given[fact] = value === "unknown" ? null : value
    }
    return given
}"""
"""Answers every question as a visitor would, only faster; what the answers do not tell is not known. Gives what was given."""


def gone_through(page, rulebook, answers):
    """The data of the result, once every question has got its answer; the same as CPython's."""
    start(page)
    wait_until_ready(page)
    given = page.evaluate(WALK, answers)
    to_the_result(page)
    with page.expect_download() as download:
        page.click("text=Download as data")
    page.click("text=Clear the answers")
    page.wait_for_selector(START)
    data = json.loads(download.value.path().read_text(encoding="utf-8"))
    expected = telling.result(rulebook, given, None, Wanted())
    assert data == {key: said for key, said in expected.items() if key != "words"}
    return data


def test_there_are_cases_enough():
    assert len(CHOSEN) >= 25
    assert {case.name.split(":")[0] for case in CHOSEN} == {case.name.split(":")[0] for case in WHOLE}


@pytest.mark.parametrize("part", range(PARTS))
def test_a_whole_case_gets_in_the_page_what_the_documents_say(browser, server, rulebook, part):
    """What the page does not ask cannot matter; what the case does not tell is answered with ‘I do not know’."""
    with visiting(browser, server) as page:
        for case in CHOSEN[part::PARTS]:
            data = gone_through(page, rulebook, case.facts)
            assert data["answers"].items() <= case.facts.items()
            for (service, person), verdict in case.expected.items():
                said = data["verdicts"].get(service)
                found = {said["person"]: said["verdict"]} if said else {}
                if said and "for_the_other" in said:
                    found[said["for_the_other"]["person"]] = said["for_the_other"]["verdict"]
                looked_at = {found[person]} if person in found else set(found.values()) if person is None else set()
                assert looked_at in ({verdict}, set()) and (looked_at or verdict == "does_not_fit"), (case.name, service)


def test_whatever_is_answered_there_is_a_way_to_a_result(browser, server, rulebook):
    chance = random.Random(7)
    with visiting(browser, server) as page:
        for _ in range(6):
            answers = {}
            for fact, question in rulebook.questions.items():
                values = [option.value for option in question.options] or [question.years.min, question.years.max]
                answers[fact] = chance.choice([*values, "unknown"] if question.may_be_unknown else values)
            assert gone_through(page, rulebook, answers)["verdicts"]
