"""How long it takes from opening a page to a verdict, against Pyodide as it comes: on the main thread, whole and not
compressed, in the same version. All from one run; a benchmark, not a test.

    python tools/bench_start.py [--rounds 7] [--site FOLDER]

The ratios are of a page that only asks the engine and writes down what it says. How soon the first question can be
answered is measured on the page of the quiz itself, in the site that is built for it, or in the one given.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from bench import goal
from bench_line import Line, serving, visitor
from waymark_site import runtime
from waymark_site.registry import read

ROOT = Path(__file__).resolve().parent.parent

SLOW = {"rate": 200_000, "delay": 0.15}
"""Slow 4G."""
SLOWED = 4
PATIENCE = 300_000
"""Milliseconds until a page is given up."""
REST = 9
"""Seconds between two visits: the practice of a page, and the browser's own work on what it keeps."""
SETTLED = 3
"""Seconds before the first visit: what a browser does when it is started is not the page's."""

CASE = {"focus": "victim_survivor", "area": "london", "referrer": "social_worker", "stage": "child_protection",
        "wants": "intervention", "risk": "not_high", "relationship": "separated"}

OURS = """\
<!doctype html><html lang="en"><meta charset="utf-8"><title>Ours</title><link rel="icon" href="data:,">
<meta name="engine" content="{plan}"><link rel="modulepreload" href="assets/site/engine.js">
<p id="verdict"></p><script type="module" src="page.js"></script></html>
"""
OURS_SCRIPT = """\
import { engine } from "./assets/site/engine.js";
const verdict = document.querySelector("#verdict");
const show = async (given) => { verdict.textContent = Object.values((await engine.step({ given })).verdicts).join(" "); };
engine.start();
await show(CASE);
window.shown = performance.now();
window.change = async () => {
  const began = performance.now();
  await show({ ...CASE, relationship: "living_together" });
  return performance.now() - began;
};
"""
NAIVE = """\
<!doctype html><html lang="en"><meta charset="utf-8"><title>Naive</title><link rel="icon" href="data:,">
<p id="verdict"></p><script type="module" src="page.js"></script></html>
"""
NAIVE_SCRIPT = """\
import { loadPyodide } from "./pyodide/pyodide.mjs";
const python = await loadPyodide();
python.unpackArchive(await (await fetch("engine.zip")).arrayBuffer(), "zip");
const door = python.pyimport("quiz.browser");
door.ready(await (await fetch("rules.json")).text());
document.querySelector("#verdict").textContent = Object.values(JSON.parse(door.step(JSON.stringify({ given: CASE }))).verdicts).join(" ");
window.shown = performance.now();
"""


@dataclass(frozen=True, slots=True)
class Page:
    """A page to measure."""

    site: Path
    address: str
    packed: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """One opening of a page: milliseconds, and bytes of bodies."""

    shown: float
    sent: int
    changed: float | None


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the start of the quiz’s engine, as ratios to Pyodide as it comes.")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--site", type=Path, help="a built site")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder:
        made = runtime.prepare(ROOT, read(ROOT / "services.yaml", ROOT / "quiz" / "questions.yaml"), packed=True)
        naive = Page(write_naive(Path(folder) / "naive", made), "", packed=False)
        ours = Page(write_ours(Path(folder) / "ours", made), "", packed=True)
        quiz = Page(asked.site or build(Path(folder) / "site"), "check/", packed=True)
        print(report(measure(ours, naive, asked.rounds), [first_question(quiz) for _ in range(asked.rounds)]))


def build(folder: Path) -> Path:
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", folder], cwd=ROOT, check=True)
    return folder


def first_question(page: Page) -> float:
    """Milliseconds from opening the page of the quiz until its first question can be asked for, on the slow profile."""
    with serving(page.site, Line(**SLOW), packed=page.packed) as home, visitor(SLOWED) as tab:
        tab.goto(home + page.address, wait_until="commit", timeout=PATIENCE)
        tab.wait_for_selector(".check__go button", timeout=PATIENCE)
        return tab.evaluate("performance.now()")


