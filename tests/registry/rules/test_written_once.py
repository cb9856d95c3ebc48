"""An everyday word stands in one place, in lower case."""

from tests.registry.registries import faults_of, told

SECOND = ("synonyms:\n", "synonyms:\n  - id: men\n    words: [{}]\n    facets: {{for: [parent]}}\n")


def test_a_word_that_stands_in_two_places_is_told(tmp_path):
    [fault] = told(tmp_path, (SECOND[0], SECOND[1].format("husband, dad")))
    assert (fault.path, fault.message) == (
        "synonyms[1].words[1]", "found 'dad' a second time, expected each word in one place. It stands in 'men' already.")


def test_a_word_given_twice_in_one_place_is_told(tmp_path):
    [fault] = told(tmp_path, ("words: [mum, dad]", "words: [mum, dad, mum]"))
    assert (fault.path, fault.message) == (
        "synonyms[0].words[2]", "found 'mum' a second time, expected each word in one place. It stands in 'parents' already.")


def test_a_capital_is_told_with_the_word_as_search_reads_it(tmp_path):
    [fault] = told(tmp_path, ("words: [mum, dad]", "words: [mum, Dad]"))
    assert (fault.path, fault.message) == (
        "synonyms[0].words[1]", "found 'Dad', expected lower case, as search reads it. Write 'dad'.")


def test_other_words_may_stand_elsewhere(tmp_path):
    assert faults_of(tmp_path, (SECOND[0], SECOND[1].format("husband"))) == []
