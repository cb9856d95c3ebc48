"""The browser's one door says what the engine says, in JSON, and answers everything it is sent."""

import json

import pytest

from quiz import browser, caseload_report, record, rules, telling
from quiz.caseload import reckon
from quiz.pathway import TRACKS, answer, known
from quiz.report import Wanted, as_data
from quiz.timeline import a_day
from tests.quiz.test_real_cases import CASES
from tests.quiz.vectors import START, vectors

MOTHER = next(case.facts for case in CASES if case.name == "dvact:mother-has-left-and-looks-back")
PARENTS = next(case.facts for case in CASES if case.name == "dvact:both-parents-change-behaviour")


@pytest.fixture(autouse=True, scope="module")
def opened(registry):
    said = json.loads(browser.ready(json.dumps(rules.dump(rules.for_cases(registry)))))
    assert said == {"registry": {"version": registry.registry.version, "date": registry.registry.date},
                    "services": sum(not service.browse_only for service in registry.services)}


def step(given, service=None):
    return json.loads(browser.step(json.dumps({"given": given, "service": service})))


def result(given, service=None, **wanted):
    return json.loads(browser.result(json.dumps({"given": given, "service": service, **wanted})))


# —— A step ——

def test_before_anything_is_known_it_asks_who_the_work_is_for(rulebook):
    said = step({})
    assert said["next_question"] == "focus" and said["answers"] == {} and said["verdicts"] == {}
    assert said["considered"] == said["still_possible"] == len(rulebook.candidates)


def test_each_question_is_asked_for_the_services_that_wait_for_it(rulebook):
    given = {}
    for fact, value in MOTHER.items():
        said = step(given)
        if said["next_question"] == "focus":
            assert said["asked_for"] == []
        elif said["next_question"] is not None:
            waiting = {found.service.id for person in answer(rulebook, known(given)).people for found in person.answers
                       if said["next_question"] in found.missing}
            assert {service["id"] for service in said["asked_for"]} == waiting
            assert all(service["name"] == rulebook.services[service["id"]].name for service in said["asked_for"])
        given[said["next_question"] or fact] = MOTHER.get(said["next_question"] or fact, value)


def test_what_can_still_fit_only_gets_less_as_answers_come(rulebook):
    for case in CASES[::7]:
        given, before = {}, None
        while (fact := step(given)["next_question"]) is not None:
            given[fact] = case.facts.get(fact)
            said = step(given)
            assert fact == "focus" or before is None or said["still_possible"] <= before
            assert said["still_possible"] == sum(verdict != "does_not_fit" for verdict in said["verdicts"].values())
            assert said["considered"] == len(said["verdicts"])
            before = said["still_possible"]


def test_an_answer_that_is_not_asked_for_any_more_is_dropped_and_the_others_stay():
    before = step(MOTHER)["answers"]
    said = step(before | {"stage": "no_proceedings"})
    assert set(said["answers"]) < set(before)
    assert said["answers"] == {fact: value for fact, value in (before | {"stage": "no_proceedings"}).items()
                               if fact in said["answers"]}
    assert said["dropped"] == [fact for fact in before if fact not in said["answers"]]


def test_not_known_is_an_answer_and_is_not_asked_again():
    said = step({"focus": "victim_survivor", "area": None})
    assert said["answers"] == {"focus": "victim_survivor", "area": None}
    assert said["next_question"] not in ("focus", "area")
    assert step({})["next_question"] == "focus"


def test_a_visit_with_nothing_known_ends(rulebook):
    for focus in rulebook.questions["focus"].options:
        given = {"focus": focus.value}
        while (fact := step(given)["next_question"]) is not None:
            assert fact not in given
            given[fact] = None
        assert step(given)["answers"] == given


def test_begun_from_a_service_only_what_it_needs_is_asked(rulebook):
    for candidate in rulebook.candidates:
        focus = candidate.service.for_whom.parties[0]
        given = {"focus": focus}
        while (fact := step(given, candidate.service.id)["next_question"]) is not None:
            assert fact in candidate.reading, candidate.service.id
            given[fact] = MOTHER.get(fact)
        said = step(given, candidate.service.id)
        assert said["answers"] == given and said["service"]["id"] == candidate.service.id
        assert said["service"]["person"] in TRACKS.get(focus, (focus,))
        assert said["service"]["verdict"] == said["verdicts"][candidate.service.id]
        assert len(said["verdicts"]) > 1


def test_a_service_for_somebody_else_or_only_to_browse_is_said_so(rulebook):
    said = step({"focus": "professionals"}, "dvact-bc-victim")
    assert said["service"]["for_somebody_else"] and said["service"]["verdict"] is None and said["next_question"] is None
    browse = next(service for service in rulebook.services.values() if service.browse_only)
    said = step({}, browse.id)
    assert said["service"]["browse_only"] == browse.browse_only and not said["service"]["for_somebody_else"]


def test_what_must_be_said_first_is_said_at_once():
    said = step({"focus": "victim_survivor", "risk": "high_serious_harm_or_murder", "area": "london"})
    assert "high_risk_first" in [notice["id"] for notice in said["notices"]]


