"""In a real browser, on every kind of page: usable by everyone, silent, and leaving nothing behind."""

from contextlib import contextmanager

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
    "worksheets/dvip-referral/",  # the longest of them, with every kind of box
    "worksheets/action-plan/", "worksheets/referral-record/",  # tables to write in
    "services/for/person-using-harm/",  # a long list, and ways to many others
    "services/for/both-parents/in/lancashire/",  # a pair, with something to say first
    "services/stage/pre-proceedings-plo/",  # every kind of answer, with its criteria
    "services/when/denies/",
    "services/price/free/",  # nothing but what is not printed
    "services/status/superseded/",  # nothing certain
    "no/such/page/",
]
KINDS = [*written_by_hand(), *MADE]
SCRIPTED = ["services/", "search/", "check/", "compare/", "compare/caseload/"]
"""Pages that a script adds to: what they say without it is tested with what it adds."""

AXE = Axe().axe_script
NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
STANDARDS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
             "resultTypes": ["violations"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, "resultTypes": ["violations"]}
"""All that can change with the scheme alone."""

EVERY_RULE = [(NARROW, "light"), (WIDE, "dark")]

on_every_kind_of_page = pytest.mark.parametrize("page", KINDS, ids=lambda page: page.strip("/") or "home")


def violations(tab, unfold=False, within="html"):
    """What axe finds wrong with a page, or with a part of it, also in what is folded, if asked: by every rule once at each
    width, and by those about colours at both widths in both schemes."""
    tab.evaluate(AXE)
    found = []
    for size in (NARROW, WIDE):
        tab.set_viewport_size(size)
        if unfold:
            tab.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        for scheme in ("light", "dark"):
            tab.emulate_media(color_scheme=scheme)
            tab.evaluate("document.getAnimations().forEach(animation => animation.finish())")
            rules = STANDARDS if (size, scheme) in EVERY_RULE else COLOURS
            for violation in tab.evaluate("([within, options]) => axe.run(within, options)", [within, rules])["violations"]:
                nodes = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
                found.append(f"{size['width']} {scheme}: {violation['id']} ({len(violation['nodes'])}): {nodes}")
    return "\n".join(found)


@on_every_kind_of_page
def test_axe_finds_nothing_at_any_width_in_any_scheme(tab, server, page):
    tab.goto(server + page)
    assert not violations(tab)


REFUSED = """() => {
    window.refused = []
    document.addEventListener(
        "securitypolicyviolation", event => refused.push(`refused: ${event.effectiveDirective}`))
}"""
LEFT_BEHIND = """async () => [
    ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await indexedDB.databases()).map(base => base.name),
    ...await caches.keys(), ...(await navigator.serviceWorker.getRegistrations()).map(worker => worker.scope)]"""


@contextmanager
def watched(browser, server):
    """A new visitor's tab, and a function that opens a page there and tells what it should not have done."""
    noticed = []
    with browser.new_context() as visitor, visitor.new_page() as tab:
        tab.add_init_script(f"({REFUSED})()")
        tab.on("request", lambda request: noticed.append(request.url))
        tab.on("console", lambda message: noticed.append(message.text))
        tab.on("pageerror", lambda error: noticed.append(str(error)))

        def visit(page):
            noticed.clear()
            tab.goto(server + page)
            tab.wait_for_selector("header [role=status]", state="attached")  # the way out is at work
            return [*(what for what in noticed if not what.startswith((server, "data:"))), *tab.evaluate("refused"),
                    *(cookie["name"] for cookie in visitor.cookies()), *tab.evaluate(LEFT_BEHIND)]

        yield tab, visit


PARTS = 6


@pytest.mark.parametrize("part", range(PARTS))
def test_a_visit_to_any_page_asks_no_other_host_stores_nothing_and_breaks_no_policy(browser, server, pages, part):
    """Every page of the site; one visitor for each part of it, who keeps whatever is left behind."""
    with watched(browser, server) as (_, visit):
        found = {page: visit(page) for page in sorted(pages)[part::PARTS]}
    assert found and {page: what for page, what in found.items() if what} == {}


@pytest.mark.parametrize("act, told", [
    ("document.cookie = 'trace=1'", "trace"),
    ("localStorage.trace = 1", "trace"),
    ("sessionStorage.trace = 1", "trace"),
    ("await new Promise(done => { indexedDB.open('trace').onsuccess = done })", "trace"),
    ("await caches.open('trace')", "trace"),
    ("await fetch('https://elsewhere.example/').catch(() => {})", "refused: connect-src"),
    ("new Image().src = 'https://elsewhere.example/a.png'", "refused: img-src"),
    ("document.body.append(Object.assign(document.createElement('script'), {text: '1'}))", "refused: script-src-elem"),
    ("document.body.setAttribute('style', 'color: red')", "refused: style-src-attr"),
])
def test_a_script_that_did_any_of_that_would_be_noticed(browser, server, built, act, told):
    own = (built / "assets" / "site" / "exit.js").read_text(encoding="utf-8")
    with watched(browser, server) as (tab, visit):
        tab.route("**/exit.js", lambda route: route.fulfill(body=f"{act};\n{own}", content_type="text/javascript"))
        assert told in visit("about/")


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
    tab.evaluate("document.querySelectorAll('.copy__button').forEach(button => button.remove())")  # of no use without
    said = tab.inner_text("body")
    assert said and tab_without_javascript.inner_text("body").split() == said.split()


@on_every_kind_of_page
def test_on_paper_there_is_the_content_and_no_way_out_button(tab, server, page):
    tab.goto(server + page)
    tab.emulate_media(media="print")
    assert not tab.is_visible(".exit")
    assert not tab.is_visible("header nav")
    assert tab.is_visible("h1")
    assert tab.is_visible("footer .tel >> nth=0")


PRESSED = """:is(.exit, a.mark, .head nav a, .foot nav a, .foot .tel, .md-typeset .button, button, select, summary,
    label:has([type=checkbox], [type=radio]))"""


@on_every_kind_of_page
def test_what_is_pressed_is_as_high_as_a_thumb(tab, server, page):
    """The way out, the menus, numbers to ring, buttons, choices and what unfolds, on a phone. Links in a text are left out."""
    tab.set_viewport_size(NARROW)
    tab.goto(server + page)
    small = tab.evaluate("""pressed => {
        for (const part of document.querySelectorAll("details")) part.open = true
        return [...document.querySelectorAll(pressed)].filter(part => part.checkVisibility() && part.getBoundingClientRect().height < 44)
            .map(part => part.outerHTML.slice(0, 100))
    }""", PRESSED)
    assert small == []


def test_an_outcome_has_the_colour_of_its_badge(tab, server):
    """An answer that is unlikely to be accepted must not look like one to go on with."""
    tab.goto(server + "guides/dao-pathway/")
    seen = {"proceed": set(), "check": set(), "unlikely": set()}
    for kind, colours in seen.items():
        colours |= {tuple(pair) for pair in tab.evaluate("""kind => [...document.querySelectorAll(`.outcome--${kind}`)].map(outcome =>
            [getComputedStyle(outcome).borderLeftColor, getComputedStyle(outcome.querySelector(".badge")).borderTopColor])""", kind)}
        assert [bar == badge for bar, badge in colours] == [True], kind
    assert len(set().union(*seen.values())) == 3
