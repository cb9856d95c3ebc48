"""The directory in a real browser: narrowed by facets and words, and whole without JavaScript."""

import re

import pytest

from tests.registry import real
from tests.site.test_browser import NARROW, WIDE, violations
from tests.site.test_keyboard import HERE

DIRECTORY = "services/"
STATES = {
    "open": "",
    "filtered": "#for=victim_survivor,person_using_harm&stage=child_protection&area=lancashire",
    "nothing": "#for=professionals&kind=therapy&price=free",
    "nothing certain": "#stage=private_law&kind=helpline",
}


@pytest.fixture
def directory(visitor, server):
    """The directory in a tab of its own, and how to change its state."""
    tab = visitor.new_page()
    tab.set_viewport_size(WIDE)
    tab.goto(server + DIRECTORY)
    yield tab
    tab.close()


def choose(tab, facet, value):
    part = tab.locator(f".facet[data-facet={facet}]")
    if part.get_attribute("open") is None:
        part.locator("summary").click()
    part.locator(f"input[value={value}]").click()


def address(tab):
    return tab.evaluate("location.pathname + location.search + location.hash")


def shown(tab, group):
    """The ids of the services shown in a group, with the reason that stands with each."""
    return dict(tab.evaluate("""group => [...document.querySelectorAll(`tbody.${group} tr[id]`)].map(
        row => [row.id, row.querySelector(".why")?.textContent ?? ""])""", group))


def everything(tab):
    return tab.evaluate("[...document.querySelectorAll('table.directory tr[id]:not(.group)')].map(row => row.id)")


def counts(tab, facet):
    return tab.evaluate("""facet => Object.fromEntries([...document.querySelectorAll(`[data-facet=${facet}] label`)].map(
        label => [label.querySelector("input").value, Number(label.querySelector("[data-count]").textContent)]))""", facet)


def test_without_javascript_every_entry_and_every_page_to_browse_by_is_there(tab_without_javascript, site, server):
    tab_without_javascript.goto(server + DIRECTORY)
    assert tab_without_javascript.locator("table.directory tr[id]:not(.group)").count() == len(site.registry.services)
    assert not tab_without_javascript.locator(".filters, .results, input, button").count()
    for facet in site.facets.values():
        heading = tab_without_javascript.get_by_text(facet.heading, exact=True)
        part = tab_without_javascript.locator(".folds details").filter(has=heading)
        part.locator("summary").click()
        assert part.get_by_role("link").all_text_contents() == [value.label for value in facet.values]
        assert part.get_by_role("link").first.is_visible()


def test_with_javascript_nothing_is_left_out_at_first(directory, site):
    assert everything(directory) == [service.id for source in site.main_sources for service in site.by_source[source.id]]
    assert directory.locator(".browse__pages a").count() > 50
    assert address(directory) == "/services/"


def test_one_value_leaves_out_only_what_is_printed_as_something_else(directory, site):
    """Whatever services.yaml says nothing of stays, after the rest and with its reason."""
    choose(directory, "delivery", "group")
    written = real.data()["services"]
    assert set(shown(directory, "matches")) == {
        one["id"] for one in written if "group" in one.get("delivery", {}).get("modes", ())}
    assert shown(directory, "unsure") == {
        one["id"]: "Delivery not printed" if "delivery" in one.get("not_printed", ()) else "Delivery does not apply"
        for one in written if "delivery" not in one}
    assert address(directory) == "/services/#delivery=group"


def test_facets_are_combined_and_values_of_one_are_alternatives(directory, site):
    for facet, value in (("for", "victim_survivor"), ("for", "both_parents"), ("area", "lancashire")):
        choose(directory, facet, value)
    by_person, by_area = site.facets["for"], site.facets["area"]
    certain, unsure = set(), set()
    for service in site.services:
        if {by_person.answer(service, "victim_survivor"), by_person.answer(service, "both_parents")} & {"yes"}:
            answer = by_area.answer(service, "lancashire")
            certain |= {service} if answer in ("yes", "depends") else set()
            unsure |= {service} if answer in ("not_printed", "does_not_apply") else set()
    assert set(shown(directory, "matches")) == certain
    assert set(shown(directory, "unsure")) == unsure and unsure


def test_what_must_be_asked_or_varies_comes_after_what_is_certain_and_says_so(directory, site):
    choose(directory, "area", "lancashire")
    reasons = list(shown(directory, "matches").values())
    assert set(reasons) == {"", "Varies by area"}
    assert reasons == sorted(reasons, key=bool)


