"""The comparison in a real browser: columns, order, filters, up to four side by side, and what is on screen as a file.

The scenarios are those of the price comparison of England's "Find a tuition partner" that apply here, in our own terms.
"""

import csv
import io
import re

import pytest

from tests.site.test_browser import NARROW, WIDE, violations
from tests.site.test_keyboard import HERE, STOPS, walk
from waymark_site import compare

PAGE = "compare/"
TWO = ("dvact-bc-both", "dvact-needs-both")
FIVE = (*TWO, "dvact-bc-victim", "dvact-bc-perpetrator", "idva")
STATES = {
    "whole": "",
    "side by side": f"#side={','.join(FIVE[:4])}",
    "an address with faults": "#side=nobody,idva",
    "an address with nothing": "#side=nobody",
}


@pytest.fixture
def page(visitor, server):
    """The comparison in a tab of its own."""
    tab = visitor.new_page()
    tab.set_viewport_size(WIDE)
    tab.goto(server + PAGE)
    yield tab
    tab.close()


@pytest.fixture(scope="module")
def made(site):
    return compare.table(site)


def settled(tab):
    """The tab, once all rows that are to be shown have followed the first."""
    tab.wait_for_selector(".compare__table:not([aria-busy])", state="attached")
    return tab


def shown(tab):
    """The ids of the rows that are shown, in their order."""
    return settled(tab).evaluate("[...document.querySelectorAll('.compare__table tr[id]')].map(row => row.id)")


def grouped(tab):
    """The rows that are shown, by the heading they stand under."""
    return settled(tab).evaluate("""() => [...document.querySelectorAll(".compare__table tbody")].map(body => [
        body.querySelector(".group th")?.textContent ?? "", [...body.querySelectorAll("tr[id]")].map(row => row.id)])""")


def sort(tab, column, way=1):
    tab.select_option("[data-order]", f"{column} {way}")


def choose(tab, facet, value):
    tab.evaluate("""([facet, value]) => document.querySelector(`.tools [data-facet=${facet}] [value=${value}]`).click()""",
                 [facet, value])


def pick(tab, *ids):
    for id in ids:
        tab.locator(f"[id='{id}'] [data-pick]").click()


def chosen(tab):
    return tab.inner_text("[data-picked]")


def laid(tab):
    """The entries that stand side by side, in their order."""
    return tab.evaluate("[...document.querySelectorAll('.laid thead th > a')].map(link => link.href.split('/').at(-2))")


def address(tab):
    return tab.evaluate("location.pathname + location.search + location.hash")


# —— The table ——

def test_without_javascript_the_whole_table_and_its_other_forms_are_there(tab_without_javascript, site, server):
    tab = tab_without_javascript
    tab.goto(server + PAGE)
    assert tab.locator(".compare__table tbody tr").count() == len(site.registry.services)
    heads = tab.locator(".compare__table thead th")
    assert heads.count() == len(compare.table(site).columns) + 1 and all(head.is_visible() for head in heads.all())
    assert not tab.locator("main button, main input, main select").count()
    targets = tab.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert {"by-price/", "by-weeks/", "timelines/", "pictures/", "waymark-compare.csv", "waymark-compare.xlsx"} <= set(targets)


def test_every_row_is_shown_in_the_order_of_the_documents_and_the_address_stays_bare(page, site):
    assert shown(page) == list(site.services) and address(page) == "/compare/"


@pytest.mark.parametrize("view", [*compare.View, ""])
def test_a_visitor_chooses_which_columns_to_see(page, made, view):
    page.check(f"[name=view][value='{view}']")
    heads = page.locator(".compare__table thead th")
    seen = [head.inner_text() for head in heads.all() if head.is_visible()]
    assert [re.sub(r"\s+[▲▼]$", "", head) for head in seen] == [
        "Intervention", *(column.heading for column in made.columns if not view or view in column.views)]
    row = page.locator(".compare__table tr[id]").first
    assert sum(cell.is_visible() for cell in row.locator("td, th").all()) == len(seen)


