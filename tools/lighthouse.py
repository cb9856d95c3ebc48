"""`make lighthouse`: the four scores of Lighthouse for a page of every kind, in the system's Chromium.

Exits 1 where a score is below its goal, and says which audits cost it. The goal for performance is below 100,
since a slow telephone on slow 4G is simulated, and the last points hang on the machine.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import bench_visit
import browser

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "tools" / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
GOALS = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 98}
LEFT_OUT = "robots-txt"
"""Lighthouse asks for robots.txt from within the page, which the page's policy refuses: no page may fetch anything.
That a program outside can read the file, and what it says, is tested in `test_pages`."""


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="waymark-lighthouse-") as folder:
        site = Path(folder, "site")
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", site], cwd=ROOT, check=True)
        with bench_visit.served(site, bench_visit.Visit()) as home:
            missed = [page for page in kinds(site) if not tell(page, best(home + page))]
    print("Every goal is met." if not missed else f"Below a goal: {', '.join(page or 'home' for page in missed)}")
    return bool(missed)


def kinds(site: Path) -> Iterator[str]:
    """The pages written by hand; and of the made ones, for each folder at the top and each depth in it, the largest."""
    made = defaultdict(list)
    for file in sorted(site.rglob("index.html")):
        page = file.parent.relative_to(site).as_posix() + "/"
        page = "" if page == "./" else page
        if any((ROOT / "docs" / name).is_file() for name in (f"{page}index.md", f"{page.rstrip('/')}.md")):
            yield page
        else:
            made[page.split("/")[0], page.count("/")].append((file.stat().st_size, page))
    yield from (max(pages)[1] for pages in made.values())


def best(address: str) -> dict:
    """What Lighthouse reports of a page; the better of two where the machine may just have been busy."""
    report = audit(address)
    return report if score(report, "performance") >= GOALS["performance"] else max(
        report, audit(address), key=lambda one: score(one, "performance"))


def score(report: dict, category: str) -> int:
    """A score out of 100."""
    return round(100 * report["categories"][category]["score"])


def audit(address: str) -> dict:
    """What Lighthouse reports of a page."""
    command = [PROGRAM, address, "--quiet", "--output=json", f"--skip-audits={LEFT_OUT}",
               "--chrome-flags=--headless=new --no-sandbox"]
    done = subprocess.run(command, env=os.environ | {"CHROME_PATH": browser.find()}, capture_output=True, check=True)
    return json.loads(done.stdout)


def tell(page: str, report: dict) -> bool:
    """Print the scores of a page and what cost it a goal; whether every goal is met."""
    scores = {name: score(report, name) for name in GOALS}
    print(f"{page or 'home':<34}" + "  ".join(f"{name} {score}" for name, score in scores.items()), flush=True)
    below = [name for name, score in scores.items() if score < GOALS[name]]
    for name in below:
        for part in report["categories"][name]["auditRefs"]:
            found = report["audits"][part["id"]]
            if part["weight"] and found["score"] is not None and found["score"] < .9:
                print(f"    {name}: {found['title']} {found.get('displayValue', '')} {found.get('explanation', '')}")
    return not below


if __name__ == "__main__":
    sys.exit(main())
