"""Which pages the site has beyond those written by hand, and what each shows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from quiz.pathway import FIRST
from waymark_site import caseload, compare, fields, pictures, provision, review, search_index, timelines, worked_case
from waymark_site.answers import Answer
from waymark_site.listings import listings
from waymark_site.opendata import guide
from waymark_site.site import Site
from waymark_site.situations import SITUATIONS


@dataclass(frozen=True, slots=True)
class Page:
    """A page, or the generated part of one."""

    url: str
    """Its address from the top of the site: `services/idva/`; empty for home."""
    fragment: str
    """The template in `theme/fragments` that makes it."""
    title: str = ""
    """Its title; neutral, since it stands in a browser's history."""
    description: str = ""
    """One sentence for search engines."""
    parent: str = ""
    """The address of the page above it."""
    thing: dict[str, Any] = field(default_factory=dict)
    """The one thing of the registry that it is about, by the name its template uses."""
    scripts: tuple[str, ...] = ()
    """The modules of `theme/assets/site` that it loads besides those of every page."""

    def data(self, site: Site) -> dict[str, Any]:
        """What its template needs besides the site."""
        return self.thing | (NEEDS[self.fragment](site) if self.fragment in NEEDS else {})


NAMED = ("idva", "marac", "dao-screening", "dao-risk-assessment", "dao-one-to-one", "bmbu-group", "dao-consultation",
         "dao-court-risk-assessment", *worked_case.SHOWN)
"""The services that templates name: to rename one, change the templates too."""


def unmet(site: Site) -> list[str]:
    """A sentence for each service that a page names and the registry does not have."""
    return [f"services.yaml: services: found no '{id}', expected it because a page of the site names it. "
            "Keep it, or change the templates that name it." for id in dict.fromkeys(NAMED) if id not in site.services]


NEEDS: dict[str, Callable[[Site], dict[str, Any]]] = {
    "directory": lambda site: {"situations": SITUATIONS, "answers": tuple(Answer)},
    "check": lambda site: {"first": FIRST, "by_party": site.by_party, "tally": site.tally},
    "compare": lambda site: {"table": compare.table(site), "views": tuple(compare.View), "left_out": compare.LEFT_OUT,
                             "answers": tuple(Answer)},
    "compare_by_price": lambda site: {"table": compare.table(site)},
    "compare_by_weeks": lambda site: {"table": compare.table(site)},
    "compare_pictures": lambda site: _pictures(site, compare.table(site)),
    "compare_timelines": lambda site: {"chart": timelines.chart(site)},
    "home": lambda site: {"by_party": site.by_party, "tally": site.tally, "situations": SITUATIONS},
    "not_printed": lambda site: {"tally": site.tally, "topics": site.topics},
    "provision": lambda site: {"picture": provision.picture(site)},
    "review": lambda site: {"report": review.review(site)},
    "worked_case": lambda site: {"example": worked_case.example(site)},
    "caseload": caseload.lists,
    "search": lambda site: {"available": search_index.program() is not None, "answers": tuple(Answer)},
    "open_data": guide.needs,
    "fields": lambda site: {"kinds": fields.kinds(), "vocabularies": fields.vocabularies()},
}
"""What the templates of single pages need, by template."""


def _pictures(site: Site, table: compare.Table) -> dict[str, Any]:
    """What the page of pictures needs."""
    return {"table": table, "tally": site.tally, "priced": table.having(*table.prices), "prices": pictures.prices(table),
            "weeks": pictures.report_weeks(table), "evidence": pictures.evidence(site), "published": pictures.published(site),
            "gaps": pictures.gaps(site)}


def generated(site: Site) -> Iterator[Page]:
    """Every page made from the registry alone."""
    for service in site.registry.services:
        yield Page(f"services/{service.id}/", "service", service.name, service.summary, "services/",
                   {"service": service}, scripts=("copy",))
    for retired in site.registry.retired:
        yield Page(f"services/{retired.id}/", "retired", retired.name, "No longer listed.", "services/",
                   {"retired": retired})
    for listing in listings(site):
        yield Page(listing.url, "listing", listing.title, f"{listing.title}. {listing.says}", "services/",
                   {"listing": listing})
    for provider in site.registry.providers:
        yield Page(f"providers/{provider.id}/", "provider", provider.name, provider.what.says, "providers/",
                   {"provider": provider})
    for source in site.main_sources:
        yield Page(f"sources/{source.id}/", "source", source.title, source.summary, "sources/",
                   {"source": source})
    for document in site.registry.documents:
        yield Page(f"documents/{document.id}/", "document", document.name, document.what, "documents/",
                   {"document": document})
    for sheet in site.worksheets:
        yield Page(sheet.url, "worksheet", sheet.title, sheet.says, "worksheets/", {"sheet": sheet})
