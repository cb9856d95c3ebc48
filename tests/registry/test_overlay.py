"""A local edition changes what it says and nothing else, says of all of it that it is local, and is told its faults
by its own lines."""

import copy
import dataclasses
import json
import re

import pytest
import yaml

from quiz import __main__, command, rules
from quiz.pathway import Rulebook
from tests.registry import real
from waymark_site import check
from waymark_site.meaning import changes
from waymark_site.registry import RegistryFaults, opened, overlay

TEMPLATE = re.search(r"```yaml\n(.*?)```", (real.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split(
    "## A local edition")[1], re.DOTALL)[1]

EXTRA = {
    "providers": [{
        "id": "example-local-team", "name": "Example local team",
        "what": {"says": "A team of the council.", "source": {"document": "example-local-offer", "section": "Us"}},
        "status": {"state": "active", "says": "It is our own team.", "checked": "2026-11-22",
                   "source": {"document": "example-local-offer", "section": "Us"}}}],
    "services": [{
        "id": "example-local-help", "name": "Example help at home", "provider": "example-local-team", "tier": "core",
        "kind": "support", "summary": "A worker who visits a victim or survivor at home.",
        "for_whom": {"parties": ["victim_survivor"], "says": "Adults who live in Lancashire.",
                     "source": {"document": "example-local-offer", "section": "Help"}},
        "area": {"places": ["lancashire"], "says": "Lancashire.", "source": {"document": "example-local-offer", "section": "Help"}},
        "about": [{"says": "A worker visits.", "source": {"document": "example-local-offer", "section": "Help"}}],
        "price_status": "free",
        "criteria": [{"id": "lives-there", "requires": {"area": "lancashire"}, "says": "The person lives in Lancashire.",
                      "source": {"document": "example-local-offer", "section": "Help"}}],
        "not_printed": ["ages", "gender", "referrer", "delivery", "timescale", "documents", "report", "evidence", "contact"],
        "source": {"document": "example-local-offer", "section": "Help"}}],
}


def plain():
    """The template, with an extra service of an extra provider."""
    return yaml.safe_load(TEMPLATE) | copy.deepcopy(EXTRA)


@pytest.fixture
def edition(tmp_path):
    """Reads the real registry with a local edition, given as text or plain data."""
    def made(what):
        file = tmp_path / "lancashire.yaml"
        file.write_text(what if isinstance(what, str) else json.dumps(what, indent=1, ensure_ascii=False), encoding="utf-8")
        return opened(*real.FILES, file)
    return made


@pytest.fixture
def told(edition, tmp_path):
    """The faults of an edition: the line each points to, and what it says."""
    def told(what):
        with pytest.raises(RegistryFaults) as error:
            edition(what)
        lines = (tmp_path / "lancashire.yaml").read_text(encoding="utf-8").splitlines()
        assert {fault.file for fault in error.value.faults} == {"lancashire.yaml"}
        return [("".join(lines[fault.line - 1:fault.line]).strip(), str(fault)) for fault in error.value.faults]
    return told


CASE = {"focus": "child_or_young_person", "area": "lancashire", "referrer": "social_worker", "child_age": 8,
        "child_need": "behaviour_and_relationship_with_parent", "wants": "intervention"}
"""Incredible Years can be taken forward for it."""


def project_with_an_edition(folder):
    """A folder with what the commands read of a project, and the template as its local edition."""
    for name in ("local", "quiz"):
        (folder / name).mkdir()
    for file in real.FILES:
        (folder / file.relative_to(real.ROOT)).write_bytes(file.read_bytes())
    (folder / "local" / "lancashire.yaml").write_text(TEMPLATE, encoding="utf-8")
    return folder


def by_id(items):
    return {item.id: item for item in items}


def test_the_template_for_contributors_is_an_edition_that_passes(edition):
    assert edition(TEMPLATE).registry.registry.local.name == "Lancashire"


def test_what_it_says_is_merged_and_nothing_else_differs(edition):
    registry = edition(plain()).registry
    found = changes(real.registry(), registry)
    scrubbed = [one for one in found if one.field in ("services", "related beside", "related before", "related after", "related instead")]
    assert {(one.section, one.id, one.field.split(" (")[0]) for one in found if one not in scrubbed} == {
        ("sources", "example-local-offer", ""), ("providers", "example-local-team", ""), ("services", "example-local-help", ""),
        ("services", "stars-for-families", ""), ("retired", "stars-for-families", ""), ("helplines", "safeguarding-lancashire", ""),
        *(("services", "incredible-years", field) for field in (
            "status", "contacts", "prices", "price status", "not printed"))}
    for one in scrubbed:  # what referred to the hidden service no longer does, and names nothing new
        left = set((one.after or "none").split(", ")) - {"none"}
        assert set(one.before.split(", ")) - left == {"stars-for-families"}, one
    assert "stars-for-families" not in json.dumps([rules.dump(registry)[name] for name in (
        "services", "rules", "evidence", "disagreements", "cautions", "synonyms")])


def test_every_part_of_it_says_that_it_is_local(edition):
    registry = edition(plain()).registry
    services = by_id(registry.services)
    one = services["incredible-years"]
    assert one.status.says == "Local to Lancashire: The council runs a group each term."
    assert one.contacts[0].label == "Local to Lancashire: The parenting team"
    assert [price.period for price in one.prices] == ["local to Lancashire"] and one.price_status is None
    assert services["example-local-help"].name == "Example help at home (Lancashire)"
    assert by_id(registry.helplines)["safeguarding-lancashire"].name == "Example safeguarding team (Lancashire)"
    assert by_id(registry.helplines)["safeguarding-lancashire"].everywhere
    assert by_id(registry.retired)["stars-for-families"].reason == "Not offered in Lancashire: The council does not pay for it."
    assert registry.registry.version.endswith("+lancashire") and registry.registry.date == "2026-11-22"


def test_what_is_local_is_known_by_service(edition):
    local = edition(plain()).registry.registry.local
    assert (local.area, local.name, local.maintainer, local.date) == (
        "lancashire", "Lancashire", "The example team of the council", "2026-11-22")
    assert local.parts == {
        "incredible-years": "whether it is offered, a contact and the price", "example-local-help": "the whole entry",
        "example-local-team": "the whole entry", "safeguarding-lancashire": "the whole entry"}


def test_it_travels_to_the_browser_as_it_is(edition):
    registry = edition(plain()).registry
    assert rules.load(json.loads(json.dumps(rules.dump(registry)))) == registry


def test_what_is_local_cannot_be_written_into_the_registry_itself(tmp_path):
    data = copy.deepcopy(real.cut("incredible-years"))
    data["registry"]["local"] = {"area": "surrey", "name": "Surrey", "maintainer": "x", "date": "2026-11-21", "parts": {}}
    (tmp_path / "services.yaml").write_text(real.written(data), encoding="utf-8")
    with pytest.raises(RegistryFaults, match=r"services.yaml:\d+: registry.local: found local, expected no such key"):
        opened(tmp_path / "services.yaml", real.FILES[1])


def test_the_first_number_stays_that_for_danger(edition):
    lines = edition(plain()).registry.helplines
    assert [lines[0].id, lines[1].id] == [real.registry().helplines[0].id, "safeguarding-lancashire"]


def test_criteria_stay_what_the_documents_print(edition):
    before, after = (by_id(registry.services) for registry in (real.registry(), edition(plain()).registry))
    assert all(after[id].criteria == service.criteria and after[id].shared_criteria == service.shared_criteria
               for id, service in before.items() if id in after)
    assert {one.service.id for one in Rulebook(edition(plain()).registry).candidates} - {
        one.service.id for one in Rulebook(real.registry()).candidates} == {"example-local-help"}


def test_without_an_edition_the_registry_is_what_it_was():
    read = opened(*real.FILES)
    assert read.registry.registry.local is None and read.registry == real.registry()


@pytest.mark.parametrize(("edit", "line", "says"), [
    (("area: lancashire", "area: lancashir"), "area: lancashir", "Did you mean 'lancashire'?"),
    (("service: incredible-years", "service: incredible-year"), "- service: incredible-year", "Did you mean 'incredible-years'?"),
    (("amount: 300", "amount: 0"), "amount: 0", "expected whole pounds"),
    (("party: child_or_young_person", "party: kid"), "- party: kid", "a value of 'focus'"),
    (("state: active", "state: aktive"), "state: aktive", "Did you mean 'active'?"),
    (("    reason: The council does not pay for it.\n", ""), "- service: stars-for-families", "no 'reason'"),
    (('value: "01632 960003"', "value: jane.smith@example.org"), None, "jane.smith@example.org"),
    (("section: Not offered}", "section: Not offered, }\n  - service: stars-for-families\n    reason: x\n"
      "    source: {document: example-local-offer, section: x}"), None, "a second time"),
    (("hidden:  ", "hiden:  "), None, "Did you mean 'hidden'?"),
    (('date: "2026-11-22"', 'date: soon'), "date: soon", "a day as YYYY-MM-DD"),
    (("service: stars-for-families", "service: dvact-bc-victim"), "- service: dvact-bc-victim", "rests on"),
    (("{document: example-local-offer, section: Not offered}", "{document: nothing, section: x}"), None, "the id of a source"),
    (("amount: 300", "amount: [300]"), None, "a whole number"),
    (("how_checked: Rung", "howchecked: Rung"), None, "how_checked"),
])
def test_a_fault_is_told_with_the_line_of_the_edition(told, edit, line, says):
    assert TEMPLATE.count(edit[0]) == 1 or edit[0].startswith("date:")
    found = told(TEMPLATE.replace(*edit, 1))
    assert any(says in fault for _, fault in found), found
    if line:
        assert line in [shown.split("   ")[0] for shown, fault in found if says in fault]
    assert all(": found " in fault and ", expected " in fault for _, fault in found)


def test_faults_of_an_extra_service_are_told_by_its_line(told):
    broken = plain()
    broken["services"][0]["criteria"][0]["requires"] = {"area": "lancashyre"}
    broken["services"][0]["not_printed"].remove("ages")
    found = told(broken)
    assert len(found) >= 2 and any("requires" in line and "lancashyre" in fault for line, fault in found)
    assert any("nothing about ages" in fault for _, fault in found)


@pytest.mark.parametrize("text", ["", "- a\n", "area: [\n", "area: lancashire\n", "null\n"])
def test_whatever_the_file_holds_it_is_told_and_not_raised(told, text):
    assert told(text if text else "\n")


def test_faults_of_the_registry_are_told_with_its_own_lines(tmp_path):
    data = copy.deepcopy(real.cut("incredible-years", "stars-for-families"))
    next(one for one in data["services"] if one["id"] == "incredible-years")["tier"] = "cor"
    (tmp_path / "services.yaml").write_text(real.written(data), encoding="utf-8")
    (tmp_path / "lancashire.yaml").write_text(TEMPLATE, encoding="utf-8")
    with pytest.raises(RegistryFaults) as error:
        opened(tmp_path / "services.yaml", real.FILES[1], tmp_path / "lancashire.yaml")
    assert "services.yaml" in {fault.file for fault in error.value.faults}


def test_where_anything_is_written_is_known_after_merging(edition, tmp_path):
    read = edition(TEMPLATE)
    texts = {"services.yaml": real.FILES[0].read_text(encoding="utf-8").splitlines(),
             "lancashire.yaml": (tmp_path / "lancashire.yaml").read_text(encoding="utf-8").splitlines()}
    for section in ("services", "providers", "sources", "rules", "cautions", "disagreements", "evidence", "synonyms"):
        for index, item in enumerate(getattr(read.registry, section)):
            file, line = read.place(section, index, "id").split(":")
            assert texts[file][int(line) - 1].strip() == f"- id: {item.id}"
    index = [one.id for one in read.registry.services].index("incredible-years")
    assert read.place("services", index, "contacts", 0, "value").startswith("lancashire.yaml:")
    assert read.place("services", index, "prices", 0).startswith("lancashire.yaml:")
    assert read.place("services", index, "summary").startswith("services.yaml:")


def test_every_edition_of_the_project_is_sound():
    for file in sorted((real.ROOT / "local").glob("*.yaml")):
        read = opened(*real.FILES, file)
        assert read.registry.registry.local.area.replace("_", "-") == file.stem.replace("_", "-")


def test_the_command_checks_an_edition_by_its_name(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(check, "ROOT", project_with_an_edition(tmp_path))
    assert check.main(["--local=lancashire"]) == 0
    assert "Local to Lancashire: 1 services changed, 1 entries added." in capsys.readouterr().out
    assert check.main(["--local=surrey"]) == 1
    assert "local/surrey.yaml:1: the file: found no such file, expected the name of a local edition. It can be: lancashire." \
        in capsys.readouterr().err


def test_an_answer_at_the_prompt_says_which_edition_it_is_from_and_what_is_local(tmp_path, monkeypatch, capsys):
    def run(*arguments):
        assert command.main(list(arguments), __main__.registry) == 0
        return capsys.readouterr().out

    monkeypatch.setattr(__main__, "ROOT", project_with_an_edition(tmp_path))
    case = tmp_path / "case.json"
    case.write_text(json.dumps(CASE))
    said, head = run("check", str(case), "--local=lancashire"), "Local edition for Lancashire, kept by The example team of the council, 22 November 2026."
    service = said.split("Incredible Years")[1].splitlines()
    assert service[1].strip() == "Local to Lancashire: whether it is offered, a contact and the price."
    assert "£300 (local to Lancashire): Incredible Years" in said and head in said
    assert "Stars for Families" not in said
    data = json.loads(run("check", str(case), "--json", "--local=lancashire"))
    assert data["registry"]["local"]["name"] == "Lancashire" and data["registry"]["version"].endswith("+lancashire")
    assert data["registry"]["local"]["parts"]["incredible-years"] == "whether it is offered, a contact and the price"
    explained = run("explain", "incredible-years", "--local=lancashire")
    assert explained.splitlines()[1:3] == ["Local to Lancashire: whether it is offered, a contact and the price.", head]
    plainly = run("check", str(case)), run("explain", "incredible-years")
    assert not any("Local" in one or "local to" in one for one in plainly)
    assert json.loads(run("check", str(case), "--json"))["registry"]["local"] is None
    families = tmp_path / "families.json"
    families.write_text('{"families": [{"number": 1, "takes": {"child_or_young_person": "incredible-years"}}]}')
    assert json.loads(run("caseload", str(families), "--json", "--local=lancashire"))["registry"]["local"]["area"] == "lancashire"
    assert head in run("caseload", str(families), "--local=lancashire")


@pytest.mark.parametrize(("flags", "says"), [
    (["--local=lancashir"], "local/lancashir.yaml:1: the file: found no such file, expected the name of a local edition. Did you mean 'lancashire'?"),
    (["--local=../local/lancashire"], "no such file"), (["--local="], "needs the name of a local edition"),
    (["--local=lancashire", "--local=lancashire"], "python -m quiz"), (["--local"], "python -m quiz")])
def test_an_edition_that_is_not_there_is_wrong_use_of_the_command(tmp_path, monkeypatch, capsys, flags, says):
    monkeypatch.setattr(__main__, "ROOT", project_with_an_edition(tmp_path))
    assert command.main(["explain", "idva", *flags], __main__.registry) == 2
    told = capsys.readouterr()
    assert told.out == "" and says in told.err


def test_a_service_can_be_hidden_only_with_what_rests_on_it(edition):
    data = plain()
    parts = [one.id for one in real.registry().services if "dvact-bc-victim" in (*one.part_of, *one.combines)]
    source = {"document": "example-local-offer", "section": "Not offered"}
    data["hidden"] = [{"service": name, "reason": "Not bought.", "source": source} for name in ("dvact-bc-victim", *parts)]
    hidden = {one["service"] for one in data["hidden"]}
    assert hidden.isdisjoint(by_id(edition(data).registry.services))


def test_no_field_of_an_edition_is_passed_over():
    assert {field.name for field in dataclasses.fields(overlay.Changed)} == {"service", "availability", "contacts", "prices"}
    assert {field.name for field in dataclasses.fields(overlay.Overlay)} == {*plain()}
