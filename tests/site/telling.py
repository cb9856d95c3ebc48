"""How each field of the model reads on a page, and whether a page tells it.

A field is told as its type suggests: a text as it is, a day in words, a word of a closed list by its
label, an id by a link. The tables below name the exceptions. A field that is in none of them and on no
page makes the tests fail, so nothing can be added to the model and forgotten on the site.
"""

import dataclasses
import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from quiz import model
from quiz.vocabulary import Place, SourceKind, Tier, Word
from tests.site.reading import Page, text
from waymark_site.site import Site

HIDDEN = {
    "Service.id": "it is the address of the page",
    "Service.shared_criteria": "the criteria themselves are shown",
    "Service.not_applicable": "said where the topic would stand: see test_pages",
    "Provider.id": "it is the address of the page",
    "Document.id": "it is the address of the page",
    "Document.when": "`needed` says it in words",
    "Source.id": "it is an address",
    "Source.kind": "it decides which list the source stands in",
    "SharedCriteria.id": "a name for the file only",
    "SharedCriteria.says": "the criteria themselves are shown",
    "Criterion.id": "it is an anchor",
    "Criterion.requires": "`says` has it in words; its heading is tested below",
    "Criterion.excludes": "`says` has it in words; its heading is tested below",
    "Criterion.ask_first": "`says` has it in words; its heading is tested below",
    "Criterion.condition": "`says` has it in words; its heading is tested below",
    "ForWhom.parties": "worded by who they are: tested below",
    "Ages.min": "`as_printed` has it",
    "Ages.max": "`as_printed` has it",
    "Delivery.modes": "`says` has them in words",
    "Referral.who": "`says` has them in words",
    "Step.id": "a name for the file only",
    "ScreeningQuestion.fact": "it is an anchor",
    "ScreeningAnswer.value": "`says` has it in words",
    "Rule.id": "it is an anchor",
    "Rule.services": "it stands on the page of each",
    "Study.id": "it is an anchor",
    "Study.services": "it stands on the page of each",
    "Disagreement.id": "it is an anchor",
    "Disagreement.services": "it stands on the page of each; links are tested below",
    "Disagreement.preferred": "marked on the claim: tested below",
    "Claim.id": "a name for the file only",
    "Caution.id": "it is an anchor",
    "Caution.services": "it stands on the page of each; links are tested below",
    "Helpline.id": "it is an anchor",
    "Helpline.everywhere": "those so marked stand in every footer: see test_pages",
    "Term.id": "it is an anchor",
    "Synonym.id": "a name for the file only",
    "Synonym.gender": "what is found shows it: see test_search",
    "Synonym.facets": "what is found shows it: see test_search",
    "NotListed.id": "it is an anchor",
    "Retired.id": "it is the address of the page",
    "About.maintainer": "for those who keep the file",
}
"""Fields that no page prints as they are, and why."""

LINKS = {
    "Service.provider": "providers/{}/",
    "Service.documents": "documents/{}/",
    "Service.part_of": "services/{}/",
    "Service.combines": "services/{}/",
    "Related.before": "services/{}/",
    "Related.after": "services/{}/",
    "Related.instead": "services/{}/",
    "Related.beside": "services/{}/",
    "Finding.disputed": "differences/#{}",
    "Retired.successor": "services/{}/",
    "Synonym.services": "services/{}/",
    "Synonym.terms": "glossary/#{}",
    "Synonym.helplines": "helplines/#{}",
}
"""Fields that hold ids, and where each leads."""

APART = {"Service", "Provider", "Document", "Source", "Timeline", "Rule", "Study", "Disagreement", "Retired",
         "ForWhom.gender", "Report.court", "Topics.items", "Caution.about"}
"""Things, and single fields, whose texts stand in places of their own; the texts of all others stand together."""

BLOCKS = ("p", "li", "tr", "dd", "div", "h1", "h3")
"""Elements small enough that the texts in one belong together."""


def _places(area: model.Area, site: Site) -> list[str]:
    names = site.labels["area"] | {place.value: place.label for place in Place}
    return [names[place] for place in area.places]


def _figure(name: str, one: str, rest: str = "") -> Callable[[model.Step, Site], list[str]]:
    def said(step: model.Step, _: Site) -> list[str]:
        value = getattr(step, name)
        many = f"{value.min:g} to {value.max:g}" if isinstance(value, model.Range) else f"{value:g}"
        return [f"{many} {one}{'' if value == 1 else 's'}{rest}"]
    return said


