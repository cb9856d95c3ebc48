"""The verdict on one service: right for every case there can be, with reasons that hold.

Two proofs meet here. Small spaces are gone through case by case, gaps included, with `examine` itself
beside a brute force that fills the gaps. For all services, the large ones too, the same is proved with
decision diagrams over every case: from the engine's own truth of each criterion, put together by the
table at the head of `quiz.suitability`. That `examine` follows this table is proved by itself, over
every way that criteria can stand, over every small space, and along every branch of every diagram.
"""

import itertools
import math
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import oracle
from quiz import logic
from quiz.changes import changes
from quiz.model import Criterion, Where
from quiz.suitability import GATES, Candidate, Check, Effect, Verdict, effect_of, examine
from spaces import NO_ANSWER, OPEN, PRECEDENCE, considered, standing, verdict_of

SMALL = 300_000
"""Spaces of at most this many classes of cases are gone through one by one."""

PARTS = range(6)
"""The services are shared out, so that the work runs side by side."""


# —— The table ——

def stub(*effects: Effect) -> Candidate:
    """A service with one criterion of each effect given, each over a fact of its own."""
    where = Where(document="d", section="s")
    checks = []
    for index, effect in enumerate(effects):
        criterion = Criterion(id=f"c{index}", says="", source=where, **{effect.value: {f"f{index}": "yes"}})
        checks.append(Check(criterion, effect, logic.parse({f"f{index}": "yes"})))
    return Candidate(SimpleNamespace(id="stub"), tuple(checks))


TWO_OF_EACH = tuple(effect for effect in Effect for _ in range(2))


def every_way_to_stand(effects):
    """Every case of a stub: each of its facts yes, no or unanswered."""
    for answers in itertools.product(("yes", "no", None), repeat=len(effects)):
        yield {f"f{index}": answer for index, answer in enumerate(answers) if answer}


def test_examine_follows_its_table_however_two_criteria_of_each_effect_stand():
    """Verdict, reasons, conditions and what is missing, for all 6,561 ways that eight criteria can stand."""
    candidate, count = stub(*TWO_OF_EACH), 0
    for case in every_way_to_stand(TWO_OF_EACH):
        assert_follows_the_table(candidate, case)
        count += 1
    assert count == 3 ** 8


def test_a_verdict_on_free_criteria_is_the_only_verdict_that_any_filling_gives():
    """Where each criterion has a fact of its own the verdict is exact: definite just when one verdict is left."""
    candidate = stub(*TWO_OF_EACH)
    plain = tuple((check.effect.value, getattr(check.criterion, check.effect.value)) for check in candidate.checks)
    for case in every_way_to_stand(TWO_OF_EACH):
        left = fillings(plain, case, {f"f{index}": ("yes", "no") for index in range(8)})
        said = examine(candidate, case).verdict
        assert said == next(iter(left)) if len(left) == 1 else said is Verdict.NEED_MORE


def test_reasons_are_sufficient_and_necessary_however_criteria_stand():
    """A verdict stays when only its reasons, and what outranks them, are kept; and falls when they are taken away.

    Does not fit, ask first, fits if: any one of the reasons carries the verdict alone, and without them all it is
    another. Fits: turning any single reason round gives another verdict. Need more: the reasons are what is open,
    and without them the verdict is definite.
    """
    candidate = stub(*TWO_OF_EACH)
    for case in every_way_to_stand(TWO_OF_EACH):
        found = examine(candidate, case)
        reasons = [check for check in candidate.checks if check.criterion in found.decided_by]
        rest = [check for check in candidate.checks if check not in reasons]
        without = examine(Candidate(candidate.service, tuple(rest)), case).verdict
        if found.verdict is Verdict.FITS:
            assert reasons == list(candidate.checks)
            for check in reasons:
                fact = next(logic.facts(check.expression))
                turned = {**case, fact: "no" if case[fact] == "yes" else "yes"}
                assert examine(candidate, turned).verdict is not Verdict.FITS
        elif found.verdict is Verdict.NEED_MORE:
            assert without is not Verdict.NEED_MORE
        else:
            assert without is not found.verdict
            stronger = [] if found.verdict is Verdict.DOES_NOT_FIT else [one for one in rest if one.effect in GATES]
            for check in reasons:
                alone = Candidate(candidate.service, (*stronger, check))
                assert examine(alone, case).verdict is found.verdict


