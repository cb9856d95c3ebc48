"""What the page about open data says of it: the formats there are, and examples to copy."""

from dataclasses import dataclass
from typing import Any

from waymark_site import downloads
from waymark_site.opendata import api, feeds, open_referral, openapi, package
from waymark_site.site import Site


@dataclass(frozen=True, slots=True)
class Format:
    """A format, and where its files are."""

    name: str
    good_for: str
    places: tuple[tuple[str, str], ...]
    """What each link says, and its place on the site."""


FORMATS = (
    Format("Spreadsheet", "Excel or LibreOffice. Costs and times, or the whole registry with a sheet for each table.", (
        ("The whole registry (XLSX)", package.WORKBOOK), ("The comparison (XLSX)", f"{downloads.FOLDER}{downloads.NAME}.xlsx"),
        ("The comparison (CSV)", f"{downloads.FOLDER}{downloads.NAME}.csv"))),
    Format("JSON API", "Programs and websites. Every field, every source.", (
        ("All services", f"{api.FOLDER}services/full.json"), ("The services in brief", f"{api.FOLDER}services.json"),
        ("The whole registry", f"{api.FOLDER}registry.json"), ("Its description (OpenAPI)", openapi.PLACE))),
    Format("Tables", "Databases and statistics. One CSV file for each kind of thing, with keys between them.", (
        ("What the tables are (Frictionless data package)", package.PLACE), ("Services", f"{package.FOLDER}services.csv"),
        ("Prices", f"{package.FOLDER}services-prices.csv"), ("Criteria", f"{package.FOLDER}services-criteria.csv"),
        ("Sources", f"{package.FOLDER}sources.csv"))),
    Format("Open Referral UK 3.0", "Exchange with the directories of local authorities. Also HSDS 3.0.", (
        ("What this feed is", f"{open_referral.FOLDER}index.json"), ("Services", f"{open_referral.FOLDER}services.json"),
        ("Organisations", f"{open_referral.FOLDER}organizations.json"), ("Taxonomies", f"{open_referral.FOLDER}taxonomies.json"))),
    Format("Feeds and calendar", "Hearing of changes, and of what has to be checked again.", (
        ("Changes (Atom)", feeds.CHANGES), ("What falls due (Atom)", feeds.DUE), ("What falls due (iCalendar)", feeds.CALENDAR))),
    Format("For search engines and language models", "Finding the pages, and knowing their limits. Each service’s page also carries its "
           "facts in the words of schema.org (JSON-LD).", (("llms.txt", "llms.txt"), ("Sitemap", "sitemap.xml"))),
    Format("JSON Schema", "Checking a registry of your own.", (("The schema of the registry", "schema/services.schema.json"),)),
)
"""Every format, the easiest first."""


def needs(site: Site) -> dict[str, Any]:
    """What the template of the page needs besides the site."""
    return {"formats": FORMATS, "api": api, "examples": examples, "extensions": open_referral.EXTENSIONS}


def examples(address: str) -> tuple[tuple[str, str, str], ...]:
    """For each tool, its name, what the example does, and the example, for a site that stands at `address`."""
    folder = address + api.FOLDER
    return (
        ("curl", "Save every service in one file.", f"curl --fail --output services.json {folder}services/full.json"),
        ("Python", "List what is offered in London, with each price as printed, or why there is none.",
         PYTHON.format(folder=folder)),
        ("R", "Count the services by their status, and name those whose document is old.", R.format(folder=folder)),
        ("Excel", "Choose Data, From other sources, Blank query, then Advanced editor. Put this in its place.",
         EXCEL.format(folder=folder)),
    )


PYTHON = """\
import json
from urllib.request import urlopen

with urlopen("{folder}services/full.json") as answer:
    services = json.load(answer)["result"]

for service in services:
    if service["area"] and "london" in service["area"]["places"]:
        prices = [f"£{{price['amount']:,}}" for price in service["prices"]]
        old = "old document" if service["standing"]["old"] else ""
        cost = "; ".join(prices) or service["price_status"]
        print(service["name"], cost, old, sep=" | ")"""

R = """\
library(jsonlite)
services <- fromJSON("{folder}services.json")$result
table(services$standing$status$state)
services$name[services$standing$old]"""

EXCEL = """\
let
    Address = "{folder}services.json",
    Answer = Json.Document(Web.Contents(Address)),
    Services = Table.FromRecords(Answer[result]),
    Columns = {{"id", "name", "provider", "kind", "summary"}}
in
    Table.SelectColumns(Services, Columns)"""