def test_the_first_columns_fit_a_screen_without_scrolling(page):
    assert page.evaluate("(region => region.scrollWidth <= region.clientWidth)(document.querySelector('.scroll--table'))")


@pytest.mark.parametrize("way", [1, -1])
def test_any_column_with_figures_is_sorted_by_the_lowest_upwards_and_by_the_highest_downwards(page, made, way):
    for column in made.columns:
        if not column.unit:
            continue
        sort(page, column.id, way)
        expected = []
        for beside in made.ranks[column.id]:
            some = [row for row in made.having(column) if row.cells[column.id].beside == beside]
            some.sort(key=lambda row: row.cells[column.id].span[0] if way > 0 else -row.cells[column.id].span[1])
            expected.append([row.service.id for row in some])
        without = [row.service.id for row in made.lacking(column)]
        found = grouped(page)
        assert [rows for _, rows in found] == [*expected, without], column.id
        assert found[-1][0] == f"{column.heading}: no figure. The reason stands in the row"
        assert len(page.locator("[aria-sort]").all()) == 1
        head = page.locator(f"[data-column='{column.id}']")
        assert head.get_attribute("aria-sort") == ("ascending" if way > 0 else "descending")


def test_prices_of_another_date_or_unit_stand_under_a_heading_of_their_own(page):
    sort(page, "price-person-using-harm")
    (first, current), (second, old), (_, none) = grouped(page)
    assert first.startswith("Undated prices for the package") and second.startswith("Prices of 2012/13 per person")
    assert old == ["blackpool-perpetrator-pilot"] and len(current) == 3 and "idva" in none


def test_what_can_be_seen_is_there_at_once_and_the_others_follow(page, site):
    at_once = page.evaluate("""() => {
        const order = document.querySelector("[data-order]")
        order.value = "weeks 1"
        order.dispatchEvent(new Event("change", {bubbles: true}))
        return [document.querySelectorAll(".compare__table tr[id]").length, document.querySelector(".compare__table").ariaBusy]
    }""")
    assert at_once == [20, "true"]
    assert len(shown(page)) == len(site.services)


def test_a_heading_sorts_when_it_is_pressed_and_the_other_way_when_it_is_pressed_again(page):
    button = page.locator("[data-column=weeks] button")
    for expected in ("ascending", "descending", "ascending"):
        button.click()
        assert page.locator("[data-column=weeks]").get_attribute("aria-sort") == expected
    assert page.locator("[data-order]").input_value() == "weeks 1"


def test_a_row_without_a_figure_says_why_in_the_cell_by_which_it_is_sorted(page, made):
    column = made.column("report-weeks")
    sort(page, column.id, -1)
    at = made.columns.index(column) + 2
    for row in made.lacking(column):
        said = page.locator(f"[id='{row.service.id}'] > :nth-child({at})").inner_text()
        assert re.match("Does not apply|No report printed|Time to the report not printed", said), row.service.id


def test_filters_are_those_of_the_directory_and_whatever_is_not_printed_comes_after_with_its_reason(page, site):
    choose(page, "delivery", "group")
    (_, certain), (heading, unsure) = grouped(page)
    facet = site.facets["delivery"]
    assert certain == [id for id in site.services if facet.answer(id, "group") == "yes"]
    assert heading == "Not printed, so not ruled out"
    assert unsure == [id for id in site.services if facet.answer(id, "group") in ("not_printed", "does_not_apply")]
    assert page.locator(f"[id='{unsure[0]}'] .why").inner_text().startswith("Delivery")
    assert address(page) == "/compare/"  # what is filtered by may be about a case, and is in no address


def test_a_filter_keeps_the_order_that_was_chosen(page, made):
    sort(page, "weeks")
    choose(page, "for", "person_using_harm")
    before = [row.service.id for _, rows in made.sorted(made.column("weeks")) for row in rows
              if "person_using_harm" in row.service.for_whom.parties]
    assert grouped(page)[0][1] == before