def assert_follows_the_table(candidate, case):
    """What `examine` says is what the table gives for how the criteria stand."""
    found = examine(candidate, case)
    stands = {check.criterion.id: standing(check.effect, logic.evaluate(check.expression, case))
              for check in candidate.checks}
    assert found.verdict is verdict_of(stands.values())
    marks = {verdict: mark for mark, verdict in PRECEDENCE.items() if verdict is not Verdict.NEED_MORE}
    mark = marks.get(found.verdict)
    still_open = [check for check in candidate.checks if stands[check.criterion.id] in OPEN.values()
                  and considered(stands[check.criterion.id], stands.values())]
    reasons = {check.criterion.id for check in candidate.checks if stands[check.criterion.id] == mark} if mark else \
        {check.criterion.id for check in still_open or candidate.checks}
    assert {criterion.id for criterion in found.decided_by} == reasons
    waits = {fact for check in still_open for fact in logic.open_facts(check.expression, case)}
    assert set(found.missing) == (waits if found.verdict is Verdict.NEED_MORE else set())
    assert len(found.missing) == len(set(found.missing))
    unmet = {check.criterion.id for check in candidate.checks if check.effect is Effect.CONDITION
             and stands[check.criterion.id]} if found.verdict is not Verdict.DOES_NOT_FIT else set()
    assert {criterion.id for criterion in found.conditions} == unmet
    return found


def fillings(plain, case, answers) -> set[str]:
    """The verdicts of the oracle over every way to fill a case's gaps: plain brute force."""
    gaps = [fact for fact in answers if fact not in case]
    return {oracle.verdict(plain, {**case, **dict(zip(gaps, filling, strict=True))})
            for filling in itertools.product(*(answers[fact] for fact in gaps))}


# —— What the proofs rest on ——

def test_the_engine_reads_every_criterion_that_is_written(spaces):
    """The same criteria with the same effects in the same order, each turned into a condition on the same facts."""
    for space in spaces.values():
        assert [(effect, oracle.facts(condition)) for effect, condition in space.written] == \
            [(effect_of(check.criterion).value, set(logic.facts(check.expression))) for check in space.candidate.checks]


def test_answers_of_one_class_are_the_same_to_every_criterion(spaces, questions):
    """Standing for its class, one answer speaks for all: for every criterion, answer and case of the other facts."""
    compared = 0
    for space in spaces.values():
        for check in space.candidate.checks:
            facts = sorted(set(logic.facts(check.expression)))
            for fact in facts:
                others = [[None, *(group[0] for group in space.groups[other])] for other in facts if other != fact]
                for group in space.groups[fact]:
                    for rest in itertools.product(*others) if len(group) > 1 else ():
                        names = (other for other in facts if other != fact)
                        case = {other: value for other, value in zip(names, rest, strict=True) if value is not None}
                        truths = {logic.evaluate(check.expression, {**case, fact: answer}) for answer in group}
                        assert len(truths) == 1, (space.id, check.criterion.id, fact, group)
                        compared += len(group)
            assert {answer for fact in facts for group in space.groups[fact] for answer in group} == \
                {answer for fact in facts for answer in oracle.answers(questions[fact])}
    print(f"\n{compared:,} answers compared with the one that stands for them")


# —— Whole spaces, by diagrams ——

def test_a_definite_verdict_is_the_only_one_that_any_filling_of_the_gaps_gives(spaces):
    """Soundness, for every case with gaps of every service."""
    cases = 0
    for space in spaces.values():
        wrong = space.space.apply(lambda said, possible: said is not Verdict.NEED_MORE and {str(said)} != possible,
                                  space.said, space.possible)
        assert space.space.find(wrong, bool) is None, space.id
        cases += space.space.count(space.said)
    print(f"\n{cases:,} cases with gaps, over {len(spaces)} services")
    assert cases > 10 ** 11


def test_more_is_asked_for_only_while_more_than_one_verdict_is_left(spaces):
    """Exactness, for every case with gaps: where the answers left would all bring one verdict, it is given."""
    for space in spaces.values():
        more = space.space.apply(lambda said, possible: said is Verdict.NEED_MORE and len(possible) == 1,
                                 space.said, space.possible)
        assert space.space.find(more, bool) is None, (space.id, space.space.find(more, bool))


