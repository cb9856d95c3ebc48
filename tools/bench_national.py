"""How our site grows to the size of a national registry: ratios to the real one, and what a host has to hold.

No stock site here: this is about the limits of hosts and about what a visitor waits for, not about a comparison.
"""

import itertools
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import bench_search

SIZES = (1_000, 10_000)
"""How many services, beside the real registry."""


@dataclass(frozen=True)
class Kind:
    """The files in one folder at the top of the site, with all below it."""

    files: int
    bytes: int


@dataclass(frozen=True)
class Result:
    """What was measured at one size."""

    processor: float
    """Seconds that the processor worked for the build."""
    clock: float
    kinds: dict[str, Kind]
    """By the name of the folder; the files at the top under an empty name."""
    largest: dict[str, int]
    """The bytes of the largest files by their places, the largest first."""
    crowded: tuple[str, int]
    """The folder that holds most files and folders, and how many."""
    search: bench_search.Search

    @property
    def files(self) -> int:
        return sum(kind.files for kind in self.kinds.values())

    @property
    def bytes(self) -> int:
        return sum(kind.bytes for kind in self.kinds.values())


def weighed(site: Path) -> tuple[dict[str, Kind], dict[str, int], tuple[str, int]]:
    """The kinds of files of a built site, its largest files and its most crowded folder."""
    sizes = {file.relative_to(site): file.stat().st_size for file in sorted(site.rglob("*")) if file.is_file()}
    files, weights = Counter(), Counter()
    for place, size in sizes.items():
        kind = place.parts[0] if len(place.parts) > 1 else ""
        files[kind] += 1
        weights[kind] += size
    held = Counter(parent.as_posix() for parent in {one for place in sizes for one in (place, *place.parents)} - {Path()}
                   for parent in [parent.parent])
    kinds = {kind: Kind(files[kind], weights[kind]) for kind in sorted(files)}
    return kinds, {place.as_posix(): size for place, size in Counter(sizes).most_common(5)}, held.most_common(1)[0]


def table(results: dict[int, Result]) -> str:
    """Every measure with a column for each size; times as ratios to the first, since they depend on the machine."""
    first = next(iter(results.values()))
    rows = {
        "build, processor time": lambda one: f"{one.processor / first.processor:.2f}",
        "build, by the clock": lambda one: f"{one.clock / first.clock:.2f}",
        "site, MB": lambda one: f"{one.bytes / 1e6:,.0f}",
        "  ratio": lambda one: f"{one.bytes / first.bytes:.2f}",
        "files": lambda one: f"{one.files:,}",
        "largest file, MB": lambda one: f"{max(one.largest.values()) / 1e6:,.1f}",
        "most in one folder": lambda one: f"{one.crowded[1]:,}",
        "a first search, KB": lambda one: f"{one.search.sent / 1e3:,.0f}",
        "a first search, ms": lambda one: f"{one.search.seconds * 1e3:,.0f}",
    }
    lines = [f"{'services':<26}" + "".join(f"{size:>11,}" for size in results)]
    lines += [f"{name:<26}" + "".join(f"{of(one):>11}" for one in results.values()) for name, of in rows.items()]
    for (few, before), (many, after) in itertools.pairwise(results.items()):
        lines.append(f"from {few:,} to {many:,}: build {after.processor / before.processor:.1f} times, site {after.bytes / before.bytes:.1f}, "
                     f"files {after.files / before.files:.1f}, search {after.search.sent / before.search.sent:.1f}")
    last = list(results.values())[-1]
    lines += ["", "Files by folder, with their MB:"]
    for kind in last.kinds:
        cells = (one.kinds.get(kind, Kind(0, 0)) for one in results.values())
        lines.append(f"  {kind or '(top)':<24}" + "".join(f"{cell.files:>6,} {cell.bytes / 1e6:>7,.1f}" for cell in cells))
    lines += ["", f"Most in one folder: {last.crowded[0]}/", "The largest files:"]
    lines += [f"  {size / 1e6:>7,.1f} MB  {place}" for place, size in last.largest.items()]
    return "\n".join(lines)
