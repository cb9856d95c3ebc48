/* Search as you type. Words live in the page only: they are not stored, sent or put in the address. */

import { count, doubts, find, open, openFacets } from "./search-index.js"

const site = new URL("../../", import.meta.url)
const PAGE = 10

const part = id => document.getElementById(`search-${id}`)
const copy = id => part(id).content.firstElementChild.cloneNode(true)
const box = part("words"), narrow = part("narrow"), status = part("status"), notes = part("notes"), list = part("results"),
    more = part("more")
const everyday = [...document.querySelectorAll(".everyday > div")].map(entry => ({
    words: entry.querySelector("dt").textContent.split(", ").map(plain),
    says: entry.querySelector(".says"),
    people: entry.dataset.people.split(" "),
}))

let turn = 0, all = []  // which answer is awaited; everything that the words shown now have found

/** Answer what is typed and chosen now, unless more is typed before the answer is there. */
async function run() {
    const mine = ++turn, typed = box.value.toLowerCase().match(/[\p{L}\p{N}'’-]+/gu) ?? [], chosen = choices()
    const slow = setTimeout(() => { status.textContent = status.dataset.loading }, 600)
    const narrowed = Object.keys(chosen).length > 0
    const none = { said: "", above: [], found: [], results: [], items: [] }
    let answer = none
    try {
        if (typed.length || narrowed) answer = await answered(typed, chosen, narrowed)
    } catch {
        answer = { ...none, said: "The search could not be loaded.", above: [copy("failed")] }
    } finally {
        clearTimeout(slow)
    }
    if (mine === turn) show(answer, chosen)
}

async function answered(typed, chosen, narrowed) {
    if (narrowed) await openFacets()
    const { results: found, some } = await find(typed), sure = [], unsure = []
    for (const result of found) {
        const reasons = doubts(result, chosen)
        if (reasons) (reasons.some(({ unprinted }) => unprinted) ? unsure : sure).push(result)
    }
    const results = [...sure, ...unsure]
    const said = results.length ? (some ? "Nothing has all of these words. With some of them: " : "") + `${sure.length} found`
        + (unsure.length ? `, and ${unsure.length} for which it is not printed.` : ".") : "Nothing found."
    return { said, found, results, above: results.length ? spoken(typed) : [copy("nothing")],
        items: await items(results.slice(0, PAGE), chosen) }
}

function show({ said, above, found, results, items: first }, chosen) {
    all = found
    counted()
    status.textContent = said
    notes.replaceChildren(...above)
    list.replaceChildren(...first)
    more.hidden = results.length <= PAGE
    more.onclick = async () => {
        const mine = turn, next = await items(results.slice(list.children.length, list.children.length + PAGE), chosen)
        if (mine !== turn) return
        list.append(...next)
        more.hidden = list.children.length >= results.length
        next[0].querySelector("a").focus()
    }
}

const items = (results, chosen) => Promise.all(results.map(async result => item(await result.data(), doubts(result, chosen))))

function item({ meta, excerpt }, reasons) {
    const one = copy("one"), link = one.querySelector("a")
    link.textContent = meta.title
    link.href = new URL(meta.place, site)
    fill(one.querySelector(".found__kind"), [meta.kind, meta.for_whom].filter(Boolean).join(" · "))
    fill(one.querySelector(".badge"), meta.status)
    fill(one.querySelector(".found__text"), ...sentence(excerpt))
    fill(one.querySelector(".found__why"), reasons.map(({ reason }) => reason).join(" · "))
    one.classList.toggle("found--unsure", reasons.some(({ unprinted }) => unprinted))
    return one
}

/** An excerpt as nodes: every second part of it is marked, and what Pagefind escaped is plain text again. */
const sentence = excerpt => `${/^(<mark>)?[\p{Lu}\p{N}‘“]/u.test(excerpt) ? "" : "… "}${excerpt}${/[.?!]$/.test(excerpt) ? "" : " …"}`
    .split(/<\/?mark>/).map(text => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">"))
    .map((textContent, index) => index % 2 ? Object.assign(document.createElement("mark"), { textContent }) : textContent)

/** What to know about the everyday words among those typed, with the people they may mean. */
function spoken(typed) {
    const text = ` ${plain(typed.join(" "))} `
    return everyday.filter(({ words, says }) => says && words.some(word => text.includes(` ${word} `))).map(({ says, people }) => {
        const note = copy("note")
        note.querySelector("p").append(says.cloneNode(true))
        if (people.length > 1) note.append("Show only: ", ...people.map(choice))
        return note
    })
}

function choice(person) {
    const tick = narrow.querySelector(`[data-facet="for"] [value="${person}"]`), button = document.createElement("button")
    Object.assign(button, { type: "button", className: "button button--quiet", textContent: tick.dataset.label })
    button.addEventListener("click", () => {
        tick.closest("fieldset").querySelectorAll("input").forEach(other => { other.checked = other === tick })
        tick.closest("details").open = true
        run()
    })
    return button
}

/** Beside each value, how many of what the words found have it. */
function counted() {
    const chosen = choices()
    for (const group of narrow.children) {
        const counts = count(all, group.dataset.facet, chosen)
        for (const tick of group.querySelectorAll("input"))
            tick.nextElementSibling.querySelector("[data-count]").textContent = tick.value in counts ? `(${counts[tick.value]})` : ""
    }
}

function choices() {
    const chosen = {}
    for (const tick of narrow.querySelectorAll("input:checked"))
        (chosen[tick.closest("details").dataset.facet] ??= []).push(tick.value)
    return chosen
}

const fill = (element, ...nodes) => nodes.some(Boolean) ? element.append(...nodes) : element.remove()

/** Words as they are compared: without the s of a plural. */
function plain(text) {
    return text.trim().replaceAll("’", "'").replace(/s\b/g, "")
}

let waiting = 0
box.addEventListener("focus", () => open().catch(() => {}), { once: true })
box.addEventListener("input", () => {
    clearTimeout(waiting)
    waiting = setTimeout(run, 200)
})
box.addEventListener("keydown", ({ key }) => {
    if (key !== "Enter") return
    clearTimeout(waiting)
    run()
})
narrow.addEventListener("change", run)
narrow.addEventListener("toggle", () => openFacets().then(counted, () => {}), { capture: true, once: true })
if (box.value) run()
