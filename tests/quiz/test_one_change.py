"""What turns the answer on a service, fact by fact, as people read it in the documents; and that nothing else does.

A file in `one_change/` has, for each service, cases from one document:

    case      what is known, in a sentence
    facts     the same as facts; `focus` names the person the case is about
    verdict   what the service says (lines of the document)
    unless    fact: by verdict, the answers that turn it, each one by itself; `by` names the lines
    and       the same case with some facts changed: `when`, `verdict`, and what then turns it
    reasons   how many reasons there are for the verdict of a case, where there is more than one
    also      under a fact: the answers with which there is one reason more

Every other answer, to every question that is asked for this person, must leave the verdict as it is; under `and` this
is so for each fact named there. So each answer makes a pair of cases with one fact between them; and a case that does
not plainly fit has one reason, unless more are written. All is written from the documents: where a test fails, read
the lines before changing either.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import oracle
import pytest
import yaml

from quiz.pathway import Rulebook
from quiz.suitability import Candidate, Suitability, Verdict, examine
from tests.quiz.test_real_cases import SOURCES
from tests.registry import real

FILES = sorted((Path(__file__).parent / "one_change").glob("*.yaml"))

CITED = r"00[0-4](:\d+)?\b.*"


class Case(NamedTuple):
    """A case as written, for one service."""

    service: str
    name: str
    facts: dict
    verdict: str
    lines: str
    reasons: int
    unless: dict
    whole: bool
    """Whether every fact is looked at, or only those named."""


class Loader(yaml.SafeLoader):
    """Refuses a key given twice, of which YAML would keep the later one."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
        assert len(keys) == len(set(keys)), f"a key is given twice: {node.start_mark}"
        return super().construct_mapping(node, deep)


def load() -> Iterator[Case]:
    for file in FILES:
        for service, cases in yaml.load(file.read_text(encoding="utf-8"), Loader)["services"].items():
            for written in cases:
                yield made(service, written["case"], written["facts"], written, whole=True)
                for change in written.get("and", ()):
                    changed = ", ".join(f"{fact} {value}" for fact, value in change["when"].items())
                    facts = written["facts"] | change["when"]
                    yield made(service, f"{written['case']} But: {changed}.", facts, change, whole=False)


def made(service: str, name: str, facts: dict, written: dict, whole: bool) -> Case:
    verdict, _, lines = written["verdict"].partition(" ")
    reasons = written.get("reasons", int(verdict != Verdict.FITS))
    return Case(service, name, facts, verdict, lines, reasons, written.get("unless", {}), whole)


CASES = list(load())
every_case = pytest.mark.parametrize("case", CASES, ids=[f"{case.service}: {case.name}" for case in CASES])


@cache
def rulebook() -> Rulebook:
    return Rulebook(real.registry())


@cache
def candidates() -> dict[str, Candidate]:
    return {candidate.service.id: candidate for candidate in rulebook().candidates}


def meant(written, answer) -> bool:
    """Whether an answer is among those written, one by one or as years from and to."""
    return any(one.get("from", answer) <= answer <= one.get("to", answer) if isinstance(one, dict) else one == answer
               for one in written)


def turned(case: Case, fact: str, answer) -> tuple[str, int]:
    """What is written of the case with another answer to one fact: the verdict, and how many reasons it has."""
    turns = case.unless.get(fact, {})
    verdict = next((verdict for verdict in Verdict if meant(turns.get(verdict, ()), answer)), case.verdict)
    plain = verdict in (Verdict.FITS, Verdict.NEED_MORE)
    return verdict, 0 if plain else 1 + meant(turns.get("also", ()), answer)


def around(case: Case) -> Iterator[tuple[dict, tuple[str, int]]]:
    """The case, and each that differs from it in one answer, with the verdict and the number of reasons written."""
    yield case.facts, (case.verdict, case.reasons)
    for fact, question in rulebook().questions.items():
        if fact != "focus" and case.facts["focus"] in question.asked_for and (case.whole or fact in case.unless):
            for answer in oracle.answers(question):
                if answer != case.facts.get(fact):
                    yield {**case.facts, fact: answer}, turned(case, fact, answer)


def reasons(found: Suitability) -> list[str]:
    """The criteria, by id, for which it does not plainly fit."""
    return [] if found.verdict in (Verdict.FITS, Verdict.NEED_MORE) else [one.id for one in found.decided_by]


def different(case: Case, candidate: Candidate) -> Iterator[str]:
    """Where a service does not say what is written."""
    for facts, expected in around(case):
        found = examine(candidate, facts)
        given = reasons(found)
        if (found.verdict, len(given)) != expected:
            changed = [f"{fact} {answer}" for fact, answer in facts.items() if case.facts.get(fact) != answer]
            yield f"{', '.join(changed) or 'as it is'}: expected {expected}, found {found.verdict} {given or ''}"


@every_case
def test_the_verdict_turns_where_the_document_turns_it_and_nowhere_else(case):
    assert not list(different(case, candidates()[case.service]))


def test_every_service_has_a_case_for_each_person_it_is_for():
    for service, candidate in candidates().items():
        people = {case.facts["focus"] for case in CASES if case.service == service}
        assert people == set(candidate.service.for_whom.parties)


def test_each_criterion_is_stated_here_a_second_time():
    """Without it, some case here would have another verdict than the one written."""
    for service, candidate in candidates().items():
        here = [case for case in CASES if case.service == service]
        for check in candidate.checks:
            without = Candidate(candidate.service, tuple(one for one in candidate.checks if one is not check))
            assert any(next(different(case, without), None) for case in here), (service, check.criterion.id)


@every_case
def test_a_case_is_written_soundly(case):
    """Its facts are asked for such a person, what turns it is another answer, and lines are named for everything."""
    questions = rulebook().questions
    assert case.service in candidates() and case.verdict in [*Verdict] and re.fullmatch(rf"\({CITED}\)", case.lines)
    for fact, answer in case.facts.items():
        assert case.facts["focus"] in questions[fact].asked_for and answer in oracle.answers(questions[fact]), fact
    for fact, turns in case.unless.items():
        assert case.facts["focus"] in questions[fact].asked_for and re.fullmatch(CITED, turns["by"]), fact
        assert set(turns) - {"by", "also"} <= {*Verdict} - {case.verdict}, fact
        others = [answer for answer in oracle.answers(questions[fact]) if answer != case.facts.get(fact)]
        written = [one for key, answers in turns.items() if key != "by" for one in answers]
        assert all(any(meant([one], answer) for answer in others) for one in written), fact
        assert all(sum(meant(turns.get(verdict, ()), answer) for verdict in Verdict) <= 1 for answer in others), fact


@pytest.mark.skipif(not SOURCES.is_dir(), reason=f"the source documents are not in {SOURCES}")
def test_every_line_that_a_case_names_is_printed():
    printed = {file.name[:3]: file.read_text(encoding="utf-8").split("\n") for file in SOURCES.glob("00*.txt")}
    named = {text for case in CASES for text in (case.lines, *(turns["by"] for turns in case.unless.values()))}
    blank = [(text, document, line) for text in named for document, line in re.findall(r"\b(00[0-4]):(\d+)", text)
             if int(line) > len(printed[document]) or not printed[document][int(line) - 1].strip()]
    assert blank == []
