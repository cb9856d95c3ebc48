"""What the page of the caseload calculator shows: the words beside what `caseload_report` says by ids."""

from typing import Any

from quiz.caseload import Caseload, Costed, Reckoning, Total, When, reckon
from quiz.caseload_report import (
    LIMITS, NO_WEEKS, as_csv, as_data, as_text, by_when, clock, counted, ends, left_out_of, money, notes, people_of, share,
    way_of, why, year_of,
)
from quiz.pathway import Rulebook
from quiz.wording import initial, pounds, sentence

Data = dict[str, Any]


def caseload(rulebook: Rulebook, asked: Caseload) -> Data:
    """The whole answer: the data that the command gives, and under `words` all that a page shows beside it."""
    found = reckon(rulebook, asked)
    return as_data(found) | {"words": words(found)}


def words(found: Reckoning) -> Data:
    """What a page shows of a caseload."""
    people = found.people
    return {
        "counted": f"{counted(found.families, 'family', 'families')}, {counted(people.all, 'person', 'people')}",
        "totals": [_total(total, found.rulebook) for total in found.totals],
        "apart": "Prices that may be of different years are not added up." if len(found.totals) > 1 else None,
        "saved": pounds(found.saved) if found.saved else None,
        "people": [{"number": number, "share": share(number, people.all), "says": says} for number, says in (
            (people.priced, "with a printed price in the sum"), (people.free, "with what is printed as free"),
            (people.no_price, "with no published price"),
            (people.left_out, "left out, since the price is old"),
            (people.not_added, "with prices that may be of different years, so not added")) if number],
        "lines": [_line(costed, found.rulebook) for costed in found.lines],
        "notes": list(notes(found)),
        "by": by_when(found),
        "times": [_time(when) for when in found.times],
        "not_counted": _not_counted(found),
        "limits": LIMITS,
        "text": as_text(found),
        "csv": as_csv(found),
    }


def _total(total: Total, rulebook: Rulebook) -> Data:
    return {"amount": money(total.low, total.high), "families": counted(total.families, "family", "families"),
            "average": money(*total.average), "year": year_of(total.basis, rulebook), "old": total.old}


def _line(costed: Costed, rulebook: Rulebook) -> Data:
    number, low, high = costed.line.number, costed.lowest, costed.highest
    people, services = people_of(rulebook), rulebook.services
    return {
        "number": number,
        "takes": [{"person": people[person], "services": [{"id": id, "name": services[id].name} for id in ids]}
                  for person, ids in costed.line.takes],
        "standing": costed.standing.label,
        "each": money(low.amount, high.amount) if low else None,
        "total": money(number * low.amount, number * high.amount) if low else None,
        "why": why(costed, rulebook) if low else None,
        "ways": [f"{pounds(way.amount)}: {way_of(way, rulebook)}" for way in costed.ways],
        "saved": f"{pounds(costed.saved)} less for each family than the single prices, {pounds(costed.singles.amount)}."
                 if costed.saved else None,
        "year": year_of(costed.basis, rulebook) if costed.basis else None,
        "old": any(offer.old for way in costed.ways for offer in way.offers),
        "not_in_the_sum": list(left_out_of(costed, rulebook)),
    }


def _not_counted(found: Reckoning) -> list[Data]:
    """The waits that documents do not print, each text once with the services it is said of."""
    said: dict[str, list[str]] = {}
    for when in found.times:
        if when.placed and when.service.timeline.not_counted:
            said.setdefault(sentence(when.service.timeline.not_counted), []).append(when.service.name)
    return [{"says": says, "services": names} for says, names in said.items()]


def _time(when: When) -> Data:
    return {
        "id": when.service.id, "name": when.service.name,
        "clock": clock(when) if when.placed else initial(sentence(NO_WEEKS)),
        "steps": [{"name": one.step.name, "weeks": weeks, "dates": dates or None, "fits": str(fits), "label": fits.label}
                  for one, (weeks, dates, fits) in zip(when.placed or (), ends(when), strict=True)],
    }
