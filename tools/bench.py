"""`make bench`: build time and size as ratios to stock Material with the same words, all from one run.

A benchmark, not a test: it prints whether each goal is met, and exits 0 either way.
"""

import argparse
import itertools
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml
from mkdocs.utils import yaml_load

import bench_national
import bench_registry
import bench_search
import bench_stock
import bench_visit
from waymark_site.registry import yaml_lines

ROOT = Path(__file__).resolve().parent.parent
RUNS = {100: 3, 1_000: 3, 5_000: 2}
"""How often each site is built, by the number of services; the two take turns."""
QUICK = (100, 1_000)
SAMPLE = 100
"""On how many pages, spread over the site, the words are counted."""
WORDS_APART = 0.05
"""How much the words of the two sites may differ, as a part of ours."""


@dataclass(frozen=True)
class Build:
    """How long one build took, in seconds."""

    processor: float
    """What the processor worked for it; steady even while others use the machine."""
    clock: float
    """From start to end."""


@dataclass(frozen=True)
class Result:
    """What was measured at one size, ours first and stock's second; sizes in bytes."""

    builds: tuple[list[Build], list[Build]]
    raw: tuple[int, int]
    """All service pages together."""
    gzip: tuple[int, int]
    """The same, compressed one by one."""
    visit: tuple[int, int]
    ahead: int
    """What ours fetches ahead for the quiz, once nothing else is to do."""
    search: tuple[bench_search.Search, bench_search.Search]
    words: tuple[int, int]
    elsewhere: set[str]
    """Hosts that stock's pages ask for something that is not counted."""

    def seconds(self, measure: str) -> tuple[float, float]:
        """The middle of the runs of each site, by `processor` or `clock`."""
        return tuple(statistics.median(getattr(build, measure) for build in builds) for builds in self.builds)

    def spread(self) -> float:
        """The slowest run to the fastest of the same site, whichever site was less steady."""
        times = [[build.processor for build in builds] for builds in self.builds]
        return max(max(site) / min(site) for site in times)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure build time and size against stock Material, as ratios.")
    parser.add_argument("--quick", action="store_true", help="100 and 1,000 services only")
    parser.add_argument("--national", nargs="*", type=int, metavar="SIZE",
                        help="our site alone: the real registry, then these many services (1,000 and 10,000 unless told otherwise)")
    asked = parser.parse_args()
    if asked.national is not None:
        print(bench_national.table(national(asked.national or bench_national.SIZES)))
        return
    sizes = QUICK if asked.quick else tuple(RUNS)
    results = {}
    for size in sizes:
        print(f"Measuring {size:,} services …", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder:
            results[size] = measure(size, Path(folder))
    print(table(results))
    print(goals(results))


def national(sizes: Iterable[int]) -> dict[int, bench_national.Result]:
    """Build and weigh our site with the real registry and at each size, once each."""
    real = len(yaml_lines.read(ROOT / "services.yaml").data["services"])
    results = {}
    for size in (real, *sizes):
        print(f"Measuring {size:,} services …", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="waymark-bench-") as name:
            config, site = our_project(size, Path(name) / "ours"), Path(name) / "ours" / "site"
            took = build(config, site)
            results[size] = bench_national.Result(took.processor, took.clock, *bench_national.weighed(site),
                                                  bench_search.first_search(site, bench_search.OURS))
    return results


def measure(size: int, folder: Path) -> Result:
    """Build both sites at one size, by turns, and weigh them."""
    ours, stock = folder / "ours", folder / "stock"
    config = our_project(size, ours)
    builds: tuple[list[Build], list[Build]] = ([], [])
    for run in range(RUNS[size]):
        builds[0].append(build(config, ours / "site"))
        if run == 0:
            bench_stock.write_project(ours / "site", stock, bench_search.searched(ours / "site"))
        builds[1].append(build(stock / "mkdocs.yml", stock / "site"))
    sites = (ours / "site", stock / "site")
    names = sorted(page.parent.name for page in (ours / "site" / "services").glob("*/index.html"))
    weights = [[weigh(site / "services" / name / "index.html") for name in names] for site in sites]
    middle = names[weights[0].index(sorted(weights[0])[len(names) // 2])]
    visits = [bench_visit.first_visit(site, ["", "services/", f"services/{middle}/"]) for site in sites]
    searches = tuple(map(bench_search.first_search, sites, (bench_search.OURS, bench_search.STOCK)))
    return Result(builds, raw=tuple(sum(raw for raw, _ in pages) for pages in weights),
                  gzip=tuple(sum(small for _, small in pages) for pages in weights),
                  visit=tuple(visit.sent for visit in visits), ahead=visits[0].ahead.total(), search=searches, words=same_words(*sites),
                  elsewhere=visits[0].elsewhere | visits[1].elsewhere)


def our_project(size: int, folder: Path) -> Path:
    """Write a registry of `size` services and a configuration that builds our site from it."""
    folder.mkdir()
    bench_registry.write(ROOT / "services.yaml", size, folder / "services.yaml")
    parent = yaml_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    config = folder / "mkdocs.yml"
    config.write_text(yaml.safe_dump({
        "INHERIT": str(ROOT / "mkdocs.yml"), "docs_dir": str(ROOT / parent["docs_dir"]), "watch": [],
        "theme": {"custom_dir": str(ROOT / parent["theme"]["custom_dir"])},
        "hooks": [str(ROOT / hook) for hook in parent["hooks"]],
        "extra": {"services": str(folder / "services.yaml")}}), "utf-8")
    return config


def build(config: Path, site: Path) -> Build:
    """Build a site into an empty folder, in a process of its own."""
    shutil.rmtree(site, ignore_errors=True)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", config, "--site-dir", site]
    worked, start = _processor(), time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})
    return Build(_processor() - worked, time.perf_counter() - start)


def _processor() -> float:
    """Seconds of processor time of all finished child processes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def weigh(page: Path) -> tuple[int, int]:
    """Bytes of a page as written, and compressed."""
    return page.stat().st_size, len(bench_visit.compressed(page))


def same_words(ours: Path, stock: Path) -> tuple[int, int]:
    """The words of the articles of some pages of both sites; stops where they are not about as many."""
    places = sorted(page.relative_to(ours) for page in ours.rglob("index.html"))
    counts = [0, 0]
    for place in places[::-(-len(places) // SAMPLE)]:
        for index, site in enumerate((ours, stock)):
            counts[index] += len(list(bench_stock.words(bench_stock.article((site / place).read_text("utf-8")))))
    if abs(counts[1] - counts[0]) > counts[0] * WORDS_APART:
        sys.exit(f"The two sites do not say the same: {counts[0]:,} words against {counts[1]:,}.")
    return tuple(counts)


def ratio(pair: tuple[float, float]) -> float:
    """Ours to stock's."""
    return pair[0] / pair[1]


def growth(before: Result, after: Result) -> tuple[float, float]:
    """How many times longer the larger build takes, ours and stock's."""
    return tuple(late / early for early, late in zip(before.seconds("processor"), after.seconds("processor"), strict=True))


def table(results: dict[int, Result]) -> str:
    """Every ratio, one column for each size."""
    rows = {
        "build, processor time": lambda result: ratio(result.seconds("processor")),
        "  slowest run to fastest": Result.spread,
        "build, by the clock": lambda result: ratio(result.seconds("clock")),
        "service page": lambda result: ratio(result.raw),
        "service page, gzip": lambda result: ratio(result.gzip),
        "first visit, gzip": lambda result: ratio(result.visit),
        "search, gzip": lambda result: ratio(tuple(search.sent for search in result.search)),
        "search, by the clock": lambda result: ratio(tuple(search.seconds for search in result.search)),
        "words of a page": lambda result: ratio(result.words),
    }
    lines = ["Waymark to stock Material with the same words: below 1 is less than stock.", "",
             f"{'services':<26}" + "".join(f"{size:>9,}" for size in results)]
    lines += [f"{name:<26}" + "".join(f"{of(result):>9.2f}" for result in results.values()) for name, of in rows.items()]
    for before, after in itertools.pairwise(results):
        ours, stock = growth(results[before], results[after])
        lines.append(f"build from {before:,} to {after:,}: {ours:.1f} times, stock {stock:.1f}")
    hosts = ", ".join(sorted(set().union(*(result.elsewhere for result in results.values())))) or "no other host"
    lines += [f"{size:,} services: a first search takes {ours.sent / 1000:,.0f} KB and {ours.seconds:.1f} s, stock "
              f"{stock.sent / 1000:,.0f} KB and {stock.seconds:.1f} s"
              for size, (ours, stock) in ((size, result.search) for size, result in results.items())]
    ahead = max(result.ahead for result in results.values()) / 1_000_000
    return "\n".join([*lines, "", f"Left out of the first visit, in favour of stock: what it asks of {hosts}.",
                      f"Left out of ours: {ahead:.1f} MB, here without Brotli, that are fetched ahead for the quiz when all else is done.",
                      "Stock’s navigation names the main pages only; with all services in it, stock would be far slower.", ""])


def goals(results: dict[int, Result]) -> str:
    """Each goal, and whether it is met."""
    lines = [goal("first visit, at every size measured", max(ratio(result.visit) for result in results.values()), 0.4)]
    if 5_000 in results:
        lines += [goal("build at 5,000 services, processor time", ratio(results[5_000].seconds("processor")), 0.5),
                  goal("growth of the build from 1,000 to 5,000", growth(results[1_000], results[5_000])[0], 6),
                  goal("search at 5,000 services, bytes", ratio(tuple(one.sent for one in results[5_000].search)), 0.1)]
    else:
        lines.append("not measured: the build at 5,000 services, its growth and the search there")
    return "\n".join(lines)


def goal(name: str, measured: float, most: float) -> str:
    """One goal as a line."""
    return f"{'met' if measured <= most else 'not met':<8} {name}: {measured:.2f}, goal at most {most:g}"


if __name__ == "__main__":
    main()
