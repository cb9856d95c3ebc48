"""Pyodide with the engine in it, as files for the site to serve.

    npm's Pyodide: program and loader, untouched ─────────────► pyodide-…/
    its standard library ─┐   what a visit imports, ──────────► library.….wasm   small, and compiled already
    quiz/ ────────────────┤   as bytecode
    stubs/ ───────────────┘   all but stubs/, as it is ───────► whole.….zip      what a page falls back to by itself
    the registry ─────────────────────────────────────────────► rules.….json
    npm's fflate, the template of a record ───────────────────► fflate.….js, record.….docx

Every name holds a hash of the content, so that a browser may keep the file for ever. What takes long is made once
and kept under `.cache/`, by a hash of what it is made from.
"""

import base64
import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from quiz import rules
from quiz.model import Registry
from waymark_site import record_docx
from waymark_site.runtime import archive, bytecode

HERE = Path(__file__).resolve().parent
FOLDER = "engine"
PARTS = {"loader": "pyodide.mjs", "glue": "pyodide.asm.js", "wasm": "pyodide.asm.wasm"}
"""The files of Pyodide that a browser takes, by the names that engine-worker.js has for them."""
NOT_SERVED = ("__main__", "command")
"""The modules of the engine that a browser has no use for."""
OLDEST_NODE = 18
"""The oldest that Pyodide runs under."""
BEST, QUICK = "11", "9"
"""How hard Brotli tries: half a minute for what is made once, no time for what changes with the registry."""
LICENCES = """\
In this folder, beside what belongs to this site:

Pyodide {version}, unchanged, https://github.com/pyodide/pyodide
    Mozilla Public License 2.0, https://www.mozilla.org/en-US/MPL/2.0/
fflate, unchanged, https://github.com/101arrowz/fflate
    MIT licence, Copyright (c) Arjun Barrett, https://github.com/101arrowz/fflate/blob/master/LICENSE
Python {python} and its standard library, https://www.python.org
    PSF License Agreement, https://docs.python.org/3/license.html
"""


class Unavailable(Exception):
    """Why the site has to do without the engine, in a plain sentence."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site."""

    url: str
    """Where it stands, from the top of the site."""
    content: bytes


@dataclass(frozen=True, slots=True)
class Runtime:
    """The engine, as it is served."""

    parts: dict[str, File]
    """What a page asks for, by the names that engine-worker.js has for it."""
    taking: dict[str, File]
    """What a page asks for when its result is to be taken away, by the names that check-docx.js has for it."""
    beside: tuple[File, ...]
    """What is served besides: the parts compressed, the licences."""
    info: dict[str, str]
    """What Pyodide's lock file says of itself."""
    made: str
    """How it was made, in a few words."""

    @property
    def files(self) -> tuple[File, ...]:
        """Everything served."""
        return (*self.parts.values(), *self.taking.values(), *self.beside)

    def plan(self, address: Callable[[str], str]) -> dict[str, Any]:
        """What engine.js must know; `address` makes the address of a file as seen from its page."""
        return {"worker": address("assets/site/engine-worker.js"), "info": self.info,
                "files": {name: {"url": address(file.url), "size": len(file.content)} | _checked(name, file)
                          for name, file in self.parts.items()}}

    def first(self) -> list[str]:
        """The addresses of what every visit needs: all but what a page only falls back to."""
        return [file.url for name, file in self.parts.items() if name != "whole"]


def prepare(root: Path, registry: Registry, *, packed: bool) -> Runtime:
    """The engine of a project. `packed`, with every file compressed beside it, which takes a minute the first time.

    Raises Unavailable where Node or Pyodide cannot be had.
    """
    node, pyodide = _node(), _pyodide(root)
    cache = root / ".cache" / "engine"
    stdlib = (pyodide / "python_stdlib.zip").read_bytes()
    engine = {f"quiz/{path.name}": path.read_bytes() for path in (root / "quiz").glob("*.py") if path.stem not in NOT_SERVED}
    written = json.dumps(rules.dump(rules.for_cases(registry)), ensure_ascii=False, separators=(",", ":")).encode()
    library, made = _library(node, pyodide, cache, stdlib, engine, written)

    program = {name: (pyodide / file).read_bytes() for name, file in PARTS.items()}
    folder = f"{FOLDER}/pyodide-{_hash(program.values())}"
    parts = {name: File(f"{folder}/{PARTS[name]}", content) for name, content in program.items()} | {
        "library": _named("library", "wasm", library), "whole": _named("whole", "zip", archive.zipped(engine, onto=stdlib)),
        "rules": _named("rules", "json", written)}
    licences = File(f"{folder}/licences.txt", LICENCES.format(**made["info"]).encode())
    taking = {"zip": _named("fflate", "js", (root / "node_modules" / "fflate" / "esm" / "browser.js").read_bytes()),
              "template": _named("record", "docx", record_docx.template(registry.registry))}
    beside = _packed(node, cache, parts) if packed else ()
    return Runtime(parts, taking, (*beside, licences), made["info"], f"Pyodide {made['info']['version']}, {made['by']}")


