"""The comparison in pictures, as numbers for drawings. Each has a table beside it that says the same."""

from collections import Counter
from dataclasses import dataclass

from quiz.model import Finding, Provider, Service
from quiz.timeline import COURT_LIMIT_WEEKS
from quiz.vocabulary import Direction, PriceStatus, Topic
from waymark_site import provision
from waymark_site.compare import Row, Table
from waymark_site.facets import PRICED
from waymark_site.site import Site

LABELS, WIDTH = 400, 1020
"""Measures of every drawing in its own units: width of the names, and of all."""
LINE, BAR, HEAD, TOP = 24, 13, 34, 26
ROOM = 90
"""What is kept free beside the longest bar, for its figure."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure."""

    row: Row
    text: str
    y: float
    width: float
    slack: float
    """How much longer it is at its highest."""
    apart: bool
    """Whether it rests on an old document, and is drawn so."""


@dataclass(frozen=True, slots=True)
class Group:
    """Bars that may be ranked together."""

    heading: str
    y: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """A drawing of bars on one scale."""

    groups: tuple[Group, ...]
    ticks: tuple[tuple[int, float], ...]
    height: float
    limit_x: float | None = None
    labels: int = LABELS
    width: int = WIDTH
    bar: int = BAR


def prices(table: Table) -> Bars:
    """Every printed price, by the person it is for; another date or unit stands apart."""
    return _bars(table, [(column, f"{column.heading.removeprefix('Price: ').capitalize()}: ") for column in table.prices], 1_000)


def report_weeks(table: Table) -> Bars:
    """The weeks to the report of every service of which they are printed."""
    return _bars(table, [(table.column("report-weeks"), "")], 4, COURT_LIMIT_WEEKS)


def _bars(table: Table, columns, gap: int, limit: int | None = None) -> Bars:
    """Bars for the figures of some columns, each with what its groups are called before their own name."""
    ranked = [(column, name + (beside[:1].lower() + beside[1:] if name else beside), rows) for column, name in columns
              for beside, rows in table.sorted(column)]
    most = max([limit or 0, *(row.cells[column.id].span[1] for column, _, rows in ranked for row in rows)])
    scale = (WIDTH - LABELS - ROOM) / most
    y, groups = float(TOP), []
    for column, heading, rows in ranked:
        head = y
        y += HEAD if heading else 8
        bars = []
        for row in rows:
            low, high = row.cells[column.id].span
            bars.append(Bar(row, row.cells[column.id].text, y, round(low * scale, 1), round((high - low) * scale, 1), row.old))
            y += LINE
        groups.append(Group(heading, head, tuple(bars)))
    ticks = tuple((tick, round(LABELS + tick * scale, 1)) for tick in range(0, int(most) + 1, gap))
    return Bars(tuple(groups), ticks, y + 8, round(LABELS + limit * scale, 1) if limit else None)


@dataclass(frozen=True, slots=True)
class Mark:
    """One finding, where it stands on a line of years."""

    finding: Finding
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Strip:
    """The findings on one service."""

    service: Service
    y: float
    height: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Every finding on a service of its own, on one line of years, a strip for each service."""

    strips: tuple[Strip, ...]
    ticks: tuple[tuple[int, float], ...]
    height: float
    not_evaluated: int
    does_not_apply: int
    of_kind: int
    """How many have no finding of their own, and some on programmes of their kind."""
    directions: tuple[Direction, ...] = tuple(Direction)
    labels: int = LABELS
    width: int = WIDTH

    @property
    def findings(self) -> int:
        """How many findings are drawn."""
        return sum(len(strip.marks) for strip in self.strips)


MARK = 15
"""How far two findings of one year stand apart."""


def evidence(site: Site) -> Evidence:
    """The findings on each service, by their year; those of one year stand one under another."""
    services = [service for service in site.registry.services if service.findings]
    years = [finding.year for service in services for finding in service.findings]
    first, last = min(years) // 5 * 5, -(-max(years) // 5) * 5
    step = (WIDTH - LABELS - 40) / (last - first)

    def x(year: int) -> float:
        return round(LABELS + 16 + (year - first) * step, 1)

    y, strips = float(TOP), []
    for service in services:
        placed: Counter[int] = Counter()
        marks = []
        for finding in sorted(service.findings, key=lambda one: (one.year, one.direction.value)):
            marks.append(Mark(finding, x(finding.year), y + 13 + placed[finding.year] * MARK))
            placed[finding.year] += 1
        height = 11 + max(placed.values()) * MARK
        strips.append(Strip(service, y, height, tuple(marks)))
        y += height
    without = [service for service in site.registry.services if not service.findings]
    of_kind = sum(service.id in site.studies for service in without)
    idle = sum(Topic.EVIDENCE in service.not_applicable for service in without)
    return Evidence(tuple(strips), tuple((year, x(year)) for year in range(first, last + 1, 5)), y + 6,
                    len(without) - of_kind - idle, idle, of_kind)


@dataclass(frozen=True, slots=True)
class Share:
    """How many entries of a provider have one answer."""

    answer: str
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Priced:
    """What one provider's documents say of prices."""

    provider: Provider
    y: float
    shares: tuple[Share, ...]

    def count(self, answer: str) -> int:
        """How many of its entries have an answer."""
        return next((share.count for share in self.shares if share.answer == answer), 0)


