"""Check a case, in a real browser with the real engine: what the questions and the result do, and what they leave: nothing."""

import json
import re

import pytest

from quiz.pathway import Rulebook, answer, known
from quiz.report import as_data
from tests.site.checking import (CASE, OPENING, READY, START, answer_as, fact_of, go_through, start, to_the_result, visiting,
                                 wait_until_ready)
from tests.site.test_browser import AXE, LEFT_BEHIND, NARROW, violations

pytestmark = pytest.mark.xdist_group("check")


@pytest.fixture
def rulebook(site):
    return Rulebook(site.registry)


@pytest.fixture(scope="module")
def through(browser, server):
    """One visit to the last question and its result, that several tests look at."""
    requests = []
    with visiting(browser, server) as page:
        page.context.on("request", lambda request: requests.append((request.url, request.post_data)))
        start(page)
        wait_until_ready(page)
        asked = go_through(page)
        answers = page.inner_text(".answers")
        to_the_result(page)
        yield page, asked, answers, requests


def test_every_question_is_asked_once_and_the_last_is_followed_by_the_answers(through, rulebook):
    _, asked, answers, _ = through
    assert tuple(asked[:4]) == OPENING
    assert len(asked) == len(set(asked)) > 8
    assert asked == [fact for fact in rulebook.questions if fact in asked]
    assert all(rulebook.questions[fact].ask in answers for fact in asked)


def test_the_result_says_what_the_engine_says(through, rulebook):
    """The same case, in CPython: the page shows each verdict, and its data are the command's."""
    page, asked, _, _ = through
    with page.expect_download() as download:
        page.click("text=Download as data")
    data = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert as_data(rulebook, answer(rulebook, known(data["answers"]))) == data
    shown = page.evaluate("""() => Object.fromEntries([...document.querySelectorAll('.verdict')].map(card =>
        [card.querySelector('h4 a').getAttribute('href').split('/').at(-2), card.className.match(/verdict--(\\w+)/)[1]]))""")
    assert shown == {id: said["verdict"] for id, said in data["verdicts"].items()}
    assert {"fits", "does_not_fit"} <= set(shown.values())


def test_the_result_is_counted_at_its_top_with_a_way_to_each_part(through, server):
    page = through[0]
    for person in page.locator("section[aria-labelledby^=for-]").all():
        cards = person.locator(".verdict").count()
        told = page.locator(".in-short li", has_text=person.locator("h2").inner_text()).inner_text()
        assert sum(int(number) for number in re.findall(r"\d+", told)) == cards
    for part in page.locator(".in-short button").all():
        part.click()
        assert page.evaluate("document.activeElement.textContent") == part.inner_text()
    assert page.url == server + "check/"


def test_no_answer_is_anywhere_but_in_the_page(through, server):
    """After a whole run: every request, the address, the title, the history and every storage are searched."""
    page, asked, _, requests = through
    assert all(url.startswith((server, "blob:", "data:")) and body is None for url, body in requests)
    words = {str(value) for value in CASE.values()} | {"answer-", "given", "victim", "focus"}
    for url, _ in requests:
        assert not [word for word in words if word in url.removeprefix(server).replace("assets/site", "")], url
    assert page.url == server + "check/" and page.title() == "Check a case – Waymark"
    assert set(page.evaluate("history.state")) == {"step"}
    assert page.evaluate(LEFT_BEHIND) == [] and page.context.cookies() == []