def test_rows_from_old_documents_are_marked_and_can_be_left_out(page, made):
    old = {row.service.id for row in made.rows if row.old}
    marked = page.evaluate("[...document.querySelectorAll('.compare__table tr[id]')].filter(row => "
                           "row.cells[0].textContent.includes('Old document')).map(row => row.id)")
    assert set(marked) == old
    page.check("[data-current]")
    assert set(shown(page)) == {row.service.id for row in made.rows} - old
    page.get_by_role("button", name="Without old documents").click()
    assert len(shown(page)) == len(made.rows)


def test_when_nothing_is_left_the_page_says_so(page):
    choose(page, "for", "professionals")
    choose(page, "kind", "therapy")
    assert not shown(page) and page.locator("[data-nothing]").is_visible()
    page.get_by_role("button", name="Clear all").click()
    assert shown(page) and not page.locator("[data-nothing]").is_visible()


def test_of_a_long_table_the_rest_is_one_press_away(page, site, server):
    def fewer(route):
        script = route.fetch().text()
        assert "const MOST = 100" in script
        route.fulfill(body=script.replace("const MOST = 100", "const MOST = 5"), content_type="text/javascript")

    page.route("**/compare.js", fewer)
    page.reload()
    assert len(shown(page)) == 5
    page.get_by_role("button", name=f"Show {len(site.services) - 5} more").click()
    assert shown(page) == list(site.services)
    assert page.evaluate("document.activeElement.closest('tr').id") == list(site.services)[5]


# —— Side by side ——

def test_nothing_is_chosen_at_first(page):
    assert chosen(page) == "Nothing chosen yet." and not page.locator("[data-lay]").is_visible()


def test_entries_are_chosen_and_taken_back_and_counted(page):
    pick(page, TWO[0])
    assert chosen(page) == "1 of four chosen." and not page.locator("[data-lay]").is_visible()
    pick(page, TWO[1])
    assert chosen(page) == "2 of four chosen." and page.locator("[data-lay]").is_visible()
    pick(page, TWO[0])
    assert chosen(page) == "1 of four chosen." and address(page) == "/compare/"


def test_a_fifth_is_refused_beside_its_box(page):
    pick(page, *FIVE)
    assert chosen(page) == "4 of four chosen."
    assert not page.locator("#idva [data-pick]").is_checked()
    assert page.locator("#idva [role=alert]").inner_text() == "Four are chosen. Take one away first."


def test_the_choice_can_be_cleared(page):
    pick(page, *TWO)
    page.click("[data-clear]")
    assert chosen(page) == "Nothing chosen yet." and not page.locator("[data-pick]:checked").count()
    assert page.evaluate("document.activeElement.className") == "results"


def test_they_stand_side_by_side_in_the_order_in_which_they_were_chosen(page):
    pick(page, TWO[1], TWO[0])
    page.click("[data-lay]")
    page.wait_for_selector(".laid")
    assert laid(page) == [TWO[1], TWO[0]]
    assert address(page) == f"/compare/#side={TWO[1]},{TWO[0]}"
    assert page.evaluate("document.activeElement.id") == "side-heading"
    assert not page.locator(".compare__table").is_visible()


def test_every_cell_of_the_table_is_there_and_what_differs_is_marked_in_words(page, made, server):
    page.goto(server + PAGE + f"#side={','.join(TWO)}")
    page.reload()
    rows = page.evaluate("""() => [...document.querySelectorAll(".laid tbody tr")].map(row => [
        row.cells[0].firstChild.data.trim(), Boolean(row.querySelector(".differs")),
        ...[...row.cells].slice(1).map(cell => cell.textContent.replace(/\\s+/g, " ").trim())])""")
    by_id = {row.service.id: row for row in made.rows}
    assert [row[0] for row in rows] == [column.heading for column in made.columns]
    for column, (_, differs, *texts) in zip(made.columns, rows, strict=True):
        cells = [by_id[id].cells[column.id] for id in TWO]
        assert differs == (cells[0].whole != cells[1].whole), column.id
        for cell, text in zip(cells, texts, strict=True):
            assert text.startswith(cell.text) and all(part.rstrip(".") in text for part in cell.more), column.id
    assert any(row[1] for row in rows) and not all(row[1] for row in rows)


