"""The way out does what GOV.UK's "Exit this page" does, in a real browser; nothing leaves this computer.

GOV.UK's own behaviour tests, rewritten for ours, and what its users have reported since: see the names.
"""

import gzip

import pytest

from tests.site.test_browser import AXE, NARROW, STANDARDS, WIDE

ELSEWHERE = "https://www.bbc.co.uk/weather"
HERE, BEFORE = "services/dvact-bc-both/", "about/"
WAIT = 5000

ONE = "Shift, press 2 more times to exit."
TWO = "Shift, press 1 more time to exit."
EXPIRED = "Exit this page expired."


def shift(tab, times=1):
    for _ in range(times):
        tab.keyboard.press("Shift")


def by_button(tab):
    tab.click("header >> text='Exit this page'")


def by_link_at_the_top(tab):
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")


def by_shift(tab):
    shift(tab, 3)


each_way_out = pytest.mark.parametrize("leave", [by_button, by_link_at_the_top, by_shift], ids=lambda way: way.__name__)


def said(tab):
    """What a screen reader was told last."""
    return tab.text_content("[role=status]")


def lights(tab):
    return tab.inner_text(".exit [aria-hidden=true]")


def has_left(tab):
    return tab.evaluate("document.body.innerText") == "Loading."


@pytest.fixture
def asked():
    """The requests that reached the other site."""
    return []


@pytest.fixture
def there(tab, asked):
    """The other site answers."""
    def answer(route):
        asked.append(route.request)
        route.fulfill(body="<h1>Weather</h1>", content_type="text/html")

    tab.route(f"{ELSEWHERE}**", answer)
    yield
    tab.unroute(f"{ELSEWHERE}**")


@pytest.fixture
def page(tab, server):
    """A page of the site, which nobody gets away from: the other site takes the request and sends no page."""
    tab.route(f"{ELSEWHERE}**", lambda route: route.fulfill(status=204))
    tab.goto(server + HERE)
    yield tab
    tab.unroute(f"{ELSEWHERE}**")


@pytest.fixture
def slow_page(browser, server):
    """The same, in a tab whose time passes only as it is told."""
    with browser.new_page() as tab:
        tab.clock.install()
        tab.route(f"{ELSEWHERE}**", lambda route: route.fulfill(status=204))
        tab.goto(server + HERE)
        tab.clock.pause_at(tab.evaluate("Date.now()") + 1000)
        yield tab


# —— Leaving ——

@each_way_out
def test_it_leads_elsewhere_in_the_same_tab_and_back_skips_the_page(tab, server, there, asked, leave):
    tab.goto(server + BEFORE)
    tab.goto(server + HERE)
    tabs, places = len(tab.context.pages), tab.evaluate("history.length")
    leave(tab)
    tab.wait_for_url(ELSEWHERE)
    assert [request.all_headers().get("referer") for request in asked] == [None]
    assert (len(tab.context.pages), tab.evaluate("history.length")) == (tabs, places)
    tab.go_back()
    assert tab.url == server + BEFORE


@pytest.mark.parametrize("name", ["Exit this page", "Exit this page quickly"])
def test_without_javascript_the_links_lead_elsewhere_in_the_same_tab(tab_without_javascript, server, name):
    tab = tab_without_javascript
    tab.route(f"{ELSEWHERE}**", lambda route: route.fulfill(body="Weather", content_type="text/html"))
    tab.goto(server + HERE)
    tab.get_by_role("link", name=name, exact=True).focus()
    with tab.expect_request(ELSEWHERE) as request:
        tab.keyboard.press("Enter")
    tab.wait_for_url(ELSEWHERE)
    assert "referer" not in request.value.all_headers()
    assert tab.context.pages == [tab]
    tab.unroute(f"{ELSEWHERE}**")


