"""Texts are plain words: no markup, no hidden characters, no addresses out of place."""

import pytest

from tests.registry.registries import told


def reason(tmp_path, text):
    return told(tmp_path, ("reason: It is not a service.", f"reason: {text}"))


@pytest.mark.parametrize(("text", "found"), [
    ("<b>Bold</b>", "<b"), ("See </p>", "</"), ('"<!-- x -->"', "<!"), ('"<?php"', "<?"),
    ("Bed &amp; breakfast", "&amp;"), ("It&#39;s", "&#39;"), ("It&#x27;s", "&#x27;"),
    ("x onload=y", "onload="), ("x ONERROR =y", "ONERROR ="),
    ("javascript:x", "javascript:"), ("JavaScript :x", "JavaScript :"), ("vbscript:x", "vbscript:"),
    ("data:text/html", "data:"),
])
def test_markup_is_told(tmp_path, text, found):
    assert reason(tmp_path, text) == [(
        "not_listed[0].reason", f"reason: {text}",
        f"found '{found}', expected plain text. Take the markup out; the site adds its own.")]


@pytest.mark.parametrize("code", [
    0x00, 0x07, 0x1B, 0x7F, 0x85, 0x9F, 0xAD, 0x61C, 0x200B, 0x200D, 0x200E, 0x202E, 0x2060, 0x2066, 0xFEFF, 0xE0041])
def test_a_hidden_character_is_told(tmp_path, code):
    text = f'"a\\U{code:08X}b"'
    assert reason(tmp_path, text) == [(
        "not_listed[0].reason", f"reason: {text}",
        f"found the hidden character U+{code:04X}, expected plain text. Delete it and type the words again.")]


@pytest.mark.parametrize(("text", "found"), [
    ("See https://bridge.example.org.", "https://"), ("ftp://x", "ftp://"), ("On www.bridge.example.org", "www.")])
def test_an_address_among_words_is_told(tmp_path, text, found):
    assert reason(tmp_path, text) == [(
        "not_listed[0].reason", f"reason: {text}",
        f"found '{found}', expected words. Put the address into a contact or a source.")]


@pytest.mark.parametrize("text", ['""', '" "', r'"\t"'])
def test_an_empty_text_is_told(tmp_path, text):
    assert reason(tmp_path, text) == [(
        "not_listed[0].reason", f"reason: {text}",
        "found an empty text, expected words. Fill it in, or leave the key out.")]


def test_the_texts_of_questions_are_looked_at_too(tmp_path):
    assert told(tmp_path, questions=(("label: North", "label: <i>North</i>"),)) == [(
        "questions[1].options[0].label", "- {value: north, label: <i>North</i>}",
        "found '<i', expected plain text. Take the markup out; the site adds its own.")]


@pytest.mark.parametrize("text", [
    "Over 5 < 6 and 7 > 6", "Q&A and R & D", "£4,700 – ‘half’ of it…", "Mabli’s café, Llanfair", "one: two",
    "upon a condition"])
def test_ordinary_words_and_signs_are_sound(tmp_path, text):
    assert reason(tmp_path, f'"{text}"') == []