def test_only_what_differs_can_be_shown(page, server):
    page.goto(server + PAGE + f"#side={','.join(TWO)}")
    page.reload()
    page.check("[data-only]")
    seen = [row.locator(".differs").count() for row in page.locator(".laid tbody tr").all() if row.is_visible()]
    assert seen and all(seen)


def test_back_goes_to_the_table_with_the_choice_kept(page, site):
    pick(page, *TWO)
    page.click("[data-lay]")
    page.wait_for_selector(".laid")
    page.go_back()
    page.wait_for_selector(".laid", state="detached")
    assert len(shown(page)) == len(site.services) and chosen(page) == "2 of four chosen."
    assert page.locator("[data-pick]:checked").count() == 2


def test_a_jump_within_the_page_leaves_them_side_by_side(page):
    pick(page, *TWO)
    page.click("[data-lay]")
    page.wait_for_selector(".laid")
    page.locator(".md-skip").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="What this leaves out").click()
    page.wait_for_function("address => location.hash === address", arg=f"#side={','.join(TWO)}")
    assert laid(page) == [*TWO]


def test_the_button_back_to_the_table_does_the_same(page):
    pick(page, *TWO)
    page.click("[data-lay]")
    page.click("[data-back]")
    assert address(page) == "/compare/" and page.locator(".compare__table").is_visible()
    assert chosen(page) == "2 of four chosen."


def test_one_is_taken_away_where_it_stands_and_the_address_follows(page):
    pick(page, *TWO, "idva")
    page.click("[data-lay]")
    page.locator(".laid thead button").first.click()
    assert laid(page) == [TWO[1], "idva"] and address(page) == f"/compare/#side={TWO[1]},idva"


def test_a_filter_that_leaves_out_a_chosen_entry_leaves_the_choice(page):
    pick(page, *TWO)
    choose(page, "for", "professionals")
    assert TWO[0] not in shown(page) and chosen(page) == "2 of four chosen."
    page.click("[data-lay]")
    page.wait_for_selector(".laid")
    assert laid(page) == [*TWO]


@pytest.mark.parametrize("names, kept, said", [
    (TWO, TWO, ""),
    ((*TWO, TWO[0]), TWO, ""),
    (("no-such-thing", *TWO), TWO, "One entry in this address is not in the directory"),
    (("no-such-thing", "nor-this", *TWO), TWO, "2 entries in this address are not in the directory"),
    (FIVE, FIVE[:4], "Only four fit side by side. Left out: "),
    (TWO[:1], TWO[:1], "There is only one entry here."),
    (("<b>x</b>",), (), "Nothing can be laid side by side."),
    ((), (), "Nothing can be laid side by side."),
])
def test_a_shared_address_opens_what_it_names_and_says_what_it_could_not(page, site, server, names, kept, said):
    faults = []
    page.on("pageerror", lambda fault: faults.append(fault))
    page.goto("about:blank")
    page.goto(f"{server}{PAGE}#side={','.join(names)}")
    page.wait_for_selector(".side")
    assert laid(page) == list(kept) and not faults
    told = page.locator("[data-told]")
    assert told.is_visible() == bool(said) and said in told.inner_text()
    if names == FIVE:
        assert site.services["idva"].name in told.inner_text()
    assert not any(name in told.inner_text() for name in names if name not in site.services)  # no words of a stranger


@pytest.mark.parametrize("nonsense", ["#", "#side", "#=&&==", "#%E0%A4%A", "#left-out", "#other=idva,marac"])
def test_an_address_that_names_no_comparison_shows_the_table(page, site, server, nonsense):
    faults = []
    page.on("pageerror", lambda fault: faults.append(fault))
    page.goto("about:blank")
    page.goto(server + PAGE + nonsense)
    if nonsense == "#side":
        page.wait_for_selector(".side")
        page.click("[data-back]")
    assert len(shown(page)) == len(site.services) and not faults
    assert not page.locator(".side").count()


