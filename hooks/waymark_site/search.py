"""What the search can find: one record for each thing of the registry, and for each page that asks for it.

A record holds what the registry says of a thing, sentence by sentence, with its everyday words and its
facets. Records and not the built pages are indexed: an excerpt is then a sentence and not a row of labels, what
stands on every page is not found on every page, and the index with its results weighs a quarter less.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from quiz import model
from quiz.vocabulary import Gender
from waymark_site.answers import SPEAKS_FOR
from waymark_site.listings import SAYS
from waymark_site.registry.rules.language import OURS
from waymark_site.registry.shape import field_names
from waymark_site.site import Site
from waymark_site.situations import SITUATIONS

TEXTS = OURS - {"summary"} | {"title", "items", "citation", "as_printed", "clock", "ends_with"}
"""The fields whose text is searched beside names and summaries: what is ours, and the printed words beside it."""


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that can be found."""

    place: str
    """Its address from the top of the site."""
    title: str
    kind: str
    """What sort of thing it is, in a word or two."""
    lead: str
    """The sentence that says best what it is."""
    texts: tuple[str | Markup, ...] = ()
    """Everything else that is said of it."""
    for_whom: str = ""
    """Whom it is for; empty where that does not arise."""
    provider: str = ""
    """Who offers it, by name."""
    status: str = ""
    """A word of warning, where it may not stand as printed."""
    names: tuple[str, ...] = ()
    """What else it is called, with the everyday words that mean it first of all."""
    words: tuple[str, ...] = ()
    """The everyday words that may mean it."""
    facets: dict[str, str] = field(default_factory=dict)
    """What each facet says of it, as `Facet.tokens` writes it; empty where it is not a service."""


def records(site: Site) -> Iterator[Record]:
    """Everything of the registry that can be found."""
    registry = site.registry
    for service in registry.services:
        yield _service(site, service)
    for situation in SITUATIONS:
        yield Record(situation.url, situation.title, "Situation", SAYS["when"])
    for provider in registry.providers:
        yield Record(f"providers/{provider.id}/", provider.name, "Provider", provider.what.says, names=provider.also_known_as)
    for document in registry.documents:
        yield Record(f"documents/{document.id}/", document.name, "Referral document", document.what, _texts(document))
    for sheet in site.worksheets:
        yield Record(sheet.url, sheet.title, "Worksheet", sheet.says)
    for source in site.main_sources:
        yield Record(f"sources/{source.id}/", source.title, "Source", source.summary, (source.publisher,))
    for term in registry.glossary:
        yield Record(f"glossary/#{term.id}", term.term, "Word explained", term.means,
                     names=(*filter(None, (term.stands_for,)), *_words(registry.synonyms, "terms", term.id)))
    for line in registry.helplines:
        yield Record(f"helplines/#{line.id}", line.name, "Helpline", line.who, (line.number,),
                     names=_words(registry.synonyms, "helplines", line.id))


def by_hand(place: str, title: str, kind: str, description: str, content: str) -> Record:
    """A page written by hand, with its content as HTML."""
    return Record(place, title, kind, description, (Markup(content),))


def _service(site: Site, service: model.Service) -> Record:
    said = (service, *(one for one in site.registry.shared_criteria if one.id in service.shared_criteria),
            *(one for index in (site.rules, site.studies, site.disagreements, site.cautions)
              for one in index.get(service.id, ())))
    return Record(
        f"services/{service.id}/", service.name, service.kind.label, service.summary, _texts(said),
        for_whom="Any case at high risk" if service.safety_first
        else ", ".join(site.people[party] for party in service.for_whom.parties),
        provider=site.providers[service.provider].name,
        status=site.status(service).state.label if site.needs_banner(service) else "",
        names=(*service.also_known_as, *_words(site.registry.synonyms, "services", service.id)),
        words=tuple(word for synonym in site.registry.synonyms if may_mean(site, synonym, service) for word in synonym.words),
        facets={facet.id: facet.tokens(service.id) for facet in site.facets.values()})


def may_mean(site: Site, synonym: model.Synonym, service: model.Service) -> bool:
    """Whether a service has, of each facet the words name, one of the values they mean, and is for their gender."""
    if not synonym.facets or _for_another(synonym.gender, service.for_whom.gender):
        return False
    return all(any(site.facets[facet].answer(service.id, value) in SPEAKS_FOR for value in values)
               for facet, values in synonym.facets.items())


def _for_another(asked: Gender | None, printed: Gender | None) -> bool:
    return asked is not None and printed not in (None, Gender.WOMEN_AND_MEN, asked)


def _words(synonyms: Iterable[model.Synonym], field: str, id: str) -> tuple[str, ...]:
    """The everyday words whose entry names a thing in this field."""
    return tuple(word for synonym in synonyms if id in getattr(synonym, field) for word in synonym.words)


def _texts(thing: Any) -> tuple[str, ...]:
    """Every sentence in a thing of the registry, each once."""
    return tuple(dict.fromkeys(_said(thing, "")))


def _said(thing: Any, name: str) -> Iterator[str]:
    if isinstance(thing, tuple):
        for one in thing:
            yield from _said(one, name)
    elif names := field_names(type(thing)):
        for each in names:
            yield from _said(getattr(thing, each), each)
    elif type(thing) is str and name in TEXTS:  # a word of a closed list is not a sentence
        yield thing
