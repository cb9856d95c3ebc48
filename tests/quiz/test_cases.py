"""Reading a case: whatever bytes come in, out comes a case made of known facts, or every reason why not."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.cases import MOST_BYTES, BadCase, from_json, from_yaml, nearest
from tests.registry import real

FACTS = {question.id: question for question in real.registry().questions}


def sound(case):
    """Whether every fact of a case exists and has one of its values."""
    return all(value in [option.value for option in FACTS[fact].options] if FACTS[fact].options
               else type(value) is int and FACTS[fact].years.min <= value <= FACTS[fact].years.max
               for fact, value in case.items())


def answers_or_tells(read, raw):
    """A sound case, or BadCase with reasons that are sentences; nothing else may come out."""
    try:
        case = read(raw, FACTS)
    except BadCase as error:
        assert error.problems and all(problem.strip().endswith((".", "?")) for problem in error.problems)
        return None
    assert sound(case)
    return case


def values(question):
    return st.sampled_from([option.value for option in question.options]) if question.options else st.integers(
        question.years.min, question.years.max)


good = st.fixed_dictionaries({}, optional={fact: values(question) for fact, question in FACTS.items()})
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(sorted(FACTS)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(FACTS)) | st.text(max_size=9), inner,
                                                               max_size=4), max_leaves=12)
"""Any value that JSON can hold, with known facts mixed in."""

yaml_text = st.text(alphabet="agefocus:-?[]{},&*!|>#%@'\" \n\t01", max_size=40)
"""Text made of what YAML gives a meaning to."""

yaml_flow = st.recursive(
    st.sampled_from(["age", "focus", "17", "'17'", "&a 17", "*a", "!!int 17", "~", "''", "<<"]),
    lambda inner: st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
    | st.lists(st.tuples(inner, inner), max_size=3).map(lambda pairs: f"{{{', '.join(f'{k} : {v}' for k, v in pairs)}}}"),
    max_leaves=8)
"""Values of YAML, with keys of every kind, names for values and references to them."""


# —— Whatever comes in ——

@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_json_case_or_told(raw):
    answers_or_tells(from_json, raw)


@settings(max_examples=200)
@given(st.binary(max_size=60))
def test_any_bytes_are_a_yaml_case_or_told(raw):
    answers_or_tells(from_yaml, raw)


@settings(max_examples=200)
@given(anything)
def test_any_json_value_is_a_case_or_told(value):
    answers_or_tells(from_json, json.dumps(value).encode())


@settings(max_examples=200)
@given(anything)
def test_any_json_value_is_a_case_or_told_as_yaml_too(value):
    answers_or_tells(from_yaml, json.dumps(value).encode())


@settings(max_examples=300)
@given(yaml_flow)
def test_any_value_of_yaml_is_a_case_or_told(text):
    answers_or_tells(from_yaml, text.encode())
    answers_or_tells(from_yaml, f"&a\n? {text}\n: {text}\n".encode())


@settings(max_examples=300)
@given(yaml_text)
def test_any_text_of_yaml_signs_is_a_case_or_told(text):
    answers_or_tells(from_yaml, text.encode())


@given(st.lists(st.tuples(st.sampled_from(sorted(FACTS)), anything), max_size=4))
def test_keys_given_again_are_a_case_or_told(pairs):
    raw = "{" + ",".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in pairs) + "}"
    case = answers_or_tells(from_json, raw.encode())
    assert case is None or len(case) == len(pairs)


# —— A good case comes through unchanged ——

@settings(max_examples=100)
@given(good)
def test_a_good_case_comes_through_as_it_was_written(case):
    assert from_json(json.dumps(case).encode(), FACTS) == case


@settings(max_examples=100)
@given(good)
def test_a_good_case_is_the_same_in_yaml(case):
    assert from_yaml("{}".encode() if not case else "".join(
        f"{fact}: {value}\n" for fact, value in case.items()).encode(), FACTS) == case


@settings(max_examples=60)
@given(good)
def test_json_is_yaml_too(case):
    assert from_yaml(json.dumps(case).encode(), FACTS) == case


@settings(max_examples=60)
@given(good.filter(bool), st.data())
def test_one_wrong_answer_spoils_the_whole_case(case, data):
    """Nothing is ever answered on the strength of the part that could be read."""
    wrong = data.draw(st.sampled_from(sorted(case)))
    with pytest.raises(BadCase) as told:
        from_json(json.dumps(case | {wrong: "no such answer"}).encode(), FACTS)
    assert len(told.value.problems) == 1 and f"'{wrong}'" in told.value.problems[0]


# —— Years ——

@pytest.mark.parametrize("fact", [fact for fact, question in FACTS.items() if question.years])
def test_the_first_and_last_year_are_taken_and_the_next_are_not(fact):
    low, high = FACTS[fact].years.min, FACTS[fact].years.max
    for years in (low, high):
        assert from_json(json.dumps({fact: years}).encode(), FACTS) == {fact: years}
    for years in (low - 1, high + 1):
        with pytest.raises(BadCase, match=f"from {low} to {high}"):
            from_json(json.dumps({fact: years}).encode(), FACTS)


@pytest.mark.parametrize("written", ["1.5", "1e1", "true", "null", '"10"', "[10]", "{}"])
def test_only_a_whole_number_is_years(written):
    with pytest.raises(BadCase, match="whole number"):
        from_json(f'{{"age": {written}}}'.encode(), FACTS)


def test_minus_nought_is_nought():
    assert from_json(b'{"age": -0}', FACTS) == {"age": 0}


# —— Size ——

def test_a_case_of_the_largest_size_is_read_and_one_byte_more_is_not():
    raw = json.dumps({"focus": "professionals"}).encode()
    assert from_json(raw.ljust(MOST_BYTES), FACTS) == {"focus": "professionals"}
    with pytest.raises(BadCase, match="more than 1,000,000 bytes"):
        from_json(raw.ljust(MOST_BYTES + 1), FACTS)


def test_a_long_wrong_answer_is_shown_shortened():
    with pytest.raises(BadCase) as told:
        from_json(json.dumps({"focus": "x" * 10_000, "y" * 10_000: 1}).encode(), FACTS)
    assert all(len(problem) < 1500 for problem in told.value.problems)


# —— The nearest word ——

@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_with_a_slip_is_told_with_that_fact(fact):
    assert nearest(fact + "x", FACTS) == f"Did you mean '{fact}'?"


def test_a_word_like_no_other_is_told_with_all_there_are():
    assert nearest("zzzz", ["yes", "no"]) == "It can be: yes, no."


@pytest.mark.parametrize("word", [7, None, True, [], {}])
def test_what_is_no_word_is_told_with_all_there_are(word):
    assert nearest(word, ["yes", "no"]) == "It can be: yes, no."


def test_every_reason_is_in_the_error_and_in_its_text():
    error = BadCase(reason for reason in ("One.", "Two."))
    assert error.problems == ("One.", "Two.") and str(error) == "One.\nTwo."
