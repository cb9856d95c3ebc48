/* The caseload calculator: reads the numbers and dates, says what is wrong with one beside it, and has the engine work
 * out the rest. Nothing that is entered is kept anywhere but in the fields, and leaving the page clears them.
 */

import {engine} from "./engine.js"
import {make} from "./dom.js"
import {save} from "./save.js"
import {resultView, sumView, toldOf} from "./caseload-views.js"

const NOTHING = "Enter how many families take what."
const PAUSE = 250  // milliseconds after the last key before the sums are worked out anew

const page = document.querySelector(".caseload")
const sum = page.querySelector(".sum")
const told = sum.querySelector(".sum__told")
const loading = sum.querySelector(".sum__loading")
const figures = sum.querySelector(".sum__figures")
const result = page.querySelector(".caseload__result")
const counts = [...page.querySelectorAll("[data-takes]")]
const dates = [...page.querySelectorAll("[data-date]")]
const leaveOutOld = document.getElementById("leave-out-old")
const MOST = Number(page.dataset.most)
const YEARS = [Number(page.dataset.firstYear), Number(page.dataset.lastYear)]

let turn = 0  // counts what was asked, so that a late reply to an earlier question is dropped
let pause
let progress = null

for (const part of page.querySelectorAll(".caseload__count, .caseload__dates, .caseload__hint")) part.hidden = false
sum.hidden = false
page.classList.add("caseload--live")
const again = make("button", {type: "button", class: "button", hidden: true, onclick: () => engine.start()}, "Try again")
const clear = make("button", {type: "button", class: "plain", onclick: clearAll}, "Clear all numbers and dates")
sum.append(make("p", {class: "check__ways"}, again, " ", clear))

engine.onprogress = said => { progress = said; tell() }
engine.onchange = () => {
  tell()
  if (engine.state === "ready") work()
}
engine.start()
only(NOTHING)

page.addEventListener("input", event => {
  for (const field of fieldsOf(event.target)) complain(field, null)  // no complaint while it is being mended
  clearTimeout(pause)
  pause = setTimeout(() => {
    const date = event.target.closest("[data-date]")
    if (!date || !faults().has(date)) work()
  }, PAUSE)
})
page.addEventListener("focusout", event => {  // a date that is not whole is complained of when all of it has been left
  const date = event.target.closest("[data-date]")
  if (date && !date.contains(event.relatedTarget) && faults().has(date)) work()
})
addEventListener("pagehide", forget)
addEventListener("pageshow", event => { if (event.persisted) engine.start() })
document.addEventListener("waymark:exit", forget)

/* —— What is entered —— */

function typed(input) { return input.value.trim() }

/* A whole number, 0 where nothing is entered; null where it is none. */
function numberIn(input) {
  const digits = typed(input).replaceAll(/[,\s]/g, "")
  const number = /^\d{1,6}$/.test(digits) ? Number(digits) : null
  return typed(input) === "" ? 0 : number !== null && number <= MOST ? number : null
}

/* A day as 2026-12-01, "" where nothing is entered; with a fault where it is none. */
function dayIn(date) {
  const [day, month, year] = [...date.querySelectorAll("input")].map(typed)
  const name = date.querySelector("legend").textContent
  if (!day && !month && !year) return {day: ""}
  const missing = [["day", day], ["month", month], ["year", year]].filter(([, text]) => !text).map(([part]) => part)
  if (missing.length) return {fault: `${name} must include a ${missing.join(" and a ")}`}
  const whole = [day, month, year].every(text => /^\d+$/.test(text))
  const iso = `${year.padStart(4, "0")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`
  const made = new Date(`${iso}T00:00:00Z`)
  if (!whole || Number.isNaN(made.getTime()) || made.toISOString().slice(0, 10) !== iso) return {fault: `${name} must be a real date, such as 1 12 2026`}
  if (Number(year) < YEARS[0] || Number(year) > YEARS[1]) return {fault: `${name} must be in a year from ${YEARS[0]} to ${YEARS[1]}`}
  return {day: iso}
}

/* Everything that is wrong, by field; a field is an input of a number or the fieldset of a date. */
function faults() {
  const found = new Map()
  for (const input of counts) if (numberIn(input) === null) found.set(input, `Enter a whole number from 0 to ${MOST.toLocaleString("en-GB")}`)
  const [start, court] = dates.map(dayIn)
  for (const [index, one] of [start, court].entries()) if (one.fault) found.set(dates[index], one.fault)
  if (court.day && !start.fault && !start.day) found.set(dates[0], "Enter the day clocks start as well: without it no date can be worked out")
  if (court.day && start.day && court.day < start.day) found.set(dates[1], "The day of the hearing must be the day clocks start, or after it")
  return found
}

function fieldsOf(element) {
  return [element.closest("[data-date]") ?? element].filter(field => counts.includes(field) || dates.includes(field))
}

function check() {
  const found = faults()
  for (const field of [...counts, ...dates]) complain(field, found.get(field))
  return found
}

