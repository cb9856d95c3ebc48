"""`make mutate`: would the tests notice? Small faults are put into the engine and the criteria, one at a time.

A mutant is a copy of the project with one change: another comparison, bound, value, verdict or effect, `and` for
`or`, a criterion dropped. The fast tests of the engine run against it until one fails. A mutant that none of them
notices survives, and is printed with its line: a test is missing, or the change makes no difference.

A change to a criterion that no case could show is dropped before it is tried, and counted (`equivalent.py`).
"""

import argparse
import json
import math
import os
import queue
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from equivalent import Cases
from mutants import ROOT, Mutant, criteria_mutants, engine_mutants

TESTS = ("logic", "standing", "timeline", "paperwork", "costs", "caseload", "one_change", "registry_logic", "real_cases", "instead",
         "invariants", "panel", "suitability", "answer_before", "pathway")
"""The fast tests, quickest first; for a mutant of the engine, those of its module run before the others."""
CRITERIA_TESTS = ("one_change", "real_cases", "registry_logic", "invariants", "paperwork", "instead", "pathway")
"""Those that a mutant of the criteria can fail: the others hold whatever the criteria are."""
COPIED = ("quiz", "hooks", "tests", "services.yaml", "pyproject.toml")
AT_ONCE = 2
LONGEST = 3
"""A mutant may compute for so many times as long as the tests do without it; then it counts as noticed."""
MOST_MEMORY = 4_000_000_000
"""Bytes that the tests of a mutant may use."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a mutant."""

    mutant: Mutant
    by: str | None
    """The test file that noticed it, `time`, or `start` where none could run; None where it survives."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Put small faults into the engine and the criteria; see whether tests notice.")
    parser.add_argument("--sample", type=int, metavar="N", help="only N mutants, half of them in criteria")
    parser.add_argument("--seed", type=int, default=1, help="another seed takes another sample")
    arguments = parser.parse_args()
    mutants, dropped = chosen(list(engine_mutants()), list(criteria_mutants()), arguments.sample, random.Random(arguments.seed))
    told = try_all(mutants)
    print(report(told, dropped))


def chosen(engine: list[Mutant], criteria: list[Mutant], sample: int | None,
           chance: random.Random) -> tuple[list[Mutant], list[Mutant]]:
    """The mutants to try: all, or a sample of which half are in criteria; in an order of chance. Then those that were
    come upon and dropped, since nothing could show them."""
    chance.shuffle(engine)
    chance.shuffle(criteria)
    wanted = len(criteria) if sample is None else sample // 2
    cases, faults, dropped = Cases(ROOT), [], []
    for mutant in criteria:
        if len(faults) == wanted:
            break
        shows = mutant.replaced is None or cases.tell_apart(mutant.replaced)
        (faults if shows else dropped).append(mutant)
    mutants = faults + (engine if sample is None else engine[:sample - wanted])
    chance.shuffle(mutants)
    return mutants, dropped


# Trying them


def try_all(mutants: list[Mutant]) -> list[Told]:
    """What becomes of each mutant, in the order given."""
    folders: queue.Queue[Path] = queue.Queue()
    told: list[Told] = []
    with copies(AT_ONCE) as made, ThreadPoolExecutor(AT_ONCE) as workers:
        left_out, seconds = first_run(made[0])
        for folder in made:
            folders.put(folder)

        def one(mutant: Mutant) -> Told:
            folder = folders.get()
            try:
                return attempt(mutant, folder, left_out, max(60, LONGEST * seconds))
            finally:
                folders.put(folder)

        print(f"{len(mutants)} mutants; the tests take {seconds:.0f} seconds without.", file=sys.stderr, flush=True)
        for found in workers.map(one, mutants):
            told.append(found)
            if found.by is None:
                print(f"{len(told)} tried, survives: {place(found.mutant)}", file=sys.stderr, flush=True)
    return told


@contextmanager
def copies(number: int) -> Iterator[list[Path]]:
    """Copies of the project to break, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="waymark-mutate-") as parent:
        folders = [Path(parent) / str(index) for index in range(number)]
        for folder in folders:
            folder.mkdir()
            for name in COPIED:
                if (ROOT / name).is_dir():
                    shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
                else:
                    shutil.copy(ROOT / name, folder / name)
        yield folders