def test_what_is_taken_forward_narrows_documents_and_costs_and_dates_come_from_a_start(through, site):
    page = through[0]
    fits = page.locator(".verdict--fits .option--take input").first
    service = fits.evaluate("box => box.closest('.verdict').querySelector('h4 a').getAttribute('href').split('/').at(-2)")
    fits.check()
    page.wait_for_selector("#gather + p:has-text('the 1 taken forward')")
    wanted = site.services[service]
    shown = page.locator("section[aria-labelledby=gather] li > a").all_inner_texts()
    assert set(shown) <= {site.documents[id].name for id in wanted.documents}
    for price in wanted.prices:
        assert f"£{price.amount:,}" in page.inner_text("section[aria-labelledby=costs]")
    if page.query_selector("#start"):
        page.fill("#start", "2026-12-01")
        page.wait_for_selector("td[data-label=Ends]")
        assert re.search(r"\d+ \w+ 20\d\d", page.locator("td[data-label=Ends]").first.inner_text())
    with page.expect_download() as download:
        page.click("text=Download as text")
    assert wanted.name in download.value.path().read_text(encoding="utf-8")


def test_axe_finds_nothing_in_the_result(through):
    page = through[0]
    page.evaluate(AXE)
    assert not violations(page, unfold=True)
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


def test_the_form_contract(browser, server):
    """Nothing chosen beforehand; an error is summed up, focused, linked and in the title; axe has nothing to say of it."""
    with visiting(browser, server) as page:
        start(page)
        assert page.evaluate("document.activeElement.tagName") == "H1"
        assert page.locator("legend > h1").count() == 1 and page.locator("h1:visible").count() == 1
        assert page.locator("fieldset input:checked").count() == 0
        page.wait_for_timeout(500)  # what comes sooner is the second half of a double click
        page.click("text=Continue")
        assert page.title() == "Error: Check a case – Waymark"
        assert page.evaluate("document.activeElement.className") == "error-summary"
        assert page.inner_text(".error-summary h2") == "There is a problem"
        assert page.inner_text(".error-summary a") in page.inner_text(".field-error")
        page.evaluate(AXE)
        assert not violations(page)
        page.click(".error-summary a")
        assert page.evaluate("document.activeElement.type") == "radio"
        page.keyboard.press("Space")
        page.click("text=Continue")
        page.wait_for_selector("#answer-area")
        assert page.title() == "Check a case – Waymark"
        assert not violations(page)


def test_back_shows_the_answer_given_and_a_change_keeps_the_rest(browser, server):
    with visiting(browser, server) as page:
        start(page)
        wait_until_ready(page)
        for _ in range(4):
            answer_as(page, CASE.get(fact_of(page)))
        later = fact_of(page)
        page.go_back()
        page.wait_for_selector("#answer-stage")
        assert page.is_checked(f"input[value={CASE['stage']}]")
        page.click(".check__back button")
        page.wait_for_selector("#answer-referrer")
        answer_as(page, "social_worker")
        assert fact_of(page) == later  # what was answered after it still stands
        page.go_back()
        page.wait_for_selector("#answer-referrer")


def test_reloading_clearing_leaving_and_exit_forget_everything(browser, server):
    with visiting(browser, server) as page:
        page.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="elsewhere"))
        for leave in ("reload", "clear", "exit"):
            start(page)
            wait_until_ready(page)
            answer_as(page, "both_parents")
            if leave == "reload":
                page.reload()
            elif leave == "clear":
                page.click("text=Clear the answers")
            else:
                page.click("a.exit")
                page.wait_for_url("https://www.bbc.co.uk/**")
                page.goto(server + "check/")
            page.wait_for_selector(START)
            assert page.locator("fieldset").count() == 0 and page.is_visible("#before")
        start(page)
        assert page.locator("fieldset input:checked").count() == 0


def test_coming_back_to_the_page_shows_nothing(browser, server):
    with visiting(browser, server) as page:
        start(page)
        wait_until_ready(page)
        answer_as(page, "both_parents")
        page.goto(server + "about/")
        page.go_back()
        page.wait_for_selector(START)
        assert page.locator("fieldset").count() == 0
        assert "both" not in page.inner_text(".check__app").lower()


