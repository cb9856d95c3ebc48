"""A page of a service: its first screen answers, it prints as one sheet, and its summary says what it says."""

import re

import pytest

from quiz.suitability import Effect
from quiz.vocabulary import SourceKind
from tests.site.reading import term, text

FIRST_SCREEN = {"width": 1280, "height": 900}
FIRST_FACTS = ("For whom", "Who may refer", "Where", "Cost", "Time")
PARTS = range(4)
"""The services are shared out, so that the work runs side by side."""


@pytest.mark.parametrize("part", PARTS)
def test_the_first_screen_answers_and_paper_holds_it_all_on_one_sheet(tab, server, site, part):
    """Both at once, since opening a page costs most: a browser lays out each service, on the screen and for A4."""
    low, long = [], []
    tab.set_viewport_size(FIRST_SCREEN)
    for service in site.registry.services[part::len(PARTS)]:
        tab.emulate_media(media="screen")
        tab.goto(f"{server}services/{service.id}/")
        ends = tab.evaluate("""names => [...document.querySelectorAll(".facts div")]
            .filter(row => names.includes(row.querySelector("dt").textContent))
            .concat([...document.querySelectorAll(".badges")]).map(row => row.getBoundingClientRect().bottom)""", FIRST_FACTS)
        assert len(ends) == len(FIRST_FACTS) + 1, service.id
        if max(ends) > FIRST_SCREEN["height"]:
            low.append(service.id)
        tab.emulate_media(media="print")
        sheets = len(re.findall(rb"/Type\s*/Page\b", tab.pdf(prefer_css_page_size=True)))
        if sheets != 1:
            long.append((service.id, sheets))
    assert (low, long) == ([], [])


def test_the_handout_says_who_it_fits_how_to_refer_where_from_and_what_it_is_not(tab, server, site):
    service = site.services["dvact-bc-both"]
    tab.goto(f"{server}services/{service.id}/")
    tab.emulate_media(media="print")
    shown = tab.inner_text("main")
    for needed in (service.name, service.summary, "£7,800", "DVACT referral form", f"/services/{service.id}/",
                   site.registry.registry.version, "does not assess risk", *(one.says for one in service.cautions)):
        assert needed in shown, needed
    for criteria in site.criteria_by_effect(service).values():
        assert all(criterion.says in shown for criterion in criteria)
    for left_out in ("Where the sources differ", "On this page", "Sources on this page", "A summary to copy"):
        assert left_out not in shown, left_out


def test_the_summary_says_what_the_page_says(site, pages):
    for service in site.registry.services:
        article = pages[f"services/{service.id}/"].article
        summary = text(article.find(".//pre"))
        source = site.sources[service.source.document]
        assert source.kind is SourceKind.REGISTRY
        parts = [service.name, service.summary, service.for_whom.says, site.status(service).state.label, source.title,
                 f"/services/{service.id}/", f"Time: {term(article, 'Time')}".rstrip(".")]
        parts += [f"£{price.amount:,}" for price in service.prices] or [f"Cost: {service.price_status.label}"]
        parts += [effect.label for effect in Effect if effect in site.criteria_by_effect(service)]
        parts += [criterion.says for group in site.criteria_by_effect(service).values() for criterion in group]
        parts += [site.documents[document].needed for document in service.documents]
        assert [part for part in parts if part.rstrip(".") not in summary] == [], service.id


def test_a_contact_that_is_withheld_is_in_no_summary(site, pages):
    withheld = [(service, contact) for service in site.registry.services for contact in site.contacts(service)
                if contact.withheld]
    assert withheld
    for service, contact in withheld:
        summary = text(pages[f"services/{service.id}/"].article.find(".//pre"))
        assert f"{contact.label}: not shown." in summary


def test_the_button_copies_the_summary(browser, server):
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as visitor, visitor.new_page() as tab:
        tab.goto(f"{server}services/idva/")
        tab.click("text=Copy the summary")
        tab.wait_for_selector("text=Copied.")
        assert tab.evaluate("navigator.clipboard.readText()") == tab.text_content(".copy pre")


def test_where_the_browser_refuses_the_summary_is_selected(browser, server):
    with browser.new_context() as visitor, visitor.new_page() as tab:
        tab.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")
        tab.goto(f"{server}services/idva/")
        tab.click("text=Copy the summary")
        tab.wait_for_selector("text=The text is selected")
        assert tab.evaluate("getSelection().toString()").startswith("Independent domestic violence advocates")
