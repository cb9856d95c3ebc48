"""The facets of the directory: for whom, stage, kind, area, delivery, provider, price and status.

Each is defined once, here, and read off the registry; pages, the filter form and the search all use
what is said here. A facet knows for every service what the registry says of each of its values. Where
the registry says nothing, the answer is unknown with its reason, never no: so nobody is hidden by
something that a document left out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from quiz.model import Service
from quiz.vocabulary import Kind, Mode, Place, PriceStatus, State, Topic, Word
from waymark_site.answers import SPEAKS_FOR, UNKNOWN, Answer

if TYPE_CHECKING:
    from waymark_site.site import Site


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet."""

    id: str
    """The word of the registry: `victim_survivor`."""
    label: str
    """The word as people read it."""

    @property
    def slug(self) -> str:
        """The word as it stands in an address: `victim-survivor`."""
        return self.id.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the registry says of one service, for every value of a facet."""

    answers: Mapping[str, Answer]
    """The answers for the values it speaks of."""
    otherwise: Answer = Answer.NO
    """The answer for every other value: no, or why that is not known."""

    def answer(self, value: str) -> Answer:
        """The answer for one value."""
        return self.answers.get(value, self.otherwise)

    @property
    def values(self) -> tuple[str, ...]:
        """The values that the service certainly has."""
        return tuple(value for value, answer in self.answers.items() if answer is Answer.YES)


@dataclass(frozen=True)
class Facet:
    """One way to narrow the directory."""

    id: str
    """Its key: in the filter form and after the # of an address."""
    heading: str
    """What it is called."""
    folder: str
    """The folder of the pages of its values."""
    values: tuple[Value, ...]
    """Its values, in the order of the registry's own lists."""
    readings: Mapping[str, Reading]
    """What the registry says of every service, by service id."""
    words: Mapping[Answer, str] = field(default_factory=dict)
    """How each answer but yes and no is put in words: a reason that can stand alone beside a name."""

    def answer(self, service: str, value: str) -> Answer:
        """What the registry says of a service (by id) and a value."""
        return self.readings[service].answer(value)

    def reason(self, service: str) -> str:
        """Why values of a service are not known: `Stage not printed`; empty where all of them are."""
        otherwise = self.readings[service].otherwise
        return self.words[otherwise] if otherwise in UNKNOWN else ""

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many services each value may be right for, by what is printed: yes, ask first and depends."""
        return {value.id: sum(reading.answer(value.id) in SPEAKS_FOR for reading in self.readings.values())
                for value in self.values}

    def tokens(self, service: str) -> str:
        """The answers of a service as the filter form reads them: `value`, `value:answer`, `*:answer` for the rest."""
        reading = self.readings[service]
        answers = {value: answer for value, answer in reading.answers.items() if answer is not reading.otherwise}
        if reading.otherwise is not Answer.NO:
            answers["*"] = reading.otherwise
        return " ".join(value if answer is Answer.YES else f"{value}:{answer}" for value, answer in answers.items())

    def url(self, value: Value) -> str:
        """The page of a value."""
        return f"{self.folder}{value.slug}/"


def facets(site: "Site") -> tuple[Facet, ...]:
    """Every facet, in the order of the filter form."""
    def facet(id: str, heading: str, folder: str, values: Iterable[Value],
              read: Callable[[Service], Reading], **words: str) -> Facet:
        return Facet(id, heading, folder, tuple(values), {service.id: read(service) for service in services},
                     {Answer(answer): text for answer, text in words.items()})

    services, labels = site.registry.services, site.labels
    return (
        facet("for", "For whom", "services/for/", _labelled(site.people),
              lambda service: _has(*service.for_whom.parties)),
        facet("stage", "Stage of the case", "services/stage/", _labelled(labels["stage"]),
              lambda service: _stages(site, service), ask_first="Stage: ask the team first",
              depends="Stage depends on other facts", not_printed="Stage not printed"),
        facet("kind", "Kind", "services/kind/", _words(Kind), lambda service: _has(service.kind)),
        facet("area", "Where", "services/in/", (*_labelled(labels["area"]), *_words(Place)),
              lambda service: _area(service, labels["area"]), depends="Varies by area",
              not_printed="Area not printed", does_not_apply="Area does not apply"),
        facet("delivery", "How it is delivered", "services/delivery/", _words(Mode), _delivery,
              not_printed="Delivery not printed", does_not_apply="Delivery does not apply"),
        facet("provider", "Provider", "providers/",
              (Value(provider.id, provider.name) for provider in site.registry.providers
               if provider.id in site.by_provider),
              lambda service: _has(service.provider)),
        facet("price", "Price", "services/price/", (Value(PRICED, "Printed"), *_words(PriceStatus)), _price,
              not_printed="Price not printed"),
        facet("status", "Status", "services/status/", _words(State),
              lambda service: _status(site.status(service).state), not_printed="Status not verified"),
    )


PRICED = "printed"
"""The value of the facet `price` for services with a printed price; its others say why there is none."""


def _labelled(labels: Mapping[str, str]) -> Iterator[Value]:
    return (Value(id, label) for id, label in labels.items())


def _words(words: Iterable[Word]) -> Iterator[Value]:
    return (Value(word.value, word.label) for word in words)


def _has(*values: str) -> Reading:
    return Reading({str(value): Answer.YES for value in values})


def _stages(site: "Site", service: Service) -> Reading:
    """What the criteria say of each stage; where none reads the stage, nothing is printed about it."""
    said = site.stages(service)
    if not said:
        return Reading({}, Answer.NOT_PRINTED)
    return Reading({stage: said[label] for stage, label in site.labels["stage"].items()})


def _area(service: Service, areas: Iterable[str]) -> Reading:
    """Across the UK is in every area; what varies may be in any, so nobody is told that it is or is not."""
    if service.area is None:
        return Reading({}, _unsaid(service, Topic.AREA))
    places = service.area.places
    wide = Answer.YES if Place.UK_WIDE in places else Answer.DEPENDS if Place.VARIES in places else None
    return Reading((dict.fromkeys(areas, wide) if wide else {}) | {str(place): Answer.YES for place in places})


def _delivery(service: Service) -> Reading:
    return _has(*service.delivery.modes) if service.delivery else Reading({}, _unsaid(service, Topic.DELIVERY))


def _price(service: Service) -> Reading:
    """A price that is not printed may be anything but printed: it is not thereby free."""
    if service.prices:
        return _has(PRICED)
    if service.price_status is PriceStatus.NOT_PRINTED:
        return Reading({PRICED: Answer.NO, PriceStatus.NOT_PRINTED.value: Answer.YES}, Answer.NOT_PRINTED)
    return _has(service.price_status)


def _status(state: State) -> Reading:
    """Not verified may turn out to be any of the others."""
    return Reading({state.value: Answer.YES}, Answer.NOT_PRINTED if state is State.UNVERIFIED else Answer.NO)


def _unsaid(service: Service, topic: Topic) -> Answer:
    return Answer.DOES_NOT_APPLY if topic in service.not_applicable else Answer.NOT_PRINTED
