"""The search finds what people mean, by their own words, in a real browser; and keeps nothing of what they type."""

import gzip
import json
import re

import pytest
from playwright.sync_api import expect

from quiz.vocabulary import Gender
from tests.site.building import mkdocs_build
from tests.site.reading import Pages, text
from tests.site.test_browser import NARROW, violations
from waymark_site import search
from waymark_site.answers import UNKNOWN, Answer

TOP = 6
"""How far down a visitor looks before trying other words."""

FINDS = {
    # a frontline worker, with the words of the family
    "dad": "dvip-male-victims dapp-group",
    "dads": "dvip-male-victims dapp-group",
    "father": "dvip-male-victims dapp-group",
    "her ex-husband": "dvip-male-victims dapp-group",
    "boyfriend": "dvip-male-victims mac-behaviour-group",
    "mum": "dvip-womens-programme dvip-female-perpetrators",
    "mothers": "dvip-womens-programme",
    "girlfriend": "dvip-womens-service",
    "kids": "refuge-child-services",
    "teenager": "dvip-yuva",
    "gay": "dvip-same-sex",
    "pregnant": "idva-maternity-pathway fnp bump-to-birth",
    "somewhere safe to live": "refuge sanctuary-scheme",
    "changing the locks": "sanctuary-scheme",
    "he is dangerous": "idva marac",
    "coercive control": "idva dvip-womens-programme",
    "anger management": "dvip-perpetrator-programme dapp-group",
    "free": "bmbu-group dao-one-to-one",
    "helpline": "respect-phoneline",
    "arabic": "dvip-al-aman",
    "play therapy": "dvip-child-therapy",
    "counseling at school": "school-counselling",
    "parenting course": "solihull-parenting mother-child-groups",
    # a social worker, with the words of the work
    "IDVA": "idva",
    "marac": "marac",
    "marack": "marac",
    "contact centre": "dvip-supervised-contact dvip-assessed-supervised-contact jsna-voluntary-supervised-contact",
    "father who denies": "dvact-needs-perpetrator",
    "denying": "dvact-needs-perpetrator dao-consultation",
    "in denial": "dvact-needs-perpetrator",
    "perpetrators": "dvip-perpetrator-programme",
    "domestic abuse officer": "dao-risk-assessment",
    "risk assessment for court": "dao-court-risk-assessment",
    "expert witness": "dvact-expert-opinion",
    "DAPP": "dapp-group dapp-one-to-one",
    "male victim": "dvip-male-victims",
    # a commissioner
    "price": "dvact-bc-both dvact-bc-victim",
    "how much does it cost": "dvact-bc-victim",
    "staff training": "jsna-frontline-training",
    "lancashire refuges": "refuge",
    "accreditation": "respect-accreditation",
}
"""What people type, and services that must be among the first they are shown."""


class Searching:
    """A visitor on the search page."""

    def __init__(self, tab, address):
        self.tab = tab
        tab.goto(address)

    def types(self, words):
        self._asks(lambda: self.tab.fill("#search-words", words))

    def chooses(self, facet, value):
        self._asks(self.opens(facet).locator(f"[value={value}]").click)

    def opens(self, facet):
        """A facet, unfolded."""
        for fold in (self.tab.locator("#search-narrow"), self.tab.locator(f"[data-facet={facet}]")):
            if fold.get_attribute("open") is None:
                fold.locator("summary >> nth=0").click()
        return fold

    def presses(self, button):
        self._asks(lambda: self.tab.click(button))

    def _asks(self, act):
        self.tab.evaluate("document.getElementById('search-status').textContent = ''")
        act()
        expect(self.tab.locator("#search-status")).to_have_text(re.compile("found|with|could not"))

    @property
    def status(self):
        return self.tab.inner_text("#search-status")

    @property
    def notes(self):
        return self.tab.inner_text("#search-notes")

    @property
    def found(self):
        """The addresses of what is shown, from the top of the site."""
        home = re.sub("search/$", "", self.tab.url)
        return [link.removeprefix(home) for link in self.tab.eval_on_selector_all("#search-results a", "all => all.map(a => a.href)")]

    def all_found(self):
        """Everything, however many pages it takes."""
        while self.tab.is_visible("#search-more"):
            shown = len(self.found)
            self.tab.click("#search-more")
            expect(self.tab.locator(f"#search-results > li:nth-child({shown + 1})")).to_be_attached()
        return self.found


