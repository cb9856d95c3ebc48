"""The comparison: every service in a row, every thing that commissioners compare in a column.

Each cell has something to say: a figure, words, or the reason why there is neither. Figures are as printed or worked out
from printed ones. No price is divided, raised to today's money or ranked with one of another date or unit.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from quiz.model import Finding, Service
from quiz.vocabulary import Kind, Topic, Word
from quiz.wording import day, initial, pounds, sentence, unsaid
from waymark_site import figures, wording
from waymark_site.site import Site


class View(Word):
    """The groups of columns that a visitor can choose from."""

    FIGURES = "figures", "Key figures"
    COST = "cost", "Cost"
    TIME = "time", "Time and dose"
    EVIDENCE = "evidence", "Evidence and standing"
    WHO = "who", "Who and where"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one service has in one column."""

    text: str
    """The figure or the words; or the reason why there are none."""
    absent: bool = False
    """Whether the text is such a reason."""
    span: tuple[float, float] | None = None
    """The lowest and highest figure, where there is one to sort by."""
    more: tuple[str, ...] = ()
    """What stands below it."""
    beside: str = ""
    """What figures of a column must share to be ranked together: the date and unit of a price."""

    @property
    def whole(self) -> str:
        """Everything it says, as one text."""
        return ". ".join(part.rstrip(".") for part in (self.text, *self.more))


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that is compared."""

    id: str
    heading: str
    views: tuple[View, ...]
    read: Callable[[Service], Cell]
    unit: str = ""
    """What its figures count; empty where they are only words."""
    folds: bool = False
    """Whether what stands below a cell is folded away."""


@dataclass(frozen=True, slots=True)
class Row:
    """One service."""

    service: Service
    cells: dict[str, Cell]
    """By column."""
    old: bool
    """Whether its document is past its limit."""
    differs: bool
    """Whether documents, or parts of one, differ about it."""


@dataclass(frozen=True, slots=True)
class Table:
    """Everything that is compared."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    ranks: dict[str, tuple[str, ...]]
    """For each column with figures, what they must share to be ranked together, each once; current ones first."""

    def rank(self, column: Column, cell: Cell) -> int:
        """The place of a figure's group among those of its column."""
        return self.ranks[column.id].index(cell.beside)

    def sorted(self, column: Column) -> list[tuple[str, list[Row]]]:
        """The rows that have a figure in a column, lowest first, in groups that may be ranked together."""
        return [(beside, sorted((row for row in self.having(column) if row.cells[column.id].beside == beside),
                                key=lambda row: row.cells[column.id].span)) for beside in self.ranks[column.id]]

    def having(self, *columns: Column) -> list[Row]:
        """The rows that have a figure in any of these columns."""
        return [row for row in self.rows if any(row.cells[column.id].span for column in columns)]

    def lacking(self, *columns: Column) -> list[Row]:
        """The rows that have a figure in none of these columns."""
        return [row for row in self.rows if not any(row.cells[column.id].span for column in columns)]

    @property
    def old(self) -> int:
        """How many rows rest on a document that is past its limit."""
        return sum(row.old for row in self.rows)

    @property
    def prices(self) -> tuple[Column, ...]:
        """The columns of prices."""
        return tuple(column for column in self.columns if column.unit == POUNDS)

    def column(self, id: str) -> Column:
        """A column by its id."""
        return next(column for column in self.columns if column.id == id)


POUNDS, WEEKS = "pounds", "weeks"

LEFT_OUT = (
    ("Prices", "No price is divided by sessions or hours, because most pay for an assessment too. No old price is raised to "
               "today’s money. Prices with another date, or for another unit, are never ranked together. VAT, travel, "
               "interpreters and going to court are not in a price unless its document says so."),
    ("A price that is not printed", "It does not mean free, and it is never counted as zero. Ask the service."),
    ("Time", "Weeks count from the start of the service’s own clock, which is often the day it has your documents. The time "
             "before that is not counted, and nor is any wait that no document gives a figure for."),
    ("Sessions and hours", "They add up what is printed for each step, for everybody seen. Hours are worked out only where both the number "
                           "of sessions and their length are printed."),
    ("Evidence", "Findings differ in what they measured, so they are counted and never scored. ‘Not evaluated’ says nothing for or against a "
                 "service."),
    ("Accreditation", "No document says which services are accredited. Ask the provider."),
    ("Old documents", "What rests on one is marked, and you can leave it out. It says what was so then."),
    ("Whether it fits", "This compares what is printed. It does not say what is right for a family, whether there is a place, or how good a "
                        "service is."),
)
"""What the comparison does not say, by what it is about: on the page, and in the files to take away."""