def _library(node: str, pyodide: Path, cache: Path, stdlib: bytes, engine: archive.Files, written: bytes) -> tuple[bytes, dict]:
    """What a visit imports, ready to be served, and how it was made."""
    stubs = {path.relative_to(HERE / "stubs").as_posix(): path.read_bytes() for path in (HERE / "stubs").rglob("*.py")}
    sources = archive.unzipped(stdlib) | engine | stubs

    def make(folder: Path) -> None:
        made = bytecode.make(node, pyodide, sources, written)
        (folder / "library.wasm").write_bytes(archive.as_module(archive.zipped(made.modules)))
        (folder / "made.json").write_text(json.dumps({"info": made.info, "by": made.by}), encoding="utf-8")

    how = [path.read_bytes() for path in sorted(HERE.glob("*.*"))]
    folder = _kept(cache, [archive.zipped(sources), sys.version.encode(), *how], make)
    return (folder / "library.wasm").read_bytes(), json.loads((folder / "made.json").read_text(encoding="utf-8"))


def _packed(node: str, cache: Path, parts: dict[str, File]) -> tuple[File, ...]:
    """The parts compressed, for hosts that send such files as they lie there. `whole` is compressed within."""
    def pack(name: str) -> list[File]:
        file, quality = parts[name], QUICK if name == "rules" else BEST

        def make(folder: Path) -> None:
            (folder / "file").write_bytes(file.content)
            bytecode.run(node, HERE / "pack.mjs", folder / "file", folder / "br", folder / "gz", quality)
            (folder / "file").unlink()

        folder = _kept(cache, [b"packed", quality.encode(), file.content], make)
        return [File(f"{file.url}.{kind}", (folder / kind).read_bytes()) for kind in ("br", "gz")]

    with ThreadPoolExecutor() as pool:
        return tuple(made for pair in pool.map(pack, sorted(parts.keys() - {"whole"})) for made in pair)


def _kept(cache: Path, inputs: Iterable[bytes], make: Callable[[Path], None]) -> Path:
    """The folder that `make` fills, kept for the next time with the same inputs."""
    folder = cache / _hash(inputs)
    if not folder.exists():
        cache.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(dir=cache))
        try:
            make(half)
            half.rename(folder)
        except OSError:
            if not folder.exists():  # or else another build was quicker
                raise
        finally:
            shutil.rmtree(half, ignore_errors=True)
    return folder


def _node() -> str:
    """A Node that can run Pyodide: the one that tools/node.sh brought beside this Python, or the system's."""
    for folder in (Path(sys.executable).parent, None):
        found = shutil.which("node", path=folder)
        if found and int(bytecode.run(found, "--print", "process.versions.node").partition(".")[0]) >= OLDEST_NODE:
            return found
    raise Unavailable(f"Node {OLDEST_NODE} or newer is not installed")


def _pyodide(root: Path) -> Path:
    """The folder of npm's Pyodide, of the version that is pinned."""
    folder = root / "node_modules" / "pyodide"
    if not (folder / "package.json").is_file():
        raise Unavailable("npm has not brought Pyodide")
    found = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
    wanted = json.loads((root / "package.json").read_text(encoding="utf-8"))["dependencies"]["pyodide"]
    if found != wanted:
        raise Unavailable(f"npm has brought Pyodide {found}, and {wanted} is wanted")
    return folder


def _named(name: str, ending: str, content: bytes) -> File:
    return File(f"{FOLDER}/{name}.{_hash([content])}.{ending}", content)


def _hash(contents: Iterable[bytes]) -> str:
    found = hashlib.sha256()
    for content in contents:
        found.update(len(content).to_bytes(8, "big") + content)
    return found.hexdigest()[:16]


@cache  # each page names the parts
def _checked(name: str, file: File) -> dict[str, str]:
    """What a browser checks a part by. Not the program: it is compiled while it comes, and checked by that."""
    return {} if name in PARTS else {"integrity": "sha256-" + base64.b64encode(hashlib.sha256(file.content).digest()).decode()}
