"""The tables of the registry as one spreadsheet: a sheet for each, after a list of them and one of their columns.

They hold what the CSV files hold, to the letter. No value is taken for a formula or a link.
"""

import datetime
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from quiz.model import About
from waymark_site.opendata.tables import Table, cell

NAME_LENGTH = 31
"""Letters that the name of a sheet may have."""
WIDTH = 24
"""How wide a column is, in characters."""
CARE = ("An empty cell is a value that no document gives, never nought: see services_not_printed. Old documents are named "
        "in services_standing. CC BY 4.0: name Waymark, the version and the day.")


def written(about: About, address: str, tables: Sequence[Table]) -> bytes:
    """The tables of a registry as a spreadsheet, with the address where they can be had.

    Raises ValueError where a text is longer than a cell may be.
    """
    names = [sheet_name(number, table.name) for number, table in enumerate(tables, 1)]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": f"Waymark registry {about.version}", "comments": address,
                             "created": datetime.datetime.fromisoformat(about.date)})
        _sheet(book, "Contents", ("Sheet", "Table", "Rows", "What it holds"), [
            *((name, table.name, len(table.rows), table.says) for name, table in zip(names, tables, strict=True)),
            (None, None, None, f"Waymark registry {about.version}, {about.date}, {address}. {CARE}")])
        _sheet(book, "Columns", ("Table", "Column", "Type", "Always there", "Names a row of", "What it says"), [
            (table.name, column.name, column.kind, column.required, column.refers or None, column.says)
            for table in tables for column in table.columns])
        for name, table in zip(names, tables, strict=True):
            _sheet(book, name, [column.name for column in table.columns], table.rows)
    return out.getvalue()


def sheet_name(number: int, table: str) -> str:
    """The name of the sheet of a table: with its number, since a long one is cut."""
    return f"{number} {table}"[:NAME_LENGTH]


def _sheet(book: xlsxwriter.Workbook, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, len(columns) - 1, WIDTH)
    sheet.set_row(0, None, book.add_format({"bold": True, "bottom": 1}))
    sheet.freeze_panes(1, 0)
    for line, row in enumerate([columns, *rows]):
        for at, value in enumerate(row):
            if isinstance(value, bool):
                sheet.write_boolean(line, at, value)
            elif isinstance(value, int | float):
                sheet.write_number(line, at, value)
            elif value is not None and sheet.write_string(line, at, cell(value)):
                raise ValueError(f"open data: a text in {name}, row {line + 1}, is longer than a cell of a spreadsheet may be")
