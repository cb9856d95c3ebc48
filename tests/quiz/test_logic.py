"""Conditions are three-valued: true or false only when every way to fill the gaps in a case agrees."""

import itertools
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.logic import All, Any_, Between, ConditionError, Not, OneOf, evaluate, facts, leaves, open_facts, parse

T, F, U = True, False, None
TRUTHS = (T, F, U)
WORDS = {T: "yes", F: "no"}


def of(truth, name):
    """A condition on one fact, and the case in which it has this truth."""
    return OneOf(name, frozenset({"yes"})), {} if truth is U else {name: WORDS[truth]}


# —— The truth tables ——

AND = {(T, T): T, (T, F): F, (T, U): U, (F, T): F, (F, F): F, (F, U): F, (U, T): U, (U, F): F, (U, U): U}
OR = {(T, T): T, (T, F): T, (T, U): T, (F, T): T, (F, F): F, (F, U): U, (U, T): T, (U, F): U, (U, U): U}
NOT = {T: F, F: T, U: U}


@pytest.mark.parametrize(("truths", "result"), AND.items())
def test_and_follows_its_table(truths, result):
    parts, cases = zip(*(of(truth, name) for truth, name in zip(truths, "ab", strict=True)), strict=True)
    assert evaluate(All(parts), cases[0] | cases[1]) is result


@pytest.mark.parametrize(("truths", "result"), OR.items())
def test_or_follows_its_table(truths, result):
    parts, cases = zip(*(of(truth, name) for truth, name in zip(truths, "ab", strict=True)), strict=True)
    assert evaluate(Any_(parts), cases[0] | cases[1]) is result


@pytest.mark.parametrize(("truth", "result"), NOT.items())
def test_not_follows_its_table(truth, result):
    part, case = of(truth, "a")
    assert evaluate(Not(part), case) is result


@pytest.mark.parametrize("truths", list(itertools.product(TRUTHS, repeat=4)), ids=str)
def test_more_parts_are_as_two_at_a_time(truths):
    parts, cases = zip(*(of(truth, name) for truth, name in zip(truths, "abcd", strict=True)), strict=True)
    case = {name: value for one in cases for name, value in one.items()}
    both = either = truths[0]
    for truth in truths[1:]:
        both, either = AND[both, truth], OR[either, truth]
    assert (evaluate(All(parts), case), evaluate(Any_(parts), case)) == (both, either)


# —— One fact ——

@pytest.mark.parametrize(("case", "truth"), [({}, U), ({"stage": "plo"}, T), ({"stage": "court"}, T),
                                             ({"stage": "none"}, F), ({"age": 9}, U)])
def test_one_of_several_values(case, truth):
    assert evaluate(OneOf("stage", frozenset({"plo", "court"})), case) is truth


@pytest.mark.parametrize(("low", "high", "true"), [
    (11, 18, range(11, 19)), (11, None, range(11, 30)), (None, 18, range(19)), (None, None, range(30)),
    (0, 0, range(1)), (7, 7, range(7, 8))])
def test_both_ends_of_a_range_belong_to_it(low, high, true):
    assert [years for years in range(30) if evaluate(Between("age", low, high), {"age": years})] == list(true)


def test_a_range_over_an_unanswered_fact_is_unknown():
    assert evaluate(Between("age", None, None), {}) is U


def test_the_age_of_nothing_is_an_answer():
    assert evaluate(Between("age", 0, 2), {"age": 0}) is T
    assert evaluate(OneOf("age", frozenset({0})), {"age": 0}) is T
    assert evaluate(Between("age", 1, None), {"age": 0}) is F


# —— What people write ——

@pytest.mark.parametrize(("written", "expression"), [
    ({"a": "x"}, OneOf("a", frozenset({"x"}))),
    ({"a": 7}, OneOf("a", frozenset({7}))),
    ({"a": ["x", "y"]}, OneOf("a", frozenset({"x", "y"}))),
    ({"a": ("x", "y")}, OneOf("a", frozenset({"x", "y"}))),
    ({"a": {"from": 11, "to": 18}}, Between("a", 11, 18)),
    ({"a": {"from": 11}}, Between("a", 11, None)),
    ({"a": {"to": 18}}, Between("a", None, 18)),
    ({"a": {"from": 7, "to": 7}}, Between("a", 7, 7)),
    ({"a": "x", "b": "y"}, All((OneOf("a", frozenset({"x"})), OneOf("b", frozenset({"y"}))))),
    ({"all": [{"a": "x"}, {"b": "y"}]}, All((OneOf("a", frozenset({"x"})), OneOf("b", frozenset({"y"}))))),
    ({"any": [{"a": "x"}, {"b": "y"}]}, Any_((OneOf("a", frozenset({"x"})), OneOf("b", frozenset({"y"}))))),
    ({"all": [{"a": "x"}]}, All((OneOf("a", frozenset({"x"})),))),
    ({"not": {"a": "x"}}, Not(OneOf("a", frozenset({"x"})))),
    ({"not": {"a": "x", "b": "y"}}, Not(All((OneOf("a", frozenset({"x"})), OneOf("b", frozenset({"y"})))))),
    ({"a": "x", "any": [{"b": 1}, {"not": {"c": 2}}]},
     All((OneOf("a", frozenset({"x"})), Any_((OneOf("b", frozenset({1})), Not(OneOf("c", frozenset({2})))))))),
])
def test_a_condition_is_read(written, expression):
    assert parse(written) == expression


