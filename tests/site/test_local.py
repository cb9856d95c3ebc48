"""A local edition, built: what is local says so on every page that shows it, and nothing else does."""

import pytest
import yaml

from tests.registry.test_overlay import TEMPLATE, plain
from tests.site.building import built_in, change, copy_of_project, mkdocs_build
from tests.site.reading import has_class, read_site, text


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("local") / "project"
    folder.mkdir()
    copy_of_project(folder)
    (folder / "local").mkdir()
    (folder / "local" / "lancashire.yaml").write_text(yaml.safe_dump(plain(), allow_unicode=True, sort_keys=False), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def local(project, tmp_path_factory):
    return read_site(built_in(project, tmp_path_factory.mktemp("edition") / "site", LOCAL="lancashire"))


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
