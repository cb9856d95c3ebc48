/* The comparison: columns chosen, rows filtered and sorted, up to four laid side by side, and taken away as CSV.
 *
 * The whole table is on the page already, and every word of it stays as it was built: rows are only moved. A figure is read
 * off its cell when its column is first sorted. Nothing is stored. The address holds the entries that are laid side by side,
 * and only while they are. */

import {csv, said} from "./csv.js"
import {make} from "./dom.js"
import {chip, group, narrowing, note, rest, told} from "./narrow.js"
import {save} from "./save.js"
import {laid} from "./side-by-side.js"

const MOST = 100  // rows here are tall; a browser lays out so many without a pause, and the rest is one press away
const FIRST = 20  // more than fit a screen; the others of those follow once these are seen
const LARGEST = 4
const SIDE = "side"

const template = id => document.getElementById(id).content.cloneNode(true)
const page = document.querySelector(".compare")
const region = page.querySelector(".scroll")
const table = region.querySelector("table")
const heads = [...table.tHead.rows[0].cells]
const rows = [...table.tBodies[0].rows]
const places = new Map(rows.map((row, at) => [row.id, at]))

page.prepend(template("compare-form"), template("compare-bar"), template("compare-results"))
const form = page.querySelector(".tools")
const results = page.querySelector(".results")
const bar = page.querySelector(".bar-of-picks")
const [count, chips, nothing] = ["count", "chips", "nothing"].map(name => results.querySelector(`[data-${name}]`))
const status = results.querySelector("[role=status]")
const order = form.querySelector("[data-order]")
const current = form.querySelector("[data-current]")
const {facets, options, chosen, look, tell: mark} = narrowing(form, rows)

const nameOf = row => row.cells[0].querySelector("a").textContent
const undone = undo => () => {
  undo()
  show()
}

// —— Columns ——

const hiding = new CSSStyleSheet()
document.adoptedStyleSheets = [...document.adoptedStyleSheets, hiding]

const view = () => form.querySelector("[name=view]:checked").value
const inView = head => !head.dataset.in || !view() || head.dataset.in.split(" ").includes(view())

function showColumns() {
  const hidden = heads.flatMap((head, at) => inView(head) ? [] : [`.compare__table tr:not(.group) > :nth-child(${at + 1})`])
  hiding.replaceSync(hidden.length ? `${hidden.join(",")} { display: none }` : "")
  table.dataset.view = view() || "all"
}

// —— Order ——

const columns = new Map(heads.map((head, at) => [head.dataset.column, {
  head, at,
  heading: head.textContent,
  ranks: JSON.parse(head.dataset.ranks ?? "[]"),
}]))
const figures = new Map()

/** What a column is sorted by: for every row its lowest and highest figure, and the group it may be ranked in. */
function read(id) {
  if (!figures.has(id)) {
    const {at} = columns.get(id)
    const found = {low: new Float64Array(rows.length), high: new Float64Array(rows.length), rank: new Int16Array(rows.length).fill(-1)}
    if (id === "name") {
      const alike = new Intl.Collator("en-GB", {numeric: true}).compare
      const names = rows.map(nameOf)
      names.map((_, row) => row).sort((one, two) => alike(names[one], names[two]))
        .forEach((row, place) => { found.low[row] = found.high[row] = place })
      found.rank.fill(0)
    } else {
      rows.forEach((row, place) => {
        const figure = row.cells[at].dataset.sort
        if (figure) [found.low[place], found.high[place], found.rank[place]] = figure.split(" ").map(Number)
      })
    }
    figures.set(id, found)
  }
  return figures.get(id)
}

/** Found rows as groups, each with its heading: those that may be ranked together, then those without a figure. */
function arranged(found, by, way) {
  if (!by) return [["", found]]
  const {low, high, rank} = read(by)
  const {ranks, heading} = columns.get(by)
  const key = way > 0 ? low : high
  const groups = [...ranks.keys()].map(place => found.filter(([at]) => rank[at] === place))
  if (by === "name") groups.push(found.slice())
  for (const some of groups) some.sort(([one], [two]) => (key[one] - key[two]) * way || one - two)
  const none = found.filter(([at]) => rank[at] < 0)
  const first = way > 0 ? "lowest first" : "highest first"
  return [...groups.map((some, place) => [ranks[place] ? `${ranks[place]}, ${first}` : none.length ? `${heading}: ${first}` : "", some]),
    [`${heading}: no figure. The reason stands in the row`, none]].filter(([, some]) => some.length)
}

const sorting = () => {
  const [by, way] = order.value.split(" ")
  return [by, Number(way)]
}

