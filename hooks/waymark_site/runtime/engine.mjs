// node engine.mjs PYODIDE LIBRARY RULES COMPILED
//
// Starts Pyodide as the visitor's browser will, with LIBRARY (a zip of the standard library and the engine, as source),
// lets the engine answer made-up cases, and writes what was imported on the way, as bytecode, into the zip COMPILED.
// Among them is _ready_made, which holds what dataclasses had compiled for themselves: see dataclasses_end.py.
// Prints the names of those modules' files and the magic number of the bytecode.
//
// The bytecode is made inside Pyodide, so that it is right for it whatever Python this computer has. It holds a hash
// that nobody checks in the place of a time, so that the same sources always give the same bytes.

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [pyodide, library, rules, compiled] = process.argv.slice(2).map((name) => path.resolve(name));
const { loadPyodide, version } = await import(pathToFileURL(path.join(pyodide, "pyodide.mjs")));
const { info } = JSON.parse(fs.readFileSync(path.join(pyodide, "pyodide-lock.json")));

const python = await loadPyodide({
  indexURL: pyodide, stdLibURL: library, lockFileContents: { info, packages: {} }, packageBaseUrl: pyodide,
  env: { PYTHONHASHSEED: "0" },
});
python.runPython(`
import dataclasses

class Compiled(dict):
    def get(self, source, otherwise):
        return self.setdefault(source, compile(source, "<dataclass>", "exec"))

dataclasses.CODES = Compiled()
`);
const engine = python.pyimport("quiz.browser");
engine.ready(fs.readFileSync(rules, "utf8"));
for (let turn = 0; turn < 40; turn += 1) engine.practise(String(turn));
for (const call of ["step", "result"]) engine[call](`{"given": {"focus": "nobody", "nothing": 1}, "start": "never"}`);
for (const families of ["[]", "[7]"]) engine.caseload(`{"families": ${families}}`);
try {
  python.runPython("raise ValueError('how a mistake comes back')");
} catch {
  // as wanted: what Python needs to tell of a mistake is imported now
}

const modules = JSON.parse(python.runPython(`
import json, sys  # nothing else: what is imported here would be taken for what the engine needs

root = next(path for path in sys.path if path.endswith(".zip")) + "/"
origins = [getattr(module.__spec__, "origin", None) or "" for module in list(sys.modules.values())]
json.dumps(sorted({origin.removeprefix(root) for origin in origins if origin.startswith(root)}))
`));

python.FS.writeFile("/library.zip", fs.readFileSync(library));
python.globals.set("modules", python.toPy(modules));
const magic = python.runPython(`
import _frozen_importlib_external as external, importlib.util, marshal, zipfile

ready_made = f"import marshal\\n\\nCODES = marshal.loads({marshal.dumps(dict(sorted(dataclasses.CODES.items())))!r})\\n"

with zipfile.ZipFile("/library.zip") as source, zipfile.ZipFile("/compiled.zip", "w") as target:
    for name in modules:
        text = ready_made.encode() if name == "_ready_made.py" else source.read(name)
        # without its docstring a dataclass works one out at every start: so the engine keeps them
        code = compile(text, name, "exec", dont_inherit=True, optimize=1 if name.startswith("quiz/") else 2)
        made = external._code_to_hash_pyc(code, importlib.util.source_hash(text), False)
        target.writestr(zipfile.ZipInfo(name + "c", (1980, 1, 1, 0, 0, 0)), bytes(made))
importlib.util.MAGIC_NUMBER.hex()
`);
fs.writeFileSync(compiled, python.FS.readFile("/compiled.zip"));
console.log(JSON.stringify({ modules, magic, info: { ...info, version } }));
process.exit(0);
