"""A local edition, built: what is local says so on every page that shows it, and nothing else does."""

import json
from types import SimpleNamespace

import pytest
import yaml
from mkdocs.config import load_config

from tests.registry.test_overlay import CASE, TEMPLATE, plain
from tests.site.building import ROOT, built_in, cannot_be_had, change, copy_of_project, mkdocs_build
from tests.site.checking import go_through, start, to_the_result, visiting, wait_until_ready
from tests.site.hosting import serving
from tests.site.reading import Pages, has_class, text
from tests.site.test_browser import violations


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("local") / "project"
    folder.mkdir()
    copy_of_project(folder)
    for name in ("node_modules", "package.json", ".cache"):  # the engine, as it has been made already
        (folder / name).symlink_to(ROOT / name)
    (folder / "local").mkdir()
    (folder / "local" / "lancashire.yaml").write_text(yaml.safe_dump(plain(), allow_unicode=True, sort_keys=False), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def published(project, tmp_path_factory):
    return built_in(project, tmp_path_factory.mktemp("edition") / "site", LOCAL="lancashire")


@pytest.fixture(scope="module")
def local(published):
    return Pages(published)


def marked(page):
    """The names that a badge stands beside: what the cell, card or heading around it says."""
    return [text(holder) for holder in page.article.iter() if holder.tag in ("th", "h2", "h3", "li", "p")
            and any(has_class(child, "badge--local") for child in holder)]


def test_a_service_page_says_what_is_local_and_shows_it(local):
    page = local["services/incredible-years/"]
    said = text(page.article)
    assert "Local to Lancashire: whether it is offered, a contact and the price. The example team of the council added this on 22 November 2026." in said
    assert "£300 per person, local to Lancashire" in said
    assert "Local to Lancashire: The council runs a group each term." in said
    assert "Local to Lancashire: The parenting team: 01632 960003" in said


def test_an_extra_service_has_a_page_and_stands_in_every_list_with_a_badge(local):
    assert "Local to Lancashire: the whole entry." in text(local["services/example-local-help/"].article)
    for url in ("services/", "services/in/lancashire/", "compare/"):
        names = marked(local[url])
        assert any("Example help at home (Lancashire)" in name for name in names), url
        assert any("Incredible Years" in name for name in names), url


def test_what_is_hidden_is_in_no_list_and_its_page_says_why(local, site):
    name = site.services["stars-for-families"].name
    assert "Not offered in Lancashire: The council does not pay for it." in text(local["services/stars-for-families/"].article)
    listed = {url for url, page in local.items() if "services/stars-for-families/" in {target for _, target in page.links()}}
    assert listed == set(), name


def test_the_local_line_stands_in_every_footer(local):
    for page in local.values():
        foot = text(page.root.find(".//footer"))
        assert "01632 960002 Example safeguarding team (Lancashire)." in foot, page.url
        assert "Local edition for Lancashire, kept by The example team of the council, 22 November 2026." in foot, page.url


def test_nothing_is_marked_that_is_not_local(local, pages):
    local_names = ("Example help at home (Lancashire)", "Incredible Years", "Example safeguarding team", "Local to Lancashire", "Local")
    for page in local.values():
        assert all(any(name in one for name in local_names) for one in marked(page)), page.url
    assert all("Local edition" not in text(page.root) and not marked(page) for page in pages.values())


def test_the_data_of_the_engine_in_the_browser_is_that_of_the_edition(published):
    found = list((published / "engine").glob("rules.*.json")) or cannot_be_had("no engine: run `make npm`")
    data = json.loads(found[0].read_text(encoding="utf-8"))
    services = {one["id"]: one for one in data["services"]}
    assert data["registry"]["local"]["parts"]["incredible-years"] == "whether it is offered, a contact and the price"
    one = services["incredible-years"]
    assert one["status"]["state"] == "active" and one["status"]["says"] == "Local to Lancashire: The council runs a group each term."
    assert [(price["amount"], price["period"]) for price in one["prices"]] == [(300, "local to Lancashire")]
    assert one["contacts"][0]["value"] == "01632 960003"
    assert services["example-local-help"]["criteria"][0]["requires"] == {"area": "lancashire"}
    assert "stars-for-families" not in services


def test_a_result_of_the_quiz_says_what_is_local(browser, published, local):
    """A case in a real browser: the card of a changed service, one of an extra service, and what is taken away."""
    def card(page, name):
        return page.inner_text(f".verdict:has(h4:has-text('{name}'))")

    with serving(published) as address:
        with visiting(browser, address) as page:
            through(page, CASE)
            said = card(page, "Incredible Years")
            assert "Local to Lancashire: whether it is offered, a contact and the price." in said
            assert "£300 per person" in said and "local to Lancashire" in said
            assert page.inner_text(".verdict h4:has-text('Incredible Years') .badge--local") == "Local"
            assert page.locator(".verdict .badge--local").count() == 1 and page.locator("text=Stars for Families").count() == 0
            head = "Local edition for Lancashire, kept by The example team of the council, 22 November 2026."
            assert head in page.inner_text(".check")
            assert "£300 (local to Lancashire)" in page.inner_text("section[aria-labelledby=costs]")
            with page.expect_download() as download:
                page.click("text=Download as text")
            filed = download.value.path().read_text(encoding="utf-8")
            assert head in filed and "Local to Lancashire: whether it is offered" in filed
            assert not violations(page)
        with visiting(browser, address) as page:
            through(page, {"focus": "victim_survivor", "area": "lancashire", "referrer": "social_worker"})
            assert "Local to Lancashire: the whole entry." in card(page, "Example help at home (Lancashire)")


def through(page, case):
    start(page)
    wait_until_ready(page)
    go_through(page, case)
    to_the_result(page)


@pytest.mark.parametrize("area", ["", "lancashire"])
def test_a_change_to_the_edition_is_seen_while_it_is_served(monkeypatch, area):
    """Without an edition nothing is watched: the folder need not be there."""
    monkeypatch.setenv("LOCAL", area)
    watched = []
    config = load_config(str(ROOT / "mkdocs.yml"))
    config.plugins.on_serve(SimpleNamespace(watch=watched.append), config=config, builder=None)
    assert watched == ([str(ROOT / "local")] if area else [])


def test_an_edition_that_is_not_there_stops_the_build_and_names_those_there_are(project, tmp_path):
    done = mkdocs_build(project, tmp_path / "site", LOCAL="lancashir")
    assert done.returncode != 0 and "Did you mean 'lancashire'?" in done.stdout


def test_a_fault_in_the_edition_stops_the_build_with_its_line(tmp_path):
    broken = tmp_path / "project"
    broken.mkdir()
    copy_of_project(broken)
    (broken / "local").mkdir()
    (broken / "local" / "lancashire.yaml").write_text(TEMPLATE, encoding="utf-8")
    change(broken / "local" / "lancashire.yaml", "service: incredible-years ", "service: incredible-year ")
    done = mkdocs_build(broken, tmp_path / "site", LOCAL="lancashire")
    assert done.returncode != 0
    line = TEMPLATE[:TEMPLATE.index("service: incredible-years")].count("\n") + 1
    assert f"lancashire.yaml:{line}: changes[0].service: found 'incredible-year'" in done.stdout
