"""How long the comparison takes to filter and to sort, beside a well-known table library with the same rows, in one run.

    python tools/bench_compare.py [--sizes 100 1000 5000]

Both pages have the same rows, the same columns and the same order of presses; they take turns. Each press is timed until the
page is laid out again. Both draw at once what can be seen; then the library waits until one scrolls, while ours lets the other rows follow,
and the table has a column for when they stand too. The library leaves out what ours adds: reasons, counts beside each filter,
groups that may be ranked together. A benchmark, not a test.
"""

import argparse
import functools
import http.server
import json
import shutil
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import material
from playwright.sync_api import sync_playwright

import bench_registry
import browser
from bench import goal
from waymark_site import compare, render
from waymark_site.answers import Answer
from waymark_site.pages import Page
from waymark_site.registry import read
from waymark_site.site import Site

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = ROOT / "node_modules" / "tabulator-tables" / "dist"
SIZES = (100, 1_000, 5_000)
ROUNDS = 5
"""How often all presses are done; the middle of each press's rounds counts."""
MOST = 0.1
"""Seconds that a filter may take at the largest size."""

FILTERS = (("for", "person_using_harm"), ("for", "professionals"), ("stage", "child_protection"), ("kind", "programme"),
           ("area", "lancashire"), ("delivery", "group"), ("price", "printed"), ("status", "active"))

SHELL = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bench</title><link rel="icon" href="data:,">
{head}</head><body><main class="md-content md-typeset md-grid">{body}</main>{script}</body></html>"""

OURS = """
const table = document.querySelector(".compare__table")
const settled = () => document.body.offsetHeight
/** Milliseconds until what can be seen stands, and those that it then takes until all does. */
async function timed(act) {
  const began = performance.now()
  act()
  settled()
  const first = performance.now() - began
  const again = performance.now()
  dispatchEvent(new Event("beforeprint"))  // brings the other rows without a wait
  settled()
  return [first, first + performance.now() - again]
}
window.press = {
  async filter(facet, value) {
    const box = document.querySelector(`.tools [data-facet=${facet}] [value=${value}]`)
    const took = await timed(() => box.click())
    await timed(() => box.click())
    return took
  },
  sort(column, way) {
    const order = document.querySelector("[data-order]")
    order.value = `${column} ${way}`
    return timed(() => order.dispatchEvent(new Event("change", {bubbles: true})))
  },
}
"""
LIBRARYS = """
import {TabulatorFull} from "./tabulator.mjs"
const {rows, columns} = await (await fetch("rows.json")).json()
const settled = () => document.body.offsetHeight
const table = new TabulatorFull("#table", {data: rows, height: "85vh", layout: "fitColumns", columns: columns.map(
  ({field, title, figures}) => ({field, title, ...(figures ? {sorter: "number", sorterParams: {alignEmptyValues: "bottom"},
    formatter: cell => cell.getRow().getData()[`${field}-text`]} : {})}))})
