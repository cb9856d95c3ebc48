"""From a case to an answer: who is looked at, what to ask next, what is recommended.

A case about both parents is always two cases, one for each parent, and a third for the packages
that hold a separate piece of work for each: never work with the two together.
"""

import datetime
from dataclasses import dataclass, field
from functools import cached_property

from quiz.logic import Case, Value
from quiz.model import Question, Registry, Service
from quiz.panel import Examined, Panel
from quiz.standing import is_current, status_of
from quiz.suitability import Candidate, Suitability, Verdict, candidates
from quiz.vocabulary import Word

TRACKS = {"both_parents": ("both_parents", "victim_survivor", "person_using_harm")}
"""The people looked at, one by one, where the focus of a case is more than one person."""

FIRST = ("focus", "area", "referrer", "stage")
"""The questions that open every path: without them hardly any criterion can be looked at."""

ANSWERS = (Verdict.FITS, Verdict.FITS_IF, Verdict.ASK_FIRST)
"""The verdicts that are worth taking forward."""


class Notice(Word):
    """What must be said before any answer."""

    HIGH_RISK_FIRST = "high_risk_first", (
        "High risk comes first: follow your safeguarding procedures, and involve the IDVA and the MARAC before any "
        "programme. In immediate danger ring 999.")
    RISK_NOT_ASSESSED = "risk_not_assessed", (
        "Nobody has assessed the risk yet. Ask for that now; not assessed does not mean not high.")
    NEVER_TOGETHER = "never_together", "Each parent has their own work. Never see them together for it."
    SAFE_CONTACT = "safe_contact", (
        "A referral may lead a service to contact the victim or survivor, or be seen by the person using harm. Agree "
        "first how and when each can safely be reached, and do not tell one parent that the other is referred.")


