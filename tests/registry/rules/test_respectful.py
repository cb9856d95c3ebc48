"""Our own sentences use the words of the field, and none that blame."""

import pytest

from tests.registry.registries import told


def reason(tmp_path, text):
    return told(tmp_path, ("reason: It is not a service.", f"reason: {text}"))


@pytest.mark.parametrize(("word", "better"), [
    ("perpetrator", "person using harm"), ("perpetrators", "person using harm"), ("abuser", "person using harm"),
    ("offenders", "person using harm"), ("domestic violence", "domestic abuse"),
    ("volatile relationship", "what was done and by whom"), ("toxic relationships", "what was done and by whom"),
    ("high-conflict couple", "what was done and by whom"), ("both as bad as each other", "what each did"),
    ("failed to protect", "what she or he did to keep safe"), ("failure to protect", "what was done to keep safe"),
    ("eligible", "may be referred"), ("low risk", "not assessed as high"),
])
def test_a_word_that_is_not_ours_is_told_with_a_better_one(tmp_path, word, better):
    assert reason(tmp_path, f"About the {word} here.") == [(
        "not_listed[0].reason", f"reason: About the {word} here.",
        f"found ‘{word}’, expected our own words, such as ‘{better}’. "
        "Say it another way, or put a document’s words in ‘quotation marks’.")]


@pytest.mark.parametrize("text", ["Perpetrators come first.", "Domestic violence is meant.", "It is. Low risk, then."])
def test_it_is_told_at_the_start_of_a_sentence_too(tmp_path, text):
    assert [fault.path for fault in reason(tmp_path, text)] == ["not_listed[0].reason"]


def test_it_is_told_beside_an_apostrophe(tmp_path):
    assert [fault.path for fault in reason(tmp_path, "It’s for abusers’ partners.")] == ["not_listed[0].reason"]


@pytest.mark.parametrize("text", ["The page says ‘perpetrators’.", "The page says “low risk”.", "An ineligible entry.",
                                  "The page’s word is ‘the abuser’s partner’."])
def test_the_words_of_a_document_may_stand_in_quotation_marks(tmp_path, text):
    assert reason(tmp_path, text) == []


def test_a_name_keeps_the_words_it_has(tmp_path):
    assert told(tmp_path, ("name: A raffle", "name: Domestic violence perpetrators raffle")) == []


def test_questions_are_looked_at_too(tmp_path):
    [fault] = told(tmp_path, questions=(("ask: Where?", "ask: Where is the abuser?"),))
    assert fault.path == "questions[1].ask"
