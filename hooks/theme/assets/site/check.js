/* Check a case: which step is shown, and what is known. The engine decides what is asked and what fits.
 *
 * The answers live in this module and nowhere else: not in the address, the title, the history or any storage.
 * The history holds the number of a step, so that the browser's own Back works. Leaving the page, for whatever
 * reason, forgets everything, before the browser could keep a copy of the page.
 */

import {engine} from "./engine.js"
import {focusOn, goTo, make} from "./dom.js"
import {answersView, failedView, forgetStart, questionView, resultView, waitingView} from "./check-views.js"

const page = document.querySelector(".check")
const before = document.getElementById("before")
const paper = document.getElementById("paper")
const TITLE = document.title
const OPENING = page.dataset.first.split(" ")

/* The questions are read off the page that prints them. */
const questions = Object.fromEntries([...paper.querySelectorAll("[data-fact]")].map(item => [item.dataset.fact, {
  fact: item.dataset.fact,
  ask: item.querySelector("h3").textContent,
  hint: item.querySelector("p.quiet")?.textContent,
  askedFor: item.dataset.askedFor.split(" "),
  mayBeUnknown: "mayBeUnknown" in item.dataset,
  years: "min" in item.dataset ? {min: Number(item.dataset.min), max: Number(item.dataset.max)} : null,
  options: [...item.querySelectorAll("[data-value]")].map(option => ({value: option.dataset.value, label: option.textContent})),
}]))

/* The service that a visitor came from, if any: its id stands after the # of the address, and nothing of a case ever. */
const named = new URLSearchParams(location.hash.slice(1)).get("service")
const service = named && paper.querySelector(`a[href$="services/${CSS.escape(named)}/#fits"]`) ? named : null

const nothing = () => ({given: {}, trail: [{view: "before"}], here: 0, stand: null, taken: [], start: null})
let state = nothing()
let turn = 0  // counts what was asked of the engine, so that a late reply to an earlier state is dropped
let progress = null  // how much of the engine has come

const app = make("div", {class: "check__app", hidden: true})
page.prepend(app)
before.append(make("p", {class: "check__go"},
  make("button", {type: "button", class: "button", onclick: begin}, "Start"), " ",
  make("button", {type: "button", class: "button button--quiet", onclick: () => print()}, "Print the questions")))
paper.hidden = true

let folded = []  // what is opened for as long as it is printed, since paper cannot be clicked
addEventListener("beforeprint", () => {
  if (state.here === 0) paper.hidden = false
  folded = [...app.querySelectorAll("details:not([open])")]
  for (const part of folded) part.open = true
})
addEventListener("afterprint", () => {
  if (state.here === 0) paper.hidden = true
  for (const part of folded) part.open = false
})

engine.onprogress = told => { progress = told; tell() }
engine.onchange = () => {
  tell()
  if (engine.state === "failed") failed()
  if (engine.state === "ready" && state.here > 0) catchUp()
}
engine.start()
history.replaceState({step: 0}, "")
addEventListener("popstate", event => {
  const step = event.state?.step ?? 0
  if (step < state.trail.length) {
    state.here = step
    show()
  }
})
addEventListener("pagehide", forget)
addEventListener("pageshow", event => { if (event.persisted) engine.start() })
document.addEventListener("waymark:exit", forget)

/* How far the engine has come, in words. */
function says() {
  if (engine.failure) return engine.failure.message
  const megabytes = bytes => (bytes / 1e6).toFixed(1)
  return "Getting the criteria ready" + (progress ? `: ${megabytes(progress.loaded)} of ${megabytes(progress.total)} MB.` : " …")
}

function tell() {
  const place = app.querySelector("[data-count]")
  if (place) place.textContent = engine.state !== "ready" ? says()
    : state.stand ? `${state.stand.still_possible} of ${state.stand.considered} services can still fit.` : ""
}

/* Forget every answer, and everything made of them: in this page and in the worker. */
function forget() {
  turn += 1
  state = nothing()
  forgetStart()
  engine.stop()
  app.replaceChildren()
  app.hidden = true
  before.hidden = false
  document.title = TITLE
}

