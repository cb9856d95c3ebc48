"""The tables are a valid data package, and hold what was written in `services.yaml`: every value of every thing, no more."""

import ast
import csv
import dataclasses
import io
import json

import pytest
from frictionless import Package

from quiz import model
from tests.opendata.test_api import shown
from tests.registry.real import ROOT, data
from tests.site.building import SITE_URL
from tests.site.saturated import saturated
from waymark_site.opendata import package, tables
from waymark_site.opendata.tables import POSITION, REFERENCES

WHOLE = {"when", "requires", "excludes", "ask_first", "condition", "facets"}
"""Fields that stand in one cell, as JSON."""


@pytest.fixture(scope="module")
def folder(files, tmp_path_factory):
    """The package as it lies on a disc."""
    made = tmp_path_factory.mktemp("package")
    for place, content in files.items():
        if place.startswith(package.FOLDER) and place.endswith((".csv", ".json")):
            (made / place.removeprefix(package.FOLDER)).write_bytes(content if isinstance(content, bytes) else content.encode())
    return made


@pytest.fixture(scope="module")
def description(folder):
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def rows_of(folder, name):
    return list(csv.DictReader(io.StringIO((folder / f"{name}.csv").read_text(encoding="utf-8"))))


def faults_of(folder):
    report = Package(str(folder / "datapackage.json")).validate()
    return sorted({fault[0] for fault in report.flatten(["type"])})


def test_the_package_is_valid_by_frictionless_foreign_keys_included(folder, description):
    assert faults_of(folder) == []
    assert sum(len(one["schema"]["foreignKeys"]) for one in description["resources"]) > len(description["resources"])


@pytest.mark.parametrize("table, old, new, fault", [
    ("services", "dvact-pai", "nobody", "foreign-key"),
    ("services-prices", "\r\n", "\r\nno-such-service,1,both_parents,100,package,All,dvact-pai,Costs,\r\n", "foreign-key"),
    ("services-prices", "package", "parcel", "constraint-error"),
    ("sources", "dvip-2010", "dvact-pai", "primary-key"),
    ("helplines", "true", "perhaps", "type-error"),
])
def test_a_spoilt_table_is_told(folder, tmp_path, table, old, new, fault):
    """A foreign key that is broken on purpose shows that foreign keys are looked at."""
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    made = json.loads((tmp_path / "datapackage.json").read_text())
    for one in made["resources"]:
        del one["hash"], one["bytes"]
    (tmp_path / "datapackage.json").write_text(json.dumps(made))
    content = (folder / f"{table}.csv").read_bytes().decode()
    (tmp_path / f"{table}.csv").write_bytes(content.replace(old, new, 1).encode())
    assert fault in faults_of(tmp_path)


def test_a_file_that_was_changed_is_told(folder, tmp_path):
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    content = (folder / "glossary.csv").read_bytes()
    (tmp_path / "glossary.csv").write_bytes(content.replace(b"the", b"teh", 1))
    assert "hash-count" in faults_of(tmp_path)


def test_there_is_a_file_for_each_table_and_no_other(folder, description):
    assert {one["path"] for one in description["resources"]} | {"datapackage.json"} == {file.name for file in folder.iterdir()}


def test_the_package_names_the_registry_and_the_licence(description, site):
    about = site.registry.registry
    assert (description["version"], description["created"]) == (about.version, f"{about.date}T00:00:00Z")
    assert description["licenses"][0]["name"] == "CC-BY-4.0" and description["homepage"] == f"{SITE_URL}data/"


def test_every_table_and_column_says_what_it_is(description):
    unsaid = [f"{one['name']}.{field['name']}" for one in description["resources"] for field in one["schema"]["fields"]
              if not field["description"].strip()]
    assert unsaid == [] and all(one["description"].strip() for one in description["resources"])


def test_every_value_that_is_written_stands_in_its_cell_and_no_other_value_anywhere(folder, description):
    """Read off the file as it was written, without the model."""
    columns = {one["name"]: [field["name"] for field in one["schema"]["fields"]] for one in description["resources"]}
    expected = {name: [] for name in columns}
    for section in data().keys() - {"registry"}:
        name, single = section.replace("_", "-"), SINGLE.get(section, section.removesuffix("s"))
        for item in data()[section]:
            lay_out(expected, columns, name, {}, shown(item), {single: item["id"]})
    lay_out(expected, columns, "registry", {}, data()["registry"], {})
    for name in columns.keys() - {"services-standing"}:
        if not name.startswith("questions"):
            assert [filled(row) for row in rows_of(folder, name)] == expected[name], name
    assert sum(map(len, expected.values())) > 3000


