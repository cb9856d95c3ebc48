"""The project keeps the promises it makes about itself: what may import what, what is pinned, what is derived."""

import ast
import re
import sys
from pathlib import Path

import pytest
import yaml

from waymark_site import schema
from waymark_site.registry import read

ROOT = Path(__file__).resolve().parent.parent
QUIZ = sorted((ROOT / "quiz").glob("*.py"))
SITE = sorted((ROOT / "hooks" / "waymark_site").rglob("*.py"))
OPTIONAL = {("cases.py", "yaml"), ("__main__.py", "waymark_site")}
"""Imports inside a function, at the edge: PyYAML for cases in YAML, and the command's way to the registry."""


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("path", QUIZ, ids=lambda path: path.name)
def test_the_engine_imports_the_standard_library_and_itself(path):
    outside = imported(path) - set(sys.stdlib_module_names) - {"quiz"}
    assert outside == {name for file, name in OPTIONAL if file == path.name}


@pytest.mark.parametrize("path", SITE, ids=lambda path: str(path.relative_to(ROOT / "hooks")))
def test_what_the_hooks_call_knows_nothing_of_mkdocs(path):
    assert not imported(path) & {"mkdocs", "material"}


def test_no_engine_module_imports_one_that_is_read_after_it():
    order = ["vocabulary", "model", "logic", "standing", "suitability", "panel", "pathway", "changes", "paperwork", "costs",
             "timeline", "instead", "cases", "report", "wording", "record", "telling", "caseload", "caseload_report", "caseload_telling",
             "rules", "browser", "command", "__main__"]
    assert sorted(order) == sorted(path.stem for path in QUIZ if path.stem != "__init__")
    for path in QUIZ:
        if path.stem != "__init__":
            used = set(re.findall(r"^from quiz\.(\w+) import|^from quiz import (.+)$", path.read_text(), re.MULTILINE))
            names = {name.strip() for pair in used for part in pair for name in part.split(",") if name.strip()}
            assert all(order.index(name) < order.index(path.stem) for name in names), path.name


@pytest.mark.parametrize("name", ["requirements", "requirements-test"])
def test_everything_built_and_tested_with_is_pinned_with_its_hash(name):
    wanted = re.findall(r"^([a-z0-9-]+)", (ROOT / f"{name}.in").read_text(), re.MULTILINE | re.IGNORECASE)
    lock = (ROOT / f"{name}.lock").read_text()
    assert all(re.search(rf"^{package}==\S+( ;.*)? \\$", lock, re.MULTILINE | re.IGNORECASE)
               for package in wanted if not package.startswith("-"))
    assert lock.count("==") <= lock.count("--hash=sha256:")
    assert {"mkdocs==1.6.1", "mkdocs-material==9.8.1"} <= set(re.findall(r"^(\S+==\S+)", lock, re.MULTILINE))


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock", "package-lock.json",
                                  "tools/lighthouse/package-lock.json"])
def test_no_lock_file_names_a_registry(name):
    text = (ROOT / name).read_text()
    assert not re.search(r"index-url|\"resolved\"|registry\.npmjs|pypi\.org|files\.pythonhosted", text)


def test_the_published_schema_is_the_one_derived_from_the_model():
    assert schema.FILE.read_text(encoding="utf-8") == schema.text()
    first = (ROOT / "services.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema={schema.FILE.relative_to(ROOT)}"


def test_the_template_for_contributors_is_a_service_that_would_pass(tmp_path):
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    template = yaml.safe_load(re.search(r"```yaml\n(.*?)```", text, re.DOTALL)[1].replace(": yes", ": 'yes'").replace(": no\n", ": 'no'\n"))
    registry = (ROOT / "services.yaml").read_text(encoding="utf-8")
    for section, items in template.items():
        written = yaml.safe_dump(items, allow_unicode=True, sort_keys=False)
        registry = registry.replace(f"\n{section}:\n", f"\n{section}:\n" + "".join(f"  {line}\n" for line in written.splitlines()), 1)
    made = tmp_path / "services.yaml"
    made.write_text(registry, encoding="utf-8")
    assert len(read(made, ROOT / "quiz" / "questions.yaml").services) > len(template["services"])


def test_continuous_integration_runs_what_the_readme_tells_contributors_to_run():
    assert "make test" in (ROOT / "README.md").read_text()
    commands = [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if line.strip() and not line.startswith("#")]
    assert commands[-1] == "make test"
