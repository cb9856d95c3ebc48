"""`make bench`: build time and size as ratios to stock Material with the same words, all from one run.

A benchmark, not a test: it prints whether each goal is met, and exits 0 either way.
"""

import argparse
import itertools
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import yaml
from mkdocs.utils import yaml_load

import bench_registry
import bench_stock
import bench_visit

ROOT = Path(__file__).resolve().parent.parent
RUNS = {100: 3, 1_000: 3, 5_000: 2}
"""How often each site is built, by the number of services; the two take turns."""
QUICK = (100, 1_000)
SAMPLE = 100
"""On how many pages, spread over the site, the words are counted."""
WORDS_APART = 0.05
"""How much the words of the two sites may differ, as a part of ours."""


@dataclass
class Result:
    """What was measured at one size: times in seconds of each run, sizes in bytes, ours and stock's."""

    times: tuple[list[float], list[float]]
    raw: tuple[int, int]
    """All service pages together."""
    gzip: tuple[int, int]
    """The same, compressed one by one."""
    visit: tuple[int, int]
    words: tuple[int, int]
    elsewhere: set[str]
    """Hosts that stock's pages ask for something that is not counted."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure build time and size against stock Material, as ratios.")
    parser.add_argument("--quick", action="store_true", help="100 and 1,000 services only")
    sizes = QUICK if parser.parse_args().quick else tuple(RUNS)
    results = {}
    for size in sizes:
        print(f"Measuring {size:,} services …", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder:
            results[size] = measure(size, Path(folder))
    print(table(results))
    print(goals(results))


def measure(size: int, folder: Path) -> Result:
    """Build both sites at one size, by turns, and weigh them."""
    ours, stock = folder / "ours", folder / "stock"
    config = our_project(size, ours)
    times: tuple[list[float], list[float]] = ([], [])
    for run in range(RUNS[size]):
        times[0].append(build(config, ours / "site"))
        if run == 0:
            bench_stock.write_project(ours / "site", stock)
        times[1].append(build(stock / "mkdocs.yml", stock / "site"))
    sites = (ours / "site", stock / "site")
    services = sorted(page.parent.name for page in (ours / "site" / "services").glob("*/index.html"))
    weighed = [[weigh(site / "services" / name / "index.html") for name in services] for site in sites]
    middle = services[weighed[0].index(sorted(weighed[0])[len(services) // 2])]
    visits = [bench_visit.first_visit(site, ["", "services/", f"services/{middle}/"]) for site in sites]
    return Result(times, raw=tuple(sum(raw for raw, _ in pages) for pages in weighed),
                  gzip=tuple(sum(small for _, small in pages) for pages in weighed),
                  visit=tuple(visit.sent for visit in visits), words=same_words(*sites),
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


def build(config: Path, site: Path) -> float:
    """Build a site in a process of its own; seconds from start to end."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean", "--config-file", config, "--site-dir", site]
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True)
    return time.perf_counter() - start


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


def build_ratio(result: Result) -> float:
    """Our build time to stock's, the middle of the runs."""
    return ratio(tuple(map(statistics.median, result.times)))


def spread(result: Result) -> float:
    """The slowest run to the fastest of the same site, whichever site was less steady."""
    return max(max(times) / min(times) for times in result.times)


def table(results: dict[int, Result]) -> str:
    """Every ratio, one column for each size."""
    rows = {
        "build time": build_ratio,
        "  slowest run to fastest": spread,
        "service page": lambda result: ratio(result.raw),
        "service page, gzip": lambda result: ratio(result.gzip),
        "first visit, gzip": lambda result: ratio(result.visit),
        "words of a page": lambda result: ratio(result.words),
    }
    lines = ["Waymark to stock Material with the same words: below 1 is less than stock.", "",
             f"{'services':<26}" + "".join(f"{size:>9,}" for size in results)]
    lines += [f"{name:<26}" + "".join(f"{of(result):>9.2f}" for result in results.values()) for name, of in rows.items()]
    for before, after in itertools.pairwise(results):
        grown = [statistics.median(late) / statistics.median(early)
                 for early, late in zip(results[before].times, results[after].times, strict=True)]
        lines.append(f"build time from {before:,} to {after:,}: {grown[0]:.1f} times, stock {grown[1]:.1f}")
    hosts = ", ".join(sorted(set().union(*(result.elsewhere for result in results.values())))) or "none"
    return "\n".join([*lines, "", f"Left out of the first visit, which would count against stock: what it asks of {hosts}.",
                      "Stock’s navigation names the main pages only: with all services in it, it would be many times slower.", ""])


def goals(results: dict[int, Result]) -> str:
    """Each goal, and whether it is met."""
    visit = max(ratio(result.visit) for result in results.values())
    lines = [goal("first visit, at every size measured", visit, 0.4)]
    if 5_000 in results:
        growth = statistics.median(results[5_000].times[0]) / statistics.median(results[1_000].times[0])
        lines += [goal("build time at 5,000 services", build_ratio(results[5_000]), 0.5),
                  goal("growth of build time from 1,000 to 5,000", growth, 6)]
    else:
        lines.append("not measured: the build time at 5,000 services and its growth")
    return "\n".join(lines)


def goal(name: str, measured: float, most: float) -> str:
    """One goal as a line."""
    return f"{'met' if measured <= most else 'NOT MET':<8} {name}: {measured:.2f}, goal at most {most:g}"


if __name__ == "__main__":
    main()