def table(site: Site) -> Table:
    """The comparison of the registry as it is."""
    columns = tuple(_columns(site))
    rows = tuple(Row(service, {column.id: column.read(service) for column in columns}, site.is_old(service.source.document),
                     service.id in site.disagreements)
                 for service in site.registry.services)
    return Table(columns, rows, {column.id: _ranks(rows, column.id) for column in columns if column.unit})


def _ranks(rows: Iterable[Row], id: str) -> tuple[str, ...]:
    found = sorted((row for row in rows if row.cells[id].span), key=lambda row: row.old)
    return tuple(dict.fromkeys(row.cells[id].beside for row in found))


def _columns(site: Site) -> Iterable[Column]:
    figures_cost, time = (View.FIGURES, View.COST), (View.FIGURES, View.TIME)
    for party in _priced(site):
        yield Column(f"price-{party.replace('_', '-')}", f"Price: {site.people[party].lower()}", figures_cost,
                     lambda service, party=party: _price(site, service, party), POUNDS)
    yield Column("price-status", "Price status", (View.COST,), _price_status)
    yield Column("pays-for", "What the price pays for", (View.COST,), lambda service: _words(
        [price.includes for price in service.prices], "No price printed"))
    yield Column("who-pays", "Who pays, and what is charged on top", (View.COST,), lambda service: _words(
        [one.says for one in (*filter(None, [service.price_note]), *service.extra_charges)], "Not printed"))
    yield Column("sessions", "Sessions", time, lambda service: _figure(figures.sessions(service)), "sessions")
    yield Column("hours", "Hours with people", time, lambda service: _figure(figures.hours(service)), "hours")
    yield Column("weeks", "Weeks", time, lambda service: _figure(figures.weeks(service)), WEEKS)
    yield Column("report-weeks", "Weeks to report", time, lambda service: _figure(figures.weeks_to_report(service)), WEEKS)
    yield Column("clock", "What starts the clock", (View.TIME,), _clock)
    yield Column("not-counted", "Time not counted", (View.TIME,), _not_counted)
    yield Column("evidence", "Evidence", (View.EVIDENCE,), lambda service: _evidence(site, service), folds=True)
    yield Column("report", "Report and court use", (View.EVIDENCE,), _report)
    yield Column("accreditation", "Accreditation", (View.EVIDENCE,), _accreditation)
    yield Column("source", "Source and its date", (View.EVIDENCE,), lambda service: _source(site, service), "the year")
    yield Column("status", "Status", (View.EVIDENCE,), lambda service: _status(site, service))
    yield Column("for", "For whom", (View.WHO,), lambda service: Cell(wording.people(site, service)))
    yield Column("provider", "Provider", (View.WHO,), lambda service: Cell(site.providers[service.provider].name))
    yield Column("delivery", "How it is delivered", (View.WHO,), _delivery)
    yield Column("area", "Where", (View.WHO,), lambda service: Cell(
        wording.places(site, service.area), more=(service.area.says,)) if service.area else _unsaid(service, Topic.AREA))


def _priced(site: Site) -> list[str]:
    """The people for whom any price is printed, in the order of the questions."""
    parties = {price.party for service in site.registry.services for price in service.prices}
    return [party for party in site.people if party in parties]


def _price(site: Site, service: Service, party: str) -> Cell:
    found = next((price for price in service.prices if price.party == party), None)
    if found:
        date = found.period or site.sources[service.source.document].date_printed
        return Cell(pounds(found.amount), span=(found.amount, found.amount), more=(found.unit.label, initial(date)),
                    beside=f"{'Undated prices' if date == 'undated' else f'Prices of {date}'} {found.unit.label}")
    if party not in service.for_whom.parties:
        return Cell("Not listed for them", absent=True)
    return Cell("Not printed for them" if service.prices else service.price_status.label, absent=True)


