"""Every fact names a source that exists."""

import pytest

from tests.registry.registries import told

KNOWN = "expected the id of a source. It can be: bridge-page, handbook, old-guide."


@pytest.mark.parametrize(("path", "section"), [
    ("services[0].prices[0].source.document", "Costs"),
    ("services[0].report.source.document", "Report"),
    ("not_listed[0].source.document", "News}\n\nretired"),
    ("helplines[0].source.document", "Help"),
    ("rules[0].statements[0].source.document", "Rules"),
    ("services[2].about[0].source.document", "Screening}\n    not_printed"),
    ("documents[0].source.document", "Paperwork}\n  - id"),
])
def test_a_source_that_does_not_exist_is_told(tmp_path, path, section):
    document = "bridge-page" if section == "Help" else "handbook"
    [(found, line, message)] = told(tmp_path, (f"{{document: {document}, section: {section}",
                                               f"{{document: leaflet, section: {section}"))
    assert (found, message) == (path, f"found 'leaflet', {KNOWN}")
    assert line.startswith("source: {document: leaflet")


def test_the_source_probably_meant_is_named(tmp_path):
    [(_, _, message)] = told(tmp_path, ("{document: handbook, section: Rules}", "{document: handboek, section: Rules}"))
    assert message == "found 'handboek', expected the id of a source. Did you mean 'handbook'?"


def test_a_source_whose_shape_is_wrong_still_counts_as_existing(tmp_path):
    assert [path for path, _, _ in told(tmp_path, ("title: Harbour guide", "heading: Harbour guide"))] == [
        "sources[1].title", "sources[1].heading"]
