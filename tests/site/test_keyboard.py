"""Every kind of page by keyboard alone, at 400 % zoom, with wider text, in forced colours and without motion.

`test_browser` checks that a page is silent, sound and reflows. Here every stop of the keyboard is walked,
and what a visitor has set for themselves is honoured.
"""

import pytest

from tests.site.test_browser import KINDS, NARROW, WIDE, on_every_kind_of_page

ZOOMED = {"width": 320, "height": 256}
"""A window of 1280 by 1024 pixels at 400 % zoom."""

STOPS = """() => {
    const radios = new Set()
    return [...document.querySelectorAll(
        "a[href], area[href], button, input, select, textarea, summary, iframe, audio, video, [tabindex], [contenteditable]"
    )].filter(element => {
        if (element.tabIndex < 0 || element.disabled || element.type === "hidden") return false
        if (!element.checkVisibility({ visibilityProperty: true })) return false
        if (element.type !== "radio") return true
        // one stop for a group: the chosen one, or the first
        const name = `${element.form?.id} ${element.name}`, first = !radios.has(name)
        radios.add(name)
        const chosen = document.querySelector(`input[type=radio][name="${element.name}"]:checked`)
        return chosen ? chosen === element : first
    })
}"""
"""Whatever the keyboard should come to, in the order it is read."""

HERE = """() => {
    const here = document.activeElement
    if (here === document.body) return null
    const style = getComputedStyle(here)
    const boxes = [...here.getClientRects()]
    const points = boxes.flatMap(box => {
        // of a region longer than the screen, only what is in view can be covered
        const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight)
        return [.1, .5, .9].flatMap(x => [.2, .5, .8].map(
            y => document.elementFromPoint(box.left + x * box.width, top + y * (bottom - top))))
    })
    return {
        place: window.stops.indexOf(here),
        name: here.outerHTML.slice(0, 120),
        text: here.textContent.trim(),
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && style.outlineColor !== "rgba(0, 0, 0, 0)",
        uncovered: points.some(point => here.contains(point)),
        inside: Boolean(here.closest("[tabindex='0']")) || boxes.every(
            box => box.width >= 1 && box.height >= 1 && box.left >= -1 && box.right <= innerWidth + 1),
        positive: here.tabIndex > 0,
    }
}"""
"""The stop that the keyboard has come to; null where it has left the page."""


def walk(tab, key="Tab"):
    """Every stop until the keyboard leaves the page, or comes round to where it began."""
    tab.evaluate(f"() => {{ window.stops = ({STOPS})() }}")
    most = tab.evaluate("window.stops.length") + 10
    stops = []
    while len(stops) < most:
        tab.keyboard.press(key)
        stop = tab.evaluate(HERE)
        if stop is None or (stops and stop["place"] == stops[0]["place"]):
            return stops
        stops.append(stop)
    raise AssertionError(f"the keyboard cannot leave the page: it stands at {stops[-1]['name']}")


@pytest.mark.parametrize("size", [ZOOMED, WIDE], ids=["zoomed", "wide"])
@on_every_kind_of_page
def test_every_control_is_a_stop_once_in_the_order_read_and_always_seen(tab, server, page, size):
    tab.set_viewport_size(size)
    tab.goto(server + page)
    stops = walk(tab)
    assert [stop["place"] for stop in stops] == list(range(tab.evaluate("window.stops.length")))
    for fault in ("outlined", "uncovered", "inside"):
        assert [stop["name"] for stop in stops if not stop[fault]] == [], fault
    assert not any(stop["positive"] for stop in stops)
    assert stops[0]["text"] == "Skip to content"
    assert stops[1]["text"].startswith("Exit this page")


@pytest.mark.parametrize("page", ["", "services/", "services/dvact-bc-both/"])
def test_the_keyboard_goes_back_the_way_it_came(tab, server, page):
    tab.goto(server + page)
    there = [stop["place"] for stop in walk(tab)]
    tab.evaluate("window.stops.at(-1).focus()")  # after the last stop a browser may leave the page or begin again
    back = [stop["place"] for stop in walk(tab, "Shift+Tab")]
    assert back[:len(there) - 1] == there[-2::-1]


@on_every_kind_of_page
def test_the_skip_link_leads_past_the_header_to_the_content(tab, server, page):
    tab.goto(server + page)
    for key in ("Tab", "Enter", "Tab"):
        tab.keyboard.press(key)
    first = tab.evaluate("""() => {
        const heading = document.querySelector("h1")
        const after = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")].find(
            element => element.checkVisibility() && heading.compareDocumentPosition(element) & 4)
        return document.activeElement === after || document.activeElement.outerHTML.slice(0, 120)
    }""")
    assert first is True


WIDER_TEXT = """() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
                       p { margin-bottom: 2em !important }`)
    document.adoptedStyleSheets = [sheet]
}"""
"""What WCAG 1.4.12 lets a visitor set."""

