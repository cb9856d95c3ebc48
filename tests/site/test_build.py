"""A build is whole or nothing: faults are told and leave the earlier site, and the same input gives the same bytes."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.site.building import ROOT, built_in, change, mkdocs_build, run
from tests.site.reading import Pages, text

FAULTS = {"document: dvact-pai, section: Costs": "document: nowhere, section: Costs", "amount: 4700": "amount: -4700",
          "state: historic": "state: closed"}
EARLIER = "the site built earlier"


def break_in(project, faults):
    """Write each fault into the registry once; the lines they stand on."""
    services = project / "services.yaml"
    written = services.read_text(encoding="utf-8")
    for old, new in faults.items():
        assert old in written
        written = written.replace(old, new, 1)
    services.write_text(written, encoding="utf-8")
    return [1 + written[:written.index(new)].count("\n") for new in faults.values()]


def make_build(project):
    (project / ".venv").symlink_to(Path(sys.prefix))
    return run(project, "make", "--old-file=.venv/ready", "build")


def with_an_earlier_site(project):
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text(EARLIER)
    return project / "site"


def files_of(folder):
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_faulty_registry_stops_the_build_with_every_fault_and_no_traceback(project, tmp_path):
    lines = break_in(project, FAULTS)
    done = mkdocs_build(project, tmp_path / "site")
    assert done.returncode == 1
    assert [line for line in lines if f"services.yaml:{line}: " not in done.stdout] == [], done.stdout
    assert "Traceback" not in done.stdout
    assert not list((tmp_path / "site").rglob("*.html"))


def test_a_sound_build_takes_the_place_of_the_earlier_site(project):
    site = with_an_earlier_site(project)
    done = make_build(project)
    assert done.returncode == 0, done.stdout
    assert text(Pages(site)[""].root.find("head/title")) == "Waymark"
    assert not (project / ".site-next").exists()


def test_a_faulty_registry_leaves_the_earlier_site(project):
    site = with_an_earlier_site(project)
    break_in(project, FAULTS)
    assert make_build(project).returncode != 0
    assert files_of(site) == {"index.html": EARLIER.encode()}


def test_a_build_that_fails_half_way_leaves_the_earlier_site(project):
    site = with_an_earlier_site(project)
    with (project / "hooks" / "theme" / "fragments" / "source.html").open("a") as template:
        template.write("{{ misspelt }}")
    assert make_build(project).returncode != 0
    assert files_of(site) == {"index.html": EARLIER.encode()}


@pytest.mark.parametrize("markup", ["<script>alert(1)</script>", "<b>bold</b>", "&lt;b&gt;", '<img src=x onerror="x">'])
def test_html_in_a_text_is_refused(project, tmp_path, markup):
    line, = break_in(project, {"summary: A web page on packages": f"summary: |-\n      {markup} on packages"})
    done = mkdocs_build(project, tmp_path / "site")
    assert done.returncode == 1
    assert f"services.yaml:{line}: " in done.stdout
    assert "plain text" in done.stdout


def test_signs_that_html_reserves_are_shown_as_they_are(site, project, tmp_path):
    odd = "A &copy B < 3 > 2 “quoted” \"so\" 'so' {{ x }} {% y %}"
    line = next(line for line in site.registry.helplines if line.everywhere)
    change(project / "services.yaml", f"  - id: marac\n    name: {site.services['marac'].name}\n",
           f"  - id: marac\n    name: {json.dumps(odd)}\n")
    change(project / "services.yaml", f"    name: {line.name}\n    number: \"{line.number}\"",
           f"    name: {json.dumps(odd)}\n    number: \"{line.number}\"")
    page = Pages(built_in(project, tmp_path / "site"))["services/marac/"]
    assert page.title == f"{odd} – Waymark"
    assert text(page.article.find(".//h1")) == odd
    assert f"{line.number} {odd}. {line.who}" in text(page.root.find(".//footer"))


def test_building_again_on_another_day_gives_the_same_bytes(built, tmp_path):
    again = files_of(built_in(ROOT, tmp_path / "site", SOURCE_DATE_EPOCH="1000000000"))
    assert {name for name, content in files_of(built).items() if again.get(name) != content} == set()
    assert set(again) == set(files_of(built))


def test_another_registry_can_be_built_by_naming_it(site, project, tmp_path):
    shutil.copy(project / "services.yaml", project / "other.yaml")
    change(project / "other.yaml", f'version: "{site.registry.registry.version}"', 'version: "2031.1.7"')
    change(project / "mkdocs.yml", "\nextra:\n", "\nextra:\n  services: other.yaml\n")
    home = Pages(built_in(project, tmp_path / "site"))[""]
    assert "Registry 2031.1.7," in text(home.root.find(".//footer"))


def test_git_leaves_out_nothing_that_stands_among_the_sources():
    folders = ("docs", "hooks", "quiz", "tests", "tools")
    listed = run(ROOT, "git", "ls-files", "--others", "--ignored", "--exclude-standard", *folders)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    made = ("__pycache__", "node_modules")
    assert [name for name in listed.stdout.splitlines() if not any(folder in name for folder in made)] == []
