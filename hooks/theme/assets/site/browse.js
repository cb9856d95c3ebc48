// The directory narrows itself: facets, words, and their state after the # of the address.
//
// Everything is on the page already. The rows are read once, into one small array for each facet, when the
// first filter is set; after that a change costs a walk over numbers and a move of the rows that are shown.
// What is typed never leaves the page, not even for the address.

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

const ANSWERS = form.dataset.answers.split(" ")  // best first
const [YES, DEPENDS, NO] = ["yes", "depends", "no"].map(answer => ANSWERS.indexOf(answer))

const facets = [...form.querySelectorAll(".facet")].map(part => ({
  part,
  id: part.dataset.facet,
  heading: part.querySelector("legend").textContent,
  words: JSON.parse(part.dataset.words),
  chosen: part.querySelector("[data-chosen]"),
  options: [...part.querySelectorAll("input")].map(box => ({
    box,
    label: box.nextElementSibling.textContent,
    count: box.parentElement.querySelector("[data-count]"),
  })),
}))
const options = facets.flatMap(facet => facet.options.map(option => ({facet, ...option})))

// —— The rows ——

const columns = table.tHead.rows[0].cells.length
const groups = [...table.tBodies].map(body => ({body, rows: [...body.rows]}))
const rows = groups.flatMap(group => group.rows.slice(1))
const matches = group("matches", "Printed as this")
const unsure = group("unsure", "Not printed, so not ruled out")

function group(className, heading) {
  const row = make("tr", {className: "group"})
  row.append(make("th", {scope: "rowgroup", colSpan: columns, textContent: heading}))
  const body = make("tbody", {className})
  body.append(row)
  return body
}

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties)
}

let index
/** For each facet, the answer of every row to every value; and the words of every row. */
function read() {
  return index ??= {
    answers: facets.map(({id, options}) => {
      const place = new Map(options.map(({box}, at) => [box.value, at]))
      const answers = new Uint8Array(rows.length * options.length)
      rows.forEach((row, at) => {
        const said = row.dataset[id].split(" ").map(token => token.split(":"))
        const otherwise = said.find(([value]) => value === "*")
        const mine = answers.subarray(at * options.length, (at + 1) * options.length)
        mine.fill(otherwise ? ANSWERS.indexOf(otherwise[1]) : NO)
        for (const [value, answer] of said) {
          if (place.has(value)) mine[place.get(value)] = answer ? ANSWERS.indexOf(answer) : YES
        }
      })
      return answers
    }),
    texts: rows.map(row => " " + folded(`${row.textContent} ${row.dataset.words}`)),
  }
}

/** Words without capitals, accents and marks, with single spaces. */
function folded(text) {
  return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f’']/g, "").replace(/[^\p{L}\p{N}£]+/gu, " ").trim()
}

// —— What is shown ——

/** The rows that match, best first, and those that are not ruled out; with why, and with how many each value has. */
function look(chosen, sought) {
  const {answers, texts} = read()
  const active = [...facets.keys()].filter(facet => chosen[facet].length)
  const counts = facets.map(({options}) => new Uint32Array(options.length))
  const shown = {certain: [], asked: [], unsure: []}
  rows.forEach((row, at) => {
    if (!sought.every(word => texts[at].includes(" " + word))) return
    const best = active.map(facet =>
      Math.min(...chosen[facet].map(value => answers[facet][at * counts[facet].length + value])))
    const open = active.filter((_, place) => best[place] > DEPENDS)
    if (open.length < 2) {
      for (const [facet, tally] of counts.entries()) {
        if (open.length && open[0] !== facet) continue
        for (let value = 0; value < tally.length; value++) {
          if (answers[facet][at * tally.length + value] <= DEPENDS) tally[value]++
        }
      }
    }
    if (best.includes(NO)) return
    const why = active.flatMap((facet, place) => best[place] === YES ? [] : [facets[facet].words[ANSWERS[best[place]]]])
    shown[open.length ? "unsure" : why.length ? "asked" : "certain"].push([row, why.join(" · ")])
  })
  return {matches: [...shown.certain, ...shown.asked], unsure: shown.unsure, counts}
}

const MOST = 250  // a browser lays out so many rows at once without a pause; the rest is one press away

function show(most = MOST) {
  const chosen = facets.map(({options}) => options.flatMap(({box}, at) => box.checked ? [at] : []))
  const sought = folded(words.value).split(" ").filter(Boolean)
  const filtered = sought.length > 0 || chosen.some(values => values.length)
  const now = look(chosen, sought)
  if (filtered) {
    for (const [body, shown] of [[matches, now.matches], [unsure, now.unsure]]) {
      body.replaceChildren(body.rows[0], ...shown.slice(0, most).map(([row, why]) => note(row, why)))
      if (shown.length > most) body.append(rest(shown.length - most, shown[most][0]))
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
  facets.forEach(({chosen: summary, options}, facet) => {
    summary.textContent = chosen[facet].length ? `${chosen[facet].length} chosen` : ""
    options.forEach(({count}, value) => { count.textContent = now.counts[facet][value] })
  })
  table.hidden = filtered && !now.matches.length && !now.unsure.length
  tell(filtered, now, sought)
}

/** A row that brings in those not yet shown, and goes to the first of them. */
function rest(number, first) {
  const button = make("button", {type: "button", className: "button button--quiet", textContent: `Show ${number} more`})
  button.addEventListener("click", () => {
    show(Infinity)
    first.querySelector("a").focus()
  })
  const cell = make("td", {colSpan: columns})
  cell.append(button)
  const row = make("tr", {className: "group"})
  row.append(cell)
  return row
}

/** The row, with a reason beside its name, or without one. */
function note(row, why) {
  const cell = row.cells[0]
  const held = cell.querySelector(".why")
  if (held) why ? held.textContent = why : held.remove()
  else if (why) cell.append(make("span", {className: "why", textContent: why}))
  return row
}

// —— What is said ——

let due
function tell(filtered, now, sought) {
  const said = !filtered ? "" : `${now.matches.length} of ${rows.length} entries match.`
    + (now.unsure.length ? ` For ${now.unsure.length} more something is not printed: they come after.` : "")
  count.textContent = said
  nothing.hidden = !filtered || now.matches.length > 0
  clearTimeout(due)
  due = setTimeout(() => { status.textContent = said || `All ${rows.length} entries are shown.` }, 700)

  const taken = options.filter(({box}) => box.checked)
    .map(({facet, label, box}) => chip(`${facet.heading}: ${label}`, () => { box.checked = false }))
  if (sought.length) taken.push(chip(`Words: ${words.value.trim()}`, () => { words.value = "" }))
  if (taken.length > 1) taken.push(chip("Clear all", clear, true))
  chips.replaceChildren(...taken)
}

function chip(text, undo, all = false) {
  const item = make("li", {})
  const button = make("button", {type: "button", className: all ? "chip chip--all" : "chip", textContent: text})
  if (!all) button.append(make("span", {className: "hidden", textContent: ": take this filter away"}))
  item.append(button)
  button.addEventListener("click", () => {
    const at = [...chips.children].indexOf(item)
    undo()
    change()
    const next = chips.children[at]?.firstChild ?? results
    next.focus()
  })
  return item
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
