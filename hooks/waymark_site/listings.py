"""The pages that list services: one for each value of a facet, for the useful pairs, and for each situation.

They work without JavaScript. What is certain comes first. What is not printed follows, with the reason.
A service is left out only where something printed says no; where criteria say it, it is named with them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quiz.logic import Case
from quiz.model import Service
from quiz.pathway import Notice, notices
from waymark_site.answers import SPEAKS_FOR, Answer
from waymark_site.facets import Facet, Value
from waymark_site.site import Site
from waymark_site.situations import SITUATIONS, Found, Situation, look, look_at, people


@dataclass(frozen=True, slots=True)
class Group:
    """The services of a list that have the same answer."""

    answer: Answer
    heading: str
    says: str
    """What the answer means; empty where the heading says it all."""
    found: tuple[Found, ...]

    @property
    def speaks_for(self) -> bool:
        """Whether something printed speaks for its services, so that more is shown of each."""
        return self.answer in SPEAKS_FOR


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another list."""

    label: str
    url: str
    count: int | None = None
    """How many services it may be about, where that is known without making it."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Lists that are near this one."""

    heading: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """One page that lists services."""

    url: str
    title: str
    says: str
    """What it lists, in a sentence or two."""
    groups: tuple[Group, ...]
    """Those with something in them, certain answers first."""
    ways: tuple[Ways, ...]
    first: tuple[str, ...] = ()
    """What must be said before the list."""
    above: Link | None = None
    """The list above it, where that is not the directory."""
    of_a_case: bool = False
    """Whether it is about people who may be in danger, so that high risk is named before anything else."""

    @property
    def has_something(self) -> bool:
        """Whether anything printed speaks for at least one service."""
        return any(group.speaks_for for group in self.groups)


PAIRED = ("stage", "area")
"""The facets that are facts of a case too, and so have a list for each person."""

SAYS = {
    "for": "Every entry that is printed as being for this person or group.",
    "stage": "What the published criteria say of a case at this stage.",
    "kind": "Every entry of this kind.",
    "area": "What is printed about where each entry is offered.",
    "delivery": "Every entry that is printed as delivered in this way.",
    "price": "Every entry of whose price this is printed.",
    "status": "Every entry with this status.",
    "when": "What the published criteria say of this, and nothing more: each service decides on the whole case.",
}
"""What a list is of, by facet, or `when` for a situation."""

ASK = "That is neither yes nor no, so ask."
MEANINGS = {
    "": {
        Answer.YES: ("Entries", ""),
        Answer.ASK_FIRST: ("Ask the team first", "The reason stands with each."),
        Answer.DEPENDS: ("Depends on other facts", "What it depends on stands with each."),
        Answer.NO: ("Not as published", "Something published stands in the way."),
    },
    "stage": {
        Answer.YES: ("Open at this stage", "No published criterion about the stage stands in the way. Others still count."),
        Answer.NOT_PRINTED: ("Stage not printed", f"No document says which stages these take. {ASK}"),
    },
    "area": {
        Answer.DEPENDS: ("Varies by area", "They exist in some areas and not in others. Ask whether there is one."),
        Answer.NOT_PRINTED: ("Area not printed", f"No document says where these are offered. {ASK}"),
        Answer.DOES_NOT_APPLY: ("Area does not apply", ""),
    },
    "delivery": {
        Answer.NOT_PRINTED: ("Delivery not printed", f"No document says how these are delivered. {ASK}"),
        Answer.DOES_NOT_APPLY: ("Delivery does not apply", ""),
    },
    "price": {Answer.NOT_PRINTED: ("Price not printed", "No document prints a price. That does not mean that it is free.")},
    "status": {Answer.NOT_PRINTED: ("Status not verified", "Whether these still stand as printed could not be checked.")},
    "when": {
        Answer.YES: ("Their criteria allow this", "Something published speaks of this and does not stand in the way. Other "
                                                  "criteria still count."),
        Answer.NOT_PRINTED: ("Nothing printed about this", f"Their documents do not settle it. {ASK}"),
    },
}
"""The heading of each answer and what it means, by facet, or `when` for a situation; else those that all share."""


def listings(site: Site) -> Iterator[Listing]:
    """Every list of the site."""
    for facet in site.facets.values():
        if facet.id in SAYS:  # each provider has a page of its own already
            yield from (of_value(site, facet, value) for value in facet.values)
    for id in PAIRED:
        yield from (of_pair(site, person, site.facets[id], value)
                    for person in site.facets["for"].values for value in _paired(site, person, id))
    yield from (of_situation(site, situation) for situation in SITUATIONS)


