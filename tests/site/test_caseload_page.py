"""The caseload calculator in a real browser with the real engine: the same figures as in CPython, mistakes told beside
their field, and nothing left behind. Without the engine, or without JavaScript, every printed price still stands."""

import csv
import io
import json
from contextlib import contextmanager

import pytest

from quiz import caseload_telling, wording
from quiz.caseload import alternatives
from quiz.caseload_report import from_data
from quiz.pathway import Rulebook
from tests.site.checking import READY, visiting
from tests.site.test_browser import AXE, LEFT_BEHIND, NARROW, WIDE, violations
from waymark_site import caseload

pytestmark = pytest.mark.xdist_group("caseload")

ADDRESS = "compare/caseload/"
COUPLES = {"both_parents": "dvact-bc-both"}
PILOT = {"person_using_harm": "blackpool-perpetrator-pilot"}


@pytest.fixture(scope="module")
def rulebook(site):
    return Rulebook(site.registry)


@contextmanager
def on_the_page(browser, server):
    """A new visitor on the page, once its script has taken over; afterwards nothing may have gone wrong unseen."""
    with visiting(browser, server, ADDRESS) as page:
        page.wait_for_selector(".caseload--live")
        yield page


@pytest.fixture(scope="module")
def visit(browser, server):
    """One visitor, whose engine is started once for many tests; and all that was asked for on the way."""
    requests = []
    with on_the_page(browser, server) as page:
        page.on("request", lambda request: requests.append(request.url + (request.post_data or "")))
        page.wait_for_selector(".sum__loading:empty", state="attached")
        yield page, requests


@pytest.fixture
def page(visit):
    """The visitor's page with everything cleared."""
    page, _ = visit
    page.set_viewport_size(WIDE)
    page.emulate_media(media="screen", color_scheme="light")
    page.click("text=Clear all numbers and dates")
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = false })")
    assert figures(page) == ""
    return page


def field(page, takes):
    found = page.locator(f"[data-takes='{json.dumps(takes)}']")
    assert found.count() == 1, takes
    return found


def count(page, takes, number):
    """Enter a number for families who take this, opening whatever it is folded in."""
    found = field(page, takes)
    found.evaluate("input => { for (let part = input.closest('details'); part; part = null) part.open = true }")
    found.fill(str(number))


def date(page, name, *parts):
    for part, value in zip(("day", "month", "year"), parts, strict=True):
        page.fill(f"#{name}-{part}", str(value))


def figures(page):
    return page.inner_text(".sum__figures")


def wait_for_sums(page, *texts):
    """Wait until the sums hold these texts."""
    for text in texts:
        page.wait_for_selector(f".sum__figures :text('{text}')")


def complaint(page, id):
    return page.text_content(f"#{id}-error").removeprefix("Error: ") if page.is_visible(f"#{id}-error") else None


def told(page):
    return page.text_content(".sum__told")


def shown(page):
    """The figures of the result, as they stand on the page."""
    return page.evaluate("""() => ({
        sums: [...document.querySelectorAll('.sum__figures .sum__amount')].map(one => one.textContent),
        lines: [...document.querySelectorAll('.caseload__result .caseload__lines > tbody > tr')].map(row => [...row.cells].slice(1, 4).map(cell => cell.textContent)),
        notes: [...document.querySelectorAll('#notes + ul > li')].map(one => one.textContent),
        steps: [...document.querySelectorAll('.caseload__result .caseload__steps tr:not(.group)')].slice(1).map(row => [...row.cells].map(cell => cell.textContent)),
        people: [...document.querySelectorAll('.sum__figures .sum__people li')].map(one => one.textContent),
    })""")


def expected(words):
    return {
        "sums": [total["amount"] for total in words["totals"]],
        "lines": [[f"{line['number']:,}", line["each"] or "No sum", line["total"] or "No sum"] for line in words["lines"]],
        "notes": words["notes"],
        "steps": [[step["name"], step["weeks"], step["dates"] or "No start given", step["label"]]
                  for time in words["times"] for step in time["steps"]],
        "people": [f"{one['number']:,} ({one['share']}) {one['says']}" for one in words["people"]],
    }


# —— The same figures ——

