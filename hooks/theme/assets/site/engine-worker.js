/* Python, in a worker of its own, so that the page never waits for it.

   It is told once where its files are, and then answers requests, one after another. Requests and answers are text.
   Whatever goes wrong is told to the page, which decides what to do about it: see engine.js. */

const PRACTICE = 2000; // milliseconds of it in all
const QUIET = 1500; // milliseconds without a request before any of it
const LONG = 400; // milliseconds after which it is told how much of a file has come

let door; // the Python functions that answer, by name

self.onmessage = ({ data }) => {
  if (data.start) {
    start(data.start).catch(fail);
  } else {
    answer(data);
  }
};

/* What went wrong: `why` is one of the words that engine.js knows. */
class Trouble extends Error {
  constructor(why, file, cause) {
    super(file.name, { cause });
    Object.assign(this, { why, file: file.name });
  }
}

function fail(error) {
  console.warn(error); // for whoever looks after the site; it says nothing of a case
  self.postMessage({ failed: { why: error.why ?? "broken", file: error.file } });
}

async function start({ files, info }) {
  // Everything is asked for at once, and compiled while it comes.
  const [{ loadPyodide }, , program, library, rules] = await Promise.all([
    imported(files.loader),
    imported(files.glue),
    fetched(files.wasm, (response) => compiled(files.wasm, response)),
    fetched(files.library, (response) => response.arrayBuffer()),
    fetched(files.rules, (response) => response.text()),
  ]);
  const base = files.wasm.url.replace(/[^/]*$/, "");
  hand({ [files.wasm.url]: null, [files.library.url]: new Response(library) }, program);
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0; // or else for each mistake that Pyodide makes on purpose its megabyte of program is read again
  const python = await loadPyodide({
    indexURL: base, stdLibURL: files.library.url, packageBaseUrl: base, lockFileContents: { info, packages: {} },
  });
  Error.stackTraceLimit = stackTraceLimit;
  const { ready, step, result, caseload, practise } = python.pyimport("quiz.browser");
  const said = JSON.parse(ready(rules));
  if (said.error) throw new Trouble("broken", files.rules, said.error);
  door = { step, result, caseload, practise };
  self.postMessage({ ready: said });
  practiseLater();
}

/* Pyodide asks for its files by itself, and waits for ever for one that does not come: so it gets what has come. */
function hand(responses, program) {
  const fetch = self.fetch;
  self.fetch = async (url, options) => (url in responses ? responses[url] : fetch(url, options));
  WebAssembly.instantiateStreaming = async (response, imports) => (
    { module: program, instance: await WebAssembly.instantiate(program, imports) });
}

async function imported(file) {
  try {
    const module = await import(file.url);
    got(file, file.size);
    return module;
  } catch (error) {
    throw new Trouble("missing", file, error);
  }
}

async function fetched(file, read) {
  let response;
  try {
    response = await fetch(file.url, { integrity: file.integrity ?? "" });
  } catch (error) {
    throw new Trouble("missing", file, error);
  }
  if (!response.ok) throw new Trouble("missing", file, response.status);
  const counted = counting(file, response.clone().body.getReader());
  const content = await read(response);
  counted();
  got(file, file.size);
  return content;
}

/* Tells how much has come, once it takes long: reading along would hold up whoever has a fast line. */
function counting(file, reader) {
  const count = async () => {
    for (let loaded = 0; ;) {
      const { done, value } = await reader.read();
      if (done) return;
      loaded += value.length;
      got(file, loaded);
    }
  };
  const quietly = () => {}; // whoever reads the response itself is told of a broken line
  const timer = setTimeout(() => count().catch(quietly), LONG);
  return () => {
    clearTimeout(timer);
    reader.cancel().catch(quietly);
  };
}

function got(file, loaded) {
  self.postMessage({ progress: { file: file.name, loaded } });
}

/* What a host calls something else is compiled too, only not while it is still coming. */
async function compiled(file, response) {
  try {
    return /^application\/wasm\b/.test(response.headers.get("Content-Type"))
      ? await WebAssembly.compileStreaming(response)
      : await WebAssembly.compile(await response.arrayBuffer());
  } catch (error) {
    throw new Trouble(/Content Security Policy|unsafe-eval/.test(error.message) ? "refused" : "broken", file, error);
  }
}

function answer({ id, call, text }) {
  clearTimeout(practice);
  try {
    self.postMessage({ id, text: door[call](text) });
    practiseLater();
  } catch (error) {
    fail(error); // Python lacks a part, or its program has stopped: nothing more can be asked of it
  }
}

/* While nobody waits, made-up cases are worked out. A browser keeps the machine code of what has run for a while, and
   has it ready at the next visit; nothing of the visitor's own answers takes part in it. */
let practice;
let practised = 0;
let turn = 0;

function practiseLater() {
  if (practised < PRACTICE) practice = setTimeout(practise, QUIET);
}

function practise() {
  const began = performance.now();
  door.practise(`${turn}`);
  turn += 1;
  practised += performance.now() - began;
  if (practised < PRACTICE) practice = setTimeout(practise); // one at a time, so that a request need not wait
}