@each_way_out
def test_at_once_the_screen_is_blank_but_for_a_word_that_is_told(page, leave):
    leave(page)
    assert page.evaluate("document.body.innerText") == "Loading."
    assert page.text_content("[role=alert]") == "Loading."
    assert page.evaluate("""() => [[0, 0], [innerWidth - 1, 0], [innerWidth / 2, innerHeight / 2], [0, innerHeight - 1],
        [innerWidth - 1, innerHeight - 1]].every(([x, y]) => document.elementFromPoint(x, y).matches("[role=alert]"))""")


def test_behind_the_blank_screen_nothing_has_focus_or_can_get_it_and_no_message_is_left(page):
    page.focus("footer a >> nth=0")
    by_shift(page)
    page.wait_for_function("document.activeElement === document.body")
    page.keyboard.press("Tab")
    page.wait_for_function("document.activeElement === document.body")
    assert (said(page), page.text_content(".exit [aria-hidden=true]")) == ("", "")


def test_the_screen_stays_blank_when_the_page_it_hides_has_only_now_finished_loading(page):
    by_button(page)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: false}))")
    assert has_left(page)


def test_leaving_twice_leaves_one_blank_screen(page):
    by_button(page)
    by_shift(page)
    assert page.locator("[role=alert]").count() == 1


# —— Clearing up first ——

WITNESS = """() => {
    window.order = []
    const note = name => () => order.push(name + (document.querySelector("[role=alert]") ? ", screen blank" : ""))
    document.addEventListener("waymark:exit", note("told"))
    navigation.addEventListener("navigate", event => note(event.navigationType)())
}"""


@each_way_out
def test_whoever_listens_is_told_once_before_the_page_is_left(page, leave):
    page.evaluate(WITNESS)
    leave(page)
    assert page.evaluate("order") == ["told", "replace, screen blank"]


def test_a_listener_that_fails_holds_nobody_up(tab, server, there):
    tab.goto(server + HERE)
    tab.evaluate("document.addEventListener('waymark:exit', () => { throw new Error('on purpose') })")
    by_shift(tab)
    tab.wait_for_url(ELSEWHERE)


def test_back_on_a_page_that_the_browser_kept_the_screen_is_as_before_and_answers_are_gone(launch, server):
    with launch(ignore_default_args=["--disable-back-forward-cache"]) as browser, browser.new_page() as tab:
        tab.route(f"{ELSEWHERE}**", lambda route: route.fulfill(status=204))
        tab.goto(server + BEFORE)
        tab.goto(server + HERE)
        tab.evaluate("""() => {
            const answer = document.querySelector("h1").appendChild(document.createElement("input"))
            answer.value = "an answer"
            document.addEventListener("waymark:exit", () => { answer.value = "" })
            addEventListener("pageshow", event => { window.kept = event.persisted })
        }""")
        shift(tab, 2)
        by_button(tab)
        assert has_left(tab)
        tab.go_back(wait_until="commit")
        tab.go_forward(wait_until="commit")
        tab.wait_for_function("window.kept")
        assert tab.is_visible("h1") and tab.locator("[role=alert]").count() == 0
        assert (tab.input_value("h1 input"), said(tab), lights(tab)) == ("", "", "")
        shift(tab, 2)
        assert said(tab) == TWO
        shift(tab)
        assert has_left(tab)


# —— Shift three times ——

def test_each_press_is_told_and_lights_one_of_three(page):
    assert (said(page), lights(page)) == ("", "")
    assert not page.is_visible(".exit [aria-hidden=true]")
    shift(page)
    assert (said(page), lights(page)) == (ONE, "●○○")
    shift(page)
    assert (said(page), lights(page)) == (TWO, "●●○")


def test_the_lights_move_nothing_and_do_not_change_the_name_of_the_link(page):
    before = page.locator("main h1").bounding_box()
    shift(page)
    assert page.locator("main h1").bounding_box() == before
    assert page.get_by_role("link", name="Exit this page", exact=True).is_visible()


