"""The worksheets: what a referral asks for, as lines to tick and room to write in.

Each is made from the registry, as a tree of sections, parts and lines. `fragments/worksheet.html` makes a page of it
and `worksheet_docx` a file for a word processor; both show all of it. Criteria, papers, questions, prices, steps and
warnings are the registry's own. What stands here in words of ours says how to use a sheet, or names its source.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from quiz import logic, wording
from quiz.model import Criterion, Document, Service, Statement, Topics, Where
from quiz.suitability import Effect, effect_of
from quiz.wording import initial, length, sentence

if TYPE_CHECKING:
    from waymark_site.site import Site


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said, with what stands under it in smaller letters."""

    says: str
    sources: tuple[Where, ...] = ()
    title: str = ""
    """Words that stand before it, in bold."""
    page: str = ""
    """Where the title leads on the site."""
    more: tuple["Line", ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs."""

    lines: tuple[Line, ...]
    kind: ClassVar = "text"


@dataclass(frozen=True, slots=True)
class Points:
    """A list to read, not to tick."""

    lines: tuple[Line, ...]
    kind: ClassVar = "points"


@dataclass(frozen=True, slots=True)
class Ticks:
    """A table with boxes to tick for each line."""

    head: str
    """What the lines are."""
    lines: tuple[Line, ...]
    boxes: tuple[str, ...] = ("Tick",)
    """The heading of each column of boxes. A single one stands before the lines."""
    room: str = ""
    """The heading of a last column to write in, where there is one."""
    kind: ClassVar = "ticks"


@dataclass(frozen=True, slots=True)
class Blanks:
    """Lines to write on."""

    labels: tuple[str, ...]
    kind: ClassVar = "blanks"


@dataclass(frozen=True, slots=True)
class Grid:
    """An empty table to write in."""

    head: str
    columns: tuple[str, ...]
    rows: int
    kind: ClassVar = "grid"


Part = Text | Points | Ticks | Blanks | Grid


@dataclass(frozen=True, slots=True)
class Section:
    """Some parts under one heading."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A sheet to print."""

    id: str
    title: str
    says: str
    """What it is for, in a sentence."""
    services: tuple[str, ...]
    """The services from whose pages it is offered."""
    documents: tuple[str, ...]
    """The referral documents that it names."""
    sections: tuple[Section, ...]

    @property
    def url(self) -> str:
        """Its page, from the top of the site."""
        return f"worksheets/{self.id}/"

    @property
    def file(self) -> str:
        """The same for a word processor."""
        return f"worksheets/{self.id}.docx"

    def lines(self) -> Iterator[Line]:
        """Every line, in order, each before what stands under it."""
        for section in self.sections:
            for part in section.parts:
                if isinstance(part, Text | Points | Ticks):
                    for line in part.lines:
                        yield line
                        yield from line.more


# —— What every sheet says ——

ONLY_YOURS = "Tick what you ask for. Further on, leave out what is for other services."
OWN_FORM = "Where the service has a form of its own, use that, as it is today. This sheet is ours. It helps you to get ready, and no service has to accept it."
NAMES = "Write names by hand, or in your own copy of the file. This site asks for none and keeps none. Keep a sheet that you have filled in as safe as the case file."
NO_RISK = "It does not assess risk and it is no assessment: do not file it as one. If anybody is in danger now, ring 999."
OLD = "What this sheet asks is what was printed in a document of"
READING = {
    Effect.REQUIRES: "With a No, the service does not fit as published.",
    Effect.EXCLUDES: "With a Yes, the service does not fit as published.",
    Effect.ASK_FIRST: "With a Yes, speak to the team before you refer.",
    Effect.CONDITION: "With a No, it fits once this is settled.",
}
COLUMNS = "The columns are those of the plan that the protocol prints, in our own words."
NOT_KNOWN = "‘Not known’ never counts as a No, and never as a Yes. Find out."
ANSWERS = ("Yes", "No", "Not known")
PAPERS = ("Needed", "Ready", "Checked", "Sent")
SIGNED = Section("For your file", (Blanks(("Reference, without a name", "Filled in by (role and team)", "Date", "Signature")),))
NOTES = Section("Notes", (Grid("Room to write", ("Notes",), 1),))


def _before(site: "Site", provider: str = "") -> Section:
    """How to use a sheet, and how far its provider is known to stand."""
    lines = [Line(OWN_FORM), Line(NAMES), Line(NO_RISK), *_high_risk(site)]
    if provider:
        status = site.providers[provider].status
        lines.append(Line(sentence(status.says), (status.source,), title=f"{site.providers[provider].name}: {status.state.label.lower()}."))
        described = dict.fromkeys(service.source.document for service in site.by_provider[provider])
        lines += [Line(f"{OLD} {site.sources[id].date_printed}. Check that it still holds before you rely on it.", title="Old.")
                  for id in described if site.is_old(id)]
    return Section("Before you use this sheet", (Text(tuple(lines)),))


def _high_risk(site: "Site") -> Iterator[Line]:
    first = [service for service in site.registry.services if service.safety_first]
    if first:
        yield Line(f"If a professional has assessed the risk as high, these come first, whoever the case is about: "
                   f"{'; '.join(service.name for service in first)}.", tuple(service.source for service in first))


# —— From the registry ——

def _stated(statement: Statement, title: str = "", page: str = "") -> Line:
    return Line(sentence(statement.says), (statement.source,), title, page)


def _some(chosen: Sequence[Service], every: Sequence[Service]) -> str:
    """For which of a sheet's services something holds; nothing where it is all of them."""
    if len(chosen) == len(every):
        return ""
    if len(chosen) > len(every) / 2:
        return f"All but: {'; '.join(service.name for service in every if service not in chosen)}."
    return f"{'; '.join(service.name for service in chosen)}."


def _told(services: Sequence[Service], of: Callable[[Service], Iterable[Statement]]) -> dict[str, tuple[Statement, list[Service]]]:
    """Each statement once, by its words, with the services that it is made of."""
    found: dict[str, tuple[Statement, list[Service]]] = {}
    for service in services:
        for statement in of(service):
            found.setdefault(statement.says, (statement, []))[1].append(service)
    return found


def _each(services: Sequence[Service], of: Callable[[Service], Iterable[Statement]]) -> tuple[Line, ...]:
    """One line for each statement, in order."""
    return tuple(_stated(statement, _some(holders, services)) for statement, holders in _told(services, of).values())


def _grouped(services: Sequence[Service], of: Callable[[Service], Iterable[Statement]]) -> tuple[Line, ...]:
    """What is said of all the services, then of some: what holds for the same ones stands together."""
    groups: dict[str, list[Statement]] = {"": []}
    for statement, holders in _told(services, of).values():
        groups.setdefault(_some(holders, services), []).append(statement)
    for_all = groups.pop("")
    return *map(_stated, for_all), *(
        _stated(group[0], some) if len(group) == 1 else Line("", title=some, more=tuple(map(_stated, group)))
        for some, group in groups.items())


def _criterion(criterion: Criterion) -> Line:
    effect = effect_of(criterion)
    when = "If not:" if effect in (Effect.REQUIRES, Effect.CONDITION) else "If so:"
    advice = (Line(sentence(criterion.advice), title=when),) if criterion.advice else ()
    return Line(sentence(criterion.says), (criterion.source,), f"{effect.label}.", more=advice)


def _reading(criteria: Iterable[Criterion]) -> tuple[Part, ...]:
    effects = {effect_of(criterion) for criterion in criteria}
    return (Points(tuple(Line(says, title=f"{effect.label}.") for effect, says in READING.items() if effect in effects)),
            Text((Line(NOT_KNOWN),)))


def _weighed(criteria: Iterable[Criterion]) -> Ticks:
    return Ticks("Criterion", tuple(map(_criterion, criteria)), ANSWERS)


def _criteria(site: "Site", services: Sequence[Service]) -> Iterator[Section]:
    """Criteria that services share, once, and then each one's own."""
    yield Section("How to read the criteria", _reading(check.criterion for service in services for check in site.checks(service)))
    for shared in site.registry.shared_criteria:
        if holders := [service for service in services if shared.id in service.shared_criteria]:
            some = _some(holders, services)
            about = (Text((Line(some, title="For:"),)),) if some else ()
            yield Section(shared.says.rstrip("."), (*about, _weighed(shared.criteria)))
    for service in services:
        if service.criteria:
            yield Section(service.name, (_weighed(service.criteria),))


def _document(document: Document, concerned: str = "", cautions: bool = True) -> Line:
    more = [Line(sentence(initial(document.held_by)), title="Held by:")]
    if concerned:
        more.append(Line(concerned, title="For:"))
    if cautions:
        more += [_stated(caution, "Take care.") for caution in document.cautions]
    return Line(sentence(document.needed), (document.source,), sentence(document.name), f"documents/{document.id}/", tuple(more))


def _papers(site: "Site", services: Sequence[Service]) -> Ticks:
    asked = [(document, [service for service in services if document.id in service.documents]) for document in site.registry.documents]
    return Ticks("Document", tuple(_document(document, _some(holders, services)) for document, holders in asked if holders), PAPERS)


def _topics(service: Service, section: str) -> list[Topics]:
    """The printed lists of a service that come from a part of its document."""
    return [topics for topics in service.topics if section in topics.source.section]


# —— The sheets ——

def _offer(site: "Site", service: Service) -> Line:
    """A service with its price and length, to choose from."""
    cost = "; ".join(wording.price(price, site.people) for price in service.prices) or service.price_status.label
    weeks = site.weeks(service) and service.timeline.ends_with
    return Line(sentence(service.for_whom.says), (service.for_whom.source,), sentence(service.name), f"services/{service.id}/", (
        Line(sentence(cost), tuple(dict.fromkeys(price.source for price in service.prices)), "Cost:"),
        Line(sentence(length(service) + (f" to {weeks}" if weeks else "")), title="Time:")))


def _contacts(site: "Site", provider: str, services: Sequence[Service]) -> tuple[Line, ...]:
    every = dict.fromkeys(contact for service in services for contact in site.contacts(service))
    shown = [Line(sentence(str(contact.value)), (contact.source,), f"{contact.label}:") for contact in every if contact.value and not contact.withheld]
    withheld = dict.fromkeys(contact.withheld for contact in every if contact.withheld)
    return *shown, *(Line(sentence(reason), title="Printed, and not shown here.") for reason in withheld)


def _referral(site: "Site", id: str, provider: str, title: str) -> Worksheet | None:
    """What to check, gather and send for the services of one provider that ask for papers."""
    services = [service for service in site.by_provider.get(provider, ()) if service.documents and not service.browse_only]
    if not services:
        return None
    costs = _grouped(services, lambda service: (*filter(None, (service.price_note,)), *service.extra_charges))
    cautions = _grouped(services, lambda service: service.cautions)
    steps = _each(services, lambda service: service.referral.steps if service.referral else ())
    sections = [
        _before(site, provider),
        Section("Which service you ask for", (Text((Line(ONLY_YOURS),)), Ticks("Service", tuple(_offer(site, service) for service in services)),
                                              *((Points(costs),) if costs else ()))),
        *_criteria(site, services),
        Section("Papers", (Text(_own(site, CHECKED)), _papers(site, services))),
        *((Section("Take care", (Points(cautions),)),) if cautions else ()),
        Section("Send it", ((Ticks("Step", steps, ("Done",)),) if steps else ()) + (Points(_contacts(site, provider, services)),)),
        NOTES, SIGNED]
    named = tuple(document.id for document in site.registry.documents if any(document.id in service.documents for service in services))
    return Worksheet(id, title, f"What to check, gather and send with a referral ({site.providers[provider].name}).",
                     tuple(service.id for service in services), named, tuple(sections))


def _screening(site: "Site") -> Worksheet | None:
    """The screening form with what each answer leads to, and the principles that the form leaves out."""
    form, assessment = site.services.get("dao-screening"), site.services.get("dao-risk-assessment")
    if not form or not assessment or not form.referral:
        return None
    questions = tuple(Section(f"{number}. {question.asks}", (Ticks("Answer", tuple(
        Line(sentence(answer.then), (question.source,), sentence(answer.says), more=(Line(sentence(answer.leads_to.label), title="Leads to:"),))
        for answer in question.answers)),)) for number, question in enumerate(form.screening, 1))
    asked = {question.fact for question in form.screening}
    left_out = [check.criterion for check in site.checks(assessment) if not asked & set(logic.facts(check.expression))]
    cautions = (*form.cautions, *site.cautions.get(form.id, ()))
    both = {form.source, assessment.for_whom.source}
    differ = [Line(sentence(item.shown_as), tuple(dict.fromkeys(claim.source for claim in item.claims)), f"{initial(item.about)}.")
              for item in site.disagreements.get(form.id, ()) if both <= {claim.source for claim in item.claims}]
    return Worksheet("dao-screening", "DAO screening questions",
        "The four questions of the screening form with what each answer leads to, and the principles that the form leaves out.",
        (form.id, assessment.id, *assessment.related.after, *form.related.instead), form.documents, (
            _before(site, form.provider), *questions,
            Section("What the answers add up to", (Points(tuple(map(_stated, form.referral.steps))),)),
            Section("Principles that the form leaves out", (
                Text((Line("The protocol sets these as well. They count as much as the questions."),)),
                *_reading(left_out), _weighed(left_out))),
            Section("Take care", (Points((*map(_stated, cautions), *differ)),)),
            NOTES, SIGNED))


def _consent(site: "Site") -> Worksheet | None:
    """What to have ready, to say and to ask when a person is asked for their consent."""
    form, assessment = site.services.get("dao-screening"), site.services.get("dao-risk-assessment")
    question = next((question for question in form.screening if question.fact == "consent"), None) if form else None
    if not form or not assessment or not question:
        return None
    required = tuple(_criterion(check.criterion) for check in site.checks(assessment) if set(logic.facts(check.expression)) == {"consent"})
    own = [rule for rule in site.rules.get(assessment.id, ()) if rule.id in ("dao-consent", "dao-confidential-information")]
    where = {statement.source for rule in own for statement in rule.statements}
    care = tuple(_stated(caution) for caution in assessment.cautions if caution.source in where)
    differ = tuple(Line(sentence(claim.says), (claim.source,)) for item in site.disagreements.get(form.id, ())
                   if all("Consent Form" in claim.source.section for claim in item.claims) for claim in item.claims)
    papers = [site.documents[id] for id in form.documents]
    lists = tuple(Section(topics.title, (Ticks("What to say" if topics.title.startswith("What") else "Who", tuple(
        Line(item, (topics.source,)) for item in topics.items),
        ("Agrees", "Says no") if "say no" in topics.title else ("Said",)),)) for topics in _topics(form, "Consent Form"))
    after = [site.documents[id] for id in assessment.documents if id not in form.documents]
    return Worksheet("dao-consent", "DAO consent conversation",
        "What to have ready, what to say and what to ask before a person signs the consent form of the Domestic Abuse Officers.",
        (form.id, *own[0].services) if own else (form.id,), tuple(document.id for document in (*papers, *after)), (
            _before(site, form.provider),
            Section("Have ready", (Ticks("Document", tuple(map(_document, papers)), ("Ready",)),
                                   *((Points(differ),) if differ else ()))),
            *lists,
            Section("Is it informed consent?", (Text((Line(sentence(question.asks), (question.source,)),)), Ticks("Answer", tuple(
                Line(sentence(answer.then), (question.source,), sentence(answer.says)) for answer in question.answers)), Points(required))),
            *(Section(rule.name, (Points(tuple(map(_stated, rule.statements))),)) for rule in own),
            *((Section("Take care", (Points(care),)),) if care else ()),
            Section("To send with the consent form", (Ticks("Document", tuple(map(_document, after)), ("Ready",)),)),
            NOTES,
            Section("For your file", (Blanks(("Reference, without a name", "Which consent form was signed", "Day it was signed", "Day the leaflet was given", "Filled in by (role and team)")),))))


def _plan(site: "Site") -> Worksheet | None:
    """A sheet in the shape of the action plan that the protocol prints."""
    papers = site.services.get("dao-reports")
    printed = next(iter(_topics(papers, "Action Plan")), None) if papers else None
    if not papers or not printed:
        return None
    said = tuple(_stated(one) for one in papers.about if "action plan" in one.says)
    return Worksheet("action-plan", "Action plan", "Room for what is agreed: the issue, the aim, who does what, by when, and how it went.",
        (papers.id, *papers.part_of), (), (
            _before(site, papers.provider),
            Section("What the plan is", (Text(said),)),
            Section("Take care", (Points(tuple(map(_stated, papers.cautions))),)),
            Section("The plan", (Blanks(("Reference, without a name", "Start date")),
                                 Text((Line(COLUMNS, (printed.source,)),)), Grid("What is agreed", printed.items, 6))),
            Section("Agreed", (Blanks(("Signed by the person", "Date", "Signed by the worker", "Date")),))))


# What the record asks in our own words, each with the part of a document that it rests on.
BEFORE = (
    ("Are safe times and ways to reach the victim or survivor agreed, and does the service have them? It may contact them by itself.",
     "dvip-2010", "Summary Risk Identification Report"),
    ("Have you asked whom the service will speak to, and what it passes on to them?", "outside-dvact-confidentiality", "Confidentiality form"),
    ("Is support offered to the victim or survivor, whatever the other person decides?", "respect-factsheet", "What about victim/survivors?"),
    ("Has the person agreed to take part, where the service rests on consent? Did nobody press them?", "dao-protocol", "Criteria"),
    ("Is every address, school and telephone number found and blacked out?", "outside-ico-address-breaches", "Main text"),
    ("Is what the victim or survivor said kept apart, and marked confidential?", "dao-protocol", "Confidential Information"),
    ("May the court’s papers be shown? Has the legal team said so?", "outside-fpr-12-73", "Rule 12.73"),
    ("Has whoever pays said yes to the cost?", "dvact-pai", "Referral process"),
)
AFTER = (
    ("The service says that it has the referral, and what comes next", "dao-protocol", "4. Allocation of cases"),
    ("If there is a wait: how long, and who will say when it ends", "dao-protocol", "4. Allocation of cases"),
    ("The issues, the work and the reason for it are talked over with the service", "dao-protocol", "Referrals Process"),
    ("The service is invited to core groups, reviews and meetings", "dao-protocol", "Referrals Process"),
    ("The first interview or meeting", "dvact-pai", "Partner Abuse Interventions"),
    ("The risk has gone up: who was told, and what was decided", "dao-protocol", "Risk Escalations"),
    ("A report has come, and who may see it is settled", "dao-protocol", "5. Domestic Abuse Officer Pathway"),
    ("It was not taken: the reason, and what is done instead", "dao-protocol", "4. Allocation of cases"),
    ("The work has ended: what is still left to do", "dao-protocol", "Post-Programme Report - Better Me, Better Us Programme"),
)
CHECKED = (("Tick ‘Checked’ when somebody has looked through all of it for what could show where a person lives, works or goes to school.",
            "outside-ico-address-breaches", "Main text"),)


def _own(site: "Site", said: Iterable[tuple[str, str, str]]) -> tuple[Line, ...]:
    """Words of ours with their sources, as far as the registry has these."""
    return tuple(Line(sentence(says), (Where(document=document, section=section),)) for says, document, section in said
                 if document in site.sources)


def _record(site: "Site") -> Worksheet | None:
    """What was sent, when, and what came of it: for any of the services that ask for papers."""
    stage = site.questions["stage"]
    services = tuple(service.id for service in site.registry.services if service.documents)
    return Worksheet("referral-record", "Referral record", "What was checked before a referral went, what was sent, and what came of it.",
        services, tuple(document.id for document in site.registry.documents), (
            _before(site),
            Section("The referral", (Blanks(("Reference, without a name", "Service", "How it was sent", "Date sent", "Sent by (role and team)")),)),
            Section(stage.ask, (Ticks("Stage", tuple(Line(option.label) for option in stage.options)),)),
            Section("Before it goes", (Ticks("Question", _own(site, BEFORE), ("Yes", "No", "Does not arise")),)),
            Section("Papers", (Text(_own(site, CHECKED)), Ticks("Document", tuple(_document(document, cautions=False) for document in site.registry.documents), PAPERS))),
            Section("After it has gone", (Ticks("Step", _own(site, AFTER), ("Done",), "Date, and what was said"),)),
            Section("Contacts with the service", (Grid("Contacts", ("Date", "With whom (role)", "What was agreed", "Next step"), 6),)),
            SIGNED))


SHEETS: tuple[Callable[["Site"], Worksheet | None], ...] = (
    _screening, _consent,
    lambda site: _referral(site, "dao-referral", "west-sussex-dao", "DAO referral checklist"),
    lambda site: _referral(site, "dvact-referral", "dvact-pai", "DVACT referral checklist"),
    lambda site: _referral(site, "dvip-referral", "dvip", "DVIP referral checklist"),
    _plan, _record)
"""The sheets, in the order in which they are listed. One is left out where the registry lacks what it is made from."""


def worksheets(site: "Site") -> tuple[Worksheet, ...]:
    """Every sheet that the registry has the makings of."""
    return tuple(sheet for make in SHEETS if (sheet := make(site)))