await new Promise(built => table.on("tableBuilt", built))
window.press = {
  filter(facet, value) {
    const began = performance.now()
    table.setFilter(row => row.facets[facet].includes(value))
    settled()
    const took = performance.now() - began
    table.clearFilter()
    settled()
    return [took]
  },
  sort(column, way) {
    const began = performance.now()
    table.setSort(column, way > 0 ? "asc" : "desc")
    settled()
    return [performance.now() - began]
  },
}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    if not LIBRARY.is_dir():
        sys.exit("tabulator-tables is not there: run `make bench`, which fetches it.")
    results = {}
    for size in parser.parse_args().sizes:
        print(f"Measuring {size:,} rows …", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder:
            results[size] = measure(size, Path(folder))
    print("Milliseconds until what can be seen stands, for ours and Tabulator’s; and until all rows of ours do.\n")
    print(f"{'rows':>6}  {'':8}{'ours':>8}{'slowest':>9}{'theirs':>9}{'slowest':>9}{'ratio':>8}{'all ours':>10}{'slowest':>9}")
    for size, kinds in results.items():
        for kind, (ours, theirs, whole) in kinds.items():
            print(f"{size:>6,}  {kind:8}{middle(ours):>8.1f}{max(ours):>9.1f}{middle(theirs):>9.1f}{max(theirs):>9.1f}"
                  f"{middle(ours) / middle(theirs):>8.2f}{middle(whole):>10.1f}{max(whole):>9.1f}")
    print()
    for kind in ("filter", "sort"):
        worst = max(middle(kinds[kind][0]) / middle(kinds[kind][1]) for kinds in results.values())
        print(goal(f"{kind}, ours to Tabulator’s, at every size measured", worst, 1))
    largest = max(results)
    print(goal(f"slowest filter at {largest:,} rows with all of them, in seconds", max(results[largest]["filter"][2]) / 1000, MOST))


middle = statistics.median

Times = dict[str, tuple[list[float], list[float], list[float]]]
"""Milliseconds of each press by what is pressed: ours and theirs until the first rows stand, and ours until all do."""


def measure(size: int, folder: Path) -> Times:
    """Make both pages from a registry of some size, and press everything on both, by turns."""
    bench_registry.write(ROOT / "services.yaml", size, folder / "services.yaml")
    site = Site(read(folder / "services.yaml", ROOT / "quiz" / "questions.yaml"))
    table = compare.table(site)
    columns = [column for column in table.columns if compare.View.FIGURES in column.views]
    _write_ours(site, folder / "ours")
    _write_theirs(site, table, columns, folder / "theirs")
    presses = [("filter", *one) for one in FILTERS] + [("sort", column.id, way) for column in columns for way in (1, -1)]
    took: dict[tuple, tuple[list[float], ...]] = {press: ([], [], []) for press in presses}
    with serving(folder) as address, sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=browser.find(), args=["--no-sandbox"])
        tabs = []
        for name in ("ours", "theirs"):
            tab = launched.new_page(viewport={"width": 1280, "height": 900})
            tab.goto(f"{address}{name}/")
            tab.wait_for_function("() => window.press", timeout=120_000)
            tabs.append(tab)
        for _ in range(ROUNDS):
            for press in presses:
                (ours, whole), (theirs,) = (tab.evaluate("([kind, ...rest]) => window.press[kind](...rest)", list(press)) for tab in tabs)
                for times, one in zip(took[press], (ours, theirs, whole), strict=True):
                    times.append(one)
        launched.close()
    return {kind: tuple([middle(took[press][which]) for press in presses if press[0] == kind] for which in range(3))
            for kind in ("filter", "sort")}


def _write_ours(site: Site, folder: Path) -> None:
    assets = folder / "assets" / "site"
    shutil.copytree(ROOT / "hooks" / "theme" / "assets" / "site", assets)
    styles = next((Path(material.__file__).parent / "templates" / "assets" / "stylesheets").glob("main.*.min.css"))
    shutil.copy(styles, folder / "main.css")
    (folder / "press.js").write_text(OURS, encoding="utf-8")
    body = render.fragment(site, Page("compare/", "compare"))
    (folder / "index.html").write_text(SHELL.format(
        head='<link rel="stylesheet" href="main.css"><link rel="stylesheet" href="assets/site/site.css">', body=body,
        script='<script type="module" src="assets/site/compare.js"></script><script type="module" src="press.js"></script>'), encoding="utf-8")


def _write_theirs(site: Site, table: compare.Table, columns: list[compare.Column], folder: Path) -> None:
    folder.mkdir()
    shutil.copy(LIBRARY / "js" / "tabulator_esm.min.mjs", folder / "tabulator.mjs")
    shutil.copy(LIBRARY / "css" / "tabulator.min.css", folder / "tabulator.css")
    rows = []
    for row in table.rows:
        flat = {"name": row.service.name, "facets": {
            facet.id: [value.id for value in facet.values if facet.answer(row.service.id, value.id) is not Answer.NO]
            for facet in site.facets.values()}}
        for column in columns:
            cell = row.cells[column.id]
            flat |= {column.id: cell.span[0] if cell.span else None, f"{column.id}-text": cell.text}
        rows.append(flat)
    heads = [{"field": "name", "title": "Intervention"},
             *({"field": column.id, "title": column.heading, "figures": True} for column in columns)]
    (folder / "rows.json").write_text(json.dumps({"rows": rows, "columns": heads}), encoding="utf-8")
    (folder / "page.js").write_text(LIBRARYS, encoding="utf-8")
    (folder / "index.html").write_text(SHELL.format(head='<link rel="stylesheet" href="tabulator.css">', body='<div id="table"></div>',
                                                    script='<script type="module" src="page.js"></script>'), encoding="utf-8")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {".mjs": "text/javascript"}

    def log_message(self, *arguments) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a folder on this computer."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    main()