def _price_status(service: Service) -> Cell:
    return Cell("Printed") if service.prices else Cell(service.price_status.label, absent=True)


def _figure(found: figures.Figure) -> Cell:
    return Cell(found.text, absent=found.span is None, span=found.span, more=found.more)


def _clock(service: Service) -> Cell:
    if service.timeline and service.timeline.clock:
        return Cell(initial(service.timeline.clock))
    return Cell("Not printed", absent=True) if service.timeline else _unsaid(service, Topic.TIMESCALE)


def _not_counted(service: Service) -> Cell:
    if service.timeline and service.timeline.not_counted:
        return Cell(service.timeline.not_counted)
    return Cell("Nothing is said of waits", absent=True) if service.timeline else _unsaid(service, Topic.TIMESCALE)


def _evidence(site: Site, service: Service) -> Cell:
    of_kind = [finding for study in site.studies.get(service.id, ()) for finding in study.findings]
    if service.findings:
        others = (f"And {_findings(of_kind)} on programmes of its kind",) if of_kind else ()
        return Cell(_findings(service.findings), more=(*map(finding, service.findings), *others))
    if of_kind:
        return Cell("None on this one", more=(f"{_findings(of_kind)} on programmes of its kind", *map(finding, of_kind)))
    return Cell("Does not apply" if Topic.EVIDENCE in service.not_applicable else "Not evaluated in these documents", absent=True)


def _findings(found: Iterable[Finding]) -> str:
    """`4 findings: supports 2, describes 2`."""
    counts = Counter(one.direction for one in found)
    number = counts.total()
    return f"{number} finding{'s' * (number > 1)}: " + ", ".join(
        f"{direction.label.split(',')[0].lower()} {counts[direction]}" for direction in type(next(iter(counts))) if counts[direction])


def finding(one: Finding) -> str:
    """A finding in one text: what was found, how, among how many and when."""
    figure = f" Figure: {one.figure}." if one.figure else ""
    people = f"n = {one.n:,}" if one.n is not None else "number of people not printed"
    disputed = ". Disputed" if one.disputed else ""
    return f"{sentence(one.says)}{figure} {one.design.label}, {people}, {one.year}. {one.direction.label}{disputed}"


def _report(service: Service) -> Cell:
    return Cell(service.report.court.label, more=(service.report.says,)) if service.report else _unsaid(service, Topic.REPORT)


def _accreditation(service: Service) -> Cell:
    """What is said of it. No document says of any service that it is accredited, so there is no field for it."""
    if service.kind is Kind.ACCREDITATION:
        return Cell("Does not apply", absent=True)
    return _words([one.says for one in (*service.about, *service.cautions) if "accredit" in one.says.casefold()], "Not printed")


def _source(site: Site, service: Service) -> Cell:
    source = site.sources[service.source.document]
    return Cell(initial(source.date_printed), span=(source.year, source.year) if source.year else None,
                more=(f"{source.title} ({source.publisher})",))


def _status(site: Site, service: Service) -> Cell:
    status = site.status(service)
    return Cell(status.state.label, more=(f"Checked {day(status.checked)}",))


def _delivery(service: Service) -> Cell:
    if not service.delivery:
        return _unsaid(service, Topic.DELIVERY)
    first, *rest = (mode.label for mode in service.delivery.modes)
    return Cell(", ".join([first, *(label[:1].lower() + label[1:] for label in rest)]), more=(service.delivery.says,))


def _unsaid(service: Service, topic: Topic) -> Cell:
    return Cell(unsaid(service, topic), absent=True)


def _words(said: Iterable[str], otherwise: str) -> Cell:
    """Each text once; or the reason why there is none."""
    texts = tuple(dict.fromkeys(said))
    return Cell(texts[0], more=texts[1:]) if texts else Cell(otherwise, absent=True)
