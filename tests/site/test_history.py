"""The history on the page of a service tells the days that the registry holds, all of them, and nothing else."""

import dataclasses
import re
from xml.etree.ElementTree import Element

import pytest

from quiz import model
from quiz.wording import day
from tests.site.building import built_in, mkdocs_build
from tests.site.reading import parse, text
from waymark_site import changelog, history, render
from waymark_site.pages import Page
from waymark_site.registry.view import of_kind

HISTORY = "https://github.com/example/waymark/commits/HEAD/services.yaml"


def told(article: Element) -> str:
    """The text of the history: from its heading to the end of the part that it stands in."""
    part = next(one for one in article.iter("div") if any(child.get("id") == "history" for child in one))
    place = next(index for index, child in enumerate(part) if child.get("id") == "history")
    return " ".join(text(child) for child in part[place:])


def page_of(site, service, project=""):
    return parse(render.fragment(site, Page(f"services/{service.id}/", "service", service.name, thing={"service": service}), "", project).encode())


def changed(site, **given):
    return dataclasses.replace(site, registry=dataclasses.replace(site.registry, **given))


def test_each_service_links_to_its_history_its_data_and_a_report(site, pages):
    for service in site.registry.services:
        targets = {element.get("href"): text(element) for element, _ in pages[f"services/{service.id}/"].links()}
        assert targets["#history"] == "Its history" and "#report-error" in targets
        assert targets[f"../../api/v1/services/{service.id}.json"] == "This page as data (JSON)"


def test_it_tells_every_day_of_the_registry_about_it(site, pages):
    for service in site.registry.services:
        said = told(pages[f"services/{service.id}/"].article)
        status = site.status(service)
        assert f"Registry {site.registry.registry.version}, which this page shows." in said
        assert day(status.checked) in said and f"was looked at: {status.state.label.lower()}." in said
        for id, parts in history.rests(site, service).items():
            source = site.sources[id]
            if source.checked:
                assert day(source.checked) in said and source.title in said, (service.id, id)
                assert f"It supports: {', '.join(parts)}." in said, (service.id, id)


def test_it_names_no_day_that_the_registry_does_not_hold(site, pages):
    held = {site.registry.registry.date, *(source.checked for source in site.registry.sources),
            *(holder.status.checked for holder in (*site.registry.providers, *site.registry.services) if holder.status),
            *(due.on.isoformat() for dues in site.dues.values() for due in dues)}
    known = {day(one) for one in held if one} | {source.date_printed for source in site.registry.sources}
    for service in site.registry.services:
        said = told(pages[f"services/{service.id}/"].article)
        assert set(re.findall(r"\d{1,2} [A-Z][a-z]+ 20\d\d", said)) <= known, service.id


def test_what_was_looked_at_later_comes_first(site):
    service = site.services["dvact-bc-both"]
    read = {**{one.id: one for one in site.registry.sources}}
    read["dvact-pai"] = dataclasses.replace(read["dvact-pai"], checked="2026-11-19")
    later = changed(site, sources=tuple(read.values()))
    found = history.days(later, service)
    assert list(found) == sorted(found, reverse=True) and len(found) == 2
    event, = found["2026-11-19"]
    assert event.read.id == "dvact-pai" and "cost" in event.parts and "status" not in event.parts


def test_every_part_of_a_service_that_names_a_source_is_among_what_rests_on_it(site):
    """A field that is added to the model and names a source must get a word of its own."""
    naming = {field for field in model.Service.__dataclass_fields__ for service in site.registry.services
              if list(of_kind(getattr(service, field), (), model.Where))}
    assert naming <= set(history.PARTS)
    assert set(history.PARTS) - {"shared_criteria"} <= set(model.Service.__dataclass_fields__)


def test_what_falls_due_next_is_the_earliest_of_all_it_rests_on(site):
    for service in site.registry.services:
        on = [due.on for (section, id), dues in site.dues.items() for due in dues
              if (section, id) in {("services", service.id), ("providers", service.provider)}
              or (section == "sources" and id in history.rests(site, service))]
        due = history.next_due(site, service)
        assert (due.on if due else None) == min(on, default=None), service.id


def test_what_is_local_is_in_it(site):
    service = site.registry.services[0]
    local = model.Local(area="surrey", name="Surrey", maintainer="The council", date="2026-11-22", parts={service.id: "the price"})
    edition = changed(site, registry=dataclasses.replace(site.registry.registry, local=local))
    said = told(page_of(edition, service))
    assert "Local edition for Surrey, kept by The council, 22 November 2026. Local to Surrey: the price." in said
    assert "Local edition" not in told(page_of(edition, site.registry.services[1]))


def test_what_was_recorded_with_a_version_is_on_the_page_and_served(site, project, tmp_path):
    service = site.services["dvact-bc-both"]
    fact = changelog.Fact("services", service.id, service.name, "prices (both parents, package) amount: £7,800 became £7,900")
    file = project / "docs" / changelog.FILE
    file.parent.mkdir()
    file.write_text(changelog.text([changelog.Version("2026.12.1", "2026-12-03", "2026.11.1", (fact,))]), encoding="utf-8")
    built = built_in(project, tmp_path / "site")
    said = told(parse((built / "services" / service.id / "index.html").read_bytes()))
    assert "3 December 2026 Changed in registry 2026.12.1, since 2026.11.1: Prices (both parents, package) amount: £7,800 became £7,900" in said
    assert "Changed in registry" not in (built / "services" / "idva" / "index.html").read_text(encoding="utf-8")
    assert (built / changelog.FILE).read_bytes() == file.read_bytes()
    file.write_text("{}")
    done = mkdocs_build(project, tmp_path / "other")
    assert done.returncode != 0 and "changes.json is not as" in done.stdout


@pytest.mark.parametrize(("at", "address"), [
    (None, ""), ("", ""), ("https://github.com/example/waymark", HISTORY), ("https://github.com/example/waymark/", HISTORY),
    ("https://github.com/example/waymark.git", HISTORY),
    ("https://gitlab.com/example/waymark", "https://gitlab.com/example/waymark/-/commits/HEAD/services.yaml"),
    ("https://code.example/waymark", "https://code.example/waymark")])
def test_where_a_project_keeps_the_history_of_its_file(at, address):
    assert history.kept_at(at) == address


def test_the_page_leads_there_where_the_publisher_says_where_the_project_is(site):
    service = site.registry.services[0]
    links = [element.get("href") for element in page_of(site, service, "https://github.com/example/waymark").iter("a")]
    assert links.count(HISTORY) == 1
    assert not any((element.get("href") or "").startswith("https://github") for element in page_of(site, service).iter("a"))
