"""Which pages there are, and what every one of them has: the way out, the helplines, a policy, no script of others."""

import re
from itertools import accumulate
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import pytest
import yaml

from quiz.vocabulary import Kind, Mode, Place, PriceStatus, State, Topic
from tests.site.building import ROOT, SITE_URL, built_in, written_by_hand
from tests.site.reading import Pages, after_heading, has_class, term, text
from tests.site.telling import day
from waymark_site.situations import SITUATIONS

TELLING_WORDS = re.compile(r"abuse|violen|victim|survivor|perpetrator|harm|danger", re.IGNORECASE)


@pytest.fixture(scope="module")
def by_hand():
    """The front matter of the pages written by hand, by address."""
    return {url: yaml.safe_load(file.read_text(encoding="utf-8").split("---\n")[1])
            for url, file in written_by_hand().items()}


@pytest.fixture(scope="module")
def by_registry(site):
    """The pages made from the registry: their names, by address."""
    made = {"services": (*site.registry.services, *site.registry.retired), "providers": site.registry.providers,
            "documents": site.registry.documents, "sources": site.main_sources}
    return {f"{folder}/{thing.id}/": thing.title if folder == "sources" else thing.name
            for folder, things in made.items() for thing in things} | {sheet.url: sheet.title for sheet in site.worksheets}


@pytest.fixture(scope="module")
def by_list(site):
    """The pages that list services: their titles, by address."""
    asked = {question.id: question for question in site.registry.questions}

    def options(fact):
        return {option.value: option.short or option.label for option in asked[fact].options}

    def words(vocabulary):
        return {word.value: word.label for word in vocabulary}

    facets = {"for": ("For whom", options("focus")), "stage": ("Stage of the case", options("stage")),
              "kind": ("Kind", words(Kind)), "in": ("Where", options("area") | words(Place)),
              "delivery": ("How it is delivered", words(Mode)), "status": ("Status", words(State)),
              "price": ("Price", {"printed": "Printed"} | words(PriceStatus))}
    made = {f"services/{folder}/{value}/": f"{heading}: {label}"
            for folder, (heading, values) in facets.items() for value, label in values.items()}
    for person, name in options("focus").items():
        made |= {f"services/for/{person}/{folder}/{value}/": f"{name}: {label}"
                 for folder, fact in (("stage", "stage"), ("in", "area")) if person in asked[fact].asked_for
                 for value, label in options(fact).items()}
    made |= {f"services/when/{situation.slug}/": situation.title for situation in SITUATIONS}
    return {address.replace("_", "-"): title for address, title in made.items()}


def test_the_pages_are_exactly_those_expected(pages, by_hand, by_registry, by_list):
    assert not set(by_registry) & set(by_list)
    assert set(pages) == {*by_hand, *by_registry, *by_list, "404.html"}


def test_each_page_has_one_h1(pages):
    assert {url: count for url, page in pages.items() if (count := len(list(page.root.iter("h1")))) != 1} == {}


def test_a_title_is_the_name_of_the_page_and_no_more(pages, by_hand, by_registry, by_list):
    names = {url: head["title"] for url, head in by_hand.items()} | by_registry | by_list | {"404.html": "Page not found"}
    expected = {url: f"{' '.join(name.split())} – Waymark" for url, name in names.items()} | {"": "Waymark"}
    assert {url: page.title for url, page in pages.items()} == expected


def test_no_title_of_our_own_tells_what_the_site_is_about(pages, by_hand):
    assert {pages[url].title for url in (*by_hand, "404.html") if TELLING_WORDS.search(pages[url].title)} == set()


def test_each_page_has_a_description(pages):
    for page in pages.values():
        description, = page.meta("name", "description")
        assert description.strip(), page.url


def test_each_page_has_its_language_and_sends_no_referrer(pages):
    for page in pages.values():
        assert page.root.get("lang") == "en", page.url
        assert page.meta("name", "referrer") == ["no-referrer"], page.url


def test_each_page_but_404_has_its_own_address_as_canonical(pages):
    for url, page in pages.items():
        found = [link.get("href") for link in page.root.iterfind("head/link[@rel='canonical']")]
        assert found == ([] if url == "404.html" else [SITE_URL + url]), url


