"""Everyday words: what they stand for exists, and nothing is said of them twice."""

from collections.abc import Iterator
from dataclasses import replace

from waymark_site.facets import facets
from waymark_site.registry.faults import Fault, nearest
from waymark_site.registry.view import View
from waymark_site.site import Site


def facet_values(view: View) -> Iterator[Fault]:
    known = _facets(view)
    for path, synonym in view.each("synonyms"):
        for facet, values in (synonym.facets or {}).items() if known else ():
            here = (*path, "facets", facet)
            if facet not in known:
                yield Fault(here, f"the facet '{facet}'", "a facet of the directory", nearest(facet, known))
                continue
            for index, value in enumerate(values):
                if value not in known[facet]:
                    yield Fault((*here, index), f"'{value}'", f"a value of the facet '{facet}'",
                                nearest(value, known[facet]))


def written_once(view: View) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for path, synonym in view.each("synonyms"):
        for index, word in enumerate(synonym.words):
            here = (*path, "words", index)
            if word != word.lower():
                yield Fault(here, f"'{word}'", "lower case, as search reads it", f"Write '{word.lower()}'.")
            if word in first:
                yield Fault(here, f"'{word}' a second time", "each word in one place",
                            f"It stands in '{first[word]}' already.")
            first.setdefault(word, synonym.id)


def lead_somewhere(view: View) -> Iterator[Fault]:
    for path, synonym in view.each("synonyms"):
        if not synonym.words:
            yield Fault((*path, "words"), "no word", "the words that people type", "Add one.")
        if not any((synonym.services, synonym.facets, synonym.terms, synonym.helplines)):
            yield Fault(path, f"words that stand for nothing ('{synonym.id}')",
                        "services, facets, terms or helplines", "Say what they mean.")


def _facets(view: View) -> dict[str, set[str]]:
    """The facets and their values, but for providers; none while the questions they stand on are missing."""
    if not {"focus", "stage", "area"} <= view.options.keys():
        return {}
    questions = tuple(question for _, question in view.each("questions"))
    site = Site(replace(view.registry, questions=questions, services=(), providers=()))
    return {facet.id: {value.id for value in facet.values} for facet in facets(site) if facet.values}
