"""The engine's files: what is in them, how they are named and compressed, and what a build does without Node."""

import gzip
import hashlib
import io
import json
import os
import re
import shutil
import zipfile
from importlib import util

import pytest

from quiz import rules
from tests.site.building import ROOT, change, mkdocs_build
from tests.site.hosting import headers_at, rules_of
from waymark_site import runtime
from waymark_site.runtime import archive, bytecode

FLAGS, UNCHECKED_HASH = slice(4, 8), (1).to_bytes(4, "little")


@pytest.fixture(scope="session")
def library(engine_files):
    return archive.unzipped(engine_files.parts["library"].content)


@pytest.fixture(scope="session")
def pyodide():
    return ROOT / "node_modules" / "pyodide"


def node(script: str) -> str:
    return bytecode.run(shutil.which("node"), "--input-type=module", "--eval", script)


# —— What is in them ——

def test_pyodide_s_own_files_are_as_they_came(engine_files, pyodide):
    for name, file in runtime.PARTS.items():
        assert engine_files.parts[name].content == (pyodide / file).read_bytes()


def test_the_small_library_is_bytecode_alone_with_the_engine_in_it(library):
    assert {path.rpartition(".")[2] for path in library} == {"pyc"}
    engine = {path.stem for path in (ROOT / "quiz").glob("*.py")} - set(runtime.NOT_SERVED)
    assert {path for path in library if path.startswith("quiz/")} == {f"quiz/{name}.pyc" for name in engine}
    assert len(library) < 100


def test_the_same_sources_give_the_same_bytes(engine_files, site, tmp_path):
    """No times, no order of chance: a name changes only with what is in the file."""
    for name in ("quiz", "node_modules", "package.json"):
        (tmp_path / name).symlink_to(ROOT / name)
    again = runtime.prepare(tmp_path, site.registry, packed=False)
    assert {part: file.url for part, file in again.parts.items()} == {part: file.url for part, file in engine_files.parts.items()}


def test_no_bytecode_waits_for_its_source(library):
    assert {content[FLAGS] for content in library.values()} == {UNCHECKED_HASH}


def test_the_whole_library_is_the_one_that_came_with_the_engine_beside_it(engine_files, pyodide):
    whole = archive.unzipped(engine_files.parts["whole"].content)
    came = archive.unzipped((pyodide / "python_stdlib.zip").read_bytes())
    assert {path: whole[path] for path in came} == came
    assert {path: whole[path] for path in whole.keys() - came.keys()} == {
        f"quiz/{path.name}": path.read_bytes() for path in (ROOT / "quiz").glob("*.py") if path.stem not in runtime.NOT_SERVED}


def test_every_stub_stands_for_a_module_that_is_there(pyodide):
    """So that one which a new Pyodide has no use for is noticed."""
    came = archive.unzipped((pyodide / "python_stdlib.zip").read_bytes())
    stubs = runtime.HERE / "stubs"
    assert {path.relative_to(stubs).as_posix() for path in stubs.rglob("*.py")} <= came.keys()


def test_the_small_library_is_a_webassembly_module_too(engine_files, tmp_path):
    """Which hosts know, and compress."""
    (tmp_path / "library").write_bytes(engine_files.parts["library"].content)
    said = node(f"""
        import fs from "node:fs";
        const module = new WebAssembly.Module(fs.readFileSync({json.dumps(str(tmp_path / "library"))}));
        console.log(WebAssembly.Module.customSections(module, "library").length, WebAssembly.Module.exports(module).length);
    """)
    assert said.split() == ["1", "0"]


