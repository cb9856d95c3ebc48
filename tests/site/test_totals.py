"""Every list and total that a page derives is what the registry comes to, counted here in another way."""

from collections import Counter

import pytest

from quiz.model import Range
from quiz.vocabulary import SourceKind, Topic
from tests.site.reading import SVG, rows, term, text
from tests.site.telling import day


def cards(element):
    """The headings of the cards in it."""
    return [text(card.find("h2") if card.find("h2") is not None else card.find("h3"))
            for card in element.iterfind(".//li[@class='card']")]


def number(count, one, many):
    return f"{count} {one if count == 1 else many}"


def test_the_directory_has_every_service_once_under_its_document(site, pages):
    article = pages["services/"].article
    main = [source for source in site.registry.sources if source.kind is SourceKind.REGISTRY]
    count = f"{len(site.registry.services)} entries from {len(main)} documents, {day(site.registry.registry.date)}"
    assert text(article.find("p[@class='count']")) == f"{count}."
    shown = {text(group.find("tr[@class='group']//a")): [row.get("id") for row in group.iterfind("tr")][1:]
             for group in article.iterfind(".//table/tbody")}
    assert shown == {source.publisher: [service.id for service in site.registry.services
                                        if service.source.document == source.id] for source in main}


def test_a_row_of_the_directory_agrees_with_the_page_it_leads_to(site, pages):
    found = {row.get("id"): [text(cell) for cell in row] for row in pages["services/"].article.iterfind(".//tbody/tr")}
    for service in site.registry.services:
        article = pages[f"services/{service.id}/"].article
        name, people, _, cost, time, status = found[service.id]
        assert name == f"{service.name} {service.kind.label}"
        assert term(article, "For whom").endswith(people), service.id
        assert term(article, "Cost") == cost, service.id
        assert term(article, "Time").startswith(time), service.id
        assert status == (service.status or site.providers[service.provider].status).state.label, service.id


def test_home_counts_the_services_for_each_person(site, pages):
    doors = {text(card.find("h3")): text(card.find("p")) for card in pages[""].article.iterfind(
        ".//section[@aria-labelledby='people']//li")}
    options = next(question.options for question in site.registry.questions if question.id == "focus")
    expected = {option.label: sum(option.value in service.for_whom.parties for service in site.registry.services)
                for option in options}
    assert doors == {label: number(count, "entry", "entries") for label, count in expected.items() if count}


def bars(page, heading):
    """The figures of a drawing on home, by name, and how long each bar is drawn, in hundredths."""
    found = {}
    for row in page.article.iterfind(f".//section[@aria-labelledby='{heading}']//li"):
        rect = next(part for part in row.iter() if part.tag.endswith("rect"))
        found[text(row.find("a"))] = int(text(row.find("span[@class='bars__n']"))), float(rect.get("width"))
    return found


def test_home_counts_prices_criteria_and_differences(site, pages):
    services = site.registry.services
    shown = text(pages[""].article)
    decided = sum(bool(service.criteria or service.shared_criteria) for service in services)
    priced = sum(bool(service.prices) for service in services)
    assert f"{len(services)} entries from 5 documents, {decided} of them with published criteria" in shown
    assert f"The documents differ in {len(site.registry.disagreements)} places" in shown
    assert f"{priced} have a printed price. For the other {len(services) - priced}, see why" in shown


def test_home_draws_the_services_of_each_document_to_scale(site, pages):
    whole = len(site.registry.services)
    assert bars(pages[""], "documents-here") == {
        source.publisher: (count, round(100 * count / whole, 1)) for source in site.main_sources
        if (count := sum(service.source.document == source.id for service in site.registry.services))}


def test_home_draws_prices_and_standing_to_scale(site, pages):
    whole = len(site.registry.services)
    prices = Counter("Printed" if service.prices else service.price_status.label for service in site.registry.services)
    states = Counter(site.status(service).state.label for service in site.registry.services)
    for heading, counts in (("bars-price", prices), ("bars-status", states)):
        assert bars(pages[""], heading) == {label: (count, round(100 * count / whole, 1)) for label, count in counts.items()}


def test_each_referral_document_says_how_many_ask_for_it(site, pages):
    asking = {document.id: [service.name for service in site.registry.services if document.id in service.documents]
              for document in site.registry.documents}
    whole = len(site.registry.services)
    assert [[row[0], row[-1]] for row in rows(pages["documents/"].article)] == [
        [document.name, f"{len(asking[document.id])} of {whole} entries"] for document in site.registry.documents]
    for name, services in asking.items():
        assert cards(pages[f"documents/{name}/"].article) == services


def test_each_provider_lists_and_counts_its_services(site, pages):
    for card, provider in zip(pages["providers/"].article.iterfind(".//li"), site.registry.providers, strict=True):
        names = [service.name for service in site.registry.services if service.provider == provider.id]
        assert text(card.find("h2")) == provider.name
        assert (number(len(names), "entry", "entries") in text(card)) == bool(names)
        assert cards(pages[f"providers/{provider.id}/"].article) == names


def test_each_source_document_lists_its_services(site, pages):
    for source in site.main_sources:
        assert cards(pages[f"sources/{source.id}/"].article) == [
            service.name for service in site.registry.services if service.source.document == source.id]


def test_the_page_of_gaps_counts_every_topic(site, pages):
    services = site.registry.services
    priced = sum(1 for service in services if service.prices)
    expected = [["Price", len(services) - priced, 0, priced]]
    for topic in Topic:
        gaps = [sum(1 for service in services if topic in getattr(service, field))
                for field in ("not_printed", "not_applicable")]
        expected.append([topic.label, *gaps, len(services) - sum(gaps)])
    shown = list(rows(pages["not-printed/"].article.find("table")))
    assert shown == [[str(cell) for cell in row] for row in expected]


def test_the_page_of_gaps_names_them_for_every_service(site, pages):
    shown = list(rows(pages["not-printed/"].article))[1 + len(Topic):]
    assert sorted((name, gaps.casefold()) for name, _, gaps in shown) == sorted(
        (service.name, ", ".join(topic.label for topic in service.not_printed).casefold() or "nothing else")
        for service in site.registry.services)


def test_total_weeks_are_the_printed_weeks_added_up(site, pages):
    added = 0
    for service in site.registry.services:
        steps = service.timeline.steps if service.timeline else ()
        if not steps or any(step.weeks is None for step in steps):
            assert pages[f"services/{service.id}/"].article.find(f".//{SVG}svg") is None, service.id
            continue
        if any(step.may_overlap for step in steps):
            continue
        added += 1
        least, most = (sum(getattr(step.weeks, end) if isinstance(step.weeks, Range) else step.weeks for step in steps)
                       for end in ("min", "max"))
        total = f"{least:g} weeks" if least == most else f"{least:g} to {most:g} weeks"
        assert term(pages[f"services/{service.id}/"].article, "Time").startswith(total), service.id
    assert added


@pytest.mark.parametrize("name, total", [("dvact-bc-both", "22 to 28 weeks"), ("dvact-needs-both", "16 to 22 weeks")])
def test_where_steps_may_overlap_the_fewest_and_most_weeks_are_shown(pages, name, total):
    assert term(pages[f"services/{name}/"].article, "Time").startswith(total)