def test_counts_say_what_one_more_choice_would_show(directory, site):
    choose(directory, "stage", "child_protection")
    told = counts(directory, "kind")
    for kind in ("package", "assessment", "therapy"):
        choose(directory, "kind", kind)
        assert len(shown(directory, "matches")) == told[kind], kind
        choose(directory, "kind", kind)
    assert any(told.values()) and told != site.facets["kind"].counts


def test_before_anything_is_chosen_counts_are_those_of_the_registry(directory, site):
    for facet in site.facets.values():
        assert counts(directory, facet.id) == facet.counts


def test_words_find_names_summaries_and_other_names_and_stay_out_of_the_address(directory, site):
    for typed, found in (("IDVA", "idva"), ("pai behaviour", "dvact-bc-victim"), ("women's prog", "dvip-womens-programme"),
                         ("HELPLINE", "respect-phoneline")):
        directory.fill("input[type=search]", typed)
        directory.wait_for_function("word => document.querySelector('.chips')?.textContent.includes(word)", arg=typed)
        assert found in shown(directory, "matches"), typed
    assert address(directory) == "/services/"
    assert directory.evaluate("history.length") == 2  # the empty tab, then this page


def test_the_address_holds_the_choice_and_nothing_else_and_history_does_not_fill(directory):
    before = directory.evaluate("history.length")
    for facet, value in (("for", "professionals"), ("kind", "training"), ("kind", "consultation")):
        choose(directory, facet, value)
    assert address(directory) == "/services/#for=professionals&kind=consultation,training"
    assert directory.evaluate("history.length") == before
    kept = shown(directory, "matches")
    directory.reload()
    assert shown(directory, "matches") == kept and kept
    directory.evaluate("location.hash = 'for=victim_survivor'")
    directory.wait_for_function("() => document.querySelectorAll('.chips button').length === 1")
    assert "idva" in shown(directory, "matches")


@pytest.mark.parametrize("target", ["seal", "from-dvip-2010"])
def test_a_link_to_a_row_that_is_left_out_brings_everything_back(directory, site, target):
    choose(directory, "for", "professionals")
    assert not directory.locator(f"#{target}").count()
    directory.evaluate("target => { location.hash = target }", target)
    directory.wait_for_function("() => !document.querySelector('.chips button')")
    assert len(everything(directory)) == len(site.services)
    assert directory.locator(f"#{target}").evaluate(
        "row => { const top = row.getBoundingClientRect().top; return 0 <= top && top < innerHeight }")


def test_skipping_to_the_content_keeps_the_choice(directory):
    choose(directory, "for", "professionals")
    kept = shown(directory, "matches")
    directory.locator(".md-skip").focus()
    directory.keyboard.press("Enter")
    directory.wait_for_function("() => location.hash === '#for=professionals'")
    assert shown(directory, "matches") == kept


def test_an_address_without_a_choice_takes_it_back(directory, site):
    choose(directory, "for", "professionals")
    directory.evaluate("location.hash = ''")
    directory.wait_for_function("() => !document.querySelector('.chips button')")
    assert len(everything(directory)) == len(site.services)


@pytest.mark.parametrize("nonsense", ["#for=", "#for=nobody", "#=&&==", "#stage", "#from-nowhere", "#%E0%A4%A",
                                      "#for=a=b&for=c"])
def test_an_address_that_means_nothing_shows_everything(directory, site, server, nonsense):
    faults = []
    directory.on("pageerror", lambda fault: faults.append(fault))
    directory.goto("about:blank")
    directory.goto(server + DIRECTORY + nonsense)
    assert len(everything(directory)) == len(site.services) and not faults


def test_the_number_found_is_announced_once_when_choosing_pauses(directory):
    directory.evaluate("""() => {
        const status = document.querySelector(".results [role=status]")
        window.said = []
        new MutationObserver(() => said.push(status.textContent)).observe(status, {childList: true})
    }""")
    directory.evaluate("""() => ["victim_survivor", "person_using_harm", "both_parents"].forEach(
        value => document.querySelector(`[data-facet=for] [value=${value}]`).click())""")
    directory.wait_for_function("() => said.length > 0")
    count = len(shown(directory, "matches"))
    assert directory.evaluate("said") == [directory.inner_text(".results__count")]
    assert directory.inner_text(".results__count").startswith(f"{count} of ")