def test_every_row_of_the_page_at_once_gives_what_cpython_gives(page, rulebook):
    """A different number in every field, with dates: each figure on the page, in its text and in its table."""
    entered = page.evaluate("""() => [...document.querySelectorAll('[data-takes]')].map((input, index) => {
        input.value = String(index + 1)
        return {number: index + 1, takes: JSON.parse(input.dataset.takes)}
    })""")
    assert len(entered) > 80
    date(page, "start", 1, 12, 2026)
    date(page, "court", 3, 5, 2027)
    page.wait_for_selector("#take-away")
    words = caseload_telling.caseload(rulebook, from_data(
        {"families": entered, "start": "2026-12-01", "court": "2027-05-03"}, rulebook))["words"]
    page.wait_for_selector(f"th:text('{words['by']}')")
    assert shown(page) == expected(words)
    with page.expect_download() as download:
        page.click("text=Download as text")
    assert download.value.path().read_text(encoding="utf-8") == words["text"]
    with page.expect_download() as download:
        page.click("text=Download as CSV")
    table = download.value.path().read_bytes().decode("utf-8-sig")
    assert table == words["csv"]
    for row in csv.reader(io.StringIO(table)):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_couples_cost_their_package_and_what_is_saved_is_said(page):
    """000:57: £7,800 for both against £10,300 singly."""
    count(page, COUPLES, 4)
    wait_for_sums(page, "£31,200")
    assert "Packages save £10,000" in figures(page)
    assert "£31,200 for 4 families" in told(page)
    count(page, COUPLES, 5)
    wait_for_sums(page, "£39,000")
    assert page.locator(".caseload__lines tbody tr").count() >= 1


def test_a_programme_that_is_not_decided_costs_from_the_lowest_to_the_highest(page, rulebook):
    group, = alternatives(rulebook, "victim_survivor")
    count(page, {"victim_survivor": [service.id for service in group]}, 10)
    wait_for_sums(page, "£47,000 to £49,000")
    assert "never by its price" in page.inner_text(".caseload__result")


def test_old_prices_have_a_sum_of_their_own_and_can_be_left_out(page):
    count(page, PILOT, 6)
    count(page, COUPLES, 1)
    wait_for_sums(page, "£6,000", "£7,800", "not added up")
    page.check("#leave-out-old")
    wait_for_sums(page, "left out, since the price is old")
    assert "£6,000" not in figures(page)
    page.click("text=Clear all numbers and dates")
    assert not page.is_checked("#leave-out-old")


def test_what_has_no_price_is_counted_and_never_nothing(page):
    count(page, {"victim_survivor": "idva"}, 9)
    wait_for_sums(page, "(100%) with no published price")
    assert "£" not in page.inner_text(".caseload__result") + figures(page)
    assert "No published price." in told(page)


def test_numbers_with_commas_and_spaces_are_read(page):
    count(page, COUPLES, " 1,000 ")
    wait_for_sums(page, "£7,800,000")


# —— Mistakes ——

@pytest.mark.parametrize("wrong", ["abc", "-1", "2.5", "10000", "1e3", "½"])
def test_a_number_that_is_none_is_told_beside_its_field(page, wrong):
    found = field(page, COUPLES)
    found.fill(wrong)
    id = found.get_attribute("id")
    page.wait_for_selector(f"#{id}-error:visible")
    assert complaint(page, id) == "Enter a whole number from 0 to 9,999"
    assert found.get_attribute("aria-invalid") == "true" and found.get_attribute("aria-describedby") == f"{id}-error"
    assert "One field has a mistake" in told(page) and page.locator(".caseload__result > *").count() == 0
    page.click(".sum__faults a")
    assert page.evaluate("document.activeElement.id") == id and page.url.endswith(ADDRESS)
    found.fill("2")
    wait_for_sums(page, "£15,600")
    assert complaint(page, id) is None and found.get_attribute("aria-invalid") is None
    assert found.get_attribute("aria-describedby") is None


