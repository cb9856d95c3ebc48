"""The tables of the registry as CSV files, with a Frictionless data package that says what they are.

Values are the registry's own, to the letter: no mark is put before any of them, unlike in the comparison's files, which are
made to be opened in a spreadsheet.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from typing import Any

from waymark_site.opendata import api, workbook
from waymark_site.opendata.published import published
from waymark_site.opendata.tables import Column, Table, cell, tables
from waymark_site.site import Site

FOLDER = "data/"
PLACE = FOLDER + "datapackage.json"
WORKBOOK = FOLDER + "waymark-registry.xlsx"
"""The same tables as one spreadsheet."""


def files(site: Site, address: str) -> Iterator[tuple[str, str | bytes]]:
    """Every table, their description and a spreadsheet of all, by their places on the site, which stands at `address`."""
    about, found = site.registry.registry, all_tables(site, address)
    made = {name_of(table.name): (table, written(table)) for table in found}
    for name, (_, content) in made.items():
        yield f"{FOLDER}{name}.csv", content
    yield WORKBOOK, workbook.written(about, address + FOLDER, found)
    yield PLACE, json.dumps({
        "profile": "tabular-data-package", "name": "waymark-registry", "title": "Waymark registry", "version": about.version,
        "created": f"{about.date}T00:00:00Z", "homepage": f"{address}data/",
        "description": "Services around domestic abuse: for whom, where, at what price, and where each fact is printed. An "
                       "empty cell is a value that no document gives, never nought: see `services-not-printed`.",
        "licenses": [{"name": api.LICENCE, "title": "Creative Commons Attribution 4.0 International",
                      "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "contributors": [{"title": about.maintainer, "role": "maintainer"}],
        "resources": [_resource(name, table, content) for name, (table, content) in made.items()]},
        indent=1, ensure_ascii=False) + "\n"


def all_tables(site: Site, address: str) -> tuple[Table, ...]:
    """The tables of what is published, with how far each service can be relied on."""
    return tables(published(site.registry), [(service.id, api.standing(site, service, address)) for service in site.registry.services])


def name_of(table: str) -> str:
    """A table's name as files and packages have it."""
    return table.replace("_", "-")


def written(table: Table) -> bytes:
    """A table as CSV: UTF-8, a comma between, the names of the columns first."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.name for column in table.columns])
    writer.writerows([cell(value) for value in row] for row in table.rows)
    return out.getvalue().encode()


def _resource(name: str, table: Table, content: bytes) -> dict[str, Any]:
    return {
        "name": name, "path": f"{name}.csv", "profile": "tabular-data-resource", "description": table.says, "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": [_field(column) for column in table.columns], "primaryKey": list(table.key),
                   "foreignKeys": [{"fields": list(to.columns), "reference": {
                       "resource": "" if to.table == table.name else name_of(to.table), "fields": list(to.key)}}
                       for to in table.references]}}


def _field(column: Column) -> dict[str, Any]:
    limits = {"required": True} if column.required else {}
    limits |= {"enum": list(column.words)} if column.words else {}
    return {"name": column.name, "type": column.kind, "description": column.says} | ({"constraints": limits} if limits else {})