NOTHING, WORD_OR_NUMBER = "a fact with its value, or all, any or not", "a word or a whole number"


@pytest.mark.parametrize(("written", "path", "found", "expected"), [
    (None, (), "nothing", NOTHING),
    ({}, (), "a mapping with nothing in it", NOTHING),
    ([], (), "a list", NOTHING),
    ([{"a": "x"}], (), "a list", NOTHING),
    ("a", (), "'a'", NOTHING),
    (7, (), "'7'", NOTHING),
    (True, (), "'True'", NOTHING),
    ({"a": None}, ("a",), "nothing", WORD_OR_NUMBER),
    ({"a": True}, ("a",), "'True'", WORD_OR_NUMBER),
    ({"a": 1.5}, ("a",), "'1.5'", WORD_OR_NUMBER),
    ({"a": []}, ("a",), "an empty list", "one or more values"),
    ({"a": ["x", None]}, ("a",), "nothing", WORD_OR_NUMBER),
    ({"a": ["x", True]}, ("a",), "'True'", WORD_OR_NUMBER),
    ({"a": [["x"]]}, ("a",), "a list", WORD_OR_NUMBER),
    ({"a": [{"from": 1}]}, ("a",), "a mapping with from", WORD_OR_NUMBER),
    ({"a": {}}, ("a",), "a mapping with nothing in it", "from and to, in whole years"),
    ({"a": {"above": 1}}, ("a",), "a mapping with above", "from and to, in whole years"),
    ({"a": {"from": 1, "upto": 2}}, ("a",), "a mapping with from, upto", "from and to, in whole years"),
    ({"a": {"from": "x"}}, ("a", "from"), "'x'", "a whole number of years"),
    ({"a": {"from": 1.5}}, ("a", "from"), "'1.5'", "a whole number of years"),
    ({"a": {"from": 1, "to": None}}, ("a", "to"), "nothing", "a whole number of years"),
    ({"a": {"to": True}}, ("a", "to"), "'True'", "a whole number of years"),
    ({"a": {"from": 18, "to": 11}}, ("a",), "from 18 to 11", "from not to be above to"),
    ({"all": []}, ("all",), "a list", "a list of conditions under 'all'"),
    ({"any": {}}, ("any",), "a mapping with nothing in it", "a list of conditions under 'any'"),
    ({"any": "x"}, ("any",), "'x'", "a list of conditions under 'any'"),
    ({"all": {"a": "x"}}, ("all",), "a mapping with a", "a list of conditions under 'all'"),
    ({"all": ["x"]}, ("all", 0), "'x'", NOTHING),
    ({"any": [{"a": "x"}, {}]}, ("any", 1), "a mapping with nothing in it", NOTHING),
    ({"not": None}, ("not",), "nothing", NOTHING),
    ({"not": [{"a": "x"}]}, ("not",), "a list", NOTHING),
    ({"not": {}}, ("not",), "a mapping with nothing in it", NOTHING),
    ({"a": "x", "any": [{"b": 1}, {"not": {"all": [{"c": {"from": "d"}}]}}]},
     ("any", 1, "not", "all", 0, "c", "from"), "'d'", "a whole number of years"),
])
def test_what_is_not_a_condition_is_told_with_its_path(written, path, found, expected):
    with pytest.raises(ConditionError) as error:
        parse(written)
    assert (error.value.path, error.value.found, error.value.expected) == (path, f"found {found}", expected)
    assert str(error.value) == f"found {found}, expected {expected}"


def test_the_path_goes_on_from_where_the_condition_stands():
    with pytest.raises(ConditionError) as error:
        parse({"a": []}, ("criteria", 3, "requires"))
    assert error.value.path == ("criteria", 3, "requires", "a")


# —— Any condition at all ——

DOMAINS = {"w": ("p", "q"), "x": ("p", "q", "r"), "y": (0, 1, 2, 3), "z": (0, 1, 2, 3)}
"""Two facts with words and two with years, few enough to try every case."""