def first_run(folder: Path) -> tuple[list[str], float]:
    """The tests that fail before anything is changed, which can notice nothing, and the seconds the others take."""
    test(folder, tests_for(""), ["-p", "cacheprovider", "-o", "addopts=", "-o", "cache_dir=.failed"], None)
    failed = folder / ".failed" / "v" / "cache" / "lastfailed"
    left_out = [option for name in (json.loads(failed.read_text("utf-8")) if failed.exists() else ())
                for option in ("--deselect", name)]
    if left_out:
        print(f"Left out, since they fail already: {', '.join(left_out[1::2])}", file=sys.stderr)
    before = computed()
    by = test(folder, tests_for(""), left_out, None)
    if by is not None:
        sys.exit(f"The tests fail before anything is changed: {by}.")
    return left_out, computed() - before


def computed() -> float:
    """The seconds that tests have computed so far; how busy the machine is besides makes no difference to it."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def attempt(mutant: Mutant, folder: Path, left_out: list[str], limit: float) -> Told:
    """Put a mutant into a copy, see what notices it within the seconds allowed, and take it out again."""
    file = folder / mutant.file
    text = file.read_text("utf-8")
    file.write_text(text[:mutant.start] + mutant.new + text[mutant.end:], "utf-8")
    try:
        return Told(mutant, test(folder, tests_for(mutant.file), ["-x", *left_out], limit))
    finally:
        file.write_text(text, "utf-8")


def tests_for(file: str) -> list[str]:
    """The test files there are that could notice a change of this file, in the order to run them."""
    names = CRITERIA_TESTS if file == "services.yaml" else sorted(TESTS, key=lambda name: name != Path(file).stem)
    return [f"tests/quiz/test_{name}.py" for name in names if (ROOT / f"tests/quiz/test_{name}.py").exists()]


def test(folder: Path, tests: list[str], options: list[str], limit: float | None) -> str | None:
    """Run tests in a copy: the file of the one that failed, or None where all passed."""
    def within_limits() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(limit), math.ceil(limit)))

    command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-rfE", "--no-header", *options, *tests]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, preexec_fn=within_limits,
                         env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0", "PYTHONPATH": ".:hooks"})
    if run.returncode in (-signal.SIGKILL, -signal.SIGXCPU):
        return "time"
    if run.returncode == 5:
        sys.exit("There are no tests to run.")
    found = re.search(r"^(?:FAILED|ERROR) tests/quiz/(\w+)\.py", run.stdout, re.MULTILINE)
    return (found[1] if found else "start") if run.returncode else None


# Telling


def report(told: list[Told], dropped: list[Mutant]) -> str:
    """By sort of fault, how many were tried and noticed; the tests that noticed; and every survivor."""
    tried, noticed = Counter(one.mutant.sort for one in told), Counter(one.mutant.sort for one in told if one.by)
    unseen = Counter(mutant.sort for mutant in dropped)
    lines = [f"{'sort of fault':<28}{'tried':>8}{'noticed':>9}{'rate':>8}{'equivalent, not tried':>24}"]
    lines += [row(sort, tried[sort], noticed[sort], unseen[sort]) for sort in sorted(tried | unseen)]
    lines += [row("all", tried.total(), noticed.total(), unseen.total()), ""]
    lines += [f"noticed first by {by}: {number}" for by, number in Counter(one.by for one in told if one.by).most_common()]
    lines += ["", "Survivors" if noticed != tried else "No survivors"]
    lines += [f"  {place(one.mutant)}"
              for one in sorted(told, key=lambda one: (one.mutant.file, one.mutant.line)) if one.by is None]
    return "\n".join(lines)


def place(mutant: Mutant) -> str:
    """Where a mutant is and what it changes."""
    return f"{mutant.file}:{mutant.line}: {mutant.change}"


def row(name: str, tried: int, noticed: int, unseen: int) -> str:
    """One line of the table."""
    return f"{name:<28}{tried:>8}{noticed:>9}{noticed / tried if tried else 1:>8.0%}{unseen or '':>24}"


if __name__ == "__main__":
    main()