def test_the_first_questions_do_not_wait_for_the_engine(browser, server):
    held = []
    with visiting(browser, server, "about/") as page:
        page.route("**/*.wasm", lambda route: held.append(route))
        page.goto(server + "check/")
        start(page)
        for fact in OPENING:
            assert answer_as(page, CASE[fact]) == fact
        page.wait_for_selector("text=Getting the criteria ready")
        for route in held:
            route.continue_()
        page.unroute("**/*.wasm")
        wait_until_ready(page)
        assert fact_of(page) not in OPENING


@pytest.mark.parametrize("broken", ["rules.*.json", "pyodide.mjs"])
def test_where_a_file_is_missing_the_checklists_stand_in(browser, server, broken):
    with browser.new_context() as context, context.new_page() as page:
        page.route(f"**/{broken}", lambda route: route.abort())
        page.goto(server + "check/")
        page.click(START)
        page.wait_for_selector("text=The questions cannot be asked here", timeout=READY)
        assert page.is_visible("#checklists") and page.is_visible("text=Try again")
        page.evaluate(AXE)
        assert not violations(page)


def test_begun_from_a_service_it_asks_what_that_service_needs(browser, server, rulebook):
    candidate = next(one for one in rulebook.candidates if one.service.id == "respect-phoneline")
    with visiting(browser, server, f"services/{candidate.service.id}/") as page:
        page.click("text=Check a case against this service")
        page.wait_for_selector(START)
        start(page)
        wait_until_ready(page)
        asked = go_through(page, {"focus": "person_using_harm"})
        assert set(asked) <= candidate.facts | {"focus"}
        to_the_result(page)
        assert f"You began from {candidate.service.name}" in page.inner_text(".check__app")
        page.evaluate("document.querySelectorAll('.group').forEach(part => { part.open = false })")
        page.click("text=See why")
        assert page.locator(".verdict h4 a:focus").inner_text() == candidate.service.name


def test_why_a_question_is_asked_names_the_services(browser, server, site):
    with visiting(browser, server) as page:
        start(page)
        wait_until_ready(page)
        for _ in range(4):
            answer_as(page, CASE.get(fact_of(page)))
        page.click("text=Why are you asking?")
        named = page.locator("details li").all_inner_texts()
        assert named and set(named) <= {service.name for service in site.registry.services}


def test_without_javascript_the_questions_stand_on_paper(tab_without_javascript, server, site):
    tab_without_javascript.goto(server + "check/")
    shown = tab_without_javascript.inner_text("main")
    for question in site.registry.questions:
        assert question.ask in shown
        assert all(option.label in shown for option in question.options)
    assert not tab_without_javascript.is_visible(START)
    links = tab_without_javascript.locator("#paper a").count()
    assert links >= sum(not service.browse_only for service in site.registry.services)


def test_by_keyboard_alone(browser, server):
    """From the page of a service to its result and back to nothing, without a mouse."""
    with visiting(browser, server, "check/#service=respect-phoneline") as page:
        def press(says):
            page.locator(f"button:text-is('{says}')").focus()  # where Tab leads is told by test_keyboard
            page.keyboard.press("Enter")

        press("Start")
        page.wait_for_selector("legend h1")
        wait_until_ready(page)
        while page.query_selector("fieldset"):
            fact = fact_of(page)
            assert page.evaluate("document.activeElement.tagName") == "H1"
            page.keyboard.press("Tab")
            page.keyboard.press("Space")
            page.keyboard.press("Enter")
            page.wait_for_selector(f"#answer-{fact}", state="detached")
        press("See what the criteria say")
        page.wait_for_selector("#take-away")
        assert page.evaluate("document.activeElement.tagName") == "H1"
        press("Clear the answers")
        page.wait_for_selector(START)
        assert page.evaluate("document.activeElement.id") == "top"


def test_the_count_is_there_when_the_engine_was_ready_before_the_first_question(browser, server):
    with visiting(browser, server) as page:
        page.evaluate("""async () => {
            const {engine} = await import("../assets/site/engine.js")
            while (engine.state !== "ready") await new Promise(done => setTimeout(done, 50))
        }""")
        start(page)
        wait_until_ready(page)