def test_the_way_out_comes_first_in_the_header_and_the_danger_notice_after(pages):
    for page in pages.values():
        header = page.root.find(".//header")
        first, second = list(header.iter("a"))[:2]
        assert (text(first), text(second)) == ("Exit this page quickly", "Exit this page"), page.url
        assert first.get("href") == second.get("href") and urlsplit(first.get("href")).scheme == "https", page.url
        body = list(page.root.find("body"))
        notice = body[body.index(header) + 1]
        assert has_class(notice, "danger") and "Ring 999" in text(notice), page.url
        link = next(notice.iter("a"))
        target = urljoin(SITE_URL + page.url, link.get("href"))
        assert (text(link), target) == ("Stay safe online", f"{SITE_URL}stay-safe/"), page.url


def test_the_first_link_of_each_page_skips_to_its_heading(pages):
    first = {page.url: next(page.root.iter("a")) for page in pages.values()}
    heading = {page.url: next(page.root.iter("h1")).get("id") for page in pages.values()}
    assert {url: (text(link), link.get("href")) for url, link in first.items()
            if (text(link), link.get("href")) != ("Skip to content", f"#{heading[url]}")} == {}


def test_the_helplines_for_everywhere_are_in_every_footer_with_number_and_day(site, pages):
    lines = [(line.number, f"tel:{line.number.replace(' ', '')}", line.name,
              f"Checked {day(line.checked)} against {site.sources[line.source.document].publisher}.")
             for line in site.registry.helplines if line.everywhere]
    for page in pages.values():
        shown = list(page.root.iterfind(".//footer//li/a[@class='tel']/.."))
        for (number, address, *words), item in zip(lines, shown, strict=True):
            link = item.find("a")
            assert (text(link), link.get("href")) == (number, address), page.url
            assert all(part in text(item) for part in words), page.url


def test_every_footer_says_which_registry_it_is(site, pages):
    about = site.registry.registry
    for page in pages.values():
        assert f"Registry {about.version}, {day(about.date)}." in text(page.root.find(".//footer")), page.url


def test_no_page_has_an_inline_script_or_style_or_a_handler(pages):
    found = [f"{page.url}: <{element.tag} {' '.join(element.keys())}>" for page in pages.values()
             for element in page.root.iter()
             if element.tag in ("style", "iframe", "object", "embed", "base", "form")
             or any(name == "style" or name.startswith("on") for name in element.keys())
             or element.tag == "script" and element.get("type") != DATA
             and (element.text or element.get("type") != "module" or not element.get("src"))]
    assert not found, "\n".join(found)


DATA = "application/ld+json"
"""The type of a block that a browser never runs, whatever the policy: facts for search engines. See test_open_data."""


def test_each_page_loads_the_script_of_the_way_out_and_the_icon_that_says_nothing(pages, built):
    for page in pages.values():
        loaded = {urljoin(SITE_URL + page.url, element.get("src") or element.get("href")).removeprefix(SITE_URL)
                  for element in (*page.root.iter("script"), *page.root.iterfind("head/link[@rel='icon']"))
                  if element.get("type") != DATA}
        assert {"assets/site/exit.js", "assets/site/icon.svg"} <= loaded, page.url
        assert {address for address in loaded if not (built / address).is_file()} == set(), page.url
    assert not re.search("<(title|desc|text|metadata)", (built / "assets" / "site" / "icon.svg").read_text("utf-8"))


def test_no_page_loads_anything_from_another_host(pages):
    host = urlsplit(SITE_URL).netloc
    loaded = {urljoin(SITE_URL + page.url, element.get(name)) for page in pages.values()
              for element in page.root.iter() if element.tag not in ("a", "meta")
              for name in ("src", "href", "srcset", "poster", "data") if element.get(name)}
    assert {address for address in loaded if urlsplit(address).netloc != host} == set()


def test_the_styles_load_nothing_but_what_they_hold(built):
    loaded = {address for file in built.rglob("*.css")
              for address in re.findall(r"(?:url\(|@import)\s*['\"]?([^'\")]+)", file.read_text(encoding="utf-8"))}
    assert {address for address in loaded if not address.startswith(("data:", "#"))} == set()


def test_every_block_of_our_styles_is_closed():
    styles = (ROOT / "hooks" / "theme" / "assets" / "site" / "site.css").read_text(encoding="utf-8")
    depths = list(accumulate({"{": 1, "}": -1}.get(letter, 0) for letter in styles))
    assert min(depths) == 0 == depths[-1] and max(depths) == 2  # a rule in an @media, and no deeper


