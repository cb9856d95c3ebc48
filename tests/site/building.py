"""Building the site, or a changed copy of it, the way a contributor does."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SITE_URL = "https://waymark.example/"
NEEDED = ("docs", "hooks", "quiz", "Makefile", "mkdocs.yml", "requirements.lock", "services.yaml", "tools")
ENVIRONMENT = {
    "NO_MKDOCS_2_WARNING": "1",
    "SITE_URL": SITE_URL,
    "SOURCE_DATE_EPOCH": "1795219200",  # so that a run over midnight still builds the same bytes
}


def run(project: Path, *command: str, **environment: str) -> subprocess.CompletedProcess:
    """Run a command in a project; what it prints is in `stdout`."""
    return subprocess.run(command, cwd=project, env=os.environ | ENVIRONMENT | environment, text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def mkdocs_build(project: Path, folder: Path, **environment: str) -> subprocess.CompletedProcess:
    """`mkdocs build` of a project into a folder."""
    return run(project, sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder), **environment)


def built_in(project: Path, folder: Path, **environment: str) -> Path:
    """The folder, with the site of a project that must build."""
    done = mkdocs_build(project, folder, **environment)
    assert done.returncode == 0, done.stdout
    return folder


def written_by_hand() -> dict[str, Path]:
    """The pages of `docs/` by their addresses on the site."""
    docs = ROOT / "docs"
    addresses = {file: f"{file.relative_to(docs).with_suffix('').as_posix()}/" for file in sorted(docs.rglob("*.md"))}
    return {re.sub("(^|/)index/$", r"\1", address): file for file, address in addresses.items()}


def copy_of_project(folder: Path) -> Path:
    """A copy to break of everything that a build needs."""
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, folder / name)
    return folder


def change(file: Path, old: str, new: str) -> None:
    """Write `new` in the place of a text that stands in a file exactly once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def cannot_be_had(what: str) -> None:
    """Skip, since a contributor may lack it; fail where everything must be tested."""
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(what)
