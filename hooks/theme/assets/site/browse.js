// The directory narrows itself: facets, words, and their state after the # of the address.
//
// What is typed never leaves the page, not even for the address.

import {MOST, chip, group, narrowing, note, rest, told} from "./narrow.js"

const template = id => document.getElementById(id).content.cloneNode(true)
const page = document.querySelector(".browse")
const list = page.querySelector(".browse__list")
const table = list.querySelector("table")

page.prepend(template("browse-form"))
list.prepend(template("browse-results"))
page.append(page.querySelector(".browse__pages"))  // the pages that need no script now come last
page.classList.add("browse--live")

const panel = page.querySelector(".filters")
const form = panel.querySelector("[role=search]")
const words = form.querySelector("input[type=search]")
const results = list.querySelector(".results")
const [count, chips, nothing] = ["count", "chips", "nothing"].map(name => results.querySelector(`[data-${name}]`))
const status = results.querySelector("[role=status]")

// —— The rows ——

const columns = table.tHead.rows[0].cells.length
const groups = [...table.tBodies].map(body => ({body, rows: [...body.rows]}))
const rows = groups.flatMap(group => group.rows.slice(1))
const matches = group(columns, "These match", "matches")
const unsure = group(columns, "Not printed, so not ruled out", "unsure")
const {facets, options, chosen, look, tell: mark} = narrowing(form, rows)

let texts
/** The words of every row. */
const read = () => texts ??= rows.map(row => " " + folded(`${row.textContent} ${row.dataset.words}`))

/** Words without capitals, accents and marks, with single spaces. */
function folded(text) {
  return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f’']/g, "").replace(/[^\p{L}\p{N}£]+/gu, " ").trim()
}

// —— What is shown ——

function show(most = MOST) {
  const values = chosen()
  const sought = folded(words.value).split(" ").filter(Boolean)
  const filtered = sought.length > 0 || values.some(some => some.length)
  const now = look(values, sought.length ? at => sought.every(word => read()[at].includes(" " + word)) : () => true)
  if (filtered) {
    for (const [body, shown] of [[matches, now.matches], [unsure, now.unsure]]) {
      body.replaceChildren(body.rows[0], ...shown.slice(0, most).map(([at, why]) => note(rows[at], why)))
      if (shown.length > most) body.append(more(shown.length - most, rows[shown[most][0]]))
      body.hidden = !shown.length
    }
    table.replaceChildren(table.caption, table.tHead, matches, unsure)
  } else {
    for (const {body, rows} of groups) {
      rows.forEach(row => note(row, ""))
      body.replaceChildren(...rows)
    }
    table.replaceChildren(table.caption, table.tHead, ...groups.map(({body}) => body))
  }
  mark(values, now.counts)
  table.hidden = filtered && !now.matches.length && !now.unsure.length
  tell(filtered, now, sought)
}

/** A row that brings in those not yet shown, and goes to the first of them. */
function more(number, first) {
  return rest(columns, number, () => {
    show(Infinity)
    first.querySelector("a").focus()
  })
}

// —— What is said ——

let due
function tell(filtered, now, sought) {
  const said = filtered ? told(rows.length, now) : ""
  count.textContent = said
  nothing.hidden = !filtered || now.matches.length > 0
  clearTimeout(due)
  due = setTimeout(() => { status.textContent = said || `All ${rows.length} entries are shown.` }, 700)

  const undone = undo => () => {
    undo()
    change()
  }
  const taken = options.filter(({box}) => box.checked)
    .map(({facet, label, box}) => chip(`${facet.heading}: ${label}`, undone(() => { box.checked = false }), results))
  if (sought.length) taken.push(chip(`Words: ${words.value.trim()}`, undone(() => { words.value = "" }), results))
  if (taken.length > 1) taken.push(chip("Clear all", undone(clear), results, true))
  chips.replaceChildren(...taken)
}

function clear() {
  for (const {box} of options) box.checked = false
  words.value = ""
}

// —— The address ——

/** The chosen values of facets, and nothing that was typed: #for=victim_survivor&stage=early_help */
function address() {
  const parts = facets.map(({id, options}) => [id, options.filter(({box}) => box.checked).map(({box}) => box.value).join(",")])
  const state = parts.filter(([, values]) => values).map(pair => pair.join("=")).join("&")
  history.replaceState(history.state, "", state ? "#" + state : location.pathname + location.search)
}

/** Sets the boxes from the address, where it holds any of them. */
function restore() {
  const state = new URLSearchParams(location.hash.slice(1))
  const named = options.filter(({facet, box}) => (state.get(facet.id) ?? "").split(",").includes(box.value))
  if (!named.length) return false
  for (const {box} of options) box.checked = false
  for (const {facet, box} of named) facet.part.open = box.checked = true
  return true
}

function change() {
  address()
  show()
}

// —— From here on ——

let soon
form.addEventListener("change", event => { if (event.target !== words) change() })
words.addEventListener("input", () => {
  clearTimeout(soon)
  soon = setTimeout(() => show(), 120)
})
form.querySelector("[data-see]").addEventListener("click", () => {
  panel.open = false
  results.focus()
})
addEventListener("hashchange", () => {
  const target = location.hash.slice(1)
  const left = groups.flatMap(({rows}) => rows).find(row => row.id === target && !row.isConnected)
  if (restore()) {
    show()
  } else if (!target || left) {  // nothing is chosen, or a row is asked for that the choice left out
    clear()
    show()
    left?.scrollIntoView()
  } else {
    address()  // a jump within the page, as by the link that skips to the content, changes no choice
  }
})

const wide = matchMedia("(min-width: 60rem)")
const fit = () => { panel.open = wide.matches }
wide.addEventListener("change", fit)
fit()
if (restore()) show()
