"""The command says whether the registry may be published: 0 it may, 1 it may not, 2 it was asked wrongly."""

import datetime
import os

import pytest

from tests.registry.registries import run, write
from waymark_site import check, pages

BROKEN = ("amount: 900", "amount: 0"), ("term: PLO", "trem: PLO"), ("    tier: core\n", "")


def checked(*arguments):
    return run("-m", "waymark_site.check", *arguments)


@pytest.fixture
def small_questions(tmp_path, monkeypatch):
    """The command with the questions of the small registry instead of the real ones."""
    write(tmp_path)
    (tmp_path / "quiz").mkdir()
    (tmp_path / "questions.yaml").rename(tmp_path / "quiz" / "questions.yaml")
    monkeypatch.setattr(check, "ROOT", tmp_path)
    return tmp_path


def test_a_sound_registry_is_counted_on_standard_output(small_questions, capsys):
    assert check.main([str(small_questions / "services.yaml")], today=datetime.date(2026, 6, 30)) == 0
    out, err = capsys.readouterr()
    assert (out.splitlines()[:3], err) == (["services.yaml: 4 services, 2 providers, 3 sources, 2 documents. No faults.", "",
                                            "On 30 June 2026: 1 to look at. This stops no build."], "")


def test_without_a_name_it_checks_the_registry_of_the_project(small_questions, capsys, monkeypatch):
    monkeypatch.setattr(pages, "NAMED", ())
    assert check.main([]) == 0
    assert capsys.readouterr().out.startswith("services.yaml: 4 services")


def test_a_service_that_a_page_names_must_be_there_as_for_the_build(small_questions, capsys, monkeypatch):
    monkeypatch.setattr(pages, "NAMED", ("gone-service", "gone-service"))
    assert check.main([]) == 1
    assert capsys.readouterr() == ("", (
        "services.yaml: services: found no 'gone-service', expected it because a page of the site names it. "
        "Keep it, or change the templates that name it.\n1 fault(s). Nothing was built.\n"))


def test_faults_are_told_on_standard_error_and_counted(small_questions, capsys):
    services, _ = write(small_questions, ("amount: 900", "amount: 0"))
    line = services.read_text().splitlines().index("        amount: 0") + 1
    assert check.main([str(services)]) == 1
    assert capsys.readouterr() == ("", (
        f"services.yaml:{line}: services[0].prices[0].amount: found '0', expected whole pounds from 1 to 100,000. "
        "Check it against the document; a service that is free has price_status free.\n"
        "1 fault(s). Nothing was built.\n"))


def test_faults_come_in_the_order_of_the_file(tmp_path):
    services, _ = write(tmp_path, *BROKEN)
    done = checked(services)
    lines = [int(line.split(":")[1]) for line in done.stderr.splitlines() if line.startswith("services.yaml:")]
    assert (done.returncode, lines, len(lines) >= 3) == (1, sorted(lines), True)


def test_the_order_is_the_same_each_time(tmp_path, monkeypatch):
    services, _ = write(tmp_path, *BROKEN, ("- id: lives-in-the-north\n        requires: {area: north}",
                                            "- id: lives_there\n        requires: {x: y}"))
    told = set()
    for seed in "123":
        monkeypatch.setitem(os.environ, "PYTHONHASHSEED", seed)
        told.add(checked(services).stderr)
    assert len(told) == 1


@pytest.mark.parametrize("arguments", [["--help"], ["-x"], ["a.yaml", "b.yaml"], ["a.yaml", "--strict"],
                                       ["--links", "--links"], ["--local="], ["--local", "x"], ["--lokal=x"]])
def test_a_wrong_call_is_told_how_to_call(arguments):
    done = checked(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Usage: python -m waymark_site.check [--links] [--local=AREA] [services.yaml]\n"


@pytest.mark.parametrize("text", [
    b"", b"# nothing\n", b"null\n", b"- a\n", b"bogus: 1\n", b"services: 5\n", b"a: [1\n", b"\xff\xfe\x00", b"a: *b\n",
    b"[" * 5000,
    b"registry: {version: '1', date: '2026-01-01', maintainer: x}\nretired: 5\n"])
def test_whatever_the_file_holds_there_is_no_traceback(tmp_path, text):
    file = tmp_path / "services.yaml"
    file.write_bytes(text)
    done = checked(file)
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (1, "", False)
    assert done.stderr.startswith("services.yaml:") and done.stderr.endswith(" fault(s). Nothing was built.\n")


@pytest.mark.parametrize("name", ["gone.yaml", "."])
def test_a_file_that_is_not_there_is_told(tmp_path, name):
    done = checked(tmp_path / name)
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (1, "", False)
    assert "no readable file" in done.stderr


def test_it_speaks_where_only_plain_letters_can_be_shown(tmp_path, monkeypatch):
    monkeypatch.setitem(os.environ, "LC_ALL", "C")
    monkeypatch.setitem(os.environ, "PYTHONIOENCODING", "ascii")
    services, _ = write(tmp_path, ("reason: It is not a service.", "reason: A ‘perpetrator’ or a perpetrator."))
    done = checked(services)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
