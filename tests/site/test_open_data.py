"""The open data of the built site: every file is there, its page leads to it, and its examples run."""

import json
import shutil
import subprocess
import sys
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import urlopen
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator

from tests.site.building import SITE_URL
from tests.site.hosting import headers_at, rules_of
from tests.site.reading import text
from waymark_site import opendata
from waymark_site.opendata import api, guide, structured

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def files(site):
    return opendata.files(site, SITE_URL)


@pytest.fixture(scope="module")
def data_page(pages):
    return pages["data/"]


def test_every_file_is_among_the_files_of_the_site(built, files):
    wrong = [place for place, content in files.items()
             if (built / place).read_bytes() != (content if isinstance(content, bytes) else content.encode())]
    assert wrong == []


def test_the_page_leads_to_every_format_and_every_file_of_the_api_but_one_for_each_service(data_page):
    led = {target for _, target in data_page.links()}
    assert {place for one in guide.FORMATS for _, place in one.places} <= led
    assert {api.FOLDER + file.place for file in api.described() if "{" not in file.place} <= led


def test_every_page_leads_to_the_open_data_and_names_its_feed(pages):
    for page in pages.values():
        assert "data/" in {target for _, target in page.links()}, page.url
        feed, = (link for link in page.root.iterfind("head/link[@rel='alternate']") if link.get("type") == "application/atom+xml")
        assert urljoin(SITE_URL + page.url, feed.get("href")) == f"{SITE_URL}data/changes.atom", page.url
    assert "data/" in {target for link, target in pages["compare/"].links() if text(link).startswith("Open data:")}


def test_the_page_says_what_to_mind_what_is_promised_and_under_which_licence(data_page):
    said = text(data_page.article)
    for needed in ("What is not printed is not nought.", "Old means old.", "CC BY 4.0", *api.PROMISE, api.CHANGES[0].says):
        assert needed in said, needed


def test_each_page_of_a_service_carries_its_facts_as_data_and_leads_to_its_file(pages, site):
    for service in site.registry.services:
        page = pages[f"services/{service.id}/"]
        block, = (script for script in page.root.iter("script") if script.get("type") == "application/ld+json")
        assert json.loads(block.text) == structured.data(site, service, SITE_URL), service.id
        file = f"{api.FOLDER}services/{service.id}.json"
        assert file in {target for _, target in page.links()}, service.id
        alternate, = (link for link in page.root.iterfind("head/link[@rel='alternate']") if link.get("type") == "application/json")
        assert alternate.get("href") == f"../../{file}", service.id
    elsewhere = [page.url for page in pages.values() if not page.url.removeprefix("services/").rstrip("/") in site.services
                 for script in page.root.iter("script") if script.get("type") != "module"]
    assert elsewhere == []


def test_the_policy_of_a_page_says_nothing_against_the_data_in_it(browser, server):
    told = []
    with browser.new_context() as visitor, visitor.new_page() as tab:
        tab.on("console", lambda message: told.append(message.text))
        tab.goto(f"{server}services/idva/")
        assert tab.locator("script[type='application/ld+json']").count() == 1
    assert told == []


def test_a_report_of_an_error_says_what_the_page_says_and_which_source_it_names(pages, site):
    for service in site.registry.services:
        article = pages[f"services/{service.id}/"].article
        report, = (pre.text for pre in article.iter("pre") if pre.get("aria-label") == "A report to copy")
        source = site.sources[service.source.document]
        needed = [service.name, f"{SITE_URL}services/{service.id}/", site.registry.registry.version, service.for_whom.says.rstrip("."),
                  source.title, service.source.section, "What it should say:", "Where that is printed", "Leave out anything about a real case"]
        needed += [f"£{price.amount:,}" for price in service.prices]
        assert [part for part in needed if part not in report] == [], service.id


def test_the_pages_of_other_sites_may_read_the_data_and_nothing_else(built, files):
    rules = rules_of(built)
    for place in (*files, "index.html", "assets/site/exit.js"):
        sent = dict(headers_at(rules, f"/{place}")).get("Access-Control-Allow-Origin")
        assert sent == ("*" if place.startswith(("api/", "data/", "open-referral/")) else None), place