function clear() {
  const steps = state.here
  forget()
  engine.start()
  if (steps > 0) history.go(-steps)
  goTo(document.getElementById("top"))
}

function begin() {
  go({view: "question", fact: OPENING[0]})
  if (engine.state === "ready") catchUp()
}

function go(entry) {
  state.trail = [...state.trail.slice(0, state.here + 1), entry]
  state.here += 1
  history.pushState({step: state.here}, "")
  show()
}

const request = () => ({given: state.given, service})

/* Where the quiz stands with the answers so far; null while the engine is not there yet, undefined when overtaken. */
async function stand() {
  if (engine.state !== "ready") return null
  const mine = ++turn
  const said = await asked(engine.step(request()))
  if (mine !== turn || !said) return undefined
  state.given = said.answers
  state.stand = said
  return said
}

/* What the engine says; nothing where it was stopped or failed meanwhile, which `onchange` deals with. */
const asked = reply => reply.catch(() => undefined)

/* After an answer: the next question, or the list of answers when nothing more can matter. */
async function next() {
  const said = await stand()
  if (said === undefined) return
  if (said === null) {
    const fact = OPENING.find(one => !(one in state.given) && questions[one].askedFor.includes(state.given.focus))
    go(fact ? {view: "question", fact} : {view: "waiting"})
  } else if (said.next_question) go({view: "question", fact: said.next_question})
  else go({view: "answers"})
}

/* The engine is there: what was answered before it came is gone through once. */
async function catchUp() {
  const entry = state.trail[state.here]
  const said = await stand()
  if (!said) return
  if (entry.view === "waiting") {
    state.here -= 1  // nobody goes back to a wait: `go` drops it
    go(said.next_question ? {view: "question", fact: said.next_question} : {view: "answers"})
  } else if (entry.view === "question") tell()
}

/* The engine cannot be had: nothing of the case is kept, and the criteria stand below to be read by hand. */
function failed() {
  if (state.here === 0) return  // nobody has asked for it yet
  state = {...nothing(), trail: state.trail, here: state.here}
  show()
}

function again() {
  engine.start()
  state.given = {}
  go({view: "question", fact: OPENING[0]})
}

function answer(fact, value) {
  state.given = {...state.given, [fact]: value}
  state.taken = []
  next()
}

async function show() {
  const entry = state.trail[state.here]
  const view = engine.state === "failed" && state.here > 0 ? "failed" : entry.view
  document.title = TITLE
  before.hidden = state.here > 0
  app.hidden = state.here === 0
  paper.hidden = view !== "failed"
  if (state.here === 0) return app.replaceChildren()
  const shown = await views[view](entry)
  if (!shown || entry !== state.trail[state.here]) return  // somebody went on, or left, while the engine worked
  app.replaceChildren(...shown)
  tell()
  app.scrollIntoView()  // on a phone the head would take half of the screen, at each question
  focusOn(app.querySelector("h1"))
}

const views = {
  question: entry => questionView({
    question: questions[entry.fact],
    given: state.given,
    askedFor: entry.fact === state.stand?.next_question ? state.stand.asked_for : [],
    questions, change: fact => go({view: "question", fact}),
    back: () => history.back(),
    clear,
    soFar: Object.keys(state.given).length >= OPENING.length && engine.state === "ready" ? () => go({view: "result"}) : null,
    error: () => { document.title = "Error: " + TITLE },
    answer: value => answer(entry.fact, value),
  }),
  waiting: () => waitingView({says: says(), back: () => history.back()}),
  failed: () => failedView({says: says(), again}),
  answers: () => answersView({
    questions, given: state.given, back: () => history.back(), clear,
    change: fact => go({view: "question", fact}),
    result: () => go({view: "result"}),
  }),
  result: async () => {
    const found = await result()
    return found && resultView({
      result: found,
      about: state.stand?.service,
      back: () => history.back(), clear,
      change: fact => go({view: "question", fact}),
      onward: state.stand?.next_question ? () => next() : null,
      take: ids => { state.taken = ids; return result() },
      from: day => { state.start = day; return result() },
    })
  },
}

const result = () => asked(engine.result({...request(), taken: state.taken, start: state.start}))
