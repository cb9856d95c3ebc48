"""The reading age of every page, by the grade of Flesch and Kincaid: the age of a reader is about five years more.

GOV.UK writes for a reading age of 9. This site is for people at work, and cannot do without words such as
assessment, programme and referral. So it promises less, and keeps it: most pages are for a reader of 11 or
younger, and none needs more than the 14 that contributors are told to write for, but for those named here.
"""

import statistics

import pytest
import textstat

from tests.site.prose import prose

MEDIAN = 6.0
"""The most that the page in the middle may have: a reading age of 11."""

MOST = 9.0
"""The most that any page may have: a reading age of 14."""

BY_KIND = {"guides": 6.5, "contribute": 5.0, "services": 8.5}
"""Kinds of page that do better, by their folder. Advice must be easiest of all."""

LISTS = 10.0, "a list of one-sentence summaries, full of assessments, programmes and names that have no plainer word"
OUTLIERS = {
    "sources/dvact-pai/": LISTS, "providers/dvact-pai/": LISTS, "sources/dao-protocol/": LISTS,
    "sources/lancashire-jsna/": LISTS,
}
"""Pages that are harder, how hard they may be, and why."""

ENOUGH = 40
"""How many words a page must have before its grade means anything."""


@pytest.fixture(scope="module")
def grades(pages):
    """The grade of every page with enough prose, by address."""
    texts = {url: " ".join(prose(page)) for url, page in pages.items()}
    return {url: textstat.flesch_kincaid_grade(text) for url, text in texts.items() if len(text.split()) >= ENOUGH}


def limit(url):
    if url in OUTLIERS:
        return OUTLIERS[url][0]
    folder, *rest = url.rstrip("/").split("/")
    return BY_KIND.get(folder, MOST) if len(rest) == 1 else MOST


def test_the_page_in_the_middle_is_for_a_reader_of_eleven(grades):
    assert statistics.median(grades.values()) <= MEDIAN


def test_no_page_is_harder_than_it_may_be(grades):
    hard = [f"{url}: {grade:.1f}, at most {limit(url)}" for url, grade in sorted(grades.items()) if grade > limit(url)]
    assert not hard, "\n".join(hard)


def test_no_page_is_excused_without_need(grades):
    assert [url for url in OUTLIERS if grades[url] <= MOST] == []


def test_nearly_every_page_is_measured(grades, pages):
    assert len(grades) > .95 * len(pages)


def test_a_hard_page_would_be_noticed():
    plain = "We look at the risk. We tell you what we found. You can ask us again at any time."
    hard = ("Consideration of multidimensional vulnerability necessitates comprehensive interdisciplinary evaluation "
            "preceding recommendation of therapeutic intervention modalities.")
    assert textstat.flesch_kincaid_grade(plain) < MEDIAN < MOST < textstat.flesch_kincaid_grade(hard)


def test_what_is_no_prose_is_left_out(pages):
    texts = prose(pages["services/marac/"])
    assert texts and not any(text.startswith("Also called") or "Multi Agency" in text for text in texts)
    assert all(len(text.split()) >= 3 and text.rstrip("’”)")[-1] in ".?!:;…" for text in texts)
