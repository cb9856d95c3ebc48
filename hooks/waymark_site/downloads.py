"""The comparison as files to take away: one spreadsheet with sources and notes, and one CSV. The same registry gives the
same bytes.

Figures are numbers and days are days. Where there is no figure its cells are empty, and the reason stands in the column
beside them: an empty cell is never alone.
"""

import csv
import datetime
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from quiz.model import Finding
from quiz.wording import no_formula
from waymark_site import compare
from waymark_site.compare import POUNDS, Row, Table
from waymark_site.site import Site

FOLDER = "compare/"
NAME = "waymark-compare"

WIDTHS = {"text": 28, "number": 12, "pounds": 12, "day": 12, "address": 44}
"""How wide a column is, in characters, by the kind of its values."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a file."""

    heading: str
    read: Callable[[Any], str | float | datetime.date | None]
    kind: str = "text"
    """A key of WIDTHS."""


Sheet = tuple[list[Field], list[Any]]
"""What a sheet shows: its columns, and the things that are its rows."""


def files(site: Site, address: str) -> dict[str, bytes]:
    """Every file by its place on the site, which stands at `address`."""
    table = compare.table(site)
    fields = list(_comparison(site, table, address))
    return {f"{FOLDER}{NAME}.csv": _csv(fields, table.rows), f"{FOLDER}{NAME}.xlsx": _xlsx(site, address, {
        "Compare": (fields, list(table.rows)), "Findings": (list(_findings()), list(_all_findings(site))),
        "Sources": (list(_sources(site)), list(site.main_sources)),
        "Notes": ([Field("About", lambda note: note[0]), Field("What to know", lambda note: note[1], "address")],
                  list(_notes(site, address)))})}


def _comparison(site: Site, table: Table, address: str) -> Iterator[Field]:
    yield Field("Id", lambda row: row.service.id)
    yield Field("Intervention", lambda row: row.service.name)
    yield Field("Kind", lambda row: row.service.kind.label)
    yield Field("Old document", lambda row: "yes" if row.old else "no")
    for column in table.columns:
        if column.unit:
            kind = "pounds" if column.unit == POUNDS else "number"
            if any(row.cells[column.id].span[0] != row.cells[column.id].span[1] for row in table.having(column)):
                yield Field(f"{column.heading}, lowest", _bound(column.id, 0), kind)
                yield Field(f"{column.heading}, highest", _bound(column.id, 1), kind)
            else:
                yield Field(f"{column.heading}, figure", _bound(column.id, 0), kind)
        yield Field(column.heading, lambda row, id=column.id: row.cells[id].whole)
    yield Field("Status checked", lambda row: datetime.date.fromisoformat(site.status(row.service).checked), "day")
    yield Field("Page", lambda row: f"{address}services/{row.service.id}/", "address")


def _bound(id: str, which: int) -> Callable[[Row], float | None]:
    return lambda row: row.cells[id].span[which] if row.cells[id].span else None


def _findings() -> Iterator[Field]:
    yield Field("Id", lambda found: found[0])
    yield Field("Intervention", lambda found: found[1])
    yield Field("About", lambda found: found[2])
    for heading, read in (("Finding", lambda one: one.says), ("Figure as printed", lambda one: one.figure or "Not printed"),
                          ("How it was found", lambda one: one.design.label), ("Direction", lambda one: one.direction.label),
                          ("Among whom", lambda one: one.population or "Not printed")):
        yield Field(heading, lambda found, read=read: read(found[3]))
    yield Field("People or cases", lambda found: found[3].n if found[3].n is not None else "Not printed", "number")
    yield Field("Year", lambda found: found[3].year, "number")
    yield Field("Study", lambda found: found[3].citation)
    yield Field("Disputed", lambda found: "yes" if found[3].disputed else "no")
    yield Field("Document", lambda found: found[3].source.document)
    yield Field("Section", lambda found: found[3].source.section)


def _all_findings(site: Site) -> Iterator[tuple[str, str, str, Finding]]:
    for service in site.registry.services:
        yield from ((service.id, service.name, "this service", one) for one in service.findings)
        for study in site.studies.get(service.id, ()):
            yield from ((service.id, service.name, f"programmes of its kind: {study.name}", one) for one in study.findings)


def _sources(site: Site) -> Iterator[Field]:
    yield Field("Document", lambda source: source.id)
    yield Field("Title", lambda source: source.title)
    yield Field("Publisher", lambda source: source.publisher)
    yield Field("Date as printed", lambda source: source.date_printed)
    yield Field("Old", lambda source: "yes" if site.is_old(source.id) else "no")
    yield Field("Last read", lambda source: datetime.date.fromisoformat(source.checked) if source.checked else "Not recorded", "day")
    yield Field("Address", lambda source: source.address or "Not known", "address")
    yield Field("Entries", lambda source: len(site.by_source[source.id]), "number")


def _notes(site: Site, address: str) -> Iterator[tuple[str, str]]:
    about = site.registry.registry
    yield "Where this is from", f"Waymark registry {about.version} of {about.date}. {address}{FOLDER}"
    yield "Licence", "Data: CC BY 4.0. Say that it comes from Waymark, and which registry."
    yield from compare.LEFT_OUT


def _csv(fields: list[Field], rows: tuple[Row, ...]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([field.heading for field in fields])
    writer.writerows([_plain(field.read(row)) for field in fields] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()  # the mark by which a spreadsheet knows its pounds


def _plain(value: Any) -> str:
    """A value as CSV has it."""
    if isinstance(value, str):
        return no_formula(value)
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _xlsx(site: Site, address: str, sheets: dict[str, Sheet]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Waymark: costs and timescales", "comments": address + FOLDER,
                         "created": datetime.datetime.fromisoformat(site.registry.registry.date)})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    top = {"valign": "top"}
    styles = {"text": book.add_format(top | {"text_wrap": True}), "address": book.add_format(top | {"text_wrap": True}),
              "number": book.add_format(top), "pounds": book.add_format(top | {"num_format": "£#,##0"}),
              "day": book.add_format(top | {"num_format": "d mmm yyyy"})}
    for name, (fields, things) in sheets.items():
        sheet = book.add_worksheet(name)
        for at, field in enumerate(fields):
            sheet.set_column(at, at, WIDTHS[field.kind])
            sheet.write_string(0, at, field.heading, head)
            for line, thing in enumerate(things, 1):
                _write(sheet, line, at, field.read(thing), styles[field.kind])
        sheet.freeze_panes(1, 2 if name == "Compare" else 0)
        sheet.autofilter(0, 0, len(things), len(fields) - 1)
        sheet.set_landscape()
        sheet.repeat_rows(0)
    book.close()
    return out.getvalue()


def _write(sheet, line: int, at: int, value: str | float | datetime.date | None, style) -> None:
    if isinstance(value, str):
        sheet.write_string(line, at, value, style)
    elif isinstance(value, datetime.date):
        sheet.write_datetime(line, at, value, style)
    elif value is not None:
        sheet.write_number(line, at, value, style)