SINGLE = {"glossary": "term", "evidence": "study", "shared_criteria": "shared_criteria", "not_listed": "not_listed", "retired": "retired"}
"""What one thing of a section is called, where that is not the section without its last letter."""


def lay_out(expected, columns, table, keys, item, inner):
    """Put an item, and whatever it holds several of, into the rows that are expected."""
    row = dict(keys)
    for path, value in walk(item):
        if isinstance(value, list):
            below = f"{table}-{path.replace('_', '-')}"
            for place, one in enumerate(value, 1):
                here = inner | {POSITION: place}
                if isinstance(one, dict):
                    lay_out(expected, columns, below, here, one, inner | {path: place})
                else:
                    expected[below].append(filled(here | {"value": one}))
        elif path in columns[table]:
            row[path] = value
        else:  # one figure stands for both ends of a range
            assert {f"{path}_min", f"{path}_max"} <= set(columns[table]), f"{table}: {path}"
            row |= {f"{path}_min": value, f"{path}_max": value}
    expected[table].append(filled(row))


def walk(item, before=""):
    for key, value in item.items():
        if isinstance(value, dict) and key not in WHOLE:
            yield from walk(value, f"{before}{key}_")
        else:
            yield before + key, value


def filled(row):
    """The cells of a row that are not empty, as text; false is what is left out of the registry."""
    cells = {name: json.dumps(value, ensure_ascii=False, separators=(",", ":")) if isinstance(value, dict)
             else str(value).lower() if isinstance(value, bool) else str(value) for name, value in row.items() if value not in (None, "")}
    return {name: cell for name, cell in sorted(cells.items()) if cell != "false"}


def test_questions_and_their_options_are_there_too(folder, site):
    assert [row["id"] for row in rows_of(folder, "questions")] == [question.id for question in site.registry.questions]
    options = [(question.id, option.value, option.label) for question in site.registry.questions for option in question.options]
    assert [(row["question"], row["value"], row["label"]) for row in rows_of(folder, "questions-options")] == options


def test_the_standing_of_each_service_stands_in_a_table(folder, site):
    for row, service in zip(rows_of(folder, "services-standing"), site.registry.services, strict=True):
        assert (row["service"], row["status_state"]) == (service.id, site.status(service).state.value)
        assert row["old"] == str(site.is_old(service.source.document)).lower()


def test_what_is_not_printed_has_an_empty_cell_and_a_row_that_says_so(folder):
    silent = {row["service"] for row in rows_of(folder, "services-not-printed") if row["value"] == "ages"}
    empty = {row["id"] for row in rows_of(folder, "services") if not row["for_whom_ages_as_printed"]}
    assert silent and silent <= empty
    assert not [row for row in rows_of(folder, "services-prices") if row["amount"] in ("", "0")]


def test_every_field_that_names_something_else_is_known_to_do_so():
    """The fields that the model calls an Id, but for a thing's own and for keys within it."""
    named = {f"{thing.name}.{field.target.id}" for thing in ast.parse((ROOT / "quiz" / "model.py").read_text()).body
             if isinstance(thing, ast.ClassDef) for field in thing.body
             if isinstance(field, ast.AnnAssign) and "Id" in {name.id for name in ast.walk(field.annotation) if isinstance(name, ast.Name)}}
    assert {name for name in named if not name.endswith(".id")} - {"Disagreement.preferred"} == set(REFERENCES)


def test_every_field_that_a_registry_can_have_gets_a_place_and_its_value(site):
    full = saturated(site.registry.questions)
    made = tables.tables(full)
    held = {str(value) for table in made for row in table.rows for value in row}
    texts = set(_texts(dataclasses.replace(full, questions=())))
    assert texts <= held


def _texts(value):
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif value is not None:
        yield str(value)


def test_a_field_that_is_added_to_the_model_gets_a_column_by_itself():
    longer = dataclasses.make_dataclass("Longer", [("added", str)], bases=(model.Term,), frozen=True, kw_only=True)
    assert [column.name for column, _ in tables._columns(longer)][-1] == "added"
