"""A caseload read and told: from JSON to data by ids, to plain text and to a table that a spreadsheet opens."""

import datetime
from collections.abc import Iterator
from typing import Any

from quiz.caseload import BOTH, Basis, Caseload, Costed, Fit, Line, Offer, Part, Reckoning, Way, When, alternatives
from quiz.cases import BadCase, nearest, read_json, short
from quiz.pathway import Rulebook
from quiz.report import answering
from quiz.timeline import COURT_LIMIT_WEEKS, a_day
from quiz.vocabulary import PriceStatus
from quiz.wording import day, edition, initial, no_formula, pounds, sentence, sentences, span

MOST_FAMILIES = 9_999
"""The most that one line may count: a commissioner has fewer, and more is a slip."""
MOST_LINES = 500
MUST = 'It must be one object, such as {"families": [{"number": 4, "takes": {"both_parents": "ID"}}]}.'
KEYS = ("families", "start", "court", "leave_out_old")
NO_FAMILIES = "professionals"
"""The value of `focus` that is no family's."""
NO_WEEKS = "no course in weeks is printed"
LIMITS = ("This adds up printed prices as they stand. It corrects none for the years that have passed, shares none out over"
          " sessions, and does not say which service is better or fits.")
"""What every answer says of itself."""


# —— Reading ——

def from_json(raw: bytes, rulebook: Rulebook) -> Caseload:
    """The caseload in a JSON text. Raises BadCase."""
    return from_data(read_json(raw, _once, MUST), rulebook)


def from_data(data: Any, rulebook: Rulebook) -> Caseload:
    """The caseload in data that is already read. Raises BadCase with every problem."""
    if not isinstance(data, dict) or not isinstance(data.get("families"), list):
        raise BadCase([f"The caseload cannot be read. {MUST}"])
    problems = [f"'{short(key)}' is not part of a caseload. {nearest(key, KEYS)}" for key in data if key not in KEYS]
    if len(data["families"]) > MOST_LINES:
        raise BadCase([f"'families' has {len(data['families'])} lines. It can have {MOST_LINES} at most."])
    lines = [_line(one, f"families[{index}]", rulebook, problems) for index, one in enumerate(data["families"])]
    start, court = (_date(data.get(key), key, problems) for key in ("start", "court"))
    if court and data.get("start") is None:
        problems.append("'court' needs 'start': without the day that clocks start, no date can be worked out.")
    if start and court and court < start:
        problems.append("'court' is before 'start'. The hearing must be on the day that clocks start, or after it.")
    leave_out_old = data.get("leave_out_old", False)
    if not isinstance(leave_out_old, bool):
        problems.append(f"'leave_out_old' is {short(leave_out_old)}. It must be true or false.")
    if problems:
        raise BadCase(problems)
    return Caseload(tuple(line for line in lines if line and line.number), start, court, leave_out_old)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key in found if sum(key == other for other, _ in pairs) > 1)
        raise BadCase([f"'{short(twice)}' is given twice."])
    return found


def _line(data: Any, path: str, rulebook: Rulebook, problems: list[str]) -> Line | None:
    if not isinstance(data, dict) or set(data) != {"number", "takes"} or not isinstance(data["takes"], dict) or not data["takes"]:
        problems.append(f"'{path}' must be an object with 'number' and 'takes', a service for each person.")
        return None
    number, takes = data["number"], data["takes"]
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= MOST_FAMILIES:
        problems.append(f"'{path}.number' is {short(number)}. It must be a whole number from 0 to {MOST_FAMILIES:,}.")
    if BOTH in takes and len(takes) > 1:
        problems.append(f"'{path}.takes' counts somebody twice: '{BOTH}' stands for both, so nobody can stand beside it.")
    people = [option.value for option in rulebook.questions["focus"].options if option.value != NO_FAMILIES]
    read = []
    for person, wanted in takes.items():
        if person not in people:
            problems.append(f"'{path}.takes' has '{short(person)}'. {nearest(person, people)}")
            continue
        ids = wanted if isinstance(wanted, list) else [wanted]
        found = _problem(ids, person, rulebook)
        if found:
            problems.append(f"'{path}.takes.{person}': {found}")
        read.append((person, tuple(dict.fromkeys(map(str, ids)))))
    return Line(number, tuple(sorted(read, key=lambda one: people.index(one[0])))) if not problems else None