def of_value(site: Site, facet: Facet, value: Value) -> Listing:
    """The list of one value of a facet."""
    ways = [Ways(f"{facet.heading}: others", tuple(
        Link(other.label, facet.url(other), facet.counts[other.id]) for other in facet.values if other != value))]
    if facet.id == "for":
        ways = [*(_by(site, value, id) for id in PAIRED), situations_for(site, value.id), *ways]
    elif facet.id in PAIRED:
        ways.insert(0, Ways("By person", tuple(
            Link(person.label, pair_url(site, person, facet, value)) for person in site.facets["for"].values
            if value in _paired(site, person, facet.id))))
    return Listing(
        facet.url(value), f"{facet.heading}: {value.label}", SAYS[facet.id],
        _groups(facet.id, _found(site, facet, value, site.registry.services, site.people)),
        tuple(way for way in ways if way.links), _first({"focus": value.id} if facet.id == "for" else {}),
        of_a_case=facet.id in ("for", *PAIRED))


def of_pair(site: Site, person: Value, facet: Facet, value: Value) -> Listing:
    """The list of one person and one stage or place."""
    above = Link(person.label, site.facets["for"].url(person))
    return Listing(
        pair_url(site, person, facet, value), f"{person.label}: {value.label}",
        f"{SAYS[facet.id]} Only entries for this person or group.",
        _groups(facet.id, _found(site, facet, value, site.by_party[person.id], (person.id,))),
        (*(_by(site, person, id) for id in PAIRED),
         Ways("Anyone", (Link(value.label, facet.url(value), facet.counts[value.id]),)), situations_for(site, person.id)),
        _first({"focus": person.id}), above, of_a_case=True)


def of_situation(site: Site, situation: Situation) -> Listing:
    """The list of one situation."""
    facet = site.facets["for"]
    concerned = people(site, situation)
    return Listing(
        situation.url, situation.title, SAYS["when"], _groups("when", look(site, situation)),
        (Ways("By person", tuple(Link(value.label, facet.url(value), facet.counts[value.id])
                                 for value in facet.values if value.id in concerned)),
         Ways("Other situations", tuple(Link(other.title, other.url) for other in SITUATIONS if other != situation))),
        tuple(filter(None, (*_first({situation.fact: situation.value}), situation.first))), of_a_case=True)


def situations_for(site: Site, person: str) -> Ways:
    """The situations of one person (a value of `focus`)."""
    return Ways("By situation", tuple(
        Link(situation.title, situation.url) for situation in SITUATIONS if person in people(site, situation)))


def pair_url(site: Site, person: Value, facet: Facet, value: Value) -> str:
    """The address of the list of a pair: `services/for/victim-survivor/in/lancashire/`."""
    return site.facets["for"].url(person) + facet.url(value).removeprefix("services/")


def _paired(site: Site, person: Value, id: str) -> tuple[Value, ...]:
    """The values of a facet that have a list for this person: those which the questions ask for."""
    return tuple(value for value in site.facets[id].values
                 if person.id in site.questions[id].asked_for and value.id in site.labels[id])


def _by(site: Site, person: Value, id: str) -> Ways:
    facet = site.facets[id]
    return Ways(facet.heading, tuple(
        Link(value.label, pair_url(site, person, facet, value)) for value in _paired(site, person, id)))


def _found(site: Site, facet: Facet, value: Value, services: Iterable[Service], concerned: Iterable[str]) -> Iterator[Found]:
    """What is printed of each service; of a stage, with the criteria that say it. Of a place, what is there comes first."""
    if facet.id == "area":
        services = sorted(services, key=lambda service: service.area is None or value.id not in service.area.places)
    for service in services:
        if facet.id == "stage":
            yield look_at(site, service, "stage", value.id, concerned)
        elif (answer := facet.answer(service.id, value.id)) is not Answer.NO:
            yield Found(service, answer)


def _groups(about: str, found: Iterable[Found]) -> tuple[Group, ...]:
    """What was found, by answer; what comes first at high risk stands first in each group."""
    by_answer: dict[Answer, list[Found]] = {answer: [] for answer in Answer}
    for one in found:
        by_answer[one.answer].append(one)
    meanings = MEANINGS[""] | MEANINGS.get(about, {})
    return tuple(Group(answer, *meanings[answer], tuple(sorted(some, key=lambda one: not one.service.safety_first)))
                 for answer, some in by_answer.items() if some)


def _first(case: Case) -> tuple[str, ...]:
    """What the engine says before any answer to a case, but that high risk comes first: every list says it."""
    return tuple(notice.label for notice in notices(case, ()) if notice is not Notice.HIGH_RISK_FIRST)