@pytest.fixture
def searching(tab, server):
    return Searching(tab, f"{server}search/")


@pytest.fixture(scope="module")
def fragments(built):
    """What Pagefind keeps of each result, by place."""
    kept = (json.loads(gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd"))
            for file in (built / "pagefind" / "fragment").iterdir())
    return {one["meta"]["place"]: one for one in kept}


# —— What is found ——

@pytest.mark.parametrize("words", FINDS)
def test_what_people_type_finds_what_they_mean(searching, words):
    searching.types(words)
    assert {f"services/{id}/" for id in FINDS[words].split()} <= set(searching.found[:TOP])


@pytest.mark.parametrize("words", ["dad", "mum", "husband", "wife", "boyfriend"])
def test_a_word_for_a_person_never_says_who_did_what(searching, site, words):
    searching.types(words)
    parties = {party for place in searching.found[:TOP] if place.startswith("services/")
               for party in site.services[place.split("/")[1]].for_whom.parties}
    assert {"victim_survivor", "person_using_harm"} <= parties
    assert "may be the" in searching.notes


@pytest.mark.parametrize("party", ["victim_survivor", "person_using_harm"])
def test_whom_such_a_word_means_is_one_choice_away(searching, site, party):
    searching.types("dad")
    searching.presses(f"#search-notes button >> text={site.people[party]}")
    assert searching.tab.inner_text("#search-narrow > summary") == f"Narrow what is found: {site.people[party]}"
    services = [site.services[place.split("/")[1]] for place in searching.all_found()]
    assert services and all(party in service.for_whom.parties for service in services)
    assert all(service.for_whom.gender is not Gender.WOMEN for service in services)


def test_anger_management_is_found_with_what_a_document_says_of_it(searching, site):
    searching.types("anger management")
    said = next(synonym for synonym in site.registry.synonyms if synonym.id == "anger-management")
    assert said.says in searching.notes
    where = searching.tab.locator("#search-notes a.cite").get_attribute("href")
    assert said.source.section in searching.tab.inner_text(where)


def test_a_result_says_what_it_is_for_whom_and_where_the_words_stand(searching, site):
    searching.types("bereavement marac")
    searching.types("marac")
    first = searching.tab.locator("#search-results > li >> nth=0")
    service = site.services["marac"]
    assert first.locator("h3").inner_text() == service.name
    assert first.locator(".found__kind").inner_text() == f"{service.kind.label} · Any case at high risk"
    assert "marac" in first.locator("mark >> nth=0").inner_text().lower()


def test_what_may_not_stand_as_printed_is_marked_so(searching, site):
    searching.types("children")
    shown = searching.tab.eval_on_selector_all("#search-results > li", """all => all.map(
        one => [one.querySelector("a").href, one.querySelector(".badge")?.textContent ?? ""])""")
    services = {link.split("/")[-2]: badge for link, badge in shown if "/services/" in link}
    assert services == {id: site.status(site.services[id]).state.label if site.needs_banner(site.services[id]) else ""
                        for id in services}


@pytest.mark.parametrize("words, with_all, first_with_some", [
    ("idva surrey", range(1, 5), "idva"), ("arabic pregnant", range(1), "dvip-al-aman idva-maternity-pathway")])
def test_where_few_have_all_the_words_what_has_some_comes_after_and_that_is_said(searching, words, with_all, first_with_some):
    searching.types(words)
    said = re.fullmatch(r"(\d+|None) with all of these words, (\d+) with some\.", searching.status)
    whole, some = (0 if number == "None" else int(number) for number in said.groups())
    found = searching.all_found()
    assert whole in with_all and len(found) == whole + some
    assert {f"services/{id}/" for id in first_with_some.split()} <= set(found[whole:whole + TOP])


def test_words_that_are_nowhere_lead_on(searching):
    searching.types("zzzyx")
    assert searching.status == "Nothing found." and searching.found == []
    links = searching.tab.eval_on_selector_all("#search-notes a", "all => all.map(a => a.getAttribute('href'))")
    assert links == ["../services/", "../glossary/", "../helplines/"]


def test_words_explained_helplines_and_guides_are_found_too(searching):
    for words, place in (("plo", "glossary/#plo"), ("childline", "helplines/#childline"),
                         ("before you refer", "guides/safe-contact/"), ("consent form", "documents/dao-consent-form-west-sussex/")):
        searching.types(words)
        assert place in searching.found[:TOP], words


def test_what_is_typed_is_text_and_never_markup(searching):
    searching.types("marac <img src=x onerror=alert(1)> <b>idva</b>")
    assert searching.tab.locator("#search-results img, #search-results b, #search-notes img").count() == 0
    assert searching.found


# —— Facets ——

def shown_by(site, **chosen):
    """The services that a choice shows, sure and unsure, as the facets have it."""
    sure, unsure = set(), set()
    for id in site.services:
        answers = [max((site.facets[facet].answer(id, value) for value in values), key=lambda one: -[*Answer].index(one))
                   for facet, values in chosen.items()]
        if Answer.NO not in answers:
            (unsure if set(answers) & set(UNKNOWN) else sure).add(f"services/{id}/")
    return sure, unsure


def test_choices_combine_and_what_is_not_printed_is_shown_last_with_the_reason(searching, site):
    searching.chooses("for", "victim_survivor")
    searching.chooses("stage", "care_proceedings")
    sure, unsure = shown_by(site, **{"for": ["victim_survivor"], "stage": ["care_proceedings"]})
    assert sure and unsure
    assert searching.status == f"{len(sure)} found, and {len(unsure)} for which it is not printed."
    found = searching.all_found()
    assert (set(found[:len(sure)]), set(found[len(sure):])) == (sure, unsure)
    dimmed = searching.tab.eval_on_selector_all(".found--unsure", "all => all.map(one => one.querySelector('.why').textContent)")
    assert len(dimmed) == len(unsure) and set(dimmed) == {"Stage not printed"}


def test_two_values_of_one_facet_widen(searching, site):
    searching.chooses("kind", "contact")
    searching.chooses("kind", "accommodation")
    sure, unsure = shown_by(site, kind=["contact", "accommodation"])
    assert set(searching.all_found()) == sure and not unsure


def test_choices_narrow_what_the_words_find(searching, site):
    searching.types("group")
    everything = set(searching.all_found())
    searching.chooses("area", "west_sussex")
    found = set(searching.all_found())
    sure, unsure = shown_by(site, area=["west_sussex"])
    assert found == everything & (sure | unsure) and found != everything


def test_beside_each_value_stands_how_many_of_what_is_found_have_it(searching, site):
    searching.types("programme")
    found = {place.split("/")[1] for place in searching.all_found() if place.startswith("services/")}
    searching.opens("stage")
    expect(searching.tab.locator("[data-facet=stage] [data-count] >> nth=0")).not_to_be_empty()
    shown = dict(searching.tab.eval_on_selector_all("[data-facet=stage] input", """all => all.map(
        one => [one.value, one.closest("label").querySelector("[data-count]").textContent])"""))
    facet = site.facets["stage"]
    counts = {value: sum(facet.answer(id, value) not in (*UNKNOWN, Answer.NO) for id in found) for value in shown}
    assert shown == {value: str(count) for value, count in counts.items()}
    searching.chooses("stage", "early_help")
    assert dict(searching.tab.eval_on_selector_all("[data-facet=stage] input", """all => all.map(
        one => [one.value, one.closest("label").querySelector("[data-count]").textContent])""")) == shown


def test_every_value_that_some_service_has_can_be_chosen_and_no_other(pages, site):
    for facet in site.facets.values():
        group = pages["search/"].article.find(f".//details[@data-facet='{facet.id}']")
        offered = [box.get("value") for box in group.iter("input")]
        assert offered == [value.id for value in facet.values if facet.counts[value.id]], facet.id


# —— What it keeps, sends and loads ——

def test_nothing_is_loaded_before_somebody_wants_to_search(tab, server):
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{server}search/")
    tab.wait_for_timeout(300)
    assert not any("/pagefind/" in url for url in asked)
    with tab.expect_request("**/pagefind/pagefind.js"):
        tab.focus("#search-words")


def test_a_search_stores_nothing_asks_no_other_host_breaks_no_policy_and_leaves_the_address_alone(visitor, server):
    asked, said = [], []
    tab = visitor.new_page()
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    searching = Searching(tab, f"{server}search/")
    before = tab.evaluate("history.length")
    searching.types("father")
    searching.chooses("for", "victim_survivor")
    searching.all_found()
    tab.press("#search-words", "Enter")
    assert [url for url in asked if not url.startswith(server)] == [] and said == []
    assert not any("father" in url or "victim" in url for url in asked)
    assert (tab.url, tab.evaluate("history.length"), tab.evaluate("JSON.stringify(history.state)")) == (
        f"{server}search/", before, "null")
    assert visitor.cookies() == []
    assert tab.evaluate("""async () => [
        localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length,
        (await navigator.serviceWorker.getRegistrations()).length]""") == [0, 0, 0, 0, 0]
    tab.close()


def test_what_was_typed_does_not_come_back_when_the_page_is_loaded_again(searching):
    searching.types("father")
    searching.tab.reload()
    assert searching.tab.input_value("#search-words") == "" and searching.found == []


def test_no_box_has_a_name_or_stands_in_a_form_that_could_be_sent(pages):
    boxes = list(pages["search/"].article.iter("input"))
    assert boxes and all(box.get("name") is None for box in boxes)
    assert [box.get("autocomplete") for box in boxes if box.get("type") == "search"] == ["off"]
    assert list(pages["search/"].root.iter("form")) == []


# —— States ——

FAILURES = {"program": "**/pagefind/pagefind.js", "list": "**/*.pf_meta", "wasm": "**/wasm.*", "words": "**/*.pf_index",
            "results": "**/*.pf_fragment"}


@pytest.fixture
def failing(browser, server, request):
    with browser.new_context() as context:
        tab = context.new_page()
        tab.route(FAILURES[request.param], lambda route: route.fulfill(status=404, body="not here"))
        yield Searching(tab, f"{server}search/")


@pytest.mark.parametrize("failing", FAILURES, indirect=True)
def test_where_a_part_of_the_index_does_not_come_it_is_said_and_never_passes_for_nothing_found(failing):
    failing.types("marac")
    assert failing.status == "The search could not be loaded." and failing.found == []
    assert "Everything is still here" in failing.notes
    assert failing.tab.locator("#search-notes a[href='../services/']").is_visible()


def test_while_the_index_is_slow_what_is_loaded_is_said(browser, server):
    with browser.new_context() as context:
        tab = context.new_page()
        tab.route("**/wasm.*", lambda route: (tab.wait_for_timeout(1500), route.continue_()))
        tab.goto(f"{server}search/")
        tab.fill("#search-words", "marac")
        expect(tab.locator("#search-status")).to_have_text(re.compile("^Loading the search"))
        expect(tab.locator("#search-status")).to_have_text(re.compile("found"))


def test_the_size_that_is_told_is_the_size_that_is_loaded(built, pages):
    told = int(re.search(r"about (\d+) KB", pages["search/"].article.find(".//p[@id='search-status']").get("data-loading"))[1])
    folder = built / "pagefind"
    first = [folder / "pagefind.js", folder / "wasm.en.pagefind", *folder.glob("*.pf_meta"),
             max((folder / "index").iterdir(), key=lambda file: file.stat().st_size)]
    results = sorted((file.stat().st_size for file in (folder / "fragment").iterdir()), reverse=True)[:10]
    assert abs(sum(file.stat().st_size for file in first) + sum(results) - told * 1000) < told * 200


STATES = {"nothing typed": "", "results": "dad", "some words": "arabic pregnant", "nothing found": "zzzyx"}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_state_at_any_width_in_any_scheme(searching, state):
    if STATES[state]:
        searching.types(STATES[state])
    assert not violations(searching.tab, unfold=True)
    searching.tab.set_viewport_size(NARROW)
    assert searching.tab.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_axe_finds_nothing_with_choices_open_and_what_is_not_printed_dimmed(searching):
    searching.types("kids contact")
    for facet, value in (("stage", "private_law"), ("area", "london")):
        searching.chooses(facet, value)
    assert searching.tab.locator(".found--unsure").count()
    searching.tab.evaluate("scrollTo(0, 0)")  # or the head, which stays in view, covers part of something
    assert not violations(searching.tab)


@pytest.mark.parametrize("failing", ["program"], indirect=True)
def test_axe_finds_nothing_where_the_search_could_not_be_loaded(failing):
    failing.types("marac")
    assert not violations(failing.tab)


def test_by_keyboard_from_the_box_through_the_choices_to_a_result(searching):
    searching.types("dad")
    tab = searching.tab
    tab.click("#search-narrow > summary")
    tab.focus("#search-words")
    stops = []
    for _ in range(30):
        tab.keyboard.press("Tab")
        stops.append(tab.evaluate("""() => {
            const here = document.activeElement, style = getComputedStyle(here)
            return [here.tagName, here.textContent.trim(), style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2]
        }"""))
    names = [name for _, name, _ in stops]
    assert names.index("For whom") < names.index("Status") < names.index("Person using harm") < names.index("Show more")
    assert all(seen for _, _, seen in stops[:names.index("Show more")])
    tab.focus("#search-more")
    tab.keyboard.press("Enter")
    expect(tab.locator("#search-results a >> nth=10")).to_be_focused()


def test_without_javascript_the_page_says_so_and_how_to_browse(tab_without_javascript, server, site):
    tab = tab_without_javascript
    tab.goto(f"{server}search/")
    assert "needs JavaScript" in tab.inner_text("noscript")
    assert not tab.is_visible("#search-words")
    for target in ("../services/", "../services/for/victim-survivor/", "../glossary/", "../helplines/"):
        assert tab.locator(f"article a[href='{target}'] >> visible=true").count()
    tab.click("text=Everyday words, and what they can mean here")
    for synonym in site.registry.synonyms:
        assert tab.locator("dt", has_text=", ".join(synonym.words)).is_visible(), synonym.id


def test_where_there_is_no_program_the_site_builds_and_says_so(project, tmp_path):
    (tmp_path / "pagefind_bin.py").write_text("raise ImportError\n")
    done = mkdocs_build(project, tmp_path / "site", PYTHONPATH=str(tmp_path))
    assert done.returncode == 0
    assert "Search is left out of the site: there is no Pagefind for this machine." in done.stdout.splitlines()
    page = Pages(tmp_path / "site")["search/"]
    assert "Search is not available in this copy of the site." in text(page.article)
    assert "services/" in {target for _, target in page.links()}
    assert page.article.find(".//input") is None and not (tmp_path / "site" / "pagefind").exists()


# —— What is in the index ——

def test_everything_there_is_can_be_found_once(site, fragments, pages):
    services = {f"services/{id}/" for id in site.services}
    things = {f"{page}#{one.id}" for page, section in (("glossary/", site.registry.glossary), ("helplines/", site.registry.helplines))
              for one in section}
    made = {url for url in pages if re.match("(providers|documents)/.", url)} | {f"sources/{one.id}/" for one in site.main_sources}
    assert services | things | made <= set(fragments)
    assert {place for place in set(fragments) - services - things - made} <= set(pages)


def test_what_is_said_of_a_service_is_searched(site, fragments):
    for service in site.registry.services:
        content = fragments[f"services/{service.id}/"]["content"]
        said = [service.summary, service.for_whom.says, *(one.says for one in service.about),
                *(one.says for one in service.criteria), *(item for one in service.topics for item in one.items)]
        assert [one for one in said if one not in content] == [], service.id


def test_no_everyday_word_stands_in_an_excerpt(fragments):
    assert [place for place, one in fragments.items() if "daddy" in one["content"]] == []


def test_a_withheld_contact_cannot_be_found(site, fragments):
    withheld = {contact.value for holder in (*site.registry.providers, *site.registry.services)
                for contact in holder.contacts if contact.withheld and contact.value}
    assert withheld and not [value for value in withheld for one in fragments.values() if value in json.dumps(one, ensure_ascii=False)]


def test_every_everyday_word_leads_somewhere(site):
    known = {word for record in search.records(site) for word in (*record.names, *record.words)}
    assert [word for synonym in site.registry.synonyms for word in synonym.words if word not in known] == []


@pytest.mark.parametrize(("id", "printed"), [("man", Gender.WOMEN), ("woman", Gender.MEN)])
def test_a_word_for_one_gender_leaves_out_what_is_printed_for_the_other(site, id, printed):
    synonym = next(one for one in site.registry.synonyms if one.id == id)
    meant = {service.for_whom.gender for service in site.registry.services if search.may_mean(site, synonym, service)}
    assert meant == {None, *Gender} - {printed}


def test_only_what_the_page_uses_is_kept_of_pagefind(built):
    assert {path.name if path.suffix != ".pf_meta" else path.suffix for path in (built / "pagefind").iterdir()} == {
        "pagefind.js", "pagefind-entry.json", "wasm.en.pagefind", "facets.json", ".pf_meta", "index", "fragment"}
