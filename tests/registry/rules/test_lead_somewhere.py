"""Everyday words mean something: a service, values of facets, a word of the glossary or a number to ring."""

import pytest

from tests.registry.registries import SERVICES, faults_of, told

MEANS = """    services: [bridge-programme]
    facets: {for: [parent], stage: [in_court, before_court]}
    helplines: [emergency]
"""


def test_words_that_mean_nothing_are_told(tmp_path):
    [fault] = told(tmp_path, (MEANS, ""))
    assert (fault.path, fault.message) == (
        "synonyms[0]", "found words that stand for nothing ('parents'), expected services, facets, terms or helplines. "
        "Say what they mean.")


def test_a_meaning_without_words_is_told(tmp_path):
    [fault] = told(tmp_path, ("words: [mum, dad]", "words: []"))
    assert (fault.path, fault.message) == (
        "synonyms[0].words", "found no word, expected the words that people type. Add one.")


@pytest.mark.parametrize("one", [*MEANS.splitlines(keepends=True), "    terms: [plo]\n"])
def test_any_one_of_the_four_will_do(tmp_path, one):
    assert MEANS in SERVICES
    assert faults_of(tmp_path, (MEANS, one)) == []