def test_two_tabs_know_nothing_of_each_other(browser, server):
    with visiting(browser, server) as page, page.context.new_page() as other:
        other.goto(server + "check/")
        for tab, person in ((page, "victim_survivor"), (other, "both_parents")):
            start(tab)
            wait_until_ready(tab)
            answer_as(tab, person)
        for tab, person in ((page, "victim_survivor"), (other, "both_parents")):
            tab.go_back()
            tab.wait_for_selector("#answer-focus")
            assert tab.is_checked(f"input[value={person}]")
        assert page.evaluate(LEFT_BEHIND) == []


def test_a_double_click_goes_on_once(browser, server):
    with visiting(browser, server) as page:
        start(page)
        wait_until_ready(page)
        page.check("input[value=victim_survivor]")
        page.dblclick("text=Continue")
        page.wait_for_selector("#answer-area")
        page.wait_for_timeout(300)
        assert page.locator(".error-summary").count() == 0 and fact_of(page) == "area"


def test_without_a_connection_it_goes_on_once_it_is_there(browser, server):
    with visiting(browser, server, "check/#service=respect-phoneline") as page:
        start(page)
        wait_until_ready(page)
        page.context.set_offline(True)
        go_through(page)
        to_the_result(page)
        with page.expect_download() as download:
            page.click("text=Download as text")
        assert "Respect Phoneline" in download.value.path().read_text(encoding="utf-8")


@pytest.mark.parametrize("size", [{"width": 640, "height": 320}, {"width": 320, "height": 256}], ids=["landscape", "400 per cent"])
def test_on_a_small_screen_nothing_is_cut_off_and_all_can_be_hit(browser, server, size):
    """Each step fits the width, and what is chosen or pressed is at least 44 pixels high, or a link in a line."""
    with visiting(browser, server, "check/#service=respect-phoneline", viewport=size) as page:
        def fits():
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
            small = page.evaluate("""() => [...document.querySelectorAll(".check :is(.option, .button, summary)")].filter(part =>
                part.checkVisibility() && part.getBoundingClientRect().height < 44).map(part => part.outerHTML.slice(0, 80))""")
            assert small == []

        fits()
        start(page)
        wait_until_ready(page)
        while page.query_selector("fieldset"):
            fits()
            answer_as(page, CASE.get(fact_of(page)))
        fits()
        to_the_result(page)
        fits()


def test_axe_finds_nothing_at_any_step(browser, server):
    """Before, while waiting, at each question, at the answers; the result and each failure are looked at above."""
    held = []
    with visiting(browser, server) as page:
        assert not violations(page)
        page.route("**/*.wasm", lambda route: held.append(route))
        page.reload()
        start(page)
        for fact in OPENING:
            answer_as(page, CASE[fact])
        page.wait_for_selector("text=Getting the criteria ready")
        assert not violations(page)
        for route in held:
            route.continue_()
        page.unroute("**/*.wasm")
        wait_until_ready(page)
        while page.query_selector("fieldset"):
            assert not violations(page, unfold=True), fact_of(page)
            answer_as(page, CASE.get(fact_of(page)))
        assert not violations(page)


def test_on_paper_the_result_is_what_is_filed(through):
    """Reasons are unfolded, buttons and choices are gone, and there are lines to sign on."""
    page = through[0]
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = false })")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".check :is(button, input):visible").count() == 0
    for name in ("Reference", "Completed by", "Signature", "Date"):
        assert page.is_visible(f".sign >> text={name}")
    for part in (".verdict--fits .grounds", ".verdict--does_not_fit .grounds", ".answers dd"):
        assert page.locator(part).first.is_visible(), part
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.locator(".verdict--does_not_fit .grounds").first.is_hidden()