# —— A result ——

def test_a_result_is_what_the_command_says_of_the_answers_that_are_kept(rulebook):
    for case in CASES:
        said = result(case.facts, start=START)
        words = said.pop("words")
        outcome = answer(rulebook, said["answers"])
        assert said == as_data(rulebook, outcome, Wanted((), a_day(START))), case.name
        assert [line["fact"] for line in words["answers"]] == list(step(case.facts)["answers"])


def test_a_result_names_nothing_without_its_words(rulebook):
    """Whatever an id stands for in the data, a page finds its words."""
    for case in CASES[::3]:
        said = result(case.facts)
        words = said["words"]
        shown = [one for person in words["people"] for one in person["answers"]]
        assert {one["id"] for one in shown} == set(said["verdicts"])
        assert {*said["verdicts"], *said["recommended"], *said["instead"]["named_instead"],
                *said["instead"]["for_the_worker"], *(one["id"] for one in said["instead"]["one_answer_away"]),
                *(id for needed in words["documents"] for id in needed["needed_for"])} <= set(words["services"])
        assert [needed["id"] for needed in words["documents"]] == [needed["id"] for needed in said["documents"]]
        cited = {reason["source"]["document"] for one in shown for part in ("reasons", "conditions", "others")
                 for reason in one[part]}
        assert cited <= set(words["sources"])
        assert {time["id"] for time in said["times"]} <= {time["id"] for time in words["times"]}
        for id in said["recommended"]:
            assert {"provider", "status", "length", "contacts"} <= set(words["services"][id])


def test_each_reason_says_how_the_case_meets_it(rulebook):
    for case in CASES[::3]:
        for person in result(case.facts)["words"]["people"]:
            for said in person["answers"]:
                ids = [reason["id"] for reason in said["reasons"]]
                assert ids or said["verdict"] == "fits"
                if said["verdict"] == "does_not_fit":
                    assert all(reason["met"] is (reason["effect"] == "excludes") for reason in said["reasons"])
                if said["verdict"] == "need_more":
                    assert said["missing"] and all(reason["met"] is None for reason in said["reasons"])
                every = ids + [reason["id"] for part in ("conditions", "others") for reason in said[part]]
                checks = next(one for one in rulebook.candidates if one.service.id == said["id"]).checks
                assert set(every) == {check.criterion.id for check in checks}


def test_what_would_change_a_verdict_is_said_in_words_and_never_of_what_must_not_be_suggested(rulebook):
    found = [change for case in CASES for person in result(case.facts)["words"]["people"]
             for said in person["answers"] for change in said["changes"]]
    assert found
    for change in found:
        question = rulebook.questions[change["fact"]]
        assert not question.never_suggest
        assert change["label"] in [option.label for option in question.options] and change["ask"] == question.ask


def test_taken_forward_and_dated(rulebook):
    said = result(PARENTS, taken=["dvact-bc-both"], start=START)
    words = said["words"]
    assert words["taken"] == ["dvact-bc-both"] and said["costs"]["printed_total"]
    assert words["start"] == "2 March 2026" and words["court_limit"] == {"weeks": 26, "day": "31 August 2026"}
    line, = words["times"]
    assert line["steps"][-1]["ends_by"] and line["steps"][-1]["earliest"] == sorted(line["steps"][-1]["earliest"])
    assert line["weeks"] == said["times"][0]["weeks"]


def test_what_was_taken_and_does_not_fit_any_more_is_left_out():
    high = {"risk": "high_serious_harm_or_murder", "relationship": "living_together"}
    said = result(PARENTS | high, taken=["dvact-bc-both", "marac"])
    assert said["words"]["taken"] == ["marac"]


def test_an_answer_not_known_is_told_as_such():
    said = result({"focus": "victim_survivor", "area": None})
    assert said["answers"] == {"focus": "victim_survivor"}
    assert said["words"]["answers"][1] == {"fact": "area", "ask": said["words"]["answers"][1]["ask"], "value": None,
                                           "label": record.NOT_KNOWN}


# —— What cannot be answered ——

@pytest.mark.parametrize("text, why", [
    ("", "cannot be worked out"), ("{", "cannot be worked out"), ("[" * 100_000, "cannot be worked out"),
    ("9" * 5_000, "cannot be worked out"), ("null", "flat object"), ("[]", "flat object"), ("{}", "flat object"),
    ('{"given": []}', "flat object"),
    ('{"given": {"focuss": "x"}}', "Did you mean 'focus'?"), ('{"given": {"focuss": null}}', "Did you mean 'focus'?"),
    ('{"given": {"area": "lond"}}', "Did you mean 'london'?"), ('{"given": {"area": ["london"]}}', "'area' is"),
    ('{"given": {"age": "12"}}', "whole number"), ('{"given": {"age": 12.5}}', "whole number"), ('{"given": {"age": true}}', "whole number"),
    ('{"given": {"focus": null}}', "'focus' must be answered"),
    ('{"given": {}, "service": "dvact-bc-bot"}', "Did you mean 'dvact-bc-both'?"), ('{"given": {}, "service": 7}', "not a service"),
])
@pytest.mark.parametrize("function", ["step", "result"])
def test_a_request_that_cannot_be_answered_is_told_in_plain_words(function, text, why):
    said = json.loads(getattr(browser, function)(text))
    assert set(said) == {"error"} and why in said["error"]
    assert "Traceback" not in said["error"] and "Error" not in said["error"]