@pytest.mark.parametrize(("start", "court", "where", "says"), [
    (("30", "2", "2026"), None, "start", "must be a real date"), (("1", "13", "2026"), None, "start", "must be a real date"),
    (("x", "1", "2026"), None, "start", "must be a real date"), (("1", "", "2026"), None, "start", "must include a month"),
    (("", "", "2026"), None, "start", "must include a day and a month"),
    (("1", "1", "1999"), None, "start", "from 2000 to 2100"), (("1", "1", "2101"), None, "start", "from 2000 to 2100"),
    (("1", "1", "26"), None, "start", "from 2000 to 2100"),
    (("1", "12", "2026"), ("30", "11", "2026"), "court", "or after it"),
    (None, ("30", "11", "2026"), "start", "Enter the day clocks start as well"),
])
def test_a_date_that_cannot_be_is_told_beside_its_fields(page, start, court, where, says):
    count(page, COUPLES, 1)
    wait_for_sums(page, "£7,800")
    if start:
        date(page, "start", *start)
    if court:
        date(page, "court", *court)
    page.focus("#leave-out-old")
    page.wait_for_selector(f"#{where}-error:visible")
    assert says in complaint(page, where)
    for part in ("day", "month", "year"):
        input = page.locator(f"#{where}-{part}")
        assert input.get_attribute("aria-invalid") == "true"
        assert input.get_attribute("aria-describedby") == f"{where}-hint {where}-error"
    assert figures(page) == page.inner_text(".sum__faults")


def test_a_date_that_is_being_typed_is_not_complained_of(page):
    count(page, COUPLES, 1)
    wait_for_sums(page, "£7,800")
    page.fill("#start-day", "1")
    page.focus("#start-month")
    page.wait_for_timeout(600)
    assert complaint(page, "start") is None and "£7,800" in figures(page)
    date(page, "start", 1, 12, 2026)
    page.wait_for_selector("td:text('29 December 2026')")


# —— For everyone ——

def test_by_keyboard_alone(page):
    page.focus("#many-1")
    page.keyboard.type("3")
    wait_for_sums(page, "£14,100")
    for _ in range(3):  # past the next service and its source
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "many-2"
    page.keyboard.type("x")
    page.wait_for_selector("#many-2-error:visible")
    page.focus(".sum__faults a")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "many-2"
    page.keyboard.press("Backspace")
    wait_for_sums(page, "£14,100")


def test_axe_finds_nothing_in_the_result_or_beside_a_mistake_and_nothing_needs_scrolling_sideways(page):
    count(page, COUPLES, 4)
    count(page, PILOT, 2)
    count(page, {"victim_survivor": "idva"}, 9)
    date(page, "start", 1, 12, 2026)
    page.wait_for_selector("#by-when")
    page.evaluate(AXE)
    assert not violations(page)
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    page.fill("#many-1", "x")
    page.fill("#start-month", "14")
    page.focus("#court-day")
    page.wait_for_selector("#start-error:visible")
    assert not violations(page)
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


def test_every_field_has_a_name_of_its_own(page):
    names = page.evaluate("""() => [...document.querySelectorAll('[data-takes]')].map(input => input.labels[0].textContent)""")
    assert len(names) == len(set(names)) and all(name.startswith(("People: ", "Families: ")) for name in names)
    assert set(page.evaluate("[...document.querySelectorAll('[data-takes]')].map(input => input.inputMode)")) == {"numeric"}


def test_printed_it_is_the_sums_and_not_the_fields(page):
    count(page, COUPLES, 4)
    wait_for_sums(page, "£31,200")
    page.emulate_media(media="print")
    assert page.is_visible(".sum__amount") and page.is_visible("#line-by-line")
    assert not page.is_visible("#many-1") and not page.is_visible("#example") and not page.is_visible("#take-away")


# —— Nothing is left behind ——

def test_nothing_is_stored_sent_or_put_into_the_address(page, visit, server):
    _, requests = visit
    count(page, COUPLES, 7)
    wait_for_sums(page, "£54,600")
    assert page.url == server + ADDRESS and page.evaluate("history.state") is None
    assert page.evaluate(LEFT_BEHIND) == [] and page.context.cookies() == []
    assert all(url.startswith((server, "blob:")) and "dvact" not in url and "?" not in url for url in requests)
    assert page.locator(".caseload input[name]").count() == 0