def test_what_dataclasses_compile_is_ready_made_and_what_is_not_is_compiled_as_ever(engine_files, pyodide, tmp_path):
    """Every text that the engine's dataclasses write is known; a dataclass that nobody has seen works all the same."""
    (tmp_path / "library.zip").write_bytes(engine_files.parts["library"].content)
    (tmp_path / "try.py").write_text("""
import dataclasses, json

class Asked(dict):
    unknown = []
    def get(self, source, otherwise):
        if source not in self:
            self.unknown.append(source)
        return super().get(source, otherwise)

dataclasses.CODES = asked = Asked(dataclasses.CODES)
from quiz import browser, caseload, caseload_report, caseload_telling
said = [len(asked), len(asked.unknown)]

@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Unseen:
    first: int
    second: str = "x"

try:
    Unseen(1).first = 2
except dataclasses.FrozenInstanceError:
    said += [len(asked.unknown), repr(Unseen(1)), Unseen(1) == Unseen(1, "x"), Unseen(1) < Unseen(2)]
json.dumps(said)
""", encoding="utf-8")
    program, info, library, script = (json.dumps(value) for value in (str(pyodide), engine_files.info, str(tmp_path / "library.zip"),
                                                                       str(tmp_path / "try.py")))
    known, unknown, *unseen = json.loads(node(f"""
        import fs from "node:fs";
        const {{ loadPyodide }} = await import({program} + "/pyodide.mjs");
        const python = await loadPyodide({{ indexURL: {program}, stdLibURL: {library}, packageBaseUrl: {program},
          lockFileContents: {{ info: {info}, packages: {{}} }} }});
        console.log(python.runPython(fs.readFileSync({script}, "utf8")));
        process.exit(0);
    """))
    assert known > 50 and unknown == 0
    assert unseen == [1, "Unseen(first=1, second='x')", True, True]


@pytest.mark.parametrize("size", [0, 1, 127, 128, 20_000, 3_000_000])
def test_a_zip_of_any_size_can_be_read_out_of_its_module(size):
    files = {"a": bytes(size), "b/c": b"x"}
    assert archive.unzipped(archive.as_module(archive.zipped(files))) == files


def test_a_zip_has_the_same_bytes_whatever_the_order_and_the_time():
    once = archive.zipped({"a": b"1", "b": b"2"})
    assert once == archive.zipped({"b": b"2", "a": b"1"})
    with zipfile.ZipFile(io.BytesIO(archive.zipped({"c": b"3"}, onto=once))) as added:
        assert added.namelist() == ["a", "b", "c"]
        assert {entry.date_time[0] for entry in added.infolist()} == {1980}


def test_the_criteria_travel_as_they_were_checked(engine_files, site):
    assert rules.load(json.loads(engine_files.parts["rules"].content)) == rules.for_cases(site.registry)


@pytest.mark.skipif(util.find_spec("pyodide_build") is None, reason="pyodide-build is installed where Python is Pyodide’s own minor version")
def test_pyodide_build_compiles_the_same_modules(library, engine_files):
    assert "pyodide-build" in engine_files.made
    assert {content[:4] for content in library.values()} == {util.MAGIC_NUMBER}


# —— How they are served ——

def test_the_site_has_every_file_under_a_name_that_holds_its_hash(built, engine_files):
    served = {file.relative_to(built).as_posix(): file.read_bytes() for file in (built / runtime.FOLDER).rglob("*.*")}
    assert served == {file.url: file.content for file in engine_files.files}
    for name in ("library", "whole", "rules"):
        assert runtime._hash([engine_files.parts[name].content]) in engine_files.parts[name].url
    assert len({engine_files.parts[name].url.split("/")[1] for name in runtime.PARTS}) == 1


def test_what_travels_is_there_compressed_both_ways(built, engine_files):
    for name, part in engine_files.parts.items():
        small = [built / f"{part.url}.{kind}" for kind in ("br", "gz")]
        if name == "whole":  # a zip whose files are compressed already
            assert not any(path.exists() for path in small)
            continue
        assert gzip.decompress(small[1].read_bytes()) == part.content
        said = node(f"""
            import fs from "node:fs"; import zlib from "node:zlib"; import crypto from "node:crypto";
            const content = zlib.brotliDecompressSync(fs.readFileSync({json.dumps(str(small[0]))}));
            console.log(crypto.createHash("sha256").update(content).digest("hex"));
        """)
        assert said.strip() == hashlib.sha256(part.content).hexdigest()
    assert sum(os.path.getsize(built / f"{url}.br") for url in engine_files.first()) < 2_900_000


def test_a_host_is_told_to_keep_them_for_ever(built):
    rules_sent = rules_of(built)
    for file in (built / runtime.FOLDER).rglob("*.*"):
        sent = dict(headers_at(rules_sent, "/" + file.relative_to(built).as_posix()))
        assert sent["Cache-Control"] == "public, max-age=31536000, immutable", file