bounds = st.tuples(st.integers(0, 3), st.integers(0, 3)).map(sorted)
comparisons = st.one_of(
    *(st.lists(st.sampled_from(domain), min_size=1, max_size=3).map(lambda values, fact=fact: {fact: values})
      for fact, domain in DOMAINS.items()),
    *(st.sampled_from(domain).map(lambda value, fact=fact: {fact: value}) for fact, domain in DOMAINS.items()),
    *(bounds.map(lambda pair, fact=fact: {fact: {"from": pair[0], "to": pair[1]}}) for fact in "yz"),
    *(st.integers(0, 3).map(lambda low, fact=fact: {fact: {"from": low}}) for fact in "yz"),
    *(st.integers(0, 3).map(lambda high, fact=fact: {fact: {"to": high}}) for fact in "yz"),
)
conditions = st.recursive(comparisons, lambda part: st.one_of(
    st.lists(part, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
    st.lists(part, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
    part.map(lambda one: {"not": one}),
    st.tuples(comparisons, part).map(lambda pair: pair[0] | pair[1]),
), max_leaves=6)
cases = st.fixed_dictionaries({}, optional={fact: st.sampled_from(domain) for fact, domain in DOMAINS.items()})


def holds(written, case):
    """Whether a condition holds in a case that answers every fact: written again, in two values and another way."""
    def one(key, value):
        if key == "all":
            return all(holds(part, case) for part in value)
        if key == "any":
            return any(holds(part, case) for part in value)
        if key == "not":
            return not holds(value, case)
        if isinstance(value, dict):
            return case[key] in range(value.get("from", 0), value.get("to", 3) + 1)
        return case[key] in (value if isinstance(value, list) else [value])
    return all(one(key, value) for key, value in written.items())


def completions(case):
    """Every way to answer what a case leaves open."""
    open_or_given = ([case[fact]] if fact in case else domain for fact, domain in DOMAINS.items())
    return [dict(zip(DOMAINS, values, strict=True)) for values in itertools.product(*open_or_given)]


@given(conditions)
def test_a_whole_case_has_the_truth_that_two_values_give_it(written):
    expression = parse(written)
    for case in completions({}):
        assert evaluate(expression, case) is holds(written, case)


@given(conditions, cases)
def test_what_is_definite_stays_so_however_the_gaps_are_filled(written, case):
    truth = evaluate(parse(written), case)
    if truth is not None:
        assert {holds(written, whole) for whole in completions(case)} == {truth}


@given(conditions, cases)
def test_each_fact_read_once_makes_unknown_mean_that_it_could_go_either_way(written, case):
    expression = parse(written)
    named = list(facts(expression))
    if len(set(named)) < len(named) or any(is_constant(leaf) for leaf in leaves(expression)):
        return
    truths = {holds(written, whole) for whole in completions(case)}
    assert evaluate(expression, case) is (truths.pop() if len(truths) == 1 else None)


def is_constant(leaf):
    return len({evaluate(leaf, {leaf.fact: value}) for value in DOMAINS[leaf.fact]}) == 1


@given(conditions, cases)
def test_not_turns_it_round_and_twice_turns_it_back(written, case):
    truth = evaluate(parse(written), case)
    assert evaluate(parse({"not": written}), case) is NOT[truth]
    assert evaluate(parse({"not": {"not": written}}), case) is truth


@given(st.lists(conditions, min_size=1, max_size=3), cases)
def test_not_any_is_all_not(parts, case):
    none, each_not = {"not": {"any": parts}}, {"all": [{"not": part} for part in parts]}
    assert evaluate(parse(none), case) is evaluate(parse(each_not), case)


@given(conditions, cases)
def test_only_the_facts_it_reads_matter(written, case):
    expression = parse(written)
    read = {fact: value for fact, value in case.items() if fact in set(facts(expression))}
    assert evaluate(expression, case) is evaluate(expression, read)


@given(conditions)
def test_an_empty_case_settles_nothing(written):
    assert evaluate(parse(written), {}) is None


@given(conditions)
def test_facts_are_those_of_the_leaves_in_the_order_written(written):
    def named(condition):
        for key, value in condition.items():
            if key in ("all", "any"):
                yield from (fact for part in value for fact in named(part))
            else:
                yield from named(value) if key == "not" else [key]
    expression = parse(written)
    assert list(facts(expression)) == [leaf.fact for leaf in leaves(expression)] == list(named(written))


@given(conditions, cases)
def test_the_open_facts_are_unanswered_ones_that_it_reads_and_none_once_it_is_settled(written, case):
    expression = parse(written)
    still_open = set(open_facts(expression, case))
    assert still_open <= set(facts(expression)) - set(case)
    assert bool(still_open) is (evaluate(expression, case) is None)


@given(conditions, cases)
def test_answering_every_open_fact_moves_it_on(written, case):
    expression = parse(written)
    asked = 0
    while still_open := list(open_facts(expression, case)):
        case = case | {still_open[0]: DOMAINS[still_open[0]][0]}
        asked += 1
        assert asked <= len(DOMAINS)
    assert evaluate(expression, case) is not None


@given(conditions)
def test_a_condition_can_be_kept_in_a_table(written):
    assert {parse(written): 1}[parse(written)] == 1


# —— Anything at all ——

names = st.text(string.ascii_lowercase, min_size=1, max_size=4) | st.sampled_from(["all", "any", "not", "from", "to"])
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 20) | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(names, part, max_size=3), max_leaves=12)


def at(written, path):
    for part in path:
        written = written[part]
    return written


@given(plain)
def test_anything_is_either_read_or_told_with_a_path_that_exists(written):
    try:
        expression = parse(written)
    except ConditionError as error:
        at(written, error.path)
        assert error.found.startswith("found ") and error.expected
    else:
        assert set(facts(expression)) and evaluate(expression, {}) is None