@pytest.mark.parametrize("wanted, why", [
    ({"taken": ["nowhere"]}, "not a service"), ({"taken": "marac"}, "must be a list"), ({"taken": [3]}, "not a service"),
    ({"start": "tomorrow"}, "not a day"), ({"start": "2026-02-30"}, "not a day"), ({"start": "1999-01-01"}, "not a day"),
    ({"start": 3}, "not a day"),
])
def test_a_wish_that_cannot_be_met_is_told_in_plain_words(wanted, why):
    assert why in result(MOTHER, **wanted)["error"]


def test_criteria_that_cannot_be_read_are_told_in_plain_words_and_leave_the_old_ones():
    assert json.loads(browser.ready("{}")) == {"error": "The criteria cannot be read."}
    assert "error" not in step(MOTHER)


def test_before_the_criteria_are_read_that_is_said(monkeypatch):
    monkeypatch.setattr(browser, "_rulebook", None)
    assert step({}) == {"error": "The criteria have not been read yet."}


def test_whatever_goes_wrong_inside_is_told_in_plain_words(monkeypatch):
    monkeypatch.setattr(telling, "step", lambda *arguments: 1 / 0)
    assert step(MOTHER) == {"error": "The next question cannot be worked out."}


def test_a_part_of_python_that_is_missing_is_not_hidden(monkeypatch):
    """The page must know of it, to take the whole library."""
    def lacking(*arguments):
        raise ImportError("left out")

    monkeypatch.setattr(telling, "step", lacking)
    with pytest.raises(ImportError):
        step(MOTHER)


def test_practice_works_out_cases_of_its_own_and_says_nothing(monkeypatch):
    asked = []
    monkeypatch.setattr(telling, "result", lambda rulebook, given, *rest: asked.append(given))
    assert [browser.practise(str(turn)) for turn in range(12)] == ["{}"] * 12
    assert len({json.dumps(given) for given in asked}) == 12
    assert "error" in json.loads(browser.practise("nothing"))


def test_there_are_hundreds_of_vectors_and_each_has_an_answer(rulebook):
    asked = vectors(rulebook, [case.facts for case in CASES])
    assert len(asked) > 600
    for function, text in asked:
        assert "error" not in json.loads(getattr(browser, function)(text)), text


def test_nothing_of_a_case_is_kept():
    step(MOTHER)
    result(PARENTS)
    held = {name: value for name, value in vars(browser).items() if name != "_rulebook"}
    assert not [name for name, value in held.items() if isinstance(value, dict | list | set) and not name.startswith("__")]
    assert step({})["answers"] == {}


# —— A caseload ——

CASELOADS = [
    {"families": []},
    {"families": [{"number": 4, "takes": {"both_parents": "dvact-bc-both"}}], "start": START},
    {"families": [{"number": 2, "takes": {"victim_survivor": ["dvact-bc-victim", "dvact-traumasense"], "person_using_harm": "drive"}},
                  {"number": 6, "takes": {"person_using_harm": "blackpool-perpetrator-pilot"}}],
     "start": START, "court": "2026-08-01", "leave_out_old": False},
    {"families": [{"number": 6, "takes": {"person_using_harm": "blackpool-perpetrator-pilot"}}], "leave_out_old": True},
]


@pytest.mark.parametrize("asked", CASELOADS, ids=range(len(CASELOADS)))
def test_a_caseload_is_what_the_command_says_with_words(rulebook, asked):
    said = json.loads(browser.caseload(json.dumps(asked)))
    words = said.pop("words")
    found = reckon(rulebook, caseload_report.from_data(asked, rulebook))
    assert said == caseload_report.as_data(found)
    assert words["text"] == caseload_report.as_text(found) and words["csv"] == caseload_report.as_csv(found)
    assert len(words["lines"]) == len(said["lines"]) and len(words["totals"]) == len(said["totals"])
    assert [len(time["steps"]) for time in words["times"]] == [len(time["steps"]) for time in said["times"]]
    for line, shown in zip(said["lines"], words["lines"], strict=True):
        assert (line["total"] is None) == (shown["total"] is None) and bool(line["saved_each"]) == bool(shown["saved"])
        assert bool(line["no_price"] or line["left_out"]) <= bool(shown["not_in_the_sum"])


@pytest.mark.parametrize("text, why", [
    ("", "cannot be worked out"), ("null", "must be one object"), ('{"families": [{"number": -4, "takes": {"x": 1}}]}', "whole number"),
    ('{"families": [], "start": "never"}', "not a day"), ("[" * 100_000, "cannot be worked out")])
def test_a_caseload_that_cannot_be_used_is_told_in_plain_words(text, why):
    said = json.loads(browser.caseload(text))
    assert set(said) == {"error"} and why in said["error"]
