"""Everyday situations in which somebody looks for help, and what the registry says of each service in them.

A situation is one fact about a case, seldom more than a worker knows on the first day. What is said of it
is read off the criteria by the engine; where no criterion reads the fact, off the field of the model that
prints it. To add a situation, add a row to the table.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from quiz.logic import Value
from quiz.model import Service
from quiz.suitability import Check
from quiz.vocabulary import Gender
from waymark_site.answers import Answer, said
from waymark_site.site import Site


@dataclass(frozen=True, slots=True)
class Situation:
    """One fact about a case, and whom the case may be about."""

    slug: str
    """Its address: `services/when/…/`."""
    title: str
    """What it is called: calm, since it stands in a browser's history."""
    fact: str
    """The fact that is known: its id in `questions.yaml`."""
    value: Value
    """What is known of it."""
    people: tuple[str, ...] = ()
    """Whom the work may be for: values of `focus`. Where empty, everyone for whom the fact is asked."""
    first: str = ""
    """What must be said before any list, if anything."""

    @property
    def url(self) -> str:
        """The address of its page."""
        return f"services/when/{self.slug}/"


HARM = ("person_using_harm", "both_parents")
SURVIVOR = ("victim_survivor", "both_parents")

SITUATIONS = (
    Situation("risk-is-high", "When the risk is high", "risk", "high_serious_harm_or_murder"),
    Situation("denies", "When the person using harm denies it", "acknowledgement", "denies"),
    Situation("unsure", "When the person using harm is unsure about change", "acknowledgement", "recognises_ambivalent"),
    Situation("wants-to-change", "When the person using harm wants to change", "acknowledgement",
              "recognises_wants_change"),
    Situation("asks-for-help", "When the person using harm asks for help themselves", "referrer", "self", HARM),
    Situation("woman-using-harm", "When the person using harm is a woman", "perpetrator_gender", "female"),
    Situation("living-together", "When they still live together", "relationship", "living_together",
              first="Leaving can raise the danger, so nothing here suggests it."),
    Situation("living-apart", "When they have separated and live apart", "relationship", "separated",
              first="Separation can raise the danger. It does not end it."),
    Situation("safer-home", "When a safer home is needed", "wants", "safe_home", SURVIVOR),
    Situation("man", "When the victim or survivor is a man", "victim_gender", "male"),
    Situation("child-of-one", "When the child is one year old", "child_age", 1),
    Situation("child-of-five", "When the child is five years old", "child_age", 5),
    Situation("child-of-ten", "When the child is ten years old", "child_age", 10),
    Situation("child-of-fifteen", "When the child is fifteen years old", "child_age", 15),
    Situation("same-sex-couple", "When it is a same-sex couple", "couple", "same_sex"),
    Situation("interpreter", "When an interpreter is needed", "language", "interpreter"),
    Situation("parental-conflict", "When it may be conflict between parents", "behaviour_is_da", "no_parental_conflict",
              first="Abuse must never be renamed so that a service takes it. If you are not sure which it is, ask for a "
                    "consultation or ring a helpline before you decide."),
)
"""In the order in which a page names them: risk first, then each person."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a service has its answer: a sentence, what it does, and where on the page of the service it stands."""

    says: str
    effect: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What is printed of one service in a situation."""

    service: Service
    answer: Answer
    reasons: tuple[Reason, ...] = ()


def people(site: Site, situation: Situation) -> tuple[str, ...]:
    """Whom the work may be for in a situation: values of `focus`."""
    return situation.people or site.questions[situation.fact].asked_for


def look(site: Site, situation: Situation) -> Iterator[Found]:
    """What is printed of each service for the people of a situation, in the order of the registry."""
    concerned = people(site, situation)
    return (look_at(site, service, situation.fact, situation.value, concerned)
            for service in site.registry.services if not set(concerned).isdisjoint(service.for_whom.parties))


def look_at(site: Site, service: Service, fact: str, value: Value, concerned: Collection[str]) -> Found:
    """What the criteria of a service say of one fact; where none of them settles it, what a field of the model prints."""
    case = site.about(service, concerned) | {fact: value}
    read = said(site.checks(service), case, fact)
    printed = None
    if read.answer in (Answer.YES, Answer.NOT_PRINTED) and not read.because and fact in PRINTED:
        printed = PRINTED[fact](service, value)
    return printed or Found(service, read.answer, tuple(map(_reason, read.because)))


def _reason(check: Check) -> Reason:
    return Reason(check.criterion.says, check.effect.label, f"criterion-{check.criterion.id}")


def _by_age(service: Service, age: Value) -> Found | None:
    ages = service.for_whom.ages
    if ages is None:
        return None
    printed = Reason(f"Ages as printed: {ages.as_printed}"),
    if ages.min is None and ages.max is None:
        return Found(service, Answer.NOT_PRINTED, printed)
    inside = (ages.min is None or ages.min <= age) and (ages.max is None or age <= ages.max)
    return Found(service, Answer.YES if inside else Answer.NO, printed)


def _by_referrer(service: Service, who: Value) -> Found | None:
    """Somebody whom a document does not name among those who may refer is not thereby refused."""
    referral = service.referral
    if referral is None or not referral.who:
        return None
    return Found(service, Answer.YES if who in referral.who else Answer.ASK_FIRST, (Reason(referral.says),))


def _by_gender(service: Service, gender: Value) -> Found | None:
    """A document that prints one gender does not say why, so the team is asked about another."""
    printed = service.for_whom.gender
    if printed is None:
        return None
    named = printed in ({"female": Gender.WOMEN, "male": Gender.MEN}.get(gender), Gender.WOMEN_AND_MEN)
    return Found(service, Answer.YES if named else Answer.ASK_FIRST,
                 (Reason(f"The document says {printed.label.lower()}"),))


PRINTED: dict[str, Callable[[Service, Value], Found | None]] = {
    "child_age": _by_age, "referrer": _by_referrer, "perpetrator_gender": _by_gender, "victim_gender": _by_gender}
"""The facts that a field of the model prints beside the criteria."""
