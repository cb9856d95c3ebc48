"""The first use of each word of the glossary leads to its meaning, and no abbreviation is left unexplained."""

import re
from urllib.parse import urldefrag

import html5lib
import pytest

from quiz.model import Term
from tests.site.reading import SVG, text
from waymark_site import pages as site_pages
from waymark_site import render
from waymark_site.glossary_marks import Marks

GLOSSARY = "glossary/"
NEVER_IN = {"h1", "h2", "h3", "h4", "h5", "h6", "th", "dt", "a", "button", "code", "pre", "svg", "summary", "caption", "nav",
            "label", "legend"}

WORDS = Marks((
    Term(id="marac", term="MARAC", means="x", stands_for="Multi-Agency Risk Assessment Conference"),
    Term(id="idva", term="IDVA", means="x", stands_for="Independent Domestic Violence Adviser (or Advocate)"),
    Term(id="plan", term="safety plan", means="x"), Term(id="drive", term="Drive", means="x"),
    Term(id="pai", term="PAI", means="x"), Term(id="dvact-pai", term="DVACT-PAI", means="x"),
))


def marks(html, url="services/x/"):
    """What is marked in some HTML, and where each mark leads."""
    return re.findall(r'<a class="term" href="([^"]+)">([^<]+)</a>', WORDS.marked(html, url))


@pytest.mark.parametrize("html, marked", [
    ("<p>A MARAC. The MARAC.", ["MARAC"]),
    ("<p>MARACs</p>", ["MARACs"]),
    ("<p>(the ‘MARAC’)</p>", ["MARAC"]),
    ("<p>MARAC’s</p><p>IDVA/MARAC</p>", ["MARAC", "IDVA"]),
    ("<h2>MARAC</h2><p>One <em>MARAC</em> and <b>MARAC</b></p>", ["MARAC"]),
    ("<p>Safety plans, and a safety\nplan</p>", ["Safety plans"]),
    ("<p>They drive. Drive began.</p>", ["Drive"]),
    ("<p>DVACT-PAI has a PAI</p>", ["DVACT-PAI", "PAI"]),
    ("<p>&lt;b&gt; MARAC &amp;amp;</p>", ["MARAC"]),
    ("<p>A MARACX, a pre-MARAC, a MARAC-like, a marac.</p>", []),
    ("<p>safety</p><p>plan</p><p>safety <b>plan</b></p>", []),
])
def test_the_first_use_of_a_whole_word_is_marked_and_the_longest_term_wins(html, marked):
    assert [word for _, word in marks(html)] == marked


@pytest.mark.parametrize("html", [*(f"<div><{tag}>MARAC</{tag}></div>" for tag in sorted(NEVER_IN - {"th", "caption", "dt"})),
                                  "<table><caption>MARAC</caption><tr><th>MARAC</th></tr></table>",
                                  "<dl><dt>MARAC</dt></dl>", '<p><span class="hidden">MARAC</span></p>',
                                  "<p hidden>MARAC</p>", "<h2><span>x <em>MARAC</em></span></h2>"])
def test_nothing_is_marked_in_a_heading_a_label_a_control_code_or_what_is_not_shown(html):
    assert marks(html) == []
    assert [word for _, word in marks(html + "<p>MARAC</p>")] == ["MARAC"]


@pytest.mark.parametrize("html", [
    "<p>a Multi-Agency Risk Assessment Conference (MARAC)", "<p>multi agency risk assessment conferences (MARAC)",
    "<p><b>Multi-Agency Risk Assessment Conference</b> (<i>MARAC</i>)", "<p>MARAC (Multi-Agency Risk Assessment Conference)",
    "<p>an Independent Domestic Violence Adviser (IDVA)",
])
def test_nothing_is_marked_where_the_words_stand_beside_it(html):
    assert marks(html) == [] and marks(f"{html}. MARAC, IDVA.") != [] and len(marks(f"{html}. MARAC, IDVA.")) == 1


def test_an_entry_of_the_glossary_marks_other_words_and_not_its_own():
    html = '<div id="marac"><dt>MARAC</dt><dd>A MARAC makes a safety plan.</dd></div>'
    assert marks(html, GLOSSARY) == [("#plan", "safety plan")]


@pytest.mark.parametrize("url, href", [("", "glossary/#marac"), ("people/", "../glossary/#marac"),
                                       ("services/x/", "../../glossary/#marac")])
def test_a_mark_leads_to_the_entry_from_any_depth(url, href):
    assert marks("MARAC", url) == [(href, "MARAC")]


def test_marking_changes_nothing_else_on_any_page(site):
    words = Marks(site.registry.glossary)
    for page in site_pages.generated(site):
        html = str(render.fragment(site, page))
        unmarked = re.sub(r'<a class="term" href="[^"]*">([^<]*)</a>', r"\1", words.marked(html, page.url))
        assert tree(unmarked) == tree(html), page.url


def tree(html):
    return html5lib.serialize(html5lib.parseFragment(html), omit_optional_tags=False, quote_attr_values="always")


# —— The real pages ——