def test_five_seconds_after_a_press_it_expires_says_so_and_falls_silent(slow_page):
    shift(slow_page, 2)
    slow_page.clock.run_for(WAIT - 1)
    assert said(slow_page) == TWO
    slow_page.clock.run_for(1)
    assert (said(slow_page), lights(slow_page)) == (EXPIRED, "")
    slow_page.clock.run_for(WAIT)
    assert said(slow_page) == ""
    shift(slow_page)
    assert said(slow_page) == ONE


def test_the_five_seconds_count_from_the_last_press(slow_page):
    for _ in range(2):
        shift(slow_page)
        slow_page.clock.run_for(WAIT - 1)
    shift(slow_page)
    assert has_left(slow_page)


def test_a_press_soon_after_it_expired_is_told_for_as_long_as_any_other(slow_page):
    shift(slow_page)
    slow_page.clock.run_for(WAIT + WAIT // 2)
    shift(slow_page)
    slow_page.clock.run_for(WAIT - 1)
    assert said(slow_page) == ONE


@pytest.mark.parametrize("key", ["a", "Tab", "Escape", "ArrowDown", "Control", "CapsLock"])
def test_any_other_key_starts_the_count_again(page, key):
    shift(page, 2)
    page.keyboard.press(key)
    assert (said(page), lights(page)) == (EXPIRED, "")
    shift(page, 2)
    assert said(page) == TWO


def capital_letter(tab):
    tab.keyboard.press("Shift+A")


def capital_letter_let_go_last(tab):
    tab.keyboard.down("Shift")
    tab.keyboard.down("A")
    tab.keyboard.up("Shift")
    tab.keyboard.up("A")


def tabbing_back(tab):
    tab.keyboard.press("Shift+Tab")


def selecting_to_a_place(tab):
    tab.keyboard.down("Shift")
    tab.click("h1")
    tab.keyboard.up("Shift")


def scrolling_sideways(tab):
    tab.keyboard.down("Shift")
    tab.mouse.wheel(0, 50)
    tab.keyboard.up("Shift")


def changing_the_layout_of_the_keyboard(tab):
    tab.keyboard.press("Alt+Shift")


@pytest.mark.parametrize("use", [
    capital_letter, capital_letter_let_go_last, tabbing_back, selecting_to_a_place, scrolling_sideways,
    changing_the_layout_of_the_keyboard], ids=lambda use: use.__name__)
def test_shift_that_serves_for_something_else_does_not_count(page, use):
    for _ in range(3):
        use(page)
        assert (said(page), lights(page)) == ("", "")
    assert not has_left(page)
    shift(page)
    assert said(page) == ONE


def test_left_and_right_shift_both_count_even_when_they_overlap(page):
    """GOV.UK loses these: govuk-frontend issue 5393."""
    keyboard = page.context.new_cdp_session(page)
    held = set()
    for kind, side in (("rawKeyDown", "Left"), ("rawKeyDown", "Right"), ("keyUp", "Left"), ("rawKeyDown", "Left"),
                       ("keyUp", "Right")):
        (held.discard if kind == "keyUp" else held.add)(side)
        keyboard.send("Input.dispatchKeyEvent", {
            "type": kind, "key": "Shift", "code": f"Shift{side}", "windowsVirtualKeyCode": 16,
            "location": 1 if side == "Left" else 2, "modifiers": 8 if held else 0})
    assert said(page) == TWO
    page.keyboard.up("ShiftLeft")
    assert has_left(page)


def test_shift_let_go_in_another_window_costs_no_press(page):
    page.keyboard.down("Shift")
    page.keyboard.press("A")
    page.evaluate("dispatchEvent(new Event('blur'))")
    page.evaluate("""() => { for (let press = 0; press < 3; press++)
        dispatchEvent(new KeyboardEvent("keyup", {key: "Shift"})) }""")
    assert has_left(page)
    page.keyboard.up("Shift")


def test_a_key_without_a_name_does_no_harm(page):
    """As when a browser fills in a form by itself."""
    page.evaluate("dispatchEvent(new Event('keydown')), dispatchEvent(new Event('keyup'))")
    shift(page, 2)
    assert said(page) == TWO


def test_it_counts_while_something_on_the_page_has_focus(page):
    page.focus("footer a >> nth=0")
    by_shift(page)
    assert has_left(page)


# —— Where it stands ——

SIZES = [(320, 256), (320, 640), (720, 450), (1024, 768), (1160, 700), (1280, 400), (1280, 900)]
"""Widths and heights, among them 1280 by 1024 at 400 % and both sides of where the head stops to stay."""

each_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


@each_size
def test_it_never_scrolls_away_and_leaves_the_last_line_free(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for part in (0, .5, 1):
        page.evaluate("part => scrollTo({top: part * document.body.scrollHeight, behavior: 'instant'})", part)
        shift(page)  # with its lights, too
        assert page.evaluate("""() => {
            const {left, top, right, bottom} = document.querySelector(".exit").getBoundingClientRect()
            return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight &&
                document.elementFromPoint((left + right) / 2, (top + bottom) / 2).closest(".exit") !== null
        }"""), part
        page.keyboard.press("Escape")
    ending = page.locator("footer p >> nth=-1").bounding_box()
    way_out = page.locator(".exit").bounding_box()
    assert not way_out["y"] < ending["y"] + ending["height"] <= way_out["y"] + way_out["height"]


COVERED = """() => {
    const stops = [...document.querySelectorAll("a, summary, [tabindex='0']")].filter(stop => stop.checkVisibility())
    const covered = new Set()
    for (const walk of [stops, stops.toReversed()])
        for (const stop of walk) {
            stop.focus()
            const boxes = [...stop.getClientRects()]
            for (const box of [boxes[0], boxes.at(-1)])
                for (const [x, y] of [[.1, .2], [.5, .5], [.9, .8]]) {
                    const seen = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height)
                    if (seen?.closest(".exit, .head") && !seen.closest(".exit, .head").contains(stop))
                        covered.add(stop.outerHTML.slice(0, 100))
                }
        }
    return [...covered]
}"""
"""Which links the head or the way out covers, wholly or partly, when they have focus; walking down, then up."""


@each_size
def test_it_covers_nothing_that_has_focus(page, server, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(server + "services/")
    assert page.evaluate(COVERED) == []


def test_the_link_at_the_top_is_seen_only_while_it_has_focus_and_never_on_paper(page):
    early = page.get_by_role("link", name="Exit this page quickly")
    assert early.bounding_box()["y"] < -early.bounding_box()["height"]
    page.evaluate("scrollTo(0, 2000)")
    early.focus()
    box = early.bounding_box()
    assert box["y"] >= 0 and box["x"] >= 0
    page.emulate_media(media="print")
    assert not early.is_visible() and not page.is_visible(".exit")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_the_lights_on_and_on_the_blank_screen(page, size, scheme):
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    page.evaluate("document.getAnimations().forEach(animation => animation.finish())")  # the colours of the other scheme
    page.evaluate(AXE)
    shift(page, 2)
    assert page.evaluate("options => axe.run(options)", STANDARDS)["violations"] == []
    shift(page)
    by_law = STANDARDS | {"runOnly": [tag for tag in STANDARDS["runOnly"] if tag != "best-practice"]}
    assert page.evaluate("options => axe.run(options)", by_law)["violations"] == []


def test_in_forced_colours_it_still_looks_like_a_button(page):
    page.emulate_media(forced_colors="active")
    colour, width = page.evaluate("""() => {
        const style = getComputedStyle(document.querySelector(".exit"))
        return [style.borderTopColor, style.borderTopWidth]
    }""")
    page.emulate_media(forced_colors="none")
    assert colour != "rgba(0, 0, 0, 0)" and width == "2px"


def test_it_is_small(built):
    script = (built / "assets" / "site" / "exit.js").read_bytes()
    assert len(gzip.compress(script, 6, mtime=0)) < 2048
