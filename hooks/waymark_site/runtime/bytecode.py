"""Which modules a visit imports, and their bytecode.

Both are found by starting Pyodide under Node as a browser starts it. Where this Python is of the same minor version
as Pyodide's, pyodide-build is installed and makes the bytecode; anywhere else, Pyodide makes it itself.
"""

import importlib.metadata
import importlib.util
import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from waymark_site.runtime.archive import Files, unzipped, zipped

SCRIPT = Path(__file__).with_name("engine.mjs")
DATACLASSES, READY_MADE = "dataclasses.py", "_ready_made.py"
DATACLASSES_END = Path(__file__).with_name("dataclasses_end.py")
"""What the library's dataclasses get at their end, so that they use what is ready made."""


@dataclass(frozen=True, slots=True)
class Bytecode:
    """What a visit needs, compiled."""

    modules: Files
    """Bytecode by path."""
    info: dict[str, str]
    """What Pyodide's lock file says of itself."""
    by: str
    """How it was compiled, in words."""


def make(node: str, pyodide: Path, sources: Files, rules: bytes) -> Bytecode:
    """The bytecode of all that a visit imports of the library, given as sources."""
    sources = {**sources, DATACLASSES: sources[DATACLASSES] + DATACLASSES_END.read_bytes(), READY_MADE: b"CODES = {}"}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "library.zip").write_bytes(zipped(sources))
        (folder / "rules.json").write_bytes(rules)
        done = run(node, SCRIPT, pyodide, folder / "library.zip", folder / "rules.json", folder / "compiled.zip")
        told, compiled = json.loads(done), unzipped((folder / "compiled.zip").read_bytes())
        if importlib.util.MAGIC_NUMBER.hex() == told["magic"] and importlib.util.find_spec("pyodide_build"):
            needed = {path: sources[path] for path in told["modules"]}
            by = f"bytecode by pyodide-build {importlib.metadata.version('pyodide-build')}"
            ready_made = {path: compiled[path] for path in compiled if path.startswith(READY_MADE)}
            return Bytecode(_by_pyodide_build(needed, folder) | ready_made, told["info"], by)
        by = f"bytecode by Pyodide itself, since this Python is {platform.python_version()} and not {told['info']['python']}"
        return Bytecode(compiled, told["info"], by)


def run(*command: object, **environment: str) -> str:
    """What a program prints. Raises RuntimeError, with all that it said, where it fails."""
    done = subprocess.run([str(word) for word in command], env=os.environ | environment, text=True, capture_output=True,
                          check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} {Path(str(command[1])).name} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _by_pyodide_build(sources: Files, folder: Path) -> Files:
    """The same modules, compiled by `pyodide py-compile`."""
    made: dict[str, bytes] = {}
    for optimised, ours in (("1", True), ("2", False)):  # as in engine.mjs: the engine keeps its docstrings
        some = {path: text for path, text in sources.items() if path.startswith("quiz/") is ours}
        archive = folder / f"sources-{optimised}.zip"
        archive.write_bytes(zipped(some))
        run(Path(sys.executable).parent / "pyodide", "py-compile", archive, "--no-keep", "--silent", "--compression-level", "0",
            PYTHONOPTIMIZE=optimised, PYTHONHASHSEED="0")
        compiled = unzipped(archive.read_bytes())
        made |= {f"{path}c": _undated(compiled[f"{path}c"], text) for path, text in some.items()}
    return made


def _undated(compiled: bytes, source: bytes) -> bytes:
    """Bytecode that holds a hash which nobody checks, in the place of a time: the same bytes whenever it is made."""
    return compiled[:4] + (1).to_bytes(4, "little") + importlib.util.source_hash(source) + compiled[16:]