def open_texts(element, shut=False):
    """The texts of a page in which a term may be marked, in order, and those of its marks."""
    classes = (element.get("class") or "").split()
    if "term" in classes:
        yield element.text, True
    else:
        shut = shut or element.tag.removeprefix(SVG) in NEVER_IN | {"template"} or "hidden" in element.keys() or bool({"hidden", "sources"} & set(classes))
        if not shut and element.text:
            yield element.text, False
        for child in element:
            if isinstance(child.tag, str):
                yield from open_texts(child, shut)
            if not shut and child.tail:
                yield child.tail, False


def spelling(term):
    first, rest = re.escape(term.term[0]), re.escape(term.term[1:]).replace(r"\ ", r"\s+")
    return re.compile(rf"(?<![\w-])(?:{first}|{first.upper()}){rest}s?(?![\w-])")


def folded(words):
    return words.casefold().replace("-", " ")


def test_no_first_use_is_left_unmarked_and_no_later_one_is_marked(site, pages):
    wrong = []
    for url in set(pages) - {GLOSSARY}:
        texts, said = list(open_texts(pages[url].article)), folded(text(pages[url].article))
        for term in site.registry.glossary:
            uses = [marked for words, marked in texts for _ in spelling(term).finditer(words)]
            explained = term.stands_for and folded(term.stands_for.split(" (")[0]) in said
            if any(uses[1:]) or not (all(uses[:1]) or explained):
                wrong.append(f"{url}: {term.term}: {uses}")
    assert not wrong, "\n".join(wrong)


def test_each_mark_leads_to_the_entry_of_its_word(site, pages):
    by_id = {term.id: term for term in site.registry.glossary}
    seen = 0
    for page in pages.values():
        for link, target in page.links():
            if link.get("class") == "term":
                address, name = urldefrag(target)
                assert address == GLOSSARY and spelling(by_id[name]).fullmatch(link.text), (page.url, link.text, target)
                seen += 1
    assert seen > len(pages)


def test_by_touch_or_keyboard_a_mark_shows_the_meaning_and_back_returns(tab_without_javascript, server):
    tab = tab_without_javascript
    for reach in (lambda mark: mark.click(), lambda mark: mark.press("Enter")):
        tab.goto(server + "services/dvact-bc-both/")
        mark = tab.locator("a.term", has_text="MARAC")
        reach(mark)
        tab.wait_for_url("**/glossary/#marac")
        entry = tab.locator("#marac")
        assert "A meeting where agencies share" in entry.inner_text() and "Go Back" in entry.inner_text()
        assert tab.locator("dd.back >> visible=true").count() == 1
        box = entry.bounding_box()
        assert tab.locator("header").bounding_box()["height"] <= box["y"] < tab.viewport_size["height"]
        tab.go_back()
        assert tab.locator("a.term", has_text="MARAC").is_visible()


# —— Abbreviations ——

ABBREVIATION = re.compile(r"(?<![\w£])(?:[A-Z][a-z]*){2,}(?!\w)")

KNOWN = {
    "everybody knows them": {"UK", "US", "VAT", "GP", "NHS", "MP", "LGBT", "ID", "NSPCC"},
    "they are code, or the names of files, formats, licences and programs": {
        "CASE", "CASELOAD", "SERVICE", "YYYY", "MM", "DD", "LICENSE", "DATA", "CONTRIBUTING", "MIT", "CC", "BY", "JSON",
        "CSV", "PyYAML", "MkDocs", "JavaScript", "InPrivate"},
    "they are names written so, with no words behind them in the documents": {
        "SafeLives", "MacMillan", "CLEAR", "DRIVE", "DV", "ACT", "ACTION", "DVACT"},
    "they stand in the titles, publishers and citations of sources": {
        "NCJ", "EWFC", "LBC", "DCLG", "CWDC", "DfE", "DFE", "DFES", "CaPE"},
    "the text around them says what we know of them": {"DAP", "CP"},
}
"""Abbreviations that need no entry, and why."""

OF_CODE = ("contribute/fields/", "data/")
"""The pages about files for programs: their words are names of fields, formats and programs."""


def abbreviations(page):
    """The abbreviations on a page, each as it stands for one."""
    return {re.sub("(?<=[A-Z])s$", "", found) for found in ABBREVIATION.findall(text(page.article))}


def test_every_abbreviation_is_in_the_glossary_or_explained_beside_or_known(site, pages):
    named = [name for thing in (*site.registry.services, *site.registry.providers)
             for name in (thing.name, *thing.also_known_as)]
    explained = set().union(*map(ABBREVIATION.findall, (*named, *(term.term for term in site.registry.glossary))))
    explained |= set().union(*KNOWN.values())
    left = {word: url for url, page in pages.items() if url not in OF_CODE for word in abbreviations(page) - explained
            if not re.search(rf"\w \({word}s?\)", text(page.article))}
    assert left == {}


def test_no_exception_is_idle(site, pages):
    said = set().union(*(abbreviations(page) for url, page in pages.items() if url not in OF_CODE))
    terms = {term.term for term in site.registry.glossary}
    assert {word for words in KNOWN.values() for word in words if word not in said or word in terms} == set()
