"""In a real browser, on every kind of page: usable by everyone, silent, and leaving nothing behind."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.site.building import written_by_hand

MADE = [
    "services/dvact-bc-both/",  # prices and a drawn timeline
    "services/sdvc/",  # browse only
    "services/dvip-standard-risk-id/",  # old, with a banner and contacts withheld
    "services/dao-screening/",  # a screening form
    "services/fft/",  # findings and studies
    "providers/dvip/", "sources/dvip-2010/", "documents/court-bundle/",
    "services/for/person-using-harm/",  # a long list, and ways to many others
    "services/for/both-parents/in/lancashire/",  # a pair, with something to say first
    "services/stage/pre-proceedings-plo/",  # every kind of answer, with its criteria
    "services/when/denies/",
    "services/price/free/",  # nothing but what is not printed
    "services/status/superseded/",  # nothing certain
    "no/such/page/",
]
KINDS = [*written_by_hand(), *MADE]
SCRIPTED = ["services/", "search/"]
"""Pages that a script adds to: what they say without it is tested with what it adds."""

AXE = Axe().axe_script
NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
STANDARDS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
             "resultTypes": ["violations"]}

on_every_kind_of_page = pytest.mark.parametrize("page", KINDS, ids=lambda page: page.strip("/") or "home")


def violations(tab, unfold=False):
    """What axe finds wrong with a page, at both widths and in both schemes; also in what is folded, if asked."""
    tab.evaluate(AXE)
    found = []
    for size in (NARROW, WIDE):
        tab.set_viewport_size(size)
        if unfold:
            tab.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        for scheme in ("light", "dark"):
            tab.emulate_media(color_scheme=scheme)
            tab.evaluate("document.getAnimations().forEach(animation => animation.finish())")
            for violation in tab.evaluate("options => axe.run(options)", STANDARDS)["violations"]:
                nodes = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
                found.append(f"{size['width']} {scheme}: {violation['id']} ({len(violation['nodes'])}): {nodes}")
    return "\n".join(found)


@on_every_kind_of_page
def test_axe_finds_nothing_at_any_width_in_any_scheme(tab, server, page):
    tab.goto(server + page)
    assert not violations(tab)


@on_every_kind_of_page
def test_a_visit_asks_no_other_host_stores_nothing_and_breaks_no_policy(visitor, server, page):
    asked, said = [], []
    tab = visitor.new_page()
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto(server + page)
    assert [url for url in asked if not url.startswith((server, "data:"))] == []
    assert [line for line in said if "404" not in line or page != "no/such/page/"] == []
    assert visitor.cookies() == []
    assert tab.evaluate("""async () => [
        localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length,
        (await navigator.serviceWorker.getRegistrations()).length]""") == [0, 0, 0, 0, 0]
    tab.close()


@on_every_kind_of_page
def test_nothing_needs_scrolling_sideways_at_320_pixels(tab, server, page):
    tab.set_viewport_size(NARROW)
    tab.goto(server + page)
    wide = tab.evaluate("""() => [...document.querySelectorAll("body *")].filter(element => {
        const box = element.getBoundingClientRect()
        return box.right > innerWidth + 1 && !element.closest("[tabindex='0']")
    }).map(element => element.outerHTML.slice(0, 120))""")
    assert wide == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


@pytest.mark.parametrize("page", [page for page in KINDS if page not in SCRIPTED])
def test_without_javascript_the_page_says_the_same(tab_without_javascript, tab, server, page):
    tab.goto(server + page)
    tab_without_javascript.goto(server + page)
    said = tab.inner_text("body")
    assert said and tab_without_javascript.inner_text("body") == said


@on_every_kind_of_page
def test_on_paper_there_is_the_content_and_no_way_out_button(tab, server, page):
    tab.goto(server + page)
    tab.emulate_media(media="print")
    assert not tab.is_visible(".exit")
    assert not tab.is_visible("header nav")
    assert tab.is_visible("h1")
    assert tab.is_visible("footer .tel >> nth=0")


STOP = """() => {
    const here = document.activeElement
    if (here === document.body) return null
    const style = getComputedStyle(here)
    const points = [...here.getClientRects()].flatMap(box => [.1, .5, .9].flatMap(x => [.2, .5, .8].map(
        y => document.elementFromPoint(box.left + x * box.width, box.top + y * box.height))))
    return {
        name: here.outerHTML.slice(0, 120),
        text: here.textContent.trim(),
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        uncovered: points.some(point => here.contains(point)),
    }
}"""
"""Where the keyboard has come to; null where it has left the page."""


@pytest.mark.parametrize("size, page", [(NARROW, page) for page in KINDS] + [
    (WIDE, page) for page in ("", "services/", "services/dvact-bc-both/", "no/such/page/")])
def test_by_keyboard_the_way_out_is_second_and_focus_is_always_seen(tab, server, page, size):
    tab.set_viewport_size(size)
    tab.goto(server + page)
    stops = []
    while len(stops) < 60:
        tab.keyboard.press("Tab")
        stop = tab.evaluate(STOP)
        if stop is None:
            break
        stops.append(stop)
    assert [stop["text"] for stop in stops[:2]] == ["Skip to content", "Exit this page"]
    assert [stop["name"] for stop in stops if not stop["outlined"]] == []
    assert [stop["name"] for stop in stops if not stop["uncovered"]] == []