def test_clearing_leaves_nothing(page):
    count(page, COUPLES, 7)
    date(page, "start", 1, 12, 2026)
    wait_for_sums(page, "£54,600")
    page.click("text=Clear all numbers and dates")
    assert page.evaluate("[...document.querySelectorAll('.caseload input[type=text]')].filter(input => input.value).length") == 0
    assert figures(page) == "" and page.locator(".caseload__result > *").count() == 0
    assert told(page) == "Everything is cleared."


def test_leaving_reloading_and_the_way_out_clear_everything(browser, server):
    with on_the_page(browser, server) as page:
        page.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="elsewhere"))
        for leave in ("reload", "away and back", "exit"):
            count(page, COUPLES, 7)
            if leave == "reload":
                page.reload()
            elif leave == "exit":
                page.evaluate("document.dispatchEvent(new Event('waymark:exit'))")
            else:
                page.goto(server + "about/")
                page.go_back()
            page.wait_for_selector(".caseload--live")
            assert field(page, COUPLES).input_value() == "", leave
            assert figures(page) == "" and "£" not in told(page)
        count(page, COUPLES, 3)  # whoever asked for the way out and stayed after all can go on
        wait_for_sums(page, "£23,400")


# —— Without the engine ——

def test_numbers_can_be_entered_before_the_engine_is_there(browser, server):
    held = []
    with browser.new_context() as context, context.new_page() as page:
        page.set_default_timeout(READY)
        page.route("**/*.wasm", lambda route: held.append(route))
        page.goto(server + ADDRESS)
        count(page, COUPLES, 2)
        page.wait_for_selector(".sum__told:text('as soon as the calculator is ready')")
        page.fill("#many-1", "x")
        page.wait_for_selector("#many-1-error:visible")  # mistakes do not wait for it
        page.fill("#many-1", "")
        for route in held:
            route.continue_()
        page.unroute("**/*.wasm")
        wait_for_sums(page, "£15,600")


def test_where_the_engine_fails_that_is_told_and_the_prices_stay(browser, server, site):
    with browser.new_context() as context, context.new_page() as page:
        page.set_default_timeout(READY)
        page.route("**/rules.*.json", lambda route: route.abort())
        page.goto(server + ADDRESS)
        page.wait_for_selector("text=Try again")
        assert "The printed prices are in the tables on this page." in told(page)
        count(page, COUPLES, 2)
        page.wait_for_timeout(600)
        assert "cannot be worked out here" in told(page) and "£7,800" in page.inner_text(".caseload__form")
        page.evaluate(AXE)
        assert not violations(page)
        page.unroute("**/rules.*.json")
        page.click("text=Try again")
        wait_for_sums(page, "£15,600")


def test_without_javascript_every_printed_price_and_the_worked_example_stand(tab_without_javascript, server, site):
    page = tab_without_javascript
    page.goto(server + ADDRESS)
    main = page.inner_text("main")
    for service in site.registry.services:
        for price in service.prices:
            row = page.locator("table.caseload__prices tr", has=page.locator(f"a[href$='services/{service.id}/']"))
            assert any(wording.pounds(price.amount) in text for text in row.all_inner_texts()), service.id
    assert page.locator(".caseload input:visible").count() == 0 and not page.is_visible("text=Clear all numbers")
    words = caseload.lists(site)["example"]["words"]
    assert all(total["amount"] in main for total in words["totals"]) and words["saved"] in main
    assert all(text in main for text in words["notes"])
    assert all(line["total"] in main for line in words["lines"] if line["total"])
    assert any(line["total"] is None for line in words["lines"]) and "No sum" in main


def test_every_service_a_family_can_take_can_be_counted(pages, site):
    """What has a price, for everybody it is priced for; what has none, once."""
    rows = [json.loads(input.get("data-takes")) for input in pages[ADDRESS].root.iter("input") if input.get("data-takes")]
    single = {(person, ids) for row in rows for person, ids in row.items() if isinstance(ids, str) and len(row) == 1}
    assert {(price.party, service.id) for service in site.registry.services for price in service.prices} <= single
    unpriced = {service.id for service in site.registry.services if not service.prices and service.tier != "component"
                and set(service.for_whom.parties) != {"professionals"}}
    assert unpriced <= {id for _, id in single}