def test_there_is_no_script_but_our_own_and_no_source_map_among_the_files(built):
    apart = {built / "pagefind", built / "engine"}  # see test_search and test_runtime
    files = [file.relative_to(built) for file in built.rglob("*") if file.is_file() and not apart & {*file.parents}]
    assert {file.suffix for file in files} <= {".html", ".css", ".js", ".svg", ".png", ".json", ".xml", ".gz", ".txt", ".docx", ".csv", ".xlsx", ".atom", ".ics", ""}
    ours = {file.name for file in (ROOT / "hooks" / "theme" / "assets" / "site").glob("*.js")}
    assert {file.as_posix() for file in files if file.suffix == ".js"} == {f"assets/site/{name}" for name in ours}


def test_a_service_that_may_not_stand_as_printed_says_so_first(site, pages):
    for service in site.registry.services:
        status = service.status or site.providers[service.provider].status
        source = site.sources[service.source.document]
        old = bool(source.stale_after_years) and source.year + source.stale_after_years < site.today.year
        banner = pages[f"services/{service.id}/"].article.find(".//div[@role='note']")
        assert (banner is not None) == (status.state is not State.ACTIVE or old), service.id
        if banner is not None:
            assert text(banner).startswith(f"{status.state.label}. {status.says}"), service.id
            assert (f"a document of {source.date_printed}" in text(banner)) == old, service.id


def test_no_price_is_printed_as_nothing(pages):
    assert [page.url for page in pages.values() if re.search(r"£\s*0(?![\d.,]*[1-9])", text(page.root))] == []


TERMS = {Topic.AGES: "Ages", Topic.GENDER: "Gender", Topic.AREA: "Where", Topic.REFERRER: "Who may refer",
         Topic.DELIVERY: "How", Topic.TIMESCALE: "Time"}


@pytest.mark.parametrize("topic", Topic)
def test_what_is_not_printed_or_does_not_apply_is_said_where_it_would_stand(site, pages, topic):
    for service in site.registry.services:
        article = pages[f"services/{service.id}/"].article
        shown = term(article, TERMS[topic]) if topic in TERMS else text(after_heading(article, topic.value))
        missing, idle = ("Not evaluated in these documents.", "Evidence of effect does not arise") \
            if topic is Topic.EVIDENCE else ("Not printed", "Does not apply")
        assert shown.startswith(missing) == (topic in service.not_printed), service.id
        assert shown.startswith(idle) == (topic in service.not_applicable), service.id


def test_a_service_without_a_price_says_why(site, pages):
    for service in site.registry.services:
        article = pages[f"services/{service.id}/"].article
        shown = text(after_heading(article, "cost"))
        assert shown.startswith(f"{service.price_status.label}.") if service.price_status else "£" in shown, service.id
        assert ("£" in term(article, "Cost")) == bool(service.prices), service.id


def test_a_retired_service_keeps_its_page(site, project, tmp_path):
    with (project / "services.yaml").open("a", encoding="utf-8") as file:
        file.write('\nretired:\n  - id: gone-service\n    name: A service that is gone\n    reason: It was merged\n'
                   '    "on": "2026-11-02"\n    successor: marac\n')
    page = Pages(built_in(project, tmp_path / "site"))["services/gone-service/"]
    assert page.title == "A service that is gone – Waymark"
    said = f"No longer listed since 2 November 2026. It was merged. Look now at {site.services['marac'].name}."
    assert said in text(page.article)
    assert "services/marac/" in {target for _, target in page.links()}


def test_the_page_for_what_is_not_found_works_at_any_depth_and_below_any_folder(pages, tmp_path):
    below = Pages(built_in(ROOT, tmp_path / "site", SITE_URL="https://host.example/some/where/"))
    for page, top in ((pages["404.html"], "/"), (below["404.html"], "/some/where/")):
        here = {element.get(name) for element in page.root.iter() for name in ("href", "src") if element.get(name)}
        assert {address for address in here if not re.match(f"{top}|https?:|tel:|#", address)} == set()
        assert f"{top}assets/site/site.css" in here


def test_any_program_may_read_every_page(pages, built):
    lines = (built / "robots.txt").read_text(encoding="utf-8").splitlines()
    robots = RobotFileParser()
    robots.parse(lines)
    assert "User-agent: *" in lines and all(robots.can_fetch("Anybody", SITE_URL + url) for url in pages)