LOST = """() => {
    const lost = []
    const unseen = element => {  // for screen readers only, or above the page until it has focus
        for (let around = element; around; around = around.parentElement) {
            if (getComputedStyle(around).clipPath === "inset(50%)" || around.matches("a[class*=skip]")) return true
        }
        return false
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
        const text = texts.currentNode, holder = text.parentElement
        if (!text.data.trim() || !holder.checkVisibility() || unseen(holder)) continue
        const range = document.createRange()
        range.selectNodeContents(text)
        for (const box of range.getClientRects()) {
            for (let around = holder; around !== document.body; around = around.parentElement) {
                const style = getComputedStyle(around), edge = around.getBoundingClientRect()
                const hides = ["hidden", "clip"].includes(style.overflowX)
                if (style.position === "fixed") break
                if (style.overflowX === "auto" || style.overflowX === "scroll") break
                if (hides && (box.right > edge.right + 2 || box.bottom > edge.bottom + 2 || box.left < edge.left - 2)) {
                    lost.push(text.data.trim().slice(0, 60))
                }
            }
            if (box.right > innerWidth + 1 && !holder.closest("[tabindex='0']")) lost.push(text.data.trim().slice(0, 60))
        }
    }
    return lost
}"""
"""Texts that are cut off by the edge of something, or stand beyond the edge of the window."""


@pytest.mark.parametrize("size", [ZOOMED, WIDE], ids=["zoomed", "wide"])
@on_every_kind_of_page
def test_nothing_is_lost_when_text_is_spaced_wider(tab, server, page, size):
    tab.set_viewport_size(size)
    tab.goto(server + page)
    assert tab.evaluate(LOST) == []
    tab.evaluate(WIDER_TEXT)
    assert tab.evaluate("getComputedStyle(document.querySelector('h1')).letterSpacing") != "normal"
    assert tab.evaluate(LOST) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= size["width"]


TOLD_BY_COLOUR = """() => [...document.querySelectorAll("body *")].filter(element => {
    const own = getComputedStyle(element).backgroundColor
    if (own === "rgba(0, 0, 0, 0)" || !element.checkVisibility() || !element.textContent.trim()) return false
    let around = element.parentElement
    while (around && getComputedStyle(around).backgroundColor === "rgba(0, 0, 0, 0)") around = around.parentElement
    return !around || getComputedStyle(around).backgroundColor !== own
})"""
"""What stands out from what is around it by a background of another colour."""


@on_every_kind_of_page
def test_in_forced_colours_what_colour_set_apart_has_an_edge(tab, server, page):
    tab.goto(server + page)
    tab.evaluate(f"() => {{ window.coloured = ({TOLD_BY_COLOUR})() }}")
    tab.emulate_media(forced_colors="active")
    try:
        bare = tab.evaluate("""() => window.coloured.filter(element => {
            const style = getComputedStyle(element)
            return !["Top", "Right", "Bottom", "Left"].some(
                side => style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) >= 1)
        }).map(element => element.outerHTML.slice(0, 120))""")
        assert bare == []
        drawn = tab.evaluate("""() => [...document.querySelectorAll("main svg :is(rect, path, line)")].filter(shape => {
            const style = getComputedStyle(shape), canvas = getComputedStyle(document.body).backgroundColor
            return [style.fill, style.stroke].every(paint => paint === "none" || paint === canvas)
        }).map(shape => shape.outerHTML)""")
        assert drawn == []
        tab.keyboard.press("Tab")
        tab.keyboard.press("Tab")
        outlined = tab.evaluate(f"() => {{ window.stops = []; return ({HERE})().outlined }}")
        assert outlined
    finally:
        tab.emulate_media(forced_colors="none")


@on_every_kind_of_page
def test_nothing_moves_for_a_visitor_who_wants_less_motion(tab, server, page):
    tab.emulate_media(reduced_motion="reduce")
    try:
        tab.goto(server + page)
        assert tab.evaluate("""() => [document.documentElement, ...document.querySelectorAll("*")].filter(element =>
            [null, "::before", "::after"].some(part => {
                const style = getComputedStyle(element, part)
                const long = time => time.split(",").some(one => parseFloat(one) > 0)
                return (style.animationName !== "none" && long(style.animationDuration)) || long(style.transitionDuration)
                    || style.scrollBehavior === "smooth"
            })).map(element => element.outerHTML.slice(0, 80)).slice(0, 5)""") == []
    finally:
        tab.emulate_media(reduced_motion="no-preference")


def test_every_kind_of_page_is_walked():
    assert len(KINDS) == len(set(KINDS)) and {"", "provision/", "glossary/", "no/such/page/"} <= set(KINDS)
    assert NARROW["width"] == ZOOMED["width"]
