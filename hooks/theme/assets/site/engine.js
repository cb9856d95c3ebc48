/* The quiz's engine, as a page uses it: promises in front of the worker that runs Python.

     engine.onchange = () => …                engine.state has changed
     engine.onprogress = (progress) => …      while it loads: { file, loaded, total }, in bytes of all files together
     engine.start()                           fetch and start it; asking for something does so too
     await engine.step({ given, service })    quiz/telling.py says what is in these answers;
     await engine.result({ given, service, taken, start })    { error } where the question was wrong
     await engine.caseload({ families, start, court, leave_out_old })    quiz/caseload_report.py reads it
     engine.stop()                            end the worker, and with it everything it was ever told

   `engine.state` is "idle", "loading", "ready" or "failed"; `engine.failure` then says why, in plain words. What is
   asked before it is ready waits. A promise is broken only by a failure or by stop(), with an EngineFailure.

   Where the small library of Python fails, whatever the reason, the whole one takes its place by itself, once, and
   what was asked is asked again. */

const WORDS = {
  unavailable: "This copy of the site was built without the part that checks a case.",
  refused: "This browser, or a rule on this network, does not let the part run that checks a case.",
  missing: "A part that is needed could not be fetched. The connection may have been lost.",
  broken: "The part that checks a case stopped unexpectedly.",
  slow: "The part that checks a case took too long to answer.",
  stopped: "Stopped, and everything cleared.",
};

export class EngineFailure extends Error {
  constructor(why, file) {
    super(WORDS[why]);
    this.why = why;
    this.file = file;
  }
}

class Engine {
  state = "idle";
  failure = null;
  patience = 60000; // milliseconds without any sign of life
  onchange = () => {};
  onprogress = () => {};

  #worker = null;
  #waiting = new Map(); // what has been asked and not been answered yet, by number
  #asked = 0;
  #whole = false; // whether the whole library has taken the place of the small one
  #timer;
  #loaded = {};

  start() {
    if (this.state === "loading" || this.state === "ready") return;
    this.#whole = false;
    this.#begin();
  }

  stop() {
    this.#end("idle", new EngineFailure("stopped"));
  }

  step(asked) {
    return this.#ask("step", asked);
  }

  result(asked) {
    return this.#ask("result", asked);
  }

  caseload(asked) {
    return this.#ask("caseload", asked);
  }

  #ask(call, asked) {
    return new Promise((resolve, reject) => {
      const request = { id: (this.#asked += 1), call, text: JSON.stringify(asked) };
      this.#waiting.set(request.id, { request, resolve, reject });
      if (this.state === "ready") this.#send(request);
      else this.start();
    });
  }

  #send(request) {
    this.#watch();
    this.#worker.postMessage(request);
  }

  #begin() {
    const plan = planned(this.#whole);
    if (!plan) return this.#fail("unavailable");
    if (typeof WebAssembly !== "object" || typeof Worker !== "function") return this.#fail("refused");
    this.#change("loading", null);
    this.#loaded = {};
    const worker = new Worker(plan.worker, { type: "module" });
    this.#worker = worker;
    worker.onmessage = ({ data }) => {
      if (worker === this.#worker) this.#hear(data, plan); // and not what one that was ended has left behind
    };
    worker.onerror = (event) => {
      // without a message it could not even be fetched
      if (worker === this.#worker) this.#trouble(event.message ? "broken" : "missing", "worker");
    };
    worker.postMessage({ start: plan });
    this.#watch();
  }

  #hear(data, plan) {
    this.#watch();
    if (data.progress) {
      const { file, loaded } = data.progress;
      this.#loaded[file] = loaded;
      const sum = (sizes) => sizes.reduce((all, size) => all + size, 0);
      this.onprogress({
        file, loaded: sum(Object.values(this.#loaded)), total: sum(Object.values(plan.files).map(({ size }) => size)),
      });
    } else if (data.ready) {
      this.#change("ready", null);
      for (const { request } of this.#waiting.values()) this.#send(request);
    } else if (data.failed) {
      this.#trouble(data.failed.why, data.failed.file);
    } else {
      this.#waiting.get(data.id)?.resolve(JSON.parse(data.text));
      this.#waiting.delete(data.id);
    }
    if (this.state === "ready" && !this.#waiting.size) clearTimeout(this.#timer);
  }

  /* The whole library helps where the small one is at fault, or may be. */
  #trouble(why, file) {
    if (!this.#whole && (file === "library" || why === "broken" || why === "slow")) {
      this.#whole = true;
      this.#halt();
      this.#begin();
    } else {
      this.#fail(why, file);
    }
  }

  #fail(why, file) {
    this.#end("failed", new EngineFailure(why, file));
  }

  #end(state, failure) {
    this.#halt();
    for (const { reject } of this.#waiting.values()) reject(failure);
    this.#waiting.clear();
    this.#change(state, state === "failed" ? failure : null);
  }

  #halt() {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
  }

  #watch() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#trouble("slow"), this.patience);
  }

  #change(state, failure) {
    this.state = state;
    this.failure = failure;
    this.onchange();
  }
}

/* Where its files are: the page says it, in <meta name="engine">; a site that was built without it says nothing. */
function planned(whole) {
  const said = document.querySelector("meta[name=engine]")?.content;
  if (!said) return null;
  const { worker, info, files: { whole: all, ...files } } = JSON.parse(said);
  const chosen = whole ? { ...files, library: all } : files;
  const entries = Object.entries(chosen).map(([name, file]) => [name, { ...file, name, url: address(file.url) }]);
  return { worker: address(worker), info, files: Object.fromEntries(entries) };
}

function address(url) {
  return new URL(url, document.baseURI).href;
}

export const engine = new Engine();
