"""Every fact of the registry is on its page with its source, and none can be added to the model unseen."""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from quiz import model
from quiz.suitability import Effect
from tests.site.reading import has_class, parse, term, text
from tests.site.saturated import saturated
from tests.site.telling import APART, HIDDEN, LINKS, SAID, Telling, told
from waymark_site import pages as site_pages
from waymark_site import render
from waymark_site.site import Site

QUESTIONS = "questions"
"""The one section that is not on these pages: they are asked, not told."""

Places = Callable[[Site, Any], list[str]]
PLACES: dict[str, Places] = {
    "registry": lambda site, about: [""],
    "sources": lambda site, source: [f"sources/{source.id}/" if source in site.main_sources else "sources/"],
    "providers": lambda site, provider: [f"providers/{provider.id}/"],
    "documents": lambda site, document: [f"documents/{document.id}/"],
    "shared_criteria": lambda site, shared: [f"services/{service.id}/" for service in site.registry.services
                                             if shared.id in service.shared_criteria],
    "services": lambda site, service: [f"services/{service.id}/"],
    "rules": lambda site, rule: [f"services/{name}/" for name in rule.services],
    "evidence": lambda site, study: [f"services/{name}/" for name in study.services],
    "disagreements": lambda site, item: ["differences/", *(f"services/{name}/" for name in item.services)],
    "cautions": lambda site, item: ["differences/", *(f"services/{name}/" for name in item.services)],
    "helplines": lambda site, line: ["helplines/"],
    "glossary": lambda site, term: ["glossary/"],
    "synonyms": lambda site, synonym: ["search/"],
    "not_listed": lambda site, item: ["about/"],
    "retired": lambda site, retired: [f"services/{retired.id}/"],
}
"""The pages on which each thing of a section of the registry must be told."""


BY_HAND = {"sources/": "sources", "differences/": "differences", "helplines/": "helplines", "glossary/": "glossary",
           "search/": "search", "about/": "not_listed"}
"""Pages written by hand that tell things of the registry, and the fragment that does."""


def facts(site: Site) -> Iterator[tuple[str, str, Any]]:
    """Every thing of the registry with each page that must tell it: address, path, thing."""
    for section, places in PLACES.items():
        held = getattr(site.registry, section)
        for thing in held if isinstance(held, tuple) else (held,):
            for url in places(site, thing):
                yield url, f"{section}[{getattr(thing, 'id', '')}]", thing
    for service in site.registry.services:
        provider = site.providers[service.provider]
        if service.status is None:
            yield f"services/{service.id}/", f"providers[{provider.id}].status", provider.status
        for contact in provider.contacts:
            yield f"services/{service.id}/", f"providers[{provider.id}].contacts", contact


def untold(site: Site, tellings: dict[str, Telling]) -> list[str]:
    """What the pages leave out."""
    return [f"{url or 'home'}: {one.path}: {one.link or one.texts} {one.source or ''}"
            for url, path, thing in facts(site) if url in tellings
            for one in told(thing, site, path) if not tellings[url].tells(one, site)]


@pytest.fixture(scope="module")
def tellings(pages):
    return {url: Telling(url, page.article) for url, page in pages.items()}


def test_every_fact_is_told_on_every_page_where_it_belongs_with_its_source(site, tellings):
    left_out = untold(site, tellings)
    assert not left_out, "\n".join(left_out)


def test_every_page_that_must_tell_a_fact_exists(site, pages):
    assert {url for url, _, _ in facts(site)} <= set(pages)


def test_every_section_of_the_registry_has_its_places():
    assert {field.name for field in dataclasses.fields(model.Registry)} == {*PLACES, QUESTIONS}


def test_whatever_a_field_of_the_model_holds_is_told(site):
    full = Site(saturated(site.registry.questions))
    # a page has prices or the reason for having none, and criteria or the reason for having none
    priced = with_services(full, price_status=None, browse_only=None)
    bare = with_services(full, prices=(), criteria=(), shared_criteria=())
    left_out = set(untold(full, rendered(priced))) & set(untold(full, rendered(bare)))
    assert not left_out, "\n".join(sorted(left_out))


def with_services(site: Site, **given: Any) -> Site:
    services = tuple(dataclasses.replace(service, **given) for service in site.registry.services)
    return Site(dataclasses.replace(site.registry, services=services))