def test_a_page_says_what_a_worker_must_know(engine_files):
    plan = engine_files.plan(lambda url: f"../{url}")
    assert plan["worker"] == "../assets/site/engine-worker.js" and plan["info"]["python"].startswith("3.")
    assert plan["files"].keys() == engine_files.parts.keys()
    for name, file in plan["files"].items():
        assert file["url"] == f"../{engine_files.parts[name].url}" and file["size"] == len(engine_files.parts[name].content)
        assert ("integrity" in file) == (name not in runtime.PARTS)


def test_their_licences_are_told_beside_them(built, engine_files):
    licences, = (built / runtime.FOLDER).rglob("licences.txt")
    text = licences.read_text(encoding="utf-8")
    assert f"Pyodide {engine_files.info['version']}" in text and "Mozilla Public License 2.0" in text and "PSF License" in text


def test_an_unknown_use_of_the_engine_stops_the_build(project, tmp_path):
    change(project / "docs" / "about.md", "---\ntitle:", "---\nengine: everywhere\ntitle:")
    done = mkdocs_build(project, tmp_path / "site")
    assert done.returncode == 1 and "about.md: engine: found 'everywhere', expected here or ahead." in done.stdout


# —— Without Node ——

def test_without_npm_s_pyodide_the_site_is_built_and_one_line_says_so(project, tmp_path):
    change(project / "docs" / "about.md", "---\ntitle:", "---\nengine: here\ntitle:")
    done = mkdocs_build(project, tmp_path / "site")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "Built without the quiz's engine, since npm has not brought Pyodide. The quiz page shows the checklists."]
    assert not (tmp_path / "site" / runtime.FOLDER).exists()
    assert [page for page in (tmp_path / "site").rglob("*.html") if b'name="engine' in page.read_bytes()] == []


@pytest.mark.parametrize("version", [None, "16.20.2"])
def test_a_node_that_is_missing_or_too_old_is_told(site, tmp_path, monkeypatch, version):
    if version:
        (tmp_path / "node").write_text(f"#!/bin/sh\necho {version}\n")
        (tmp_path / "node").chmod(0o755)
    monkeypatch.setattr(runtime.sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(runtime.Unavailable, match="Node 18 or newer is not installed"):
        runtime.prepare(ROOT, site.registry, packed=False)


def test_another_version_than_the_pinned_one_is_not_served(site, tmp_path):
    (tmp_path / "node_modules" / "pyodide").mkdir(parents=True)
    (tmp_path / "node_modules" / "pyodide" / "package.json").write_text('{"version": "0.1.0"}')
    shutil.copy(ROOT / "package.json", tmp_path)
    with pytest.raises(runtime.Unavailable, match=r"npm has brought Pyodide 0\.1\.0, and 0\.29\.\d+ is wanted"):
        runtime.prepare(tmp_path, site.registry, packed=False)


def test_pyodide_is_pinned_by_version_and_integrity():
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]["node_modules/pyodide"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", package["dependencies"]["pyodide"]) and locked["version"] == package["dependencies"]["pyodide"]
    assert locked["integrity"].startswith("sha512-")
    for name in ("requirements.lock", "requirements-test.lock"):
        assert re.search(r"^pyodide-build==0\.39\.2 ; .*3\.13", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)


def test_a_step_that_fails_tells_all_that_it_said():
    with pytest.raises(RuntimeError, match="went wrong"):
        node("console.error('went wrong'); process.exit(3)")


def test_what_is_kept_is_made_once_and_never_half(tmp_path):
    count = []

    def make(folder):
        count.append(folder)
        (folder / "made").write_text("whole")

    assert runtime._kept(tmp_path, [b"a"], make) == runtime._kept(tmp_path, [b"a"], make) != runtime._kept(tmp_path, [b"b"], make)
    assert len(count) == 2

    def fail(folder):
        (folder / "made").write_text("half")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        runtime._kept(tmp_path, [b"c"], fail)
    assert {(folder / "made").read_text() for folder in tmp_path.iterdir()} == {"whole"}