def write_ours(folder: Path, made: runtime.Runtime) -> Path:
    """A page that does nothing but ask the engine, with everything it needs."""
    for file in made.files:
        path = folder / file.url
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    shutil.copytree(ROOT / "hooks" / "theme" / "assets" / "site", folder / "assets" / "site")
    plan = json.dumps(made.plan(lambda url: url)).replace('"', "&quot;")
    (folder / "index.html").write_text(OURS.format(plan=plan), encoding="utf-8")
    (folder / "page.js").write_text(f"const CASE = {json.dumps(CASE)};\n{OURS_SCRIPT}", encoding="utf-8")
    return folder


def write_naive(folder: Path, made: runtime.Runtime) -> Path:
    """The same with Pyodide as it comes: on the main thread, whole, not compressed."""
    folder.mkdir()
    shutil.copytree(ROOT / "node_modules" / "pyodide", folder / "pyodide")
    engine = {f"quiz/{path.name}": path.read_bytes() for path in (ROOT / "quiz").glob("*.py")}
    (folder / "engine.zip").write_bytes(runtime.archive.zipped(engine))
    (folder / "rules.json").write_bytes(made.parts["rules"].content)
    (folder / "index.html").write_text(NAIVE, encoding="utf-8")
    (folder / "page.js").write_text(f"const CASE = {json.dumps(CASE)};\n{NAIVE_SCRIPT}", encoding="utf-8")
    return folder


Measured = dict[str, list[tuple[Visit, Visit]]]
"""By profile, a pair for each round: ours, and naive."""


def measure(ours: Page, naive: Page, rounds: int) -> Measured:
    """Both pages by turns, so that whatever else this computer does meets both."""
    found: Measured = defaultdict(list)
    for number in range(rounds):
        print(f"Round {number + 1} of {rounds} …", file=sys.stderr, flush=True)
        (cold, warm), (naive_cold, naive_warm) = (visits(page, Line()) for page in (ours, naive))
        found["cold"].append((cold, naive_cold))
        found["warm"].append((warm, naive_warm))
        found["slow"].append(tuple(visits(page, Line(**SLOW), SLOWED, again=False)[0] for page in (ours, naive)))
    return found


def visits(page: Page, line: Line, slowed: int = 1, *, again: bool = True) -> list[Visit]:
    """The first and the third visit of somebody who was never here before; or the first alone."""
    with serving(page.site, line, packed=page.packed) as home, visitor(slowed) as tab:
        seen = []
        tab.wait_for_timeout(SETTLED * 1000)
        for _ in range(3 if again else 1):
            if seen:
                tab.wait_for_timeout(REST * 1000)
                tab.goto("about:blank")
            line.sent.clear()
            tab.goto(home + page.address, wait_until="commit", timeout=PATIENCE)
            tab.wait_for_function("window.shown", timeout=PATIENCE, polling=50)
            shown = tab.evaluate("window.shown")
            changed = tab.evaluate("window.change ? window.change() : null") if page.packed else None
            seen.append(Visit(shown, line.sent.total(), changed))
    return [seen[0], seen[-1]]


def report(found: Measured, first: list[float]) -> str:
    """Every ratio and every goal."""
    def ratio(profile: str, what: str) -> float:
        return statistics.median(getattr(ours, what) / getattr(naive, what) for ours, naive in found[profile])

    def ours(profile: str, what: str) -> float:
        return statistics.median(getattr(visit, what) for visit, _ in found[profile])

    lines = ["From opening the page to a verdict, ours to Pyodide as it comes: below 1 is sooner.", ""]
    for profile, pairs in found.items():
        spread = [ours.shown / naive.shown for ours, naive in pairs]
        lines.append(f"{profile:<6} {statistics.median(spread):>6.3f}   from {min(spread):.3f} to {max(spread):.3f}")
    lines += [
        "", goal("cold", ratio("cold", "shown"), 0.32), goal("warm", ratio("warm", "shown"), 0.35),
        goal("slow 4G, processor 4 times slower, cold", ratio("slow", "shown"), 0.25),
        goal("bytes of a cold visit", ratio("cold", "sent"), 0.24),
        goal("seconds to the first question there", statistics.median(first) / 1000, 1.5),
        goal("milliseconds from a changed answer to new verdicts there", ours("slow", "changed"), 60)]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