@dataclass(frozen=True, slots=True)
class Published:
    """What is said of prices, by provider."""

    rows: tuple[Priced, ...]
    answers: tuple[tuple[str, str], ...]
    """Every answer that any entry has, with its label: the price is printed, or why not."""
    height: float
    labels: int = LABELS
    width: int = WIDTH
    bar: int = BAR


def published(site: Site) -> Published:
    """How many entries of each provider print a price, and what is said instead."""
    said = {provider: Counter(PRICED if service.prices else service.price_status.value for service in services)
            for provider, services in site.by_provider.items()}
    order = [PRICED, *(status.value for status in PriceStatus if status is not PriceStatus.NOT_PRINTED), PriceStatus.NOT_PRINTED.value]
    labels = {value.id: value.label for value in site.facets["price"].values}
    answers = tuple((answer, labels[answer]) for answer in order if any(counts[answer] for counts in said.values()))
    scale = (WIDTH - LABELS - ROOM) / max(counts.total() for counts in said.values())
    rows = []
    for at, provider in enumerate(site.registry.providers):
        if provider.id not in said:
            continue
        x, shares = float(LABELS), []
        for answer, _ in answers:
            if count := said[provider.id][answer]:
                shares.append(Share(answer, count, round(x, 1), round(count * scale, 1)))
                x += count * scale
        rows.append(Priced(provider, 8.0 + len(rows) * LINE, tuple(shares)))
    return Published(tuple(rows), answers, 16.0 + len(rows) * LINE)


@dataclass(frozen=True, slots=True)
class Square:
    """One combination of person, stage and risk."""

    x: float
    y: float
    width: float
    open: int


@dataclass(frozen=True, slots=True)
class Gaps:
    """Where nothing is listed, among all combinations of person, stage and risk."""

    people: tuple[tuple[str, float, tuple[Square, ...]], ...]
    """Each person with the place of its row and its squares."""
    stages: tuple[tuple[str, float], ...]
    risks: tuple[str, ...]
    """The findings about risk, in the order of the squares of one stage."""
    cells: int
    empty: int
    height: float
    square: int
    labels: int
    width: int = WIDTH


SQUARE, STAGES = 26, 132
"""The side of a square, and the height of the names of stages."""


def gaps(site: Site) -> Gaps:
    """The picture of provision in small: filled where something is left open, hatched where nothing is."""
    whole = provision.picture(site)
    stages = list(site.labels["stage"].values())
    risks = tuple(site.labels["risk"].values())
    labels = 240
    step = (WIDTH - labels - 140) / len(stages)
    people = []
    for at, person in enumerate(whole.people):
        y = STAGES + at * (SQUARE + 12.0)
        squares = []
        for row in person.rows:
            if row.stage:
                left, wide = labels + stages.index(row.label) * step, step
            else:
                left, wide = labels, step * len(stages)
            width = (wide - 10) / len(row.cells)
            squares += [Square(round(left + place * width, 1), y, round(width - 2, 1), cell.open)
                        for place, cell in enumerate(row.cells)]
        people.append((site.people[person.id], y, tuple(squares)))
    return Gaps(tuple(people), tuple((stage, round(labels + at * step, 1)) for at, stage in enumerate(stages)), risks,
                whole.cells, whole.empty, STAGES + len(people) * (SQUARE + 12.0), SQUARE, labels)