def test_no_answer_to_an_open_question_flips_a_definite_verdict(spaces):
    """Monotony: every case of every service, every unanswered fact, every answer to it."""
    steps = 0
    for space in spaces.values():
        for fact, groups in space.groups.items():
            before = space.space.given(space.said, fact, NO_ANSWER)
            for index, group in enumerate(groups):
                after = space.space.given(space.said, fact, index)
                flips = space.space.apply(lambda old, new: old not in (new, Verdict.NEED_MORE), before, after)
                assert space.space.find(flips, bool) is None, (space.id, fact)
                steps += len(group) * space.space.count(before) // (sum(map(len, groups)) + 1)
    print(f"\n{steps:,} single steps")
    assert steps > 10 ** 12


@pytest.mark.parametrize("part", PARTS)
def test_every_fact_that_could_change_the_verdict_is_missing_and_no_other(spaces, part):
    """No fact is forgotten: one with a filling of the rest in which two of its answers differ is always missing. And
    none is asked in vain: a missing fact has such a filling, where the focus is known, as it always is."""
    cases = 0
    for space in [*spaces.values()][part::len(PARTS)]:
        for fact in space.groups:
            missing = space.space.given(space.missing(fact), fact, NO_ANSWER)
            forgotten = space.space.apply(lambda waits, can: can and not waits, missing, space.can_matter(fact))
            assert space.space.find(forgotten, bool) is None, (space.id, fact)
            idle = space.space.apply(lambda waits, can: waits and not can, missing, space.can_matter(fact))
            for person in space.people if fact != "focus" else ():
                assert space.space.find(space.for_person(idle, person), bool) is None, (space.id, fact)
            cases += space.space.count(missing, bool)
    print(f"\n{cases:,} times that a fact is missing")


def test_each_reason_why_a_service_does_not_fit_is_enough_by_itself(spaces):
    """With nothing known but what one such reason reads, the service does not fit; more answers cannot change that."""
    reasons = 0
    for space in spaces.values():
        for check in space.candidate.checks:
            facts = sorted(set(logic.facts(check.expression)))
            for values in itertools.product(*([None, *(group[0] for group in space.groups[fact])] for fact in facts)):
                case = {fact: value for fact, value in zip(facts, values, strict=True) if value is not None}
                if check.rules_out(logic.evaluate(check.expression, case)):
                    found = examine(space.candidate, case)
                    assert found.verdict is Verdict.DOES_NOT_FIT and check.criterion in found.decided_by
                    reasons += 1
    print(f"\n{reasons:,} ways for a single criterion to rule a service out")
    assert reasons > 200


# —— Whole spaces, case by case ——

@pytest.mark.parametrize("part", PARTS)
def test_every_case_of_a_small_space_has_the_verdict_of_brute_force(spaces, part):
    """`examine` itself, for every case with gaps, beside the union of the oracle's verdicts over all fillings."""
    cases = services = 0
    for space in smaller(spaces)[part::len(PARTS)]:
        facts = list(space.groups)
        values = [[*(group[0] for group in space.groups[fact]), None] for fact in facts]
        left: dict[tuple, frozenset] = {}
        said: dict[tuple, Verdict] = {}
        for key in itertools.product(*(range(len(options)) for options in values)):
            case = {fact: options[index] for fact, options, index in zip(facts, values, key, strict=True)
                    if options[index] is not None}
            gap = next((at for at, fact in enumerate(facts) if fact not in case), None)
            if gap is None:
                left[key] = frozenset([oracle.verdict(space.written, case)])
            else:
                ways = ((*key[:gap], index, *key[gap + 1:]) for index in range(len(values[gap]) - 1))
                left[key] = frozenset().union(*map(left.__getitem__, ways))
            found = said[key] = examine(space.candidate, case).verdict
            if found is Verdict.NEED_MORE:
                assert len(left[key]) > 1, (space.id, case)
            else:
                assert left[key] == {found}, (space.id, case)
            for at, index in enumerate(key):
                if index == len(values[at]) - 1:
                    older = [said[(*key[:at], answer, *key[at + 1:])] for answer in range(len(values[at]) - 1)]
                    assert found is Verdict.NEED_MORE or set(older) == {found}, (space.id, case, facts[at])
        cases += len(said)
        services += 1
    print(f"\n{cases:,} cases of {services} services one by one")
    assert cases > 10_000


