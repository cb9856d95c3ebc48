"""A screening form asks for facts with options, and covers each option once."""

from tests.registry.registries import told

BEFORE = """\
          - value: before_court
            says: Not in court.
            leads_to: proceed
            then: Go on.
"""


def test_a_fact_in_years_cannot_be_screened(tmp_path):
    assert told(tmp_path, ("fact: stage", "fact: age")) == [(
        "services[2].screening[0].fact", "- fact: age",
        "found 'age', expected a fact with options. Did you mean 'stage'?")]


def test_an_unknown_fact_is_told(tmp_path):
    assert told(tmp_path, ("fact: stage", "fact: refferer")) == [(
        "services[2].screening[0].fact", "- fact: refferer",
        "found 'refferer', expected a fact with options. Did you mean 'referrer'?")]


def test_a_missing_answer_is_told(tmp_path):
    assert told(tmp_path, (BEFORE, "")) == [(
        "services[2].screening[0].answers", "answers:",
        "found in_court, expected each of before_court, in_court once. Give every answer of the question once.")]


def test_an_answer_given_twice_is_told(tmp_path):
    assert told(tmp_path, (BEFORE, BEFORE + BEFORE)) == [(
        "services[2].screening[0].answers", "answers:",
        "found before_court, before_court, in_court, expected each of before_court, in_court once. "
        "Give every answer of the question once.")]


def test_an_unknown_answer_is_told(tmp_path):
    assert told(tmp_path, ("value: before_court", "value: after_court")) == [(
        "services[2].screening[0].answers", "answers:",
        "found after_court, in_court, expected each of before_court, in_court once. "
        "Give every answer of the question once.")]