def _problem(ids: list[Any], person: str, rulebook: Rulebook) -> str | None:
    """Why somebody cannot take one of these, or None."""
    if not ids:
        return "no service is named."
    for id in ids:
        if not isinstance(id, str) or id not in rulebook.services:
            return f"'{short(id)}' is not a service. {nearest(id, rulebook.services)}"
        parties = rulebook.services[id].for_whom.parties
        if person not in parties:
            return f"'{id}' is not for them, but for: {', '.join(parties)}."
    if len(ids) > 1 and not any(set(ids) <= {service.id for service in group} for group in alternatives(rulebook, person)):
        return f"{', '.join(map(repr, ids))} are not printed as alternatives with prices that can be compared. Choose one."
    return None


def _date(text: Any, key: str, problems: list[str]) -> datetime.date | None:
    try:
        return a_day(str(text)) if text is not None else None
    except ValueError as error:
        problems.append(f"'{key}': {error}")
        return None


# —— Data ——

Data = dict[str, Any]


def as_data(found: Reckoning) -> Data:
    """The stable JSON form, described in docs/command.md; its keys are only ever added to."""
    caseload = found.caseload
    return {
        "registry": answering(found.rulebook.registry.registry),
        "start": caseload.start and caseload.start.isoformat(),
        "court": caseload.court and caseload.court.isoformat(),
        "leave_out_old": caseload.leave_out_old,
        "families": found.families,
        "people": {"all": found.people.all, "priced": found.people.priced, "free": found.people.free, "no_price": found.people.no_price,
                   "left_out_as_old": found.people.left_out, "not_added": found.people.not_added},
        "lines": [_costed(costed, found.rulebook) for costed in found.lines],
        "totals": [{**_basis(total.basis), "old": total.old, "low": total.low, "high": total.high,
                    "families": total.families, "people": total.people, "average": list(total.average)} for total in found.totals],
        "saved": found.saved,
        "may_be_couples": [{"id": one.package.id, "at_most": one.at_most, "saved_each": one.saved} for one in found.may_be_couples],
        "on_request": [service.id for service in found.on_request],
        "may_follow": [{"id": service.id, "next": after.id} for service, after in found.may_follow],
        "prices": [{**_offer(offer), **_basis(offer.basis), "includes": offer.price.includes, "old": offer.old,
                    "source": {"document": offer.price.source.document, "section": offer.price.source.section}}
                   for offer in found.offers],
        "charged_on_top": [service.id for service in found.services if service.extra_charges],
        "until": {"day": found.limit and found.limit.isoformat(), "weeks": None if caseload.court else COURT_LIMIT_WEEKS},
        "times": [_when(when) for when in found.times],
    }


def _costed(costed: Costed, rulebook: Rulebook) -> Data:
    number, lowest, highest = costed.line.number, costed.lowest, costed.highest
    each = [lowest.amount, highest.amount] if lowest else None
    return {
        "number": number,
        "takes": {person: list(ids) for person, ids in costed.line.takes},
        "standing": str(costed.standing),
        "each": each,
        "total": each and [number * amount for amount in each],
        "cheapest": lowest and _way(lowest),
        "ways": [_way(way) for way in costed.ways],
        "singles_each": costed.singles and costed.singles.amount,
        "saved_each": costed.saved,
        "no_price": [{**_part(part), "why": str(_why(rulebook, part))} for part in sorted(costed.without)],
        "left_out": [_part(part) for part in sorted(costed.left_out)],
    }


def _why(rulebook: Rulebook, part: Part) -> PriceStatus:
    return rulebook.services[part.service].price_status or PriceStatus.NOT_PRINTED


def _part(part: Part) -> Data:
    return {"id": part.service, "party": part.person}


