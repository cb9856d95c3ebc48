"""The picture of provision: how many services each person, stage and finding about risk leaves open.

Worked out by the engine on these three facts alone, for every person the registry knows. A service counts
while no published criterion rules it out. It is no measure of need, of places or of quality.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from quiz import logic
from quiz.instead import FOR_WORKERS
from quiz.logic import Case
from quiz.model import Service
from quiz.pathway import TRACKS
from quiz.suitability import Candidate, Effect, Verdict, examine
from waymark_site.site import Site

ABOUT = ("stage", "risk")
"""The facts of a case that the picture is drawn by, beside whom it is about."""

FACTS = frozenset(("focus", *ABOUT))
"""All that is known of a case in the picture."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One combination, and what is left open for it."""

    case: Case
    label: str
    """The finding about risk, as a heading; empty where it is not asked for this person."""
    open: int
    """How many services no published criterion rules out."""
    plain: int
    """How many of these have a criterion that names the stage or the risk as theirs, and none that asks first."""


@dataclass(frozen=True, slots=True)
class Row:
    """One stage; or every stage together, where it is not asked for this person."""

    stage: str
    """A value of `stage`, or empty."""
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """The picture for one person (a value of `focus`)."""

    id: str
    label: str
    rows: tuple[Row, ...]
    counted: int
    """How many services have criteria, so that they can be ruled out or not."""
    uncounted: int
    """How many are listed for this person with no criteria, so that nothing can be said."""
    alone: tuple[str, ...]
    """The people to look at instead, each alone, where this is more than one person."""

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every combination."""
        return tuple(cell for row in self.rows for cell in row.cells)

    @property
    def nothing(self) -> tuple[Cell, ...]:
        """The combinations for which nothing is listed."""
        return tuple(cell for cell in self.cells if not cell.open)


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole picture."""

    people: tuple[Person, ...]
    consultations: tuple[Service, ...]
    """What is left for the worker where nothing is listed."""

    @property
    def cells(self) -> int:
        """How many combinations there are."""
        return sum(len(person.cells) for person in self.people)

    @property
    def empty(self) -> int:
        """For how many of them nothing is listed."""
        return sum(len(person.nothing) for person in self.people)

    @property
    def most(self) -> int:
        """The largest number in any cell."""
        return max(cell.open for person in self.people for cell in person.cells)


def picture(site: Site) -> Picture:
    """The picture of the registry as it is."""
    people = tuple(_person(site, id) for id in site.people)
    empty = [cell.case for person in people for cell in person.nothing]
    return Picture(people, tuple(candidate.service for candidate in site.rulebook.candidates
                                 if candidate.service.kind in FOR_WORKERS
                                 and any(map(_reader(candidate), empty))))


def _person(site: Site, id: str) -> Person:
    questions, considered = site.rulebook.questions, site.rulebook.considered(id)
    stages, risks = (site.labels[fact] if id in questions[fact].asked_for else {"": f"Any {fact}"} for fact in ABOUT)
    readers = [_reader(candidate) for candidate in considered]
    rows = tuple(Row(stage, name, tuple(_cell(readers, {"focus": id, "stage": stage, "risk": risk}, label)
                                        for risk, label in risks.items())) for stage, name in stages.items())
    return Person(id, site.labels["focus"][id], rows, len(considered), len(site.by_party[id]) - len(considered),
                  tuple(person for person in TRACKS.get(id, ()) if person != id))


def _cell(readers: list["Reader"], facts: Case, label: str) -> Cell:
    case = {fact: value for fact, value in facts.items() if value}
    found = Counter(read(case) for read in readers)
    return Cell(case, label, found[OPEN] + found[PLAIN], found[PLAIN])


CLOSED, OPEN, PLAIN = 0, 1, 2
"""What is left of a service: nothing; it is not ruled out; and the stage or the risk is named as its own."""

Reader = Callable[[Case], int]


def _reader(candidate: Candidate) -> Reader:
    """What says of a case what is left of a service. It looks again only where a fact differs that matters to it."""
    # no other criterion can be settled by these facts, so no other can rule the service out
    about = Candidate(candidate.service, tuple(check for check in candidate.checks
                                               if not FACTS.isdisjoint(logic.facts(check.expression))))
    seen: dict[tuple, int] = {}

    def read(case: Case) -> int:
        key = tuple(case.get(fact) for fact in about.facts)
        if key not in seen:
            out = examine(about, case).verdict is Verdict.DOES_NOT_FIT
            seen[key] = CLOSED if out else PLAIN if _is_plain(about, case) else OPEN
        return seen[key]
    return read


def _is_plain(about: Candidate, case: Case) -> bool:
    """Whether a criterion names the stage or the risk as what must be so, and none about them asks first or is open."""
    truths = [(check.effect, logic.evaluate(check.expression, case)) for check in about.checks
              if check.effect is not Effect.CONDITION and not set(ABOUT).isdisjoint(logic.facts(check.expression))]
    return (Effect.REQUIRES, True) in truths and all(truth is (effect is Effect.REQUIRES) for effect, truth in truths)