def test_when_nothing_is_found_the_page_says_what_to_do_next(directory):
    for facet, value in (("for", "professionals"), ("kind", "therapy"), ("price", "free")):
        choose(directory, facet, value)
    assert not shown(directory, "matches")
    part = directory.locator("[data-nothing]")
    assert part.is_visible()
    targets = part.get_by_role("link").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert targets == ["kind/consultation/", "kind/helpline/", "../helplines/", "../about/#what-is-not-listed-and-why"]
    directory.get_by_role("button", name="Clear all").click()
    assert not part.is_visible() and address(directory) == "/services/"


def test_a_filter_is_taken_away_where_it_is_named_and_focus_is_not_lost(directory):
    choose(directory, "for", "professionals")
    choose(directory, "kind", "training")
    directory.get_by_role("button", name=re.compile("For whom: Professionals")).click()
    assert address(directory) == "/services/#kind=training"
    assert directory.evaluate("document.activeElement.textContent").startswith("Kind: Training")
    directory.keyboard.press("Enter")
    assert address(directory) == "/services/"
    assert directory.evaluate("document.activeElement.className") == "results"


def test_a_dimmed_row_keeps_every_word_and_enough_contrast(directory):
    choose(directory, "stage", "private_law")
    row = directory.locator("tbody.unsure tr[id]").first
    assert "Stage not printed" in row.inner_text() and row.get_by_role("link").is_visible()
    for scheme in ("light", "dark"):
        directory.emulate_media(color_scheme=scheme)
        ratio = row.locator("td").first.evaluate("""cell => {
            const light = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255)
                .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
                .reduce((sum, part, at) => sum + part * [.2126, .7152, .0722][at], 0)
            const [one, two] = [getComputedStyle(cell).color, getComputedStyle(document.body).backgroundColor].map(light)
            return (Math.max(one, two) + .05) / (Math.min(one, two) + .05)
        }""")
        assert ratio >= 4.5, scheme


def test_print_has_what_is_shown_and_names_the_filters(directory):
    choose(directory, "for", "professionals")
    choose(directory, "kind", "training")
    directory.emulate_media(media="print")
    named = directory.inner_text(".chips")
    assert "For whom: Professionals" in named and "Kind: Training" in named
    assert directory.locator("tbody.matches tr[id]").first.is_visible()
    assert not directory.locator(".filters").is_visible() and not directory.locator(".browse__pages").is_visible()
    assert not directory.get_by_role("button", name="Clear all").is_visible()


def test_by_keyboard_alone_a_choice_is_made_and_undone(directory):
    directory.evaluate("() => { window.stops = [] }")
    for _ in range(40):
        directory.keyboard.press("Tab")
        stop = directory.evaluate(HERE)
        if stop["text"].startswith("Stage of the case"):
            break
    directory.keyboard.press("Enter")  # unfolds the facet
    directory.keyboard.press("Tab")
    directory.keyboard.press("Space")
    assert address(directory) == "/services/#stage=no_proceedings"
    assert directory.evaluate(HERE)["uncovered"] and directory.evaluate(HERE)["outlined"]
    directory.keyboard.press("Space")
    assert address(directory) == "/services/"


def test_on_a_phone_the_filters_are_folded_and_lead_back_to_the_list(directory):
    directory.set_viewport_size(NARROW)
    directory.reload()
    assert not directory.locator("input[type=search]").is_visible()
    directory.get_by_text("Filter the list").click()
    choose(directory, "for", "professionals")
    directory.get_by_role("button", name="See the list").click()
    assert not directory.locator("input[type=search]").is_visible()
    assert directory.evaluate("document.activeElement.className") == "results"


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_state(directory, server, state):
    directory.goto("about:blank")
    directory.goto(server + DIRECTORY + STATES[state])
    assert not violations(directory, unfold=True)
    directory.set_viewport_size(NARROW)
    assert directory.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_of_a_long_list_the_rest_is_one_press_away(directory, site, server):
    """The directory of today is too short for it, so the script is served with a smaller number."""
    def fewer(route):
        script = route.fetch().text()
        assert "const MOST = 250" in script
        route.fulfill(body=script.replace("const MOST = 250", "const MOST = 5"), content_type="text/javascript")

    directory.route("**/narrow.js", fewer)
    directory.goto("about:blank")
    directory.goto(server + DIRECTORY + "#for=victim_survivor")
    whole = len(site.by_party["victim_survivor"])
    assert len(shown(directory, "matches")) == 5
    directory.get_by_role("button", name=f"Show {whole - 5} more").click()
    names = list(shown(directory, "matches"))
    assert len(names) == whole and not directory.get_by_role("button", name="Show").count()
    assert directory.evaluate("document.activeElement.closest('tr').id") == names[5]