def test_on_paper_there_is_what_is_laid_side_by_side_and_no_control(page, server):
    page.goto("about:blank")
    page.goto(f"{server}{PAGE}#side={','.join(TWO)}")
    page.emulate_media(media="print")
    assert page.locator(".laid").is_visible() and not page.locator(".compare__table").is_visible()
    assert not [part.inner_text() for part in page.locator(".compare button, .compare input").all() if part.is_visible()]


def test_on_paper_there_is_the_table_as_it_is_filtered_and_sorted(page):
    choose(page, "for", "professionals")
    sort(page, "weeks")
    page.emulate_media(media="print")
    assert "For whom: Professionals" in page.inner_text(".chips") and "Sorted by Weeks" in page.inner_text(".results__count")
    assert page.locator(".compare__table tr[id]").first.is_visible() and not page.locator(".tools").is_visible()
    assert not [part.inner_text() for part in page.locator(".compare :is(input, select, .button, .pick)").all() if part.is_visible()]
    # a browser repeats the headings on each page without what is a box of its own, or sticks
    headings, buttons = page.locator(".compare__table thead th"), page.locator(".compare__table thead button")
    assert set(headings.evaluate_all("all => all.map(one => getComputedStyle(one).position)")) == {"static"}
    assert set(buttons.evaluate_all("all => all.map(one => getComputedStyle(one).display)")) == {"contents"}


# —— Taking it away ——

def saved(tab, button):
    with tab.expect_download() as download:
        button.click()
    return list(csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))


@pytest.mark.parametrize("view", [*compare.View, ""])
def test_what_is_on_screen_is_saved_as_it_stands(page, made, view):
    sort(page, "report-weeks", -1)
    choose(page, "for", "both_parents")
    choose(page, "for", "child_or_young_person")
    page.check(f"[name=view][value='{view}']")
    head, *lines = saved(page, page.get_by_role("button", name="What is on screen, as CSV"))
    columns = [column for column in made.columns if not view or view in column.views]
    assert head == ["Intervention", *(column.heading for column in columns), "Old document", "Group", "Not certain because"]
    by_id = {row.service.id: row for row in made.rows}
    for id, line in zip(shown(page), lines, strict=True):
        row = by_id[id]
        assert line[0] == row.service.name and line[len(columns) + 1] == ("yes" if row.old else "no")
        for column, said in zip(columns, line[1:], strict=False):
            assert said.rstrip(".") == row.cells[column.id].whole.rstrip("."), (id, column.id)


def test_what_stands_side_by_side_is_saved_as_it_stands(page, server, made, site):
    page.goto("about:blank")
    page.goto(f"{server}{PAGE}#side={','.join(TWO)}")
    head, *lines = saved(page, page.get_by_role("button", name="Save this as CSV"))
    assert [name.startswith(site.services[id].name) for id, name in zip(TWO, head[1:], strict=True)] == [True, True]
    assert len(lines) == len(made.columns)
    price = next(line for line in lines if line[0].startswith("Price: both parents"))
    assert [re.match(r"£[\d,]+", cell)[0] for cell in price[1:]] == ["£7,800", "£6,500"]


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-2", "@sum", "\tx", "\rx"])
def test_a_text_that_a_spreadsheet_would_run_is_marked(page, text):
    made = page.evaluate("async text => (await import('/assets/site/csv.js')).csv([[text, 'a\"b', '1, 2']])", text)
    assert made == f'\ufeff"\'{text}","a""b","1, 2"\r\n'


# —— For everyone ——

@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_state(page, server, state):
    page.goto("about:blank")
    page.goto(server + PAGE + STATES[state])
    assert not violations(page, unfold=True)
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