function sortBy(id) {
  const [by, way] = sorting()
  order.value = `${id} ${by === id && way > 0 ? -1 : 1}`
  if (order.selectedIndex < 0) order.value = `${id} 1`  // names have one way only
  show()
}

for (const [id, {head, heading}] of columns) {
  if (id !== "name" && !head.dataset.ranks) continue
  head.replaceChildren(make("button", {type: "button", class: "sorter", onclick: () => sortBy(id)}, heading))
}

// —— What is shown ——

let now, groups

function show(most = MOST) {
  const values = chosen()
  const filtered = values.some(some => some.length) || current.checked
  const [by, way] = sorting()
  now = look(values, current.checked ? at => !rows[at].classList.contains("old") : () => true)
  groups = [...arranged(now.matches, by, way),
    ...(now.unsure.length ? arranged(now.unsure, by, way).map(([heading, some], place) =>
      [place ? heading : ["Not printed, so not ruled out", heading].filter(Boolean).join(". "), some]) : [])]
  fill(groups, most)
  region.hidden = !groups.some(([, some]) => some.length)
  for (const [id, {head}] of columns) {
    if (id === by) head.setAttribute("aria-sort", way > 0 ? "ascending" : "descending")
    else head.removeAttribute("aria-sort")
  }
  mark(values, now.counts)
  tell(filtered)
}

let finish, soon

/** Puts rows into the table: at once as many as can be seen, and then the others, up to a number. */
function fill(groups, most) {
  const lines = groups.flatMap(([heading, some]) => some.map(([at, why]) => ({heading, at, why})))
  const hidden = lines.splice(most)
  const across = heads.filter(inView).length
  let body, under
  const put = some => {
    for (const {heading, at, why} of some) {
      if (heading !== under || !body) table.append(body = heading ? group(across, heading) : make("tbody", {}))
      under = heading
      body.append(note(pickable(rows[at]), why))
    }
  }
  finish = () => {
    clearTimeout(soon)
    put(lines.splice(0))
    if (hidden.length) table.append(make("tbody", {}, rest(across, hidden.length, () => {
      show(Infinity)
      finish()
      rows[hidden[0].at].querySelector("a").focus()
    })))
    table.removeAttribute("aria-busy")
    finish = () => {}
  }
  clearTimeout(soon)
  for (const body of [...table.tBodies]) body.remove()  // and not the head, which may have focus
  table.setAttribute("aria-busy", "true")
  put(lines.splice(0, FIRST))
  soon = setTimeout(() => finish(), 40)
}

addEventListener("beforeprint", () => finish())

let due
function tell(filtered) {
  const [by] = sorting()
  const sorted = by ? ` Sorted by ${order.selectedOptions[0].textContent}.` : ""
  const text = filtered ? told(rows.length, now) : `All ${rows.length} entries are shown.`
  count.textContent = text + sorted
  nothing.hidden = now.matches.length > 0
  clearTimeout(due)
  due = setTimeout(() => { status.textContent = text + sorted }, 700)

  const taken = options.filter(({box}) => box.checked)
    .map(({facet, label, box}) => chip(`${facet.heading}: ${label}`, undone(() => { box.checked = false }), results))
  if (current.checked) taken.push(chip("Without old documents", undone(() => { current.checked = false }), results))
  if (taken.length > 1) {
    taken.push(chip("Clear all", undone(() => { for (const {box} of [...options, {box: current}]) box.checked = false }), results, true))
  }
  chips.replaceChildren(...taken)
}

// —— Side by side ——

const picked = []
let side

/** The row, with a box to choose it by. */
function pickable(row) {
  if (row.querySelector("[data-pick]")) return row
  row.cells[0].append(make("span", {class: "pick no-print"}, make("label", {},
    make("input", {type: "checkbox", "data-pick": true, onchange: event => pick(row, event.target)}), " Compare",
    make("span", {class: "hidden"}, `: ${nameOf(row)}`)), " ", make("span", {role: "alert", "data-refused": true})))
  return row
}

function pick(row, box) {
  for (const refused of table.querySelectorAll("[data-refused]")) refused.textContent = ""
  if (box.checked && picked.length === LARGEST) {
    box.checked = false
    box.closest(".pick").querySelector("[data-refused]").textContent = "Four are chosen. Take one away first."
    return
  }
  if (box.checked) picked.push(row)
  else picked.splice(picked.indexOf(row), 1)
  tellPicked()
}

