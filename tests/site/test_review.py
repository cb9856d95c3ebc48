"""The review report says all that is open, of the right provider, and leaves room for a decision beside each."""

import pytest

from tests.site.reading import has_class, text
from waymark_site.upkeep import dues


@pytest.fixture(scope="module")
def page(pages):
    return pages["review/"]


@pytest.fixture(scope="module")
def sections(site, page):
    """The rows of each provider's table: what each is about, and what is said to be open."""
    found = {}
    for section in page.article.iter("section"):
        if has_class(section, "review"):
            rows = [(text(row.find("th")), [text(item) for item in row.iter("li")] or [text(row.find("td"))])
                    for row in section.iterfind(".//tbody/tr")]
            found[text(section.find("h2"))] = rows
    return found


def expected(site, service):
    """What is open about a service, from the registry itself."""
    status, source = service.status or site.providers[service.provider].status, site.sources[service.source.document]
    lines = ["Not verified"] if status.state == "unverified" else []
    if source.year and source.stale_after_years and source.year + source.stale_after_years < int(site.registry.registry.date[:4]):
        lines.append(f"Old: document of {source.date_printed}")
    if differ := sum(service.id in item.services and not item.preferred for item in site.registry.disagreements):
        lines.append(f"Sources differ: {differ} to settle")
    findings = [*service.findings, *(finding for study in site.registry.evidence if service.id in study.services
                                     for finding in study.findings)]
    if disputed := len([finding for finding in findings if finding.disputed]):
        lines.append(f"Disputed: {disputed} finding{'s' if disputed > 1 else ''}")
    missing = ["price"] if service.price_status == "not_printed" else []
    missing += [topic.label.lower() for topic in service.not_printed]
    return lines + ([f"Not printed: {', '.join(missing)}"] if missing else [])


def test_each_entry_has_all_that_is_open_under_its_provider(site, sections):
    for provider in site.registry.providers:
        mine = {service.name: lines for service in site.registry.services
                if service.provider == provider.id and (lines := expected(site, service))}
        shown = dict(sections.get(provider.name, ()))
        itself = shown.pop("The provider itself", None)
        assert shown == mine, provider.id
        assert (itself is not None) == (provider.status.state == "unverified"), provider.id


def test_the_short_version_counts_what_the_tables_show(site, page, sections):
    rows = [lines for shown in sections.values() for name, lines in shown if name != "The provider itself"]
    said = text(page.article)
    assert f"{len(rows)} of {len(site.registry.services)} entries have something open" in said
    for start, words in (("Not verified", "are not verified"), ("Old:", "rest on a document past its limit"),
                         ("Sources differ:", "have sources that differ"), ("Disputed:", "have a finding that is disputed")):
        assert f"{sum(any(line.startswith(start) for line in lines) for lines in rows)} {words}" in said


def test_what_is_due_stands_with_its_day(site, page):
    rows = {text(row.find("th")).split(" Speaks for")[0]: text(row.find("td")) for row in page.article.iterfind(".//tr")
            if row.find("td") is not None and row.find("th") is not None}
    old = [due for due in dues(site.registry) if due.concern == "limit" and due.on <= site.today]
    assert old and {due.name: f"1 January {due.on.year}" for due in old}.items() <= rows.items()


def test_what_is_to_be_settled_stands_once_with_how_much_it_concerns(site, page):
    table = next(table for table in page.article.iter("table") if text(table.find("caption")) == "Where sources differ")
    shown = [(text(row.find("th")), int(text(row.find("td")).split()[0])) for row in table.iterfind("tbody/tr")]
    assert [(name.lower(), count) for name, count in shown] == [
        (item.about.lower(), len(item.services)) for item in site.registry.disagreements if not item.preferred]


def test_there_is_room_for_a_decision_in_every_row(page):
    for table in page.article.iter("table"):
        if has_class(table, "sheet__ticks--decide"):
            for row in table.iterfind("tbody/tr"):
                room = list(row.iterfind("td"))[-1]
                assert (room.get("data-label"), text(room)) == ("Decision", "")


def test_it_is_a_page_of_every_footer(pages):
    assert all("review/" in {target for _, target in page.links()} for page in pages.values() if page.url != "404.html")


@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_its_window_and_its_paper(server, tab, width):
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(f"{server}review/")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    room = tab.locator(".sheet__room[data-label]").first.bounding_box()
    assert room["height"] >= 30