def _way(way: Way) -> Data:
    return {"amount": way.amount, "prices": [_offer(offer) for offer in way.offers]}


def _offer(offer: Offer) -> Data:
    return {"id": offer.service.id, "party": offer.price.party, "amount": offer.amount}


def _basis(basis: Basis) -> Data:
    return {"period": basis.period, "document": basis.document}


def _when(when: When) -> Data:
    steps = []
    for index, one in enumerate(when.placed or ()):
        ends = when.dated and when.dated[index]
        steps.append({"id": one.step.id, "weeks": [one.earliest[1], one.latest[1]],
                      "ends_from": ends and ends.earliest_end.isoformat(), "ends_by": ends and ends.latest_end.isoformat(),
                      "fits": str(when.fits[index])})
    return {"id": when.service.id, "clock": when.service.timeline and when.service.timeline.clock, "steps": steps}


# —— Words ——

def people_of(rulebook: Rulebook) -> dict[str, str]:
    """The short label of each value of `focus`."""
    return {option.value: option.short or option.label for option in rulebook.questions["focus"].options}


def taken(line: Line, rulebook: Rulebook) -> str:
    """What the people of a line take, in words."""
    people, services = people_of(rulebook), rulebook.services
    told = []
    for person, ids in line.takes:
        names = " or ".join(services[id].name for id in ids)
        told.append(f"{people[person]}: {names}" if len(ids) == 1 else f"{people[person]}, not decided yet: {names}")
    return "; ".join(told)


def money(low: int, high: int) -> str:
    """£4,700, or £4,700 to £4,900."""
    return pounds(low) if low == high else f"{pounds(low)} to {pounds(high)}"


def share(some: int, of: int) -> str:
    """A share in whole per cent that is never rounded to nothing or to all."""
    per_cent = max(1, min(99, round(100 * some / of))) if 0 < some < of else 100 * some // max(of, 1)
    return f"{per_cent}%"


def year_of(basis: Basis, rulebook: Rulebook) -> str:
    """Which prices these are: `Prices of 2012/13`, `Prices without a year, DVACT-PAI`."""
    if basis.period:
        return f"Prices of {basis.period}"
    source = next(source for source in rulebook.registry.sources if source.id == basis.document)
    return f"Prices without a year, {source.publisher} ({source.date_printed})"


def way_of(way: Way, rulebook: Rulebook) -> str:
    """The prices that a way adds up, each with what it is for."""
    people = people_of(rulebook)
    return " + ".join(f"{pounds(offer.amount)} {offer.service.name} ({people[offer.price.party].lower()})" for offer in way.offers)


def why(costed: Costed, rulebook: Rulebook) -> str:
    """How the lowest price comes about, and what it was compared with."""
    ways = costed.ways
    if len(ways) == 1 and len(ways[0].offers) == 1:
        return "The only published price."
    if len(ways) == 1:
        return f"The only published way: {way_of(ways[0], rulebook)}."
    if len(costed.choices) > 1:
        return (f"From {way_of(costed.lowest, rulebook)} to {way_of(costed.highest, rulebook)}, of {len(ways)} published ways."
                " Criteria decide which one fits, not the price.")
    return f"The cheapest of {len(ways)} published ways: {way_of(ways[0], rulebook)}."


def counted(number: int, one: str, many: str) -> str:
    """1 family, 4 families."""
    return f"{number:,} {one if number == 1 else many}"