def smaller(spaces):
    """The services whose spaces can be gone through case by case, largest first so that they share out evenly."""
    sizes = {space.id: math.prod(len(groups) + 1 for groups in space.groups.values()) for space in spaces.values()}
    return sorted((space for space in spaces.values() if sizes[space.id] <= SMALL), key=lambda space: -sizes[space.id])


@pytest.mark.parametrize("part", PARTS)
def test_examine_and_its_reasons_hold_along_every_branch_of_every_diagram(spaces, part):
    """For a case through each branch, large spaces too: `examine` follows its table and agrees with the diagram; its
    reasons, with what outranks them, carry the verdict when all else is forgotten; without them it is another."""
    cases = 0
    for space in [*spaces.values()][part::len(PARTS)]:
        for case in walked(space):
            found = assert_follows_the_table(space.candidate, case)
            assert found.verdict is space.space.at(space.said, case), (space.id, case)
            if found.verdict not in (Verdict.NEED_MORE, Verdict.FITS):
                assert_reasons_carry(space.candidate, case, found)
            cases += 1
    print(f"\n{cases:,} cases")
    assert cases > 200


def assert_reasons_carry(candidate, case, found):
    """The verdict stays when only the facts of its reasons and of stronger criteria are kept, and needs the reasons."""
    stronger = list(Effect)[:{Verdict.DOES_NOT_FIT: 0, Verdict.ASK_FIRST: 2, Verdict.FITS_IF: 3}[found.verdict]]
    kept = {fact for check in candidate.checks if check.effect in stronger or check.criterion in found.decided_by
            for fact in logic.facts(check.expression)}
    assert examine(candidate, {fact: answer for fact, answer in case.items() if fact in kept}).verdict is found.verdict
    rest = tuple(check for check in candidate.checks if check.criterion not in found.decided_by)
    assert examine(Candidate(candidate.service, rest), case).verdict is not found.verdict


@pytest.mark.parametrize("part", PARTS)
def test_each_change_told_changes_the_verdict_and_none_is_left_out(spaces, questions, part):
    """For a case through each branch of every diagram: `changes` names just those answers to changeable questions
    that, by the diagram, bring another verdict."""
    told_in_all = 0
    for space in [*spaces.values()][part::len(PARTS)]:
        stands_for = {(fact, answer): group[0] for fact, groups in space.groups.items()
                      for group in groups for answer in group}
        for case in walked(space):
            now = space.space.at(space.said, case)
            expected = []
            for fact in (fact for fact, question in questions.items() if fact in case and not question.never_suggest):
                for answer in oracle.answers(questions[fact]):
                    then = space.space.at(space.said, {**case, fact: stands_for[fact, answer]})
                    if then is not now:
                        expected.append((fact, answer, then))
            told = [(change.fact, change.value, change.verdict) for change in changes(space.candidate, case, questions)]
            assert told == expected, (space.id, case)
            told_in_all += len(told)
    print(f"\n{told_in_all:,} changes")
    assert told_in_all > 500


def walked(space):
    """A case along each branch of what the engine says, as it is and with every gap filled."""
    some = {fact: groups[0][0] for fact, groups in space.groups.items()}
    for case, _ in space.space.through(space.said):
        yield case
        yield {**some, **case}


def test_nothing_that_must_never_be_suggested_is_ever_a_change(spaces, questions):
    """For every criterion and every case of its facts: no change names such a fact, nor any age."""
    for space in spaces.values():
        for check in space.candidate.checks:
            facts = sorted(set(logic.facts(check.expression)))
            for values in itertools.product(*([group[0] for group in space.groups[fact]] for fact in facts)):
                for change in changes(space.candidate, dict(zip(facts, values, strict=True)), questions):
                    assert not questions[change.fact].never_suggest and not questions[change.fact].years


def test_separation_consent_age_gender_and_views_are_never_suggested(questions):
    """The facts that no worker may press for are marked so."""
    never = {fact for fact, question in questions.items() if question.never_suggest}
    assert never >= {
        "relationship", "consent", "victim_acceptance", "age", "child_age", "victim_gender", "perpetrator_gender",
        "couple", "risk", "victim_account_obtained", "parent_and_child_agree", "language", "stage", "focus"}


# —— Any criteria at all ——

FACTS = {"a": ("p", "q", "r"), "b": ("p", "q"), "c": ("p", "q"), "years": (0, 1, 2, 3)}

