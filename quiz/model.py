"""What a registry is: frozen dataclasses, one for each thing that `services.yaml` may say.

The text under each field is its documentation: the field reference, the JSON Schema that an
editor completes from and the comments of the template are all derived from it.

Two habits run through the model. A fact carries its `source`, the document and section that
print it. A fact that no document prints is left out and named in `not_printed`, never guessed.
"""

from dataclasses import dataclass
from typing import Any

from quiz.vocabulary import (
    ContactKind, CourtUse, Design, Direction, Gender, Holder, Kind, Mode, PriceStatus, PriceUnit,
    Screening, SourceKind, State, Tier, Topic, Whose,
)

Id = str
"""A stable name in lower case, with hyphens; never used again for something else."""

Condition = dict[str, Any]
"""A condition over facts as written in YAML; `quiz.logic.parse` says what may stand in it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Where:
    """Where a fact is printed."""

    document: Id
    """The key of the source document."""
    section: str
    """The heading or part of that document, so that a reader can find it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One thing that a document says, in our own words."""

    says: str
    """A plain sentence, not copied from the source."""
    source: Where
    """Where it is printed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Range:
    """A printed range, both ends included."""

    min: int | float
    """The lowest printed figure."""
    max: int | float
    """The highest printed figure."""


Quantity = int | float | Range
"""One printed figure, or a printed range."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A publication that facts are taken from."""

    id: Id
    """Its key, used in every `source`."""
    title: str
    """Its title as printed."""
    publisher: str
    """Who published it."""
    kind: SourceKind
    """One of the five source documents, or an outside page that a status or helpline rests on."""
    date_printed: str
    """The date exactly as the document prints it, or `undated`."""
    summary: str
    """What it is, in a sentence."""
    year: int | None = None
    """The latest year it speaks for; left out when it is undated."""
    address: str | None = None
    """Its web address, where one is known."""
    checked: str | None = None
    """The day we last read it (or a stored copy of it), as YYYY-MM-DD."""
    stale_after_years: int | None = None
    """How many years after `year` its facts must be shown as old."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """Whether a provider or service still stands as printed, and how we know."""

    state: State
    """The state in one word."""
    says: str
    """What is known, in a plain sentence."""
    source: Where
    """What that rests on."""
    checked: str
    """The day it was checked, as YYYY-MM-DD."""
    successor: str | None = None
    """The name of what came after, where there is one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """A public way to reach a team: no personal e-mail, no address of a safe place."""

    kind: ContactKind
    """Telephone, e-mail, website or case system."""
    label: str
    """Whom or what it reaches."""
    source: Where
    """Where it is printed."""
    value: str | None = None
    """The number, address or name as printed; left out when it may not be published."""
    withheld: str | None = None
    """Why a printed contact is not shown. With it, the value never reaches the site or its data."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Provider:
    """An organisation or team that offers services."""

    id: Id
    """Its key."""
    name: str
    """Its name."""
    what: Statement
    """What it is."""
    status: Status
    """Whether it still stands as printed."""
    also_known_as: tuple[str, ...] = ()
    """Other names it is printed under or was renamed to."""
    contacts: tuple[Contact, ...] = ()
    """Ways to reach it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """Something a referrer must gather, once, however many services ask for it."""

    id: Id
    """Its key."""
    name: str
    """What it is called."""
    what: str
    """What it is, in a sentence or two."""
    held_by: str
    """Who usually holds it."""
    holders: tuple[Holder, ...]
    """The same in a closed list, so that documents can be found by who has them."""
    needed: str
    """When it is needed, in a plain sentence."""
    source: Where
    """Where it is asked for."""
    when: Condition | None = None
    """The condition on the case under which it is needed; always, when left out."""
    cautions: tuple[Statement, ...] = ()
    """What to take care of before sharing it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ages:
    """The ages a service is printed for, in whole years."""

    as_printed: str
    """The words of the document."""
    source: Where
    """Where they are printed."""
    min: int | None = None
    """The youngest age, where one is printed."""
    max: int | None = None
    """The oldest age, where one is printed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ForWhom:
    """The people a service works with."""

    parties: tuple[str, ...]
    """Values of the fact `focus`."""
    says: str
    """Who they are, in a plain sentence."""
    source: Where
    """Where that is printed."""
    gender: Gender | None = None
    """The gender that the document prints."""
    ages: Ages | None = None
    """The ages that the document prints."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """Where a service is offered."""

    places: tuple[str, ...]
    """Values of the fact `area`, or `uk_wide`, or `varies` where local availability varies."""
    says: str
    """A plain sentence."""
    source: Where
    """Where that is printed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """How a service is delivered."""

    modes: tuple[Mode, ...]
    """The ways, in a closed list."""
    says: str
    """A plain sentence."""
    source: Where
    """Where that is printed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Referral:
    """Who may ask for a service, and how."""

    says: str
    """Who may refer, in a plain sentence."""
    source: Where
    """Where that is printed."""
    who: tuple[str, ...] = ()
    """Values of the fact `referrer`; empty where the document names nobody."""
    steps: tuple[Statement, ...] = ()
    """What to do, in order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Price:
    """A price exactly as printed, in whole pounds."""

    party: str
    """For whom: a value of the fact `focus`."""
    amount: int
    """Pounds, as printed."""
    unit: PriceUnit
    """What one price pays for."""
    includes: str
    """What the price pays for, and what the document does not say about it."""
    source: Where
    """Where it is printed."""
    period: str | None = None
    """The year the price belongs to, as printed; left out when the document is undated."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step in the course of a service. Figures are as printed; what is not printed is left out."""

    id: Id
    """Its key within the service."""
    name: str
    """What happens."""
    source: Where
    """Where it is printed."""
    says: str | None = None
    """Anything more, in a plain sentence."""
    weeks: Quantity | None = None
    """How long it lasts, in weeks."""
    months: Quantity | None = None
    """How long it lasts, in months, where the document counts in months."""
    sessions: Quantity | None = None
    """How many sessions or meetings."""
    hours: Quantity | None = None
    """Hours with a person, in all."""
    hours_each: Quantity | None = None
    """Hours of one session."""
    minutes_each: Quantity | None = None
    """Minutes of one session."""
    worker_hours: Quantity | None = None
    """Hours of work behind it, not hours with a person."""
    frequency: str | None = None
    """How often, as printed."""
    approximate: bool = False
    """True where the document says about, around or in the region of."""
    at_least: bool = False
    """True where the document prints only a least figure."""
    may_overlap: bool = False
    """True where it is not printed whether this runs beside the step before or after it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeline:
    """The course of a service, as steps one after another."""

    steps: tuple[Step, ...]
    """In order."""
    clock: str | None = None
    """What starts the first step, as printed; left out where it is not."""
    ends_with: str | None = None
    """What the last step ends with, for example the final report."""
    not_counted: str | None = None
    """Waiting or gaps that the document does not print."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Criterion:
    """One published condition on who a service is for. Exactly one of the four effects is given."""

    id: Id
    """Its key within the service."""
    says: str
    """The condition as a plain sentence, in our own words."""
    source: Where
    """Where it is printed."""
    requires: Condition | None = None
    """Must be true, or the service does not fit."""
    excludes: Condition | None = None
    """Must not be true, or the service does not fit."""
    ask_first: Condition | None = None
    """Where true, ask the team before referring."""
    condition: Condition | None = None
    """Must be true in the end, and can still be supplied: the service fits, if it is."""
    advice: str | None = None
    """What to do when this criterion decides."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedCriteria:
    """Criteria that several services of one provider share, written once."""

    id: Id
    """Its key, named in a service's `shared_criteria`."""
    says: str
    """What they have in common."""
    criteria: tuple[Criterion, ...]
    """The criteria."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """The report a service produces."""

    says: str
    """What it is and what it is for."""
    court: CourtUse
    """What the document says about using it in court."""
    source: Where
    """Where that is printed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One research finding, exactly as the document reports it."""

    says: str
    """What was found, in a plain sentence."""
    citation: str
    """Author and year, as cited by the document."""
    year: int
    """The year of the study, as cited."""
    design: Design
    """How it was come by."""
    direction: Direction
    """Whether it speaks for the service."""
    source: Where
    """Where it is printed."""
    figure: str | None = None
    """The figure exactly as printed, for example `6 of 8` or `66%`."""
    n: int | None = None
    """How many people or cases it rests on, where printed."""
    population: str | None = None
    """Whom it was found among."""
    disputed: Id | None = None
    """The disagreement that disputes it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A local count, with the period it belongs to."""

    says: str
    """What was counted."""
    value: str
    """The figure exactly as printed."""
    area: str
    """Where it was counted."""
    period: str
    """When it was counted, as printed."""
    source: Where
    """Where it is printed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Topics:
    """A printed list: what a programme covers, or what a report addresses."""

    title: str
    """What is listed."""
    items: tuple[str, ...]
    """The items, in our own words."""
    source: Where
    """Where it is printed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Related:
    """How a service stands to others."""

    before: tuple[Id, ...] = ()
    """What usually comes before it."""
    after: tuple[Id, ...] = ()
    """What may come after it."""
    instead: tuple[Id, ...] = ()
    """What to look at where this does not fit."""
    beside: tuple[Id, ...] = ()
    """What runs beside it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScreeningAnswer:
    """One answer on a screening form, and what it leads to."""

    value: str
    """The value of the fact that this answer stands for."""
    says: str
    """The answer, in our own words."""
    leads_to: Screening
    """What it leads to."""
    then: str
    """What the form says to do, in our own words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScreeningQuestion:
    """One question on a screening form."""

    fact: str
    """The fact it asks for."""
    asks: str
    """The question, in our own words."""
    answers: tuple[ScreeningAnswer, ...]
    """The answers, in the order of the form."""
    source: Where
    """Where it is printed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Service:
    """An intervention, assessment, programme, process or support that a document describes."""

    id: Id
    """Its stable key, which is also its address on the site."""
    name: str
    """Its name in plain words."""
    provider: Id
    """Who offers it."""
    tier: Tier
    """An intervention in its own right, something that supports one, or a part of one."""
    kind: Kind
    """What sort of thing it is."""
    summary: str
    """One sentence that says what it is and for whom."""
    for_whom: ForWhom
    """The people it works with."""
    source: Where
    """The main place where it is described."""
    about: tuple[Statement, ...]
    """What it is and does."""
    also_known_as: tuple[str, ...] = ()
    """Other names it is printed under, and words people search for."""
    part_of: tuple[Id, ...] = ()
    """The services that a component belongs to."""
    combines: tuple[Id, ...] = ()
    """The single services that a package for both parents holds, one for each of them."""
    safety_first: bool = False
    """True for what comes before any programme where the risk is high, whoever the case is about."""
    status: Status | None = None
    """Its own status, where it differs from its provider's."""
    area: Area | None = None
    """Where it is offered."""
    delivery: Delivery | None = None
    """How it is delivered."""
    referral: Referral | None = None
    """Who may ask for it, and how."""
    prices: tuple[Price, ...] = ()
    """Every printed price."""
    price_status: PriceStatus | None = None
    """Why there is no price; only where none is printed."""
    price_note: Statement | None = None
    """What the document says about cost beside the prices."""
    extra_charges: tuple[Statement, ...] = ()
    """What is charged on top, as printed."""
    timeline: Timeline | None = None
    """How long it takes."""
    topics: tuple[Topics, ...] = ()
    """What it covers or addresses."""
    criteria: tuple[Criterion, ...] = ()
    """Its own published criteria."""
    shared_criteria: tuple[Id, ...] = ()
    """Sets of criteria that it shares with other services."""
    browse_only: str | None = None
    """Why it is never an answer to a case: a reason, where no criteria are printed."""
    documents: tuple[Id, ...] = ()
    """The referral documents it asks for."""
    report: Report | None = None
    """The report it produces."""
    findings: tuple[Finding, ...] = ()
    """Evidence about it."""
    figures: tuple[Figure, ...] = ()
    """Local counts."""
    contacts: tuple[Contact, ...] = ()
    """Its own contacts, beside its provider's."""
    cautions: tuple[Statement, ...] = ()
    """What to take care of."""
    screening: tuple[ScreeningQuestion, ...] = ()
    """The questions of a screening form."""
    related: Related = Related()
    """How it stands to other services."""
    not_printed: tuple[Topic, ...] = ()
    """Topics that no document prints for it."""
    not_applicable: tuple[Topic, ...] = ()
    """Topics that do not arise for a thing of this kind."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A principle that a document attaches to services rather than a service of its own."""

    id: Id
    """Its key."""
    name: str
    """What it is called."""
    services: tuple[Id, ...]
    """The services it applies to."""
    statements: tuple[Statement, ...]
    """What it says."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Study:
    """Evidence that a document reports about a kind of service rather than one service."""

    id: Id
    """Its key."""
    name: str
    """What was studied."""
    services: tuple[Id, ...]
    """The services it bears on."""
    findings: tuple[Finding, ...]
    """What it found."""
    caution: Statement | None = None
    """How far it can be carried over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One of several things that documents say about the same matter."""

    id: Id
    """Its key within the disagreement."""
    says: str
    """The claim, in our own words; figures exactly as printed."""
    source: Where
    """Where it is printed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Disagreement:
    """Where documents, or parts of one, do not agree. Every claim is kept."""

    id: Id
    """Its key."""
    about: str
    """What the claims are about."""
    services: tuple[Id, ...]
    """The services it concerns."""
    claims: tuple[Claim, ...]
    """The claims, two or more."""
    shown_as: str
    """What this site does about it."""
    preferred: Id | None = None
    """The claim that is used, if one is."""
    because: str | None = None
    """Why that claim is preferred."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Caution:
    """Something in a document that a reader must know before relying on it."""

    id: Id
    """Its key."""
    about: str
    """What it is about, in a few words."""
    services: tuple[Id, ...]
    """The services it concerns."""
    says: str
    """What to know, in plain sentences."""
    source: Where
    """Where it arises."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Helpline:
    """A number to ring, with where and when it was checked."""

    id: Id
    """Its key."""
    name: str
    """Its name."""
    number: str
    """The number, spaced to be read aloud."""
    who: str
    """Whom it is for."""
    source: Where
    """Where it is printed."""
    checked: str
    """The day it was checked, as YYYY-MM-DD."""
    how_checked: str
    """How it was checked, and how sure that is."""
    hours: str | None = None
    """When it answers; left out where stored pages disagree or do not say."""
    email: str | None = None
    """A public e-mail address, where one was confirmed."""
    everywhere: bool = False
    """True to show it in the footer of every page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A word of the field, explained."""

    id: Id
    """Its key."""
    term: str
    """The word or abbreviation, as it stands within a sentence: only a name begins with a capital."""
    means: str
    """What it means, in a plain sentence or two."""
    stands_for: str | None = None
    """The words behind an abbreviation."""
    source: Where | None = None
    """Where a document explains it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Synonym:
    """Everyday words, and what they mean here, so that a search for them finds it."""

    id: Id
    """Its key."""
    words: tuple[str, ...]
    """The words as people type them, in lower case."""
    services: tuple[Id, ...] = ()
    """The services that they mean first of all."""
    facets: dict[str, tuple[str, ...]] | None = None
    """Facets of the directory, each with the values the words may mean; a service must have one of each."""
    gender: Gender | None = None
    """The gender the words give a person; leaves out services that are printed for another gender only."""
    terms: tuple[Id, ...] = ()
    """Words of the glossary that they mean."""
    helplines: tuple[Id, ...] = ()
    """Numbers to ring that they mean."""
    says: str | None = None
    """What to know before reading what is found, in a plain sentence or two."""
    source: Where | None = None
    """Where that is printed; left out where it says only how to search."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NotListed:
    """Something in a document that the site names but does not list, and why."""

    id: Id
    """Its key."""
    name: str
    """What it is."""
    reason: str
    """Why it is not listed."""
    source: Where
    """Where it is printed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Retired:
    """A service id that was listed once and keeps its page."""

    id: Id
    """The id, never used again."""
    name: str
    """Its last name."""
    reason: str
    """Why it was taken out."""
    on: str
    """The day, as YYYY-MM-DD."""
    successor: Id | None = None
    """The service to look at now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One answer to a question."""

    value: str
    """The value of the fact."""
    label: str
    """The answer in plain words."""
    short: str | None = None
    """A shorter label for tables, where the answer is long."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Years:
    """A whole number of years, both ends included."""

    min: int
    """The lowest that may be given."""
    max: int
    """The highest that may be given."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A fact that a case can have, and how it is asked. Options or years, never free text."""

    id: str
    """The fact."""
    ask: str
    """The question."""
    whose: Whose
    """Whose circumstances it is about."""
    asked_for: tuple[str, ...]
    """The values of `focus` it can matter for."""
    hint: str | None = None
    """One short line of help."""
    options: tuple[Option, ...] = ()
    """The closed list of answers."""
    years: Years | None = None
    """The range, where the answer is a whole number of years."""
    may_be_unknown: bool = True
    """Whether "I do not know" is an answer."""
    never_suggest: str | None = None
    """Why changing this must never be suggested; left out where it may be."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Local:
    """A local edition: what one authority has added to the registry. It is never written in `services.yaml`."""

    area: str
    """The value of the fact `area` that it is for."""
    name: str
    """The place, as it is shown."""
    maintainer: str
    """Who keeps the edition."""
    date: str
    """The day it was last changed, as YYYY-MM-DD."""
    parts: dict[str, str]
    """What is local about each service, provider and telephone line that it touches, in words, by its id."""


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """The registry itself."""

    version: str
    """Its version: year, month and a number."""
    date: str
    """The day it was last changed, as YYYY-MM-DD."""
    maintainer: str
    """Who keeps it."""
    local: Local | None = None
    """What is local about it, in a local edition: read from `local/AREA.yaml`, and never written here."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Registry:
    """Everything: validated once, then only read."""

    registry: About
    """The registry itself."""
    sources: tuple[Source, ...]
    """Every publication that a fact is taken from."""
    providers: tuple[Provider, ...]
    """Every organisation or team."""
    documents: tuple[Document, ...]
    """Every referral document."""
    shared_criteria: tuple[SharedCriteria, ...]
    """Criteria that several services share."""
    services: tuple[Service, ...]
    """The catalogue."""
    rules: tuple[Rule, ...]
    """Principles attached to services."""
    evidence: tuple[Study, ...]
    """Studies attached to services."""
    disagreements: tuple[Disagreement, ...]
    """Where documents differ."""
    cautions: tuple[Caution, ...]
    """What to know before relying on a document."""
    helplines: tuple[Helpline, ...]
    """Numbers to ring."""
    glossary: tuple[Term, ...]
    """Words of the field."""
    not_listed: tuple[NotListed, ...]
    """What is named but not listed, and why."""
    questions: tuple[Question, ...]
    """The facts a case can have: from `quiz/questions.yaml`."""
    synonyms: tuple[Synonym, ...] = ()
    """Everyday words, for the search."""
    retired: tuple[Retired, ...] = ()
    """Ids that were listed once."""
