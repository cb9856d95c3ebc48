"""What changed with a version is compared, kept and told; nothing that was taken out is kept in words."""

import json
from pathlib import Path

import pytest

from tests.registry import real
from waymark_site import changelog, diff
from waymark_site.history import days
from waymark_site.opendata import feeds
from waymark_site.registry import read
from waymark_site.site import Site

TEXTS = (("summary: Twelve sessions for a parent who uses harm.", "summary: Sessions for a parent who uses harm."),
         ("value: referrals@bridge.example.org", "value: team@bridge.example.org"),
         ("- says: The group meets each week.", "- says: The group meets in Mill Lane."), ("says: A parent who uses harm.\n      source: {document: handbook, section: Programme}\n      gender", "says: A parent.\n      source: {document: handbook, section: Programme}\n      gender"),
         ("value: 01234 567890", "value: 01234 567891"))
"""Texts and contacts of the small registry, before and after."""

NEXT = ('version: "2026.6.1"', 'version: "2026.6.2"')


def registry(folder):
    return read(Path(folder, "services.yaml"), Path(folder, "quiz", "questions.yaml"))


def told(before, after):
    return {(fact.section, fact.id, fact.says) for fact in changelog.between(registry(before), registry(after)).facts}


def test_figures_and_states_are_kept_with_what_they_were(small):
    after = small("b", NEXT, ("amount: 900", "amount: 950"))
    assert told(small("a"), after) == {("services", "bridge-programme", "prices (parent, person) amount: £900 became £950")}


def test_of_texts_and_contacts_only_that_they_changed(small):
    """A number or a place may have been taken out because it put somebody at risk."""
    before, after = small("a"), small("b", NEXT, *TEXTS)
    found = told(before, after)
    assert {says.rpartition(": ")[2] for _, _, says in found} <= {"changed", "added", "taken out"} and len(found) >= 4
    kept = changelog.text([changelog.between(registry(before), registry(after))])
    assert not any(text.partition(": ")[2].partition("\n")[0] in kept for pair in TEXTS for text in pair)


def test_the_same_version_is_not_recorded(small):
    with pytest.raises(changelog.NotKept, match="set another version"):
        changelog.between(registry(small("a")), registry(small("b", ("amount: 900", "amount: 950"))))


def test_what_is_written_is_read_again_the_latest_first(small, tmp_path):
    first = changelog.between(registry(small("a")), registry(small("b", NEXT, ("amount: 900", "amount: 950"))))
    second = changelog.Version("2026.7.1", "2026-07-01", "2026.6.2", ())
    file = tmp_path / "changes.json"
    assert changelog.read(file) == ()
    file.write_text(changelog.text(changelog.added(second, [first])), encoding="utf-8")
    assert changelog.read(file) == (second, first)
    again = changelog.Version("2026.7.1", "2026-07-02", "2026.6.2", first.facts)
    assert changelog.added(again, changelog.read(file)) == (again, first)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"versions": [{}]}', '{"versions": [{"version": "1", "facts": 5}]}'])
def test_a_file_that_was_not_written_so_is_refused(tmp_path, text):
    file = tmp_path / "changes.json"
    file.write_text(text)
    with pytest.raises(changelog.NotKept, match="changes.json is not as"):
        changelog.read(file)


def test_make_diff_records_it(small, tmp_path, monkeypatch, capsys):
    project = Path(small("project", NEXT, ("amount: 900", "amount: 950")))
    (project / "docs").mkdir()
    monkeypatch.setattr(diff, "ROOT", project)
    assert diff.main(["--record", small("before")]) == 0
    assert "Kept in docs/data/changes.json: 1 facts of version 2026.6.2, since 2026.6.1." in capsys.readouterr().err
    kept, = json.loads((project / "docs" / "data" / "changes.json").read_text(encoding="utf-8"))["versions"]
    assert (kept["version"], kept["before"], len(kept["facts"])) == ("2026.6.2", "2026.6.1", 1)
    assert diff.main(["--record", str(project)]) == 2 and "set another version" in capsys.readouterr().err
    assert diff.main(["--record", "a", "b"]) == 2


def test_pages_and_feed_tell_what_was_recorded_of_a_service_and_of_what_it_rests_on():
    site = Site(real.registry())
    service = site.services["dvact-bc-both"]
    facts = tuple(changelog.Fact(section, id, name, says) for section, id, name, says in (
        ("services", service.id, service.name, "prices (both_parents, package) amount: £7,800 became £7,900"),
        ("providers", service.provider, "DVACT-PAI", "status state: unverified became active"),
        ("services", "idva", "IDVA", "summary: changed")))
    later = Site(site.registry, (changelog.Version("2026.12.1", "2026-12-03", "2026.11.1", facts),))
    event, = days(later, service)["2026-12-03"]
    assert event.says == "Changed in registry 2026.12.1, since 2026.11.1:"
    assert event.parts == (facts[0].says, f"DVACT-PAI: {facts[1].says}")
    assert list(days(later, service)) == ["2026-12-03", *days(site, service)]
    entry = next(one for one in feeds.changes(later) if one.key == ("changed", "2026.12.1"))
    assert entry.title == "Changed in registry 2026.12.1: 3 facts" and "IDVA" in entry.says
