"""The spreadsheet holds every table of the registry to the letter, says what each column is, and runs nothing."""

import csv
import dataclasses
import io

import openpyxl
import pytest

from tests.site.building import SITE_URL
from waymark_site.opendata import package, workbook
from waymark_site.opendata.tables import cell
from waymark_site.site import Site

LISTS = ["Contents", "Columns"]


@pytest.fixture(scope="module")
def tables(site):
    return package.all_tables(site, SITE_URL)


@pytest.fixture(scope="module")
def book(files):
    return openpyxl.load_workbook(io.BytesIO(files[package.WORKBOOK]))


def rows_of(book, name):
    return [list(row) for row in book[name].iter_rows(values_only=True)]


def test_there_is_a_sheet_for_each_table_after_the_lists(book, tables):
    assert book.sheetnames[:2] == LISTS and len(book.sheetnames) == len(LISTS) + len(tables)
    assert all(len(name) <= workbook.NAME_LENGTH for name in book.sheetnames)


def test_every_cell_holds_what_the_csv_file_holds(book, tables, files):
    for sheet, table in zip(book.sheetnames[2:], tables, strict=True):
        columns, *written = csv.reader(io.StringIO(files[f"{package.FOLDER}{package.name_of(table.name)}.csv"].decode()))
        head, *found = rows_of(book, sheet)
        assert head == columns
        assert [[cell(value) for value in row] for row in found] == written, sheet


def test_figures_are_figures_and_no_text_is_a_formula(book):
    kinds = {type(value) for name in book.sheetnames for row in rows_of(book, name) for value in row}
    assert kinds <= {str, int, float, bool, type(None)}
    assert not [one.coordinate for sheet in book for row in sheet.iter_rows() for one in row if one.data_type == "f" or one.hyperlink]
    head, *rows = rows_of(book, next(name for name in book.sheetnames if name.endswith(" services_prices")))
    assert {type(row[head.index("amount")]) for row in rows} == {int}


def test_the_lists_tell_every_table_and_every_column(book, tables, site):
    _, *contents, care = rows_of(book, "Contents")
    assert [row[:3] for row in contents] == [[sheet, table.name, len(table.rows)]
                                             for sheet, table in zip(book.sheetnames[2:], tables, strict=True)]
    assert site.registry.registry.version in care[3] and "never nought" in care[3]
    assert all(name in {table.name for table in tables} for name in ("services_not_printed", "services_standing"))
    _, *columns = rows_of(book, "Columns")
    assert [(row[0], row[1]) for row in columns] == [(table.name, column.name) for table in tables for column in table.columns]
    assert all(row[5] for row in columns)


def test_a_long_name_is_cut_and_still_its_own():
    names = [workbook.sheet_name(number, "services_" + "long_" * 9) for number in range(1, 200)]
    assert len(set(names)) == len(names) and max(map(len, names)) == workbook.NAME_LENGTH


def test_a_text_too_long_for_a_cell_stops_the_build(site):
    registry = site.registry
    first, *others = registry.services
    long = dataclasses.replace(first, summary="x" * 40_000)
    with pytest.raises(ValueError, match="longer than a cell"):
        dict(package.files(Site(dataclasses.replace(registry, services=(long, *others))), SITE_URL))


def test_the_same_registry_gives_the_same_bytes(site, files):
    assert dict(package.files(site, SITE_URL))[package.WORKBOOK] == files[package.WORKBOOK]