def rows(found: Reckoning) -> Iterator[tuple[str, ...]]:
    """The result as a table, for a spreadsheet: each line, then totals, then people, dates and what to know beside them."""
    rulebook = found.rulebook
    yield ("Families", "What they take", "Price for one family, lowest (£)", "Price for one family, highest (£)",
           "Together, lowest (£)", "Together, highest (£)", "Package saves for one family (£)", "What is not in the sum", "Which prices")
    for costed in found.lines:
        low, high, number = costed.lowest, costed.highest, costed.line.number
        figures = (str(low.amount), str(high.amount), str(number * low.amount), str(number * high.amount)) if low else ("",) * 4
        yield (str(number), taken(costed.line, rulebook), *figures, str(costed.saved or ""), "; ".join(left_out_of(costed, rulebook)),
               year_of(costed.basis, rulebook) if costed.basis else "")
    for total in found.totals:
        yield (str(total.families), "Together", "", "", str(total.low), str(total.high), "", "", year_of(total.basis, rulebook))
    people = found.people
    yield ()
    yield ("People", "")
    for label, number in (("With a printed price in the sums", people.priced), ("Printed as free", people.free), ("With no published price", people.no_price),
                          ("Left out, the price is old", people.left_out), ("Not added, prices of different years", people.not_added)):
        yield (str(number), label)
    if found.times:
        yield ()
        yield ("Service", "Step", "Ends after weeks, earliest", "Ends after weeks, latest", "Ends from", "Ends by", by_when(found))
    for when in found.times:
        if not when.placed:
            yield (when.service.name, "No course in weeks is printed")
        for index, one in enumerate(when.placed or ()):
            ends = when.dated[index] if when.dated else None
            yield (when.service.name, one.step.name, f"{one.earliest[1]:g}", f"{one.latest[1]:g}",
                   ends.earliest_end.isoformat() if ends else "", ends.latest_end.isoformat() if ends else "", when.fits[index].label)
    yield ()
    yield from ((text,) for text in notes(found))
    about = rulebook.registry.registry
    yield (sentences(f"Waymark registry {about.version}, {about.date}.", edition(about), LIMITS),)


def as_csv(found: Reckoning) -> str:
    """The table as CSV."""
    return "".join(",".join(map(cell, row)) + "\r\n" for row in rows(found))


def cell(text: str) -> str:
    """A cell of CSV; figures are texts here, and stay as they are."""
    safe = text if text.removeprefix("-").isdecimal() else no_formula(text)
    return '"' + safe.replace('"', '""') + '"'


def by_when(found: Reckoning) -> str:
    """What the last column of the dates is measured against."""
    if found.caseload.court:
        return f"By the hearing on {day(found.caseload.court.isoformat())}"
    return f"By {COURT_LIMIT_WEEKS} weeks from the start" + (f", {day(found.limit.isoformat())}" if found.caseload.start else "")


def left_out_of(costed: Costed, rulebook: Rulebook) -> Iterator[str]:
    """What the price of a line leaves out, in words."""
    people = people_of(rulebook)
    for part in sorted(costed.without):
        reason = _why(rulebook, part).label
        yield f"{rulebook.services[part.service].name} ({people[part.person].lower()}), price: {reason[:1].lower()}{reason[1:]}"
    for part in sorted(costed.left_out):
        yield f"{rulebook.services[part.service].name} ({people[part.person].lower()}), an old price, left out"
    if costed.ways and not costed.basis:
        yield "the prices may be of different years, so they are not ranked or added up: " + "; or ".join(
            way_of(way, rulebook) for way in costed.ways)


