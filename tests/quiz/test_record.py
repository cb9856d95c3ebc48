"""The record of an answer: every line of it follows from the answer, and none reads as true that is not."""

import pytest

from quiz.pathway import Rulebook, answer
from quiz.record import Kind, Line, as_text, label, lines, mark, record, written
from quiz.report import LIMITS, Wanted, as_data
from quiz.suitability import Effect, Verdict
from quiz.wording import sentence
from tests.quiz.test_real_cases import WHOLE
from tests.registry import real


@pytest.fixture(scope="module")
def rulebook():
    return Rulebook(real.registry())


def filed(rulebook, case, wanted=Wanted()):
    outcome = answer(rulebook, case)
    answers = [(rulebook.questions[fact].ask, label(rulebook, fact, value)) for fact, value in case.items()]
    return outcome, record(rulebook, outcome, wanted, as_data(rulebook, outcome, wanted), answers)


@pytest.mark.parametrize(("effect", "met", "found"), [
    *((effect, True, "") for effect in Effect), *((effect, None, "Not known") for effect in Effect),
    (Effect.REQUIRES, False, "Not so"), (Effect.EXCLUDES, False, "Not so"), (Effect.ASK_FIRST, False, "Not so"),
    (Effect.CONDITION, False, "Not yet so")])
def test_a_criterion_that_is_not_so_is_marked(effect, met, found):
    assert mark(effect, met) == found


@pytest.mark.parametrize("case", WHOLE, ids=[case.name for case in WHOLE])
def test_each_service_stands_with_its_verdict_and_what_decided_it(rulebook, case):
    """In each person's part, best first; where more must be known, the questions stand instead of the criteria."""
    outcome, found = filed(rulebook, case.facts)
    said = [line.says for line in found]
    for person in outcome.people:
        at = [said.index(f"{answer.verdict.label}: {answer.service.name}") for answer in person.answers]
        assert len(set(at)) == len(at)
        for place, answered in zip(at, person.answers, strict=True):
            under = []
            for line in found[place + 1:]:
                if line.kind is not Kind.UNDER:
                    break
                under.append(line.says)
            if answered.verdict is Verdict.NEED_MORE:
                assert under == [f"Not answered: {rulebook.questions[fact].ask}" for fact in answered.missing]
            else:
                expected = {sentence(criterion.says) for criterion in (*answered.decided_by, *answered.conditions)}
                assert {says for says in expected if any(says in line for line in under)} == expected
                assert len(under) == len({criterion.id for criterion in (*answered.decided_by, *answered.conditions)})


def test_what_must_not_be_so_never_reads_as_if_it_were(rulebook):
    """Somebody who does not live in Wales is not said to live there."""
    _, found = filed(rulebook, {"focus": "victim_survivor", "area": "london"})
    at = next(place for place, line in enumerate(found) if line.says.endswith(": Change that Lasts"))
    assert found[at].says.startswith(Verdict.DOES_NOT_FIT.label) and found[at + 1].says.startswith("Not so: ")


def test_it_ends_with_the_answers_and_room_to_sign(rulebook):
    case = {"focus": "victim_survivor", "area": "london"}
    _, found = filed(rulebook, case)
    assert found[0].kind is Kind.TITLE and LIMITS in found[1].says
    assert [line.says for line in found if line.kind is Kind.BLANK] == ["Reference", "Completed by", "Signature", "Date"]
    at = found.index(Line(Kind.HEADING, "The answers this rests on"))
    assert [line.says for line in found[at + 1:at + 1 + len(case)]] == ["Who is the work for? An adult victim or survivor",
                                                                      "Where does the family live? London"]


def test_as_text_each_kind_of_line_looks_its_own(rulebook):
    assert written([Line(kind, "x") for kind in Kind]) == (
        "x\n! x\n\nx\n  x\n      x\n  [ ] x\nx: ________________________________________\n\nx\n")


def test_on_a_terminal_the_next_question_and_the_registry_close_it(rulebook):
    outcome = answer(rulebook, {"focus": "victim_survivor"})
    text = as_text(rulebook, outcome)
    about = rulebook.registry.registry
    assert text.endswith(f"\nRegistry {about.version}, {about.date}. {LIMITS}\n") and f"({outcome.next_question})" in text
    assert [line for line in lines(rulebook, outcome, Wanted(), as_data(rulebook, outcome)) if line.kind is Kind.BLANK] == []