def test_the_sitemap_has_every_page_dated_by_the_registry_where_it_is_made_of_it(pages, built, site):
    found = {entry.findtext(f"{SITEMAP}loc").removeprefix(SITE_URL): entry.findtext(f"{SITEMAP}lastmod")
             for entry in ElementTree.parse(built / "sitemap.xml").getroot()}
    assert found.keys() == pages.keys() - {"404.html"}
    assert found["services/idva/"] == site.registry.registry.date and found["about/"] is None


def test_robots_name_the_sitemap(built):
    robots = RobotFileParser()
    robots.parse((built / "robots.txt").read_text(encoding="utf-8").splitlines())
    assert robots.site_maps() == [f"{SITE_URL}sitemap.xml"]


def test_what_language_models_are_told_leads_to_what_is_there_and_says_the_limits(built, pages):
    told = (built / "llms.txt").read_text(encoding="utf-8")
    places = [line.split("](", 1)[1].split(")")[0].removeprefix(SITE_URL) for line in told.splitlines() if line.startswith("- [")]
    assert len(places) > 20 and [place for place in places if place not in pages and not (built / place).is_file()] == []
    for needed in ("ring 999", "not a risk assessment", "never free", "couple", "old or not verified"):
        assert needed in told, needed


def test_each_example_can_be_copied(browser, server):
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as visitor, visitor.new_page() as tab:
        tab.goto(f"{server}data/")
        assert [name.removeprefix("Copy the example for ") for name in tab.locator(".copy__button").all_inner_texts()] == [
            "curl", "Python", "R", "Excel", "naming the source"]
        tab.click("text=Copy the example for R")
        tab.wait_for_selector("text=Copied.")
        assert tab.evaluate("navigator.clipboard.readText()").startswith("library(jsonlite)")


def test_a_program_that_follows_the_description_gets_what_it_promises(server, site):
    """Every path, asked of a host as a program does that knows nothing but the description."""
    description = json.loads(fetched(server + "api/v1/openapi.json")[1])
    host, = (entry["url"] for entry in description["servers"])
    assert host == f"{SITE_URL}api/v1"
    asked = 0
    for path, ways in description["paths"].items():
        schema = ways["get"]["responses"]["200"]["content"]["application/json"]["schema"] | {"components": description["components"]}
        for id in [service.id for service in site.registry.services[::9]] if "{id}" in path else [""]:
            kind, body = fetched(f"{server}api/v1{path.replace('{id}', id)}")
            assert kind == "application/json" and list(Draft202012Validator(schema).iter_errors(json.loads(body))) == [], path
            asked += 1
    assert asked > len(description["paths"])
    with pytest.raises(HTTPError, match="404"):
        fetched(server + "api/v1/services/no-such-service.json")


def fetched(address):
    with urlopen(address) as answer:
        return answer.headers.get_content_type(), answer.read()


@pytest.mark.parametrize("name", ["curl", "Python", "R"])
def test_an_example_runs_as_it_stands(data_page, server, site, tmp_path, name):
    code, = (pre.text for pre in data_page.article.iter("pre") if pre.get("aria-label") == f"Example for {name}")
    program = {"curl": ["sh", "-c"], "Python": [sys.executable, "-c"], "R": ["Rscript", "-e"]}[name]
    if not shutil.which("curl" if name == "curl" else program[0]):
        pytest.skip(f"no {name} on this computer")
    assert SITE_URL + api.FOLDER in code
    done = subprocess.run([*program, code.replace(SITE_URL, server)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    if name == "curl":
        saved = json.loads((tmp_path / "services.json").read_text(encoding="utf-8"))
        assert saved["total"] == len(site.registry.services)
    if name == "Python":
        london = [service.name for service in site.registry.services if service.area and "london" in service.area.places]
        assert [line.split(" | ")[0] for line in done.stdout.splitlines()] == london