function tellPicked() {
  const number = picked.length
  const [text, how, lay, none] = ["picked", "how", "lay", "clear"].map(name => bar.querySelector(`[data-${name}]`))
  text.textContent = number ? `${number} of four chosen.` : "Nothing chosen yet."
  how.textContent = number > 1 ? picked.map(nameOf).join(", ") + "." : number ? `${nameOf(picked[0])}. Choose one more at least.`
    : "Tick up to four entries to lay them side by side."
  lay.hidden = number < 2
  none.hidden = !number
  status.textContent = text.textContent
}

function unpick(row) {
  picked.splice(picked.indexOf(row), 1)
  const box = row.querySelector("[data-pick]")
  if (box) box.checked = false
  tellPicked()
}

bar.querySelector("[data-lay]").addEventListener("click", () => { location.hash = address() })
bar.querySelector("[data-clear]").addEventListener("click", () => {
  picked.slice().forEach(unpick)
  results.focus()
})

const address = () => `${SIDE}=${picked.map(row => row.id).join(",")}`

/** The entries that the address names, and what there is to say about it; null where it names none. */
function named() {
  const state = new URLSearchParams(location.hash.slice(1))
  if (!state.has(SIDE)) return null
  const ids = [...new Set(state.get(SIDE).split(",").filter(Boolean))]
  const known = ids.filter(id => places.has(id))
  const unknown = ids.length - known.length
  const [kept, over] = [known.slice(0, LARGEST), known.slice(LARGEST)].map(some => some.map(id => rows[places.get(id)]))
  return {kept, says: [
    unknown && `${unknown === 1 ? "One entry" : `${unknown} entries`} in this address ${unknown === 1 ? "is" : "are"} not in the directory, and left out. The name may be misspelt, or the entry taken out.`,
    over.length && `Only four fit side by side. Left out: ${over.map(nameOf).join(", ")}.`,
    kept.length === 0 && "Nothing can be laid side by side. Go back to the table and choose.",
    kept.length === 1 && "There is only one entry here. Go back to the table and choose another.",
  ].filter(Boolean).join(" ")}
}

function layOut() {
  const state = named()
  side?.remove()
  side = null
  page.classList.toggle("compare--side", Boolean(state))
  if (!state) return
  picked.splice(0, picked.length, ...state.kept)
  for (const row of rows) {
    const box = row.querySelector("[data-pick]")
    if (box) box.checked = picked.includes(row)
    else if (picked.includes(row)) pickable(row).querySelector("[data-pick]").checked = true
  }
  tellPicked()
  page.append(template("compare-side"))
  side = page.querySelector(".side")
  const [told, only] = ["told", "only"].map(name => side.querySelector(`[data-${name}]`))
  told.hidden = !state.says
  told.textContent = state.says
  const shown = side.querySelector(".scroll")
  const laidOut = laid(picked, heads.slice(1).map(head => head.textContent), row => {
    unpick(row)
    history.replaceState(history.state, "", "#" + address())
    layOut()
    side.querySelector("h2").focus()
  })
  if (picked.length) shown.append(laidOut)
  else shown.remove()
  only.addEventListener("change", () => laidOut.classList.toggle("laid--only", only.checked))
  side.querySelector("[data-csv]").addEventListener("click", takeAway)
  side.querySelector("[data-print]").addEventListener("click", () => print())
  side.querySelector("[data-back]").addEventListener("click", () => {
    history.pushState(null, "", location.pathname + location.search)
    layOut()
    results.focus()
  })
}

// —— Taking it away ——

/** What is on screen, as lines of cells. */
function onScreen() {
  if (side) return [...side.querySelectorAll("tr")].filter(row => row.checkVisibility()).map(row => [...row.cells].map(said))
  const shown = heads.flatMap((head, at) => inView(head) ? [at] : [])
  const lines = groups.flatMap(([heading, some]) => some.map(([at, why]) =>
    [...shown.map(column => column ? said(rows[at].cells[column]) : nameOf(rows[at])),
      rows[at].classList.contains("old") ? "yes" : "no", heading, why]))
  return [[...shown.map(at => heads[at].textContent), "Old document", "Group", "Not certain because"], ...lines]
}

function takeAway() {
  save("waymark-on-screen.csv", "text/csv;charset=utf-8", csv(onScreen()))
}

document.querySelector("[data-take]").append(make("li", {}, make("button",
  {type: "button", class: "button button--quiet", onclick: takeAway}, "What is on screen, as CSV")))

// —— From here on ——

form.addEventListener("change", event => {
  if (event.target.name === "view") showColumns()
  show()
})
addEventListener("hashchange", () => {
  if (location.hash && !named()) {  // a jump within the page, as by the link that skips to the content, takes nothing away
    if (side) history.replaceState(history.state, "", "#" + address())
    return
  }
  layOut()
  side?.querySelector("h2").focus()
})
showColumns()
show()
finish()  // the rows were there already
layOut()