/* Say beside a field what is wrong with it, or that nothing is. */
function complain(field, fault) {
  const date = dates.includes(field)
  const name = date ? field.dataset.date : field.id
  const place = document.getElementById(`${name}-error`)
  if (!fault && place.hidden) return
  place.replaceChildren(...(fault ? [make("span", {class: "hidden"}, "Error: "), fault] : []))
  place.hidden = !fault
  const inputs = date ? field.querySelectorAll("input") : [field]
  for (const input of inputs) {
    const described = [date && `${name}-hint`, fault && `${name}-error`].filter(Boolean).join(" ")
    described ? input.setAttribute("aria-describedby", described) : input.removeAttribute("aria-describedby")
    fault ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid")
  }
  (date ? field : field.parentElement).classList.toggle("refused", Boolean(fault))
}

/* A link to a field with a mistake; it does not go into the address. */
function wayTo(field, fault) {
  const input = field.querySelector("input") ?? field
  return make("a", {href: `#${input.id}`, onclick: event => {
    event.preventDefault()
    const folded = field.closest("details")
    if (folded) folded.open = true
    input.focus()
  }}, fault)
}

function asked() {
  const families = counts.map(input => ({number: numberIn(input), takes: JSON.parse(input.dataset.takes)})).filter(one => one.number > 0)
  const [start, court] = dates.map(date => dayIn(date).day || null)
  return {families, start, court, leave_out_old: leaveOutOld.checked}
}

/* —— What is shown —— */

/* Nothing but a sentence, in the place of the sums. */
function only(text) {
  figures.replaceChildren()
  result.replaceChildren()
  page.classList.remove("caseload--worked")
  say(text)
}

function say(text) {
  if (told.textContent !== text) told.textContent = text
}

/* How far the engine has come. The numbers are not in the status, which would read out each of them. */
function tell() {
  const megabytes = bytes => (bytes / 1e6).toFixed(1)
  loading.textContent = engine.state === "loading"
    ? `Getting the calculator ready${progress ? `: ${megabytes(progress.loaded)} of ${megabytes(progress.total)} MB.` : " …"}` : ""
  again.hidden = engine.state !== "failed"
  if (engine.state === "failed") {
    only(`${engine.failure.message} The sums cannot be worked out here. The printed prices are in the tables on this page.`)
  }
}

async function work() {
  clearTimeout(pause)
  const mine = turn += 1
  const found = check()
  if (found.size) {
    only(found.size === 1 ? "One field has a mistake. The sums wait until it is mended."
      : `${found.size} fields have a mistake. The sums wait until they are mended.`)
    figures.replaceChildren(make("ul", {class: "sum__faults"}, [...found].map(([field, fault]) => make("li", {}, wayTo(field, fault)))))
    return
  }
  const request = asked()
  if (engine.state === "failed") return tell()
  if (request.families.length === 0) return only(NOTHING)
  if (engine.state === "idle") engine.start()  // somebody was about to leave, and stayed
  if (engine.state !== "ready") return only("The sums come as soon as the calculator is ready.")
  let answer
  try {
    answer = await engine.caseload(request)
  } catch {
    return  // the engine has stopped, and said why
  }
  if (mine !== turn) return
  if (answer.error) return only(answer.error)
  const {words} = answer
  figures.replaceChildren(...sumView(words))
  result.replaceChildren(...resultView(words, takeAway(words)))
  page.classList.add("caseload--worked")
  say(toldOf(words))
}

function takeAway(words) {
  const said = make("span", {class: "copy__said", role: "status"})
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(words.text)
      said.textContent = "Copied."
    } catch {
      said.textContent = "The browser does not allow it. Download the text instead."
    }
  }
  const button = (label, onclick, quiet = true) => [make("button", {type: "button", class: `button${quiet ? " button--quiet" : ""}`, onclick}, label), " "]
  return make("section", {class: "no-print", "aria-labelledby": "take-away"}, make("h2", {id: "take-away"}, "Take it away"),
    make("p", {}, "It carries your numbers, the printed prices and the version of the registry. A downloaded file stays on this device until you delete it."),
    make("p", {class: "check__go"}, button("Print", () => print(), false), button("Copy as text", copy),
      button("Download as text", () => save("waymark-caseload.txt", "text/plain;charset=utf-8", words.text)),
      button("Download as CSV", () => save("waymark-caseload.csv", "text/csv;charset=utf-8", "\ufeff" + words.csv)), said))
}

/* —— Clearing —— */

function blank() {
  turn += 1
  clearTimeout(pause)
  for (const input of page.querySelectorAll("input[type=text]")) input.value = ""
  leaveOutOld.checked = false
  for (const field of [...counts, ...dates]) complain(field, null)
  only(NOTHING)
}

function clearAll() {
  blank()
  only("Everything is cleared.")
  tell()
}

/* Forget everything, in this page and in the worker. */
function forget() {
  blank()
  engine.stop()
}
