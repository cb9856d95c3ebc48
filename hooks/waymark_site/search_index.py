"""Pagefind's index of what can be found, made by its own program and written beside the pages.

Each record goes to Pagefind as a small HTML page, since that is the only form in which some sentences weigh
more than others, and in which it reads all of them at one call. Of what it makes, only what the search page
uses is kept: none of its boxes and styles, and no worker, since the script of the page can do the same.
The facets are our own file and not Pagefind's filters, which come out in another order at every build.
"""

import gzip
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

FOLDER = "pagefind"
"""Where the index stands in the site."""
KEPT = ("pagefind.js", "pagefind-entry.json", "wasm.en.pagefind", "*.pf_meta", "index", "fragment")
LEFT_OUT = "h1, .cite, .crumbs, .sources"
"""What is not searched in a page written by hand: its title is known, and numbers of sources say nothing."""
MAGIC = b"pagefind_dcd"
"""What stands before the JSON of a result in Pagefind's files."""

Facets = Mapping[str, str]
"""What each facet says of one record, as the page reads it."""


def program() -> Path | None:
    """Pagefind's program; None on a machine for which there is none."""
    try:
        from pagefind_bin import get_executable
        return get_executable()
    except (ImportError, FileNotFoundError):
        return None


def write(records: Iterable[str], facets: Mapping[str, Facets], site: Path) -> None:
    """Write the index of records, each an HTML page, with their facets by place, into the folder of a built site."""
    with tempfile.TemporaryDirectory(prefix="waymark-search-") as folder:
        pages, made = Path(folder, "records"), Path(folder, "made")
        pages.mkdir()
        for number, record in enumerate(records):
            (pages / f"{number:06}.html").write_text(record, "utf-8")
        subprocess.run([program(), "--site", pages, "--output-path", made, "--exclude-selectors", LEFT_OUT, "--silent"],
                       check=True)
        target = site / FOLDER
        target.mkdir()
        for pattern in KEPT:
            for found in made.glob(pattern):
                shutil.move(found, target / found.name)
    by_id = {file.stem: facets.get(place(file), {}) for file in sorted((target / "fragment").iterdir())}
    (target / "facets.json").write_text(json.dumps(_packed(by_id), separators=(",", ":")), "utf-8")


def place(fragment: Path) -> str:
    """Where a result of Pagefind leads."""
    return json.loads(gzip.decompress(fragment.read_bytes()).removeprefix(MAGIC))["meta"]["place"]


def _packed(by_id: Mapping[str, Facets]) -> dict:
    """Facets with the readings that occur, and for each result that has facets the number of its reading in each."""
    names = tuple(dict.fromkeys(name for facets in by_id.values() for name in facets))
    readings = {name: list(dict.fromkeys(facets[name] for facets in by_id.values() if facets)) for name in names}
    numbers = {name: {reading: number for number, reading in enumerate(found)} for name, found in readings.items()}
    return {"readings": readings,
            "results": {id: [numbers[name][facets[name]] for name in names] for id, facets in by_id.items() if facets}}