@pytest.mark.parametrize("view", ["figures", "evidence", ""])
def test_axe_finds_nothing_in_other_columns_sorted_and_filtered(page, view):
    """In the first rows of the table: the rest of the page, and all rows, are looked at above."""
    page.check(f"[name=view][value='{view}']")
    sort(page, "price-both-parents")
    choose(page, "stage", "child_protection")
    page.evaluate("document.querySelectorAll('.compare__table tbody tr:nth-child(n + 11)').forEach(row => row.remove())")
    assert not violations(page, within=".compare__table")


def test_the_row_headers_and_the_head_stay_while_the_region_scrolls(page):
    page.check("[name=view][value='']")
    settled(page).evaluate("(region => { region.scrollTo(600, 900); region.scrollIntoView() })(document.querySelector('.scroll--table'))")
    inside = page.evaluate("""() => {
        const region = document.querySelector(".scroll--table").getBoundingClientRect()
        const head = document.querySelector(".compare__table thead th:nth-child(6)").getBoundingClientRect()
        const rows = [...document.querySelectorAll(".compare__table tr[id] > th")].map(cell => cell.getBoundingClientRect())
        const corner = document.elementFromPoint(region.left + 20, region.top + head.height - 8)
        return [Math.abs(head.top - region.top) < 3, rows.every(box => Math.abs(box.left - region.left) < 3),
                Boolean(corner.closest("thead"))]
    }""")
    assert inside == [True, True, True]
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE["width"]


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_by_keyboard_every_control_of_what_is_laid_side_by_side_is_reached_and_seen(page, server, size):
    page.set_viewport_size(size)
    page.goto("about:blank")
    page.goto(f"{server}{PAGE}#side={','.join(TWO)}")
    stops = walk(page)
    assert all(stop["outlined"] and stop["uncovered"] for stop in stops)
    assert [stop["place"] for stop in stops] == list(range(page.evaluate("window.stops.length")))


def test_by_keyboard_alone_two_are_chosen_and_laid_side_by_side(page):
    boxes = page.locator("[data-pick]")
    for at in (0, 2):
        boxes.nth(at).focus()
        page.keyboard.press("Space")
    page.evaluate(f"() => {{ window.stops = ({STOPS})() }}")
    page.locator("[data-lay]").focus()
    assert page.evaluate(HERE)["outlined"]
    page.keyboard.press("Enter")
    page.wait_for_selector(".laid")
    assert laid(page) == ["dvact-bc-victim", "dvact-bc-both"]
    assert page.evaluate("document.activeElement.id") == "side-heading"


def test_by_keyboard_a_column_is_sorted(page):
    page.locator("[data-column=sessions] button").focus()
    page.keyboard.press("Enter")
    assert page.locator("[data-column=sessions]").get_attribute("aria-sort") == "ascending"
    assert page.evaluate("document.activeElement.textContent") == "Sessions"


def test_on_a_phone_each_entry_is_a_card_with_the_name_of_each_figure(page):
    page.set_viewport_size(NARROW)
    row = page.locator(".compare__table tr[id]").first
    assert row.evaluate("row => getComputedStyle(row).display") == "block"
    labels = row.locator("td").evaluate_all("""cells => cells.filter(cell => cell.checkVisibility()).map(
        cell => getComputedStyle(cell, "::before").content)""")
    assert labels[0].startswith('"Price: victim or survivor')
    assert not page.locator(".compare__table thead").is_visible()
    sort(page, "weeks")  # with the headings gone, the list of orders is still there
    assert grouped(page)[0][0].startswith("Weeks")


def test_the_number_shown_is_announced_once_when_choosing_pauses(page):
    page.evaluate("""() => {
        const status = document.querySelector(".results [role=status]")
        window.said = []
        new MutationObserver(() => said.push(status.textContent)).observe(status, {childList: true})
    }""")
    for value in ("victim_survivor", "person_using_harm"):
        choose(page, "for", value)
    page.wait_for_function("() => said.length > 0")
    assert page.evaluate("said") == [page.inner_text(".results__count")]