@dataclass(frozen=True)
class Rulebook:
    """A registry made ready to answer cases. Made once, used for any number of cases."""

    registry: Registry

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Every service that may be an answer, in the order of the registry."""
        return candidates(self.registry)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its fact, in the order of asking."""
        return {question.id: question for question in self.registry.questions}

    @cached_property
    def services(self) -> dict[str, Service]:
        """Every service by id."""
        return {service.id: service for service in self.registry.services}

    @cached_property
    def current(self) -> frozenset[str]:
        """The services known to stand today as printed."""
        today = datetime.date.fromisoformat(self.registry.registry.date)
        sources = {source.id: source for source in self.registry.sources}
        return frozenset(service.id for service in self.registry.services
                         if is_current(status_of(service, self.registry), sources[service.source.document], today))

    @cached_property
    def packages(self) -> tuple[Service, ...]:
        """The services that stand for several others."""
        return tuple(service for service in self.registry.services if service.combines)

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each service among those of one verdict: what is known to stand today, then packages, then the
        order of the registry."""
        ordered = sorted(self.registry.services, key=lambda service: (service.id not in self.current, not service.combines))
        return {service.id: place for place, service in enumerate(ordered)}

    @cached_property
    def panels(self) -> dict[str, Panel]:
        """The services considered for each person: by the values of `focus`."""
        return {option.value: Panel(tuple(candidate for candidate in self.candidates
                                          if option.value in candidate.service.for_whom.parties))
                for option in self.questions["focus"].options}

    def considered(self, person: str) -> tuple[Candidate, ...]:
        """The candidates for one person (a value of `focus`), in the order of the registry."""
        return self.panels[person].candidates


@dataclass(frozen=True, slots=True)
class Person:
    """The answers for one of the people a case is about."""

    person: str
    """A value of `focus`."""
    answers: tuple[Suitability, ...]
    """One for each service considered, in the order of the registry."""
    examined: Examined | None = field(default=None, repr=False, compare=False)
    """How they were found: saves time when the next answer is like this one."""


@dataclass(frozen=True)
class Outcome:
    """Everything the registry says of a case."""

    rulebook: Rulebook = field(repr=False, compare=False)
    case: Case
    people: tuple[Person, ...]
    """By person, the packages for both parents before each parent."""
    next_question: str | None
    """The fact to ask for next, or None when no answer could change a verdict."""

    @cached_property
    def recommended(self) -> tuple[Suitability, ...]:
        """What to take forward, best first."""
        return recommend(self.rulebook, self.people)

    @cached_property
    def notices(self) -> tuple["Notice", ...]:
        """What must be said before any answer, most urgent first."""
        return notices(self.case, self.people)

    def still_possible(self) -> int:
        """How many services can still fit."""
        return sum(answer.verdict is not Verdict.DOES_NOT_FIT for person in self.people for answer in person.answers)


def tracks(case: Case) -> tuple[tuple[str, Case], ...]:
    """Each person a case is about, with the case as it is for them; none before the focus is known."""
    if "focus" not in case:
        return ()
    focus = str(case["focus"])
    return tuple((person, {**case, "focus": person}) for person in TRACKS.get(focus, (focus,)))


def answer(rulebook: Rulebook, case: Case, unknown: frozenset[str] = frozenset(), before: Outcome | None = None) -> Outcome:
    """What the registry says of a case. `unknown` are the facts already answered "I do not know". Pure.

    `before`, what the same rulebook said of another case, only saves time: the more alike the two are,
    the fewer services are examined again.
    """
    held = {one.person: one.examined for one in before.people} if before else {}
    found = {person: rulebook.panels[person].examine(seen, held.get(person)) for person, seen in tracks(case)}
    people = tuple(Person(person, examined.answers, examined) for person, examined in found.items())
    return Outcome(rulebook, case, people, next_question(rulebook, case, people, unknown))


def next_question(rulebook: Rulebook, case: Case, people: tuple[Person, ...], unknown: frozenset[str]) -> str | None:
    """The first unanswered question, in the fixed order, whose answer could still change a verdict."""
    if "focus" not in case:
        return "focus"
    matters = {fact for person in people for answer in person.answers for fact in answer.missing}
    return next((fact for fact in rulebook.questions if fact in matters and fact not in unknown and fact not in case), None)


def why_asked(people: tuple[Person, ...], fact: str) -> tuple[Service, ...]:
    """The services whose verdict an answer could still change: the reply to "why are you asking?"."""
    return tuple({answer.service.id: answer.service for person in people for answer in person.answers
                  if fact in answer.missing}.values())


def kept(rulebook: Rulebook, answered: Case, fact: str, value: Value | None) -> Case:
    """The case after one answer is changed (None: taken back): what is still asked stays, the rest is dropped.

    The questions are gone through again from the first; an answer to a question that would not be
    asked now must not decide anything unseen.
    """
    given = {key: old for key, old in answered.items() if key != fact} | ({} if value is None else {fact: value})
    case: dict[str, Value] = {}
    passed: set[str] = set()
    outcome = answer(rulebook, case)
    while (question := outcome.next_question) is not None:
        if question in given:
            case = {**case, question: given[question]}
        else:
            passed.add(question)
        outcome = answer(rulebook, case, frozenset(passed), outcome)
    return case


def recommend(rulebook: Rulebook, people: tuple[Person, ...]) -> tuple[Suitability, ...]:
    """What to take forward, best first. No score: five plain rules, each applied where the one before ties.

    Services for a person at high risk come first; then fits before fits-if before ask-first; then what
    is known to stand today; then a package before its parts; then the order of the registry. A package
    stands for its parts: where it does at least as well as each of them, they are left out.
    """
    rank = ANSWERS.index
    best: dict[str, Suitability] = {}
    for person in people:
        for found in person.answers:
            if found.verdict in ANSWERS:
                held = best.setdefault(found.service.id, found)
                if held is not found and rank(found.verdict) < rank(held.verdict):
                    best[found.service.id] = found
    packages = [best[package.id] for package in rulebook.packages if package.id in best]
    covered = {part for found in packages for part in found.service.combines
               if all(part in best and rank(found.verdict) <= rank(best[part].verdict) for part in found.service.combines)}
    # the last rule first: each sort keeps the order before it where it ties
    placed = [best[id] for id in sorted(best, key=rulebook.places.__getitem__) if id not in covered]
    ranked = [found for verdict in ANSWERS for found in placed if found.verdict is verdict]
    return tuple(sorted(ranked, key=lambda found: not found.service.safety_first))


SAME_HOME = ("living_together", "separated_same_home")
"""Where the person using harm may see a letter or hear a call."""


def notices(case: Case, people: tuple[Person, ...]) -> tuple[Notice, ...]:
    """What must be said before any answer, most urgent first."""
    worth = {person.person for person in people
             if any(answer.verdict in ANSWERS and not answer.service.safety_first for answer in person.answers)}
    said = {
        Notice.HIGH_RISK_FIRST: case.get("risk") == "high_serious_harm_or_murder",
        Notice.RISK_NOT_ASSESSED: case.get("risk") == "not_assessed",
        Notice.NEVER_TOGETHER: case.get("focus") == "both_parents",
        Notice.SAFE_CONTACT: bool(worth & {"person_using_harm", "both_parents", "young_person_using_harm"})
        or case.get("relationship") in SAME_HOME,
    }
    return tuple(notice for notice, due in said.items() if due)