def rendered(site: Site) -> dict[str, Telling]:
    # a list tells nothing that the page of a service does not, and names services that this registry lacks
    made = (page for page in site_pages.generated(site) if page.fragment != "listing")
    wanted = [*made, *(site_pages.Page(url, name) for url, name in BY_HAND.items())]
    return {page.url: Telling(page.url, parse(render.fragment(site, page).encode())) for page in wanted}


def test_the_tables_name_fields_of_the_model_only():
    known = {f"{kind.__name__}.{field.name}" for kind in vars(model).values() if dataclasses.is_dataclass(kind)
             for field in dataclasses.fields(kind)}
    assert {name for name in {*HIDDEN, *LINKS, *SAID, *APART} if "." in name} <= known


def test_each_criterion_stands_under_the_heading_of_its_effect(site, pages):
    wrong, shared = [], {one.id: one.criteria for one in site.registry.shared_criteria}
    for service in site.registry.services:
        groups = {text(group.find("h3")): [text(item) for item in group.iter("li")]
                  for group in pages[f"services/{service.id}/"].article.iter("section") if has_class(group, "criteria")}
        for criterion in (*service.criteria, *(one for name in service.shared_criteria for one in shared[name])):
            heading, = (effect.label for effect in Effect if getattr(criterion, effect))
            if not any(item.startswith(criterion.says) for item in groups.get(heading, [])):
                wrong.append(f"{service.id}: {criterion.id} is not under {heading!r}")
    assert not wrong, "\n".join(wrong)


def test_the_people_a_service_is_for_are_named(site, pages):
    for service in site.registry.services:
        for_whom = term(pages[f"services/{service.id}/"].article, "For whom")
        parties = [site.people[party] for party in service.for_whom.parties]
        names = ["Any case at high risk"] if service.safety_first else parties
        assert for_whom.casefold().endswith(", ".join(names).casefold()), service.id


def test_a_preferred_claim_is_marked_and_no_other_is(site, pages):
    wrong = []
    for item in site.registry.disagreements:
        for url in PLACES["disagreements"](site, item):
            section = pages[url].article.find(f".//section/h3[@id='{item.id}']/..")
            for claim, shown in zip(item.claims, section.iterfind("ul/li"), strict=True):
                if ("Used here" in text(shown)) != (claim.id == item.preferred):
                    wrong.append(f"{url}: {item.id}: {claim.id}")
    assert not wrong, "\n".join(wrong)


def test_differences_and_cautions_link_to_the_services_they_concern(site, pages):
    page = pages["differences/"]
    shown = {section.find("h3").get("id"): section for section in page.article.iter("section")
             if has_class(section, "differ")}
    for item in (*site.registry.disagreements, *site.registry.cautions):
        here = set(shown[item.id].iter("a"))
        linked = {target for link, target in page.links() if link in here and "#" not in target}
        assert linked == {f"services/{name}/" for name in item.services}, item.id


RELATED = {"before": "Comes before", "after": "May come after", "beside": "Runs beside it",
           "instead": "Where this does not fit, look at"}


@pytest.mark.parametrize("way", RELATED)
def test_related_services_stand_under_what_relates_them(site, pages, way):
    for service in site.registry.services:
        names = [site.services[name].name for name in getattr(service.related, way)]
        lines = [text(line) for line in pages[f"services/{service.id}/"].article.iter("p")]
        shown = [line for line in lines if line.startswith(RELATED[way] + ":")]
        assert shown == ([f"{RELATED[way]}: {', '.join(names)}."] if names else []), service.id


def test_every_entry_on_a_list_of_sources_is_cited_on_its_page(pages):
    unused = []
    for page in pages.values():
        listed = [item.get("id") for item in page.article.iterfind(".//section[@aria-labelledby='sources-here']//li")]
        cited = {link.get("href").removeprefix("#") for link in page.article.iter("a") if link.get("class") == "cite"}
        unused += [f"{page.url}: {name}" for name in set(listed) ^ cited]
    assert not unused, "\n".join(unused)


def test_a_withheld_contact_is_in_no_file_of_the_site(site, built):
    withheld = {contact.value for holder in (*site.registry.providers, *site.registry.services)
                for contact in holder.contacts if contact.withheld and contact.value}
    spellings = {spelling.casefold().encode() for value in withheld for spelling in (value, value.replace(" ", ""))}
    leaks = [f"{file.relative_to(built)}: {spelling.decode()}" for file in built.rglob("*") if file.is_file()
             for spelling in spellings if spelling in file.read_bytes().lower()]
    assert withheld and not leaks, "\n".join(leaks)
