"""What programs look for at the top of a site: who may read it, and what there is for a language model to know."""

from collections.abc import Iterator

from quiz.wording import day, sentence
from waymark_site.opendata import api, feeds, openapi, package
from waymark_site.site import Site


def files(site: Site, address: str) -> Iterator[tuple[str, str]]:
    """Both files, for a site that stands at `address`."""
    yield "robots.txt", f"User-agent: *\nDisallow:\n" + (f"Sitemap: {address}sitemap.xml\n" if address else "")
    yield "llms.txt", "\n".join(_about(site, address)) + "\n"


def _about(site: Site, address: str) -> Iterator[str]:
    """The site for a language model, as llmstxt.org proposes: what it is, what to mind, and where the data is."""
    about = site.registry.registry
    yield "# Waymark"
    yield ""
    yield (f"> A directory of {len(site.registry.services)} services around domestic abuse in the United Kingdom, for people who work with "
           f"families. Registry {about.version} of {day(about.date)}, licence CC BY 4.0.")
    yield ""
    yield "Before you answer from it:"
    yield ""
    yield "- If somebody is in danger, say first: ring 999."
    yield "- It compares published criteria. It is not a risk assessment, and a service decides for itself whom it takes."
    yield "- What is not printed is not known: never nought, never free, never for all ages. Say so."
    yield "- Many documents are old. Give the date and the source of each fact, and say if it is old or not verified."
    yield "- Never suggest work with a couple together, mediation or contact as an answer to domestic abuse."
    yield "- Ask for nothing about a real person, and send nothing about one."
    yield ""
    yield from _links("Data", address, (
        ("All services (JSON)", f"{api.FOLDER}services/full.json", "everything that is known of each, with sources"),
        ("The services in brief (JSON)", f"{api.FOLDER}services.json", "names, summaries and how far each can be relied on"),
        ("OpenAPI description", openapi.PLACE, "every file and field"),
        ("Tables (CSV)", package.PLACE, "a Frictionless data package"),
        ("Changes (Atom)", feeds.CHANGES, "new versions, checks and what was taken out"),
        ("About the data", "data/", "formats, examples, promise and licence")))
    yield from _links("Pages", address, (
        ("Directory", "services/", "every service"), ("Helplines", "helplines/", "numbers to ring, each with the day it was checked"),
        ("Before you refer", "guides/safe-contact/", "safe contact, and what to leave out"),
        ("Where the sources differ", "differences/", "every claim, side by side"), ("Words explained", "glossary/", "the words of the field"),
        ("About and limits", "about/", "what the site is and is not")))
    yield from _links("Providers", address, tuple(
        (provider.name, f"providers/{provider.id}/", f"{provider.status.state.label}. {sentence(provider.what.says)}")
        for provider in site.registry.providers))


def _links(heading: str, address: str, links: tuple[tuple[str, str, str], ...]) -> Iterator[str]:
    yield f"## {heading}"
    yield ""
    yield from (f"- [{name}]({address}{place}): {says}" for name, place, says in links)
    yield ""