SAID: dict[str, Callable[[Any, Site], list[str]]] = {
    "About.version": lambda about, site: [f"Registry {about.version}"],
    "Source.year": lambda source, site: [str(source.year)] if _is_main(source) else [],
    "Source.stale_after_years": lambda source, site: [f"{source.stale_after_years} years after {source.year}"]
    if _is_main(source) else [],
    "Source.address": lambda source, site: [re.sub("^https?://", "", source.address)],
    "Contact.kind": lambda contact, site: [f"{contact.kind.label} not shown"] if contact.withheld else [],
    "Contact.value": lambda contact, site: [] if contact.withheld else [contact.value],
    "Area.places": _places,
    "Price.party": lambda price, site: [site.people[price.party]],
    "Price.amount": lambda price, site: [f"£{price.amount:,}"],
    "Service.safety_first": lambda service, site: ["Any case at high risk"],
    "Service.tier": lambda service, site: [] if service.tier is Tier.CORE else [service.tier.label],
    "Step.weeks": _figure("weeks", "week"),
    "Step.months": _figure("months", "month"),
    "Step.sessions": _figure("sessions", "session"),
    "Step.hours": _figure("hours", "hour"),
    "Step.hours_each": _figure("hours_each", "hour", " each"),
    "Step.minutes_each": _figure("minutes_each", "minute", " each"),
    "Step.worker_hours": _figure("worker_hours", "hour", " of worker time"),
    "Step.approximate": lambda step, site: [] if step.at_least else ["about"],
    "Step.at_least": lambda step, site: ["at least"],
    "Step.may_overlap": lambda step, site: ["not printed whether this runs beside the step before or after it"],
    "Finding.year": lambda finding, site: [str(finding.year)],
}
"""Fields that a page words in another way than their type suggests."""


@dataclass(frozen=True, slots=True)
class Told:
    """Texts that stand together in one block, with what they rest on; or a link."""

    path: str
    texts: tuple[str, ...] = ()
    source: model.Where | None = None
    link: str | None = None


def told(thing: Any, site: Site, path: str) -> Iterator[Told]:
    """Everything a page must tell about a thing of the registry."""
    kind = type(thing).__name__
    together: list[str] = []
    for field in dataclasses.fields(thing):
        name, value, here = f"{kind}.{field.name}", getattr(thing, field.name), f"{path}.{field.name}"
        if name in HIDDEN or value in (None, (), False) or isinstance(value, model.Where):
            continue
        if name in LINKS:
            ids = value if isinstance(value, tuple) else (value,)
            yield from (Told(here, link=LINKS[name].format(one)) for one in ids)
        elif name not in SAID and _holds_things(value):
            yield from _each_told(value, site, here)
        else:
            texts = SAID[name](thing, site) if name in SAID else _plain_texts(name, value)
            if kind in APART or name in APART:
                yield from (Told(here, (one,)) for one in texts)
            else:
                together += texts
    source = getattr(thing, "source", None)
    if together or source:
        yield Told(path, tuple(together), source)


def _holds_things(value: Any) -> bool:
    return dataclasses.is_dataclass(value) or (isinstance(value, tuple) and dataclasses.is_dataclass(value[0]))


def _each_told(value: Any, site: Site, path: str) -> Iterator[Told]:
    if not isinstance(value, tuple):
        yield from told(value, site, path)
    else:
        for index, one in enumerate(value):
            yield from told(one, site, f"{path}[{index}]")


def _plain_texts(name: str, value: Any) -> list[str]:
    if isinstance(value, tuple):
        return [one for item in value for one in _plain_texts(name, item)]
    if isinstance(value, Word):
        return [value.label]
    if isinstance(value, str):
        return [day(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else value]
    if isinstance(value, int) and not isinstance(value, bool):
        return [f"{value:,}"]
    raise TypeError(f"say in telling.py how a page words {name} ({value!r}), or why it does not")


def day(iso: str) -> str:
    """2026-11-21 as 21 November 2026."""
    date = datetime.date.fromisoformat(iso)
    return f"{date.day} {date:%B} {date.year}"


def _is_main(source: model.Source) -> bool:
    return source.kind is SourceKind.REGISTRY


class Telling:
    """What one page tells: its texts by block, each with the sources it cites, and its links."""

    def __init__(self, url: str, root: Element):
        numbered = {f"#{item.get('id')}": _folded(text(item)) for item in root.iter("li")}
        self._links = {target for _, target in Page(url, root).links()}
        self._blocks = [(_folded(text(block)), {numbered[link.get("href")] for link in block.iter("a")
                                                if link.get("class") == "cite"})
                        for block in root.iter() if block.tag in BLOCKS]

    def tells(self, one: Told, site: Site) -> bool:
        """Whether a block has all the texts and names their source, or the link is there."""
        if one.link:
            return one.link in self._links
        source = one.source and _folded(source_in_full(site, one.source))
        return any(all(_stands_in(part, block) for part in one.texts)
                   and (source is None or source in cited or source in block) for block, cited in self._blocks)


def source_in_full(site: Site, where: model.Where) -> str:
    """A place in a document as the list of sources names it."""
    source = site.sources[where.document]
    return f"{source.title} ({source.publisher}, {source.date_printed}): {where.section}"


def _stands_in(part: str, block: str) -> bool:
    part = _folded(part)
    return part in block and bool(
        re.search(rf"(?<!\w)(?<!\d[.,]){re.escape(part)}(?!\w)(?![.,]\d)", block))


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()
