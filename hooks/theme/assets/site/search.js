// Search as you type. Words live in the page only: they are not stored, sent or put in the address.

import {count, doubts, find, open, openFacets} from "./search-index.js"

const site = new URL("../../", import.meta.url)
const PAGE = 10

const part = id => document.getElementById(`search-${id}`)
const label = box => box.nextElementSibling.textContent
const copy = id => part(id).content.firstElementChild.cloneNode(true)
const [box, narrow, status, notes, list, more] = ["words", "narrow", "status", "notes", "results", "more"].map(part)
const facets = [...narrow.querySelectorAll("[data-facet]")].map(group => ({
  id: group.dataset.facet,
  words: JSON.parse(group.dataset.words),
  boxes: [...group.querySelectorAll("input")],
  counts: [...group.querySelectorAll("[data-count]")],
}))
const everyday = [...document.querySelectorAll(".everyday > div")].map(entry => ({
  words: entry.querySelector("dt").textContent.split(", ").map(plain),
  says: entry.querySelector(".says"),
  people: entry.dataset.people.split(" "),
}))

/** Words as they are compared: without the s of a plural. */
function plain(text) {
  return text.trim().replaceAll("’", "'").replace(/s\b/g, "")
}

/** The values that are ticked, by facet. */
const choices = () => Object.fromEntries(facets
  .map(({id, boxes}) => [id, boxes.filter(({checked}) => checked).map(({value}) => value)])
  .filter(([, values]) => values.length))

// —— An answer ——

const NOTHING = {said: "", above: [], all: [], results: [], items: []}
let turn = 0, all = []  // the answer that is awaited; everything that the words on the page have found

/** Answers what is typed and chosen now, unless that changes before the answer is there. */
async function run() {
  const mine = ++turn, chosen = choices(), typed = box.value.toLowerCase().match(/[\p{L}\p{N}'’-]+/gu) ?? []
  const slow = setTimeout(() => { status.textContent = status.dataset.loading }, 600)
  const answer = await answered(typed, chosen).catch(
    () => ({...NOTHING, said: "The search could not be loaded.", above: [copy("failed")]}))
  clearTimeout(slow)
  if (mine === turn) show(answer, chosen)
}

async function answered(typed, chosen) {
  const narrowed = Object.keys(chosen).length
  if (!typed.length && !narrowed) return NOTHING
  if (narrowed) await openFacets()
  const {results: all, whole} = await find(typed)
  const ranked = all.flatMap((result, at) => {
    const open = doubts(result, chosen)?.some(({open}) => open)
    return open === undefined ? [] : {result, part: at >= whole, open}
  }).sort((one, other) => one.part - other.part || one.open - other.open)
  const results = ranked.map(({result}) => result)
  if (!results.length) return {...NOTHING, all, said: "Nothing found.", above: [copy("nothing")]}
  const parts = ranked.filter(({part}) => part).length, open = ranked.filter(({open}) => open).length
  const said = parts ? `${ranked.length - parts || "None"} with all of these words, ${parts} with some.`
    : `${ranked.length - open} found${open ? `, and ${open} for which it is not printed` : ""}.`
  return {said, all, results, above: known(typed), items: await items(results.slice(0, PAGE), chosen)}
}

function show(answer, chosen) {
  const {results} = answer
  all = answer.all
  tally()
  status.textContent = answer.said
  notes.replaceChildren(...answer.above)
  list.replaceChildren(...answer.items)
  more.hidden = results.length <= PAGE
  more.onclick = async () => {
    const mine = turn, next = await items(results.slice(list.children.length, list.children.length + PAGE), chosen)
    if (mine !== turn) return
    list.append(...next)
    more.hidden = list.children.length >= results.length
    next[0].querySelector("a").focus()
  }
}

/** Says what is chosen and, beside each value, how many of what the words found have it. */
function tally() {
  const chosen = choices()
  for (const {id, boxes, counts} of facets) {
    const now = count(all, id, boxes.map(({value}) => value), chosen)
    counts.forEach((place, at) => { place.textContent = now[at] ?? "" })
  }
  const labels = facets.flatMap(({boxes}) => boxes.filter(({checked}) => checked).map(label))
  narrow.querySelector("[data-chosen]").textContent = labels.length ? `: ${labels.join(", ")}` : ""
}

// —— One result ——

const items = (results, chosen) => Promise.all(results.map(async result => item(await result.data(), doubts(result, chosen))))

function item({meta, excerpt}, doubts) {
  const one = copy("one"), link = one.querySelector("a")
  link.textContent = meta.title
  link.href = new URL(meta.place, site)
  fill(one.querySelector(".found__kind"), [meta.kind, meta.for_whom].filter(Boolean).join(" · "))
  fill(one.querySelector(".badge"), meta.status)
  fill(one.querySelector(".found__text"), ...sentence(excerpt))
  fill(one.querySelector(".why"), doubts.map(({facet, answer}) => facets.find(({id}) => id === facet).words[answer]).join(" · "))
  one.classList.toggle("found--unsure", doubts.some(({open}) => open))
  return one
}

const fill = (element, ...nodes) => nodes.some(Boolean) ? element.append(...nodes) : element.remove()

/** An excerpt as nodes: every second part of it is marked, and what Pagefind escaped is plain text again. */
function sentence(excerpt) {
  const before = /^(<mark>)?[\p{Lu}\p{N}‘“]/u.test(excerpt) ? "" : "… ", after = /[.?!]$/.test(excerpt) ? "" : " …"
  return `${before}${excerpt}${after}`.split(/<\/?mark>/)
    .map(text => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">"))
    .map((textContent, at) => at % 2 ? Object.assign(document.createElement("mark"), {textContent}) : textContent)
}

// —— Everyday words ——

/** What to know about the everyday words among those typed, with the people they may mean. */
function known(typed) {
  const text = ` ${plain(typed.join(" "))} `
  return everyday.filter(({words, says}) => says && words.some(word => text.includes(` ${word} `))).map(({says, people}) => {
    const note = copy("note")
    note.querySelector("p").append(says.cloneNode(true))
    if (people.length > 1) note.append("Show only: ", ...people.map(only))
    return note
  })
}

/** A button that shows only what is for one person. */
function only(person) {
  const {boxes} = facets.find(({id}) => id === "for"), chosen = boxes.find(({value}) => value === person)
  const button = Object.assign(document.createElement("button"), {
    type: "button", className: "button button--quiet", textContent: label(chosen)})
  button.addEventListener("click", () => {
    for (const box of boxes) box.checked = box === chosen
    run()
  })
  return button
}

// —— From here on ——

let soon
box.addEventListener("focus", () => open().catch(() => {}), {once: true})
box.addEventListener("input", () => {
  clearTimeout(soon)
  soon = setTimeout(run, 200)
})
box.addEventListener("keydown", ({key}) => {
  if (key !== "Enter") return
  clearTimeout(soon)
  run()
})
narrow.addEventListener("change", run)
narrow.addEventListener("toggle", () => openFacets().then(tally, () => {}), {capture: true, once: true})
run()  // words may have been typed, or boxes ticked, before this was loaded