words = st.sampled_from([fact for fact in FACTS if fact != "years"]).flatmap(lambda fact: st.one_of(
    st.sampled_from(FACTS[fact]), st.lists(st.sampled_from(FACTS[fact]), min_size=1, max_size=3, unique=True)).map(
    lambda wanted: {fact: wanted}))
years = st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from(["from", "to", "both", "one"])).map(
    lambda drawn: {"years": {"from": {"from": drawn[0]}, "to": {"to": drawn[0]}, "one": drawn[0],
                             "both": {"from": min(drawn[:2]), "to": max(drawn[:2])}}[drawn[2]]})
conditions = st.recursive(words | years, lambda inner: st.one_of(
    st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
    st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
    inner.map(lambda part: {"not": part}),
    st.tuples(inner, inner).map(lambda pair: {**pair[0], **pair[1]})), max_leaves=6)
criteria = st.lists(st.tuples(st.sampled_from(list(Effect)), conditions), min_size=1, max_size=5)
shapes = st.lists(st.tuples(st.sampled_from(Effect), st.booleans(), st.integers(1, 2)), min_size=1, max_size=4)
cases = st.fixed_dictionaries({}, optional={fact: st.sampled_from(answers) for fact, answers in FACTS.items()})


def made(drawn) -> tuple[Candidate, oracle.Written]:
    """A service with any criteria, for the engine and for the oracle."""
    where = Where(document="d", section="s")
    checks = tuple(Check(Criterion(id=f"c{index}", says="", source=where, **{effect.value: condition}), effect,
                         logic.parse(condition)) for index, (effect, condition) in enumerate(drawn))
    plain = tuple((effect.value, condition) for effect, condition in drawn)
    return Candidate(SimpleNamespace(id="made"), checks), plain


@settings(max_examples=1000)
@given(criteria, cases)
def test_whatever_the_criteria_a_definite_verdict_is_the_only_one_left(drawn, case):
    """Soundness for any criteria that the grammar allows; and a whole case always has a definite verdict."""
    candidate, plain = made(drawn)
    found, left = examine(candidate, case), fillings(plain, case, FACTS)
    assert found.verdict is Verdict.NEED_MORE or left == {found.verdict}
    assert (found.verdict is Verdict.NEED_MORE) == bool(found.missing)
    assert not set(found.missing) & set(case)


@settings(max_examples=1000)
@given(criteria, cases, st.sampled_from(sorted(FACTS)), st.data())
def test_whatever_the_criteria_an_answer_more_never_flips_a_definite_verdict(drawn, case, fact, data):
    """Monotony for any criteria that the grammar allows; nor does an answer more bring back a question."""
    candidate, _ = made(drawn)
    before = examine(candidate, case)
    after = examine(candidate, {fact: data.draw(st.sampled_from(FACTS[fact])), **case})
    assert before.verdict in (Verdict.NEED_MORE, after.verdict)
    assert set(after.missing) <= set(before.missing)


@settings(max_examples=500)
@given(shapes, st.data())
def test_where_each_fact_stands_once_the_verdict_is_exact(shape, data):
    """Conditions of any depth whose facts are all different: definite just when one verdict is left."""
    fresh, answers, drawn = itertools.count(), {}, []
    for effect, joined_by_all, size in shape:
        parts = []
        for _ in range(size):
            fact = f"f{next(fresh)}"
            answers[fact] = ("yes", "no")
            part = {fact: data.draw(st.sampled_from(answers[fact]))}
            parts.append({"not": part} if data.draw(st.booleans()) else part)
        drawn.append((effect, {"all" if joined_by_all else "any": parts}))
    drawing = {fact: st.sampled_from(pair) for fact, pair in answers.items()}
    case = data.draw(st.fixed_dictionaries({}, optional=drawing))
    candidate, plain = made(drawn)
    found, left = examine(candidate, case), fillings(plain, case, answers)
    assert (found.verdict is Verdict.NEED_MORE) == (len(left) > 1)
    differing = {fact for fact in answers if fact not in case and any(
        len({oracle.verdict(plain, {**whole, fact: answer}) for answer in answers[fact]}) > 1
        for whole in whole_cases(case, answers, fact))}
    assert set(found.missing) == differing


def whole_cases(case, answers, but):
    """Every way to fill a case's gaps but one."""
    gaps = [fact for fact in answers if fact not in case and fact != but]
    for filling in itertools.product(*(answers[fact] for fact in gaps)):
        yield {**case, **dict(zip(gaps, filling, strict=True))}