def as_text(found: Reckoning) -> str:
    """The result for a reader."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Reckoning) -> Iterator[str]:
    rulebook = found.rulebook
    yield f"{counted(found.families, 'family', 'families')}, {counted(found.people.all, 'person', 'people')}"
    for costed in found.lines:
        number = costed.line.number
        yield f"\n{counted(number, 'family', 'families')}: {taken(costed.line, rulebook)}"
        if costed.lowest:
            low, high = costed.lowest.amount, costed.highest.amount
            yield f"  {money(number * low, number * high)} together, {money(low, high)} each. {year_of(costed.basis, rulebook)}."
            yield f"  {why(costed, rulebook)}"
        if costed.saved:
            yield f"  {pounds(costed.saved)} less than singly ({pounds(costed.singles.amount)}) for each family"
        yield from (f"  Not in the sum: {text}" for text in left_out_of(costed, rulebook))
    if found.totals:
        yield "\nPrinted prices together"
        for total in found.totals:
            yield (f"  {money(total.low, total.high)} for {counted(total.families, 'family', 'families')},"
                   f" {money(*total.average)} for one on average. {year_of(total.basis, rulebook)}{', old' if total.old else ''}.")
        if len(found.totals) > 1:
            yield "  Prices of different years are not added up."
        if found.saved:
            yield f"  Packages save {pounds(found.saved)} beside their singles"
    yield from (f"\n{text}" for text in _unpriced(found))
    yield from _notes(found)
    if found.times:
        yield f"\nTime. {by_when(found)}: what still fits, if nothing waits"
        for when in found.times:
            yield from _time_lines(when)
    about = rulebook.registry.registry
    yield sentences(f"\nRegistry {about.version}, {about.date}.", edition(about), LIMITS)


def _unpriced(found: Reckoning) -> Iterator[str]:
    people = found.people
    if people.free:
        yield f"Printed as free: {people.free:,} of {counted(people.all, 'person', 'people')}"
    if people.no_price:
        yield f"No published price: {people.no_price:,} of {counted(people.all, 'person', 'people')} ({share(people.no_price, people.all)})"
    if people.left_out:
        yield f"Left out, since their prices are old: {people.left_out:,} of {counted(people.all, 'person', 'people')}"


def _notes(found: Reckoning) -> Iterator[str]:
    told = list(notes(found))
    if told:
        yield "\nTo know beside it"
        yield from (f"  {text}" for text in told)


def notes(found: Reckoning) -> Iterator[str]:
    """What a reader must know beside the figures, in sentences."""
    for one in found.may_be_couples:
        yield (f"Up to {counted(one.at_most, 'pair', 'pairs')} of those counted alone could be the parents of one family. Each pair would"
               f" cost {pounds(one.saved)} less with: {one.package.name}. Nobody is assumed to be a couple.")
    for service in found.on_request:
        yield f"{service.name}: its price is on request, and may differ from two single prices added up."
    for service, after in found.may_follow:
        yield f"{after.name} may follow {service.name}. Then both are paid for."
    if any(len(costed.choices) > 1 for costed in found.lines):
        yield ("Where a programme is not decided yet, the lowest and the highest published price are told. Which one fits is decided by"
               " its criteria and by the team, never by its price.")
    said: dict[str, list[str]] = {}
    for offer in found.offers:
        said.setdefault(offer.price.includes, []).append(offer.service.name)
    for includes, names in said.items():
        yield f"What the price pays for ({'; '.join(dict.fromkeys(names))}): {sentence(includes)}"
    if len(said) > 1:
        yield "The documents do not say the same of what each price includes, so a lower price may pay for less."
    for service in found.services:
        if service.extra_charges:
            yield f"{service.name}: charged on top, without a figure. " + " ".join(sentence(one.says) for one in service.extra_charges)


def _time_lines(when: When) -> Iterator[str]:
    timeline = when.service.timeline
    if not when.placed:
        yield f"  {when.service.name}: {NO_WEEKS}"
        return
    yield f"  {when.service.name}. {clock(when)}"
    for one, (weeks, dates, fits) in zip(when.placed, ends(when), strict=True):
        yield f"      {one.step.name}: ends {weeks}{', ' + dates if dates else ''}. {fits.label}"
    if timeline.not_counted:
        yield f"      Not counted: {initial(sentence(timeline.not_counted))}"


def clock(when: When) -> str:
    """What starts the clock, in a sentence."""
    return f"The clock starts with {when.service.timeline.clock}." if when.service.timeline.clock else \
        "What starts the clock is not printed."


def ends(when: When) -> Iterator[tuple[str, str, Fit]]:
    """When each step ends: in weeks, by date where there is a start, and whether that is in time."""
    hedge = ""
    for index, one in enumerate(when.placed or ()):
        hedge = "at least " if one.step.at_least or hedge == "at least " else "about " if one.step.approximate or hedge else ""
        dates = ""
        if when.dated:
            first, last = (day(found.isoformat()) for found in (when.dated[index].earliest_end, when.dated[index].latest_end))
            dates = first if first == last else f"{first} to {last}"
        yield f"after {hedge}{span(one.earliest[1], one.latest[1])} weeks", dates, when.fits[index]
