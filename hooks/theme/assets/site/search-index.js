// What the search asks of the index in pagefind/: what has these words, and what has what is chosen.

const home = new URL("../../pagefind/", import.meta.url)
const LITTLE = new Set(`a about am an and any are as at be but by can could do does for from get has have he her him his how i if
  in is it me my of on or our she so that the their them they this to us was we what when where which who will with would you
  your`.split(/\s+/))
const OPTIONS = {
  noWorker: true,  // a worker is as large again, and what it spares the page is a few milliseconds
  excerptLength: 28,
  ranking: {metaWeights: {title: 5, names: 5, words: 3, place: 0}},
}
const FEW = 5
const ANSWERS = document.querySelector("[data-answers]").dataset.answers.split(" ")  // best first
const [YES, DEPENDS, NO] = ["yes", "depends", "no"].map(answer => ANSWERS.indexOf(answer))

// Where a part of the index does not come, Pagefind finds nothing and tells only the console. That must not pass
// for an answer, so what it fetches is watched.
let broken = false
const {fetch} = window
window.fetch = async (...asked) => {
  const answer = await fetch(...asked).catch(() => Response.error())
  broken ||= !answer.ok
  return answer
}

// —— Words ——

let opened
/** Loads the program and the list of what there is; the part of the index with a word comes with the word. */
export const open = () => opened ??= import(new URL("pagefind.js", home)).then(async pagefind => {
  await pagefind.options(OPTIONS)
  await pagefind.init()
  return pagefind
})

/** What has all the words; where that is little, then what has some of them, most words first. Without words, everything.
    `whole` is how many have all. Throws where the index is not whole. */
export async function find(typed) {
  const telling = typed.filter(word => !LITTLE.has(word)), words = telling.length ? telling : typed
  const pagefind = await open()
  const search = async words => (await pagefind.search(words)).results
  const results = await search(words.join(" ") || null), whole = results.length, ids = new Set(results.map(({id}) => id))
  if (whole < FEW && words.length > 1)
    results.push(...most(await Promise.all(words.map(search))).filter(({id}) => !ids.has(id)))
  if (broken) throw new Error("a part of the index did not come")
  return {results, whole}
}

function most(lists) {
  const found = new Map()
  for (const result of lists.flat()) {
    const one = found.get(result.id) ?? {result, words: 0, score: 0}
    found.set(result.id, {result, words: one.words + 1, score: one.score + result.score})
  }
  return [...found.values()].sort((one, other) => other.words - one.words || other.score - one.score).map(({result}) => result)
}

// —— Facets ——

let facets
/** Loads what the facets say of everything that can be found. */
export async function openFacets() {
  const {readings, results} = await (await window.fetch(new URL("facets.json", home))).json()
  facets ??= {names: Object.keys(readings), readings: Object.values(readings).map(said => said.map(read)), results}
}

/** What a facet may say, from a value to its place in ANSWERS: written `value`, `value:answer` and `*:answer` for the rest. */
function read(tokens) {
  const said = new Map(tokens.split(" ").map(token => token.split(":")))
  const place = value => said.has(value) ? said.get(value) ? ANSWERS.indexOf(said.get(value)) : YES : undefined
  return value => place(value) ?? place("*") ?? NO
}

/** What a facet says of a result; no to everything, where it is not a service. */
function reading({id}, facet) {
  const at = facets.names.indexOf(facet), numbers = facets.results[id]
  return numbers ? facets.readings[at][numbers[at]] : () => NO
}

/** The best answer of each facet to what is chosen of it, where it is not yes; null where one of them is no.
    `open` where nothing is printed. */
export function doubts(result, chosen) {
  const found = Object.entries(chosen).map(([facet, values]) => ({facet, best: Math.min(...values.map(reading(result, facet)))}))
  return found.some(({best}) => best === NO) ? null
    : found.filter(({best}) => best !== YES).map(({facet, best}) => ({facet, answer: ANSWERS[best], open: best > DEPENDS}))
}

/** How many of the results have each value of a facet, by what is printed, given what is chosen of the others.
    Nothing, where there are no results or facets are not loaded. */
export function count(results, facet, values, {[facet]: own, ...others}) {
  if (!facets || !results.length) return []
  const readings = results.filter(result => doubts(result, others)).map(result => reading(result, facet))
  return values.map(value => readings.filter(read => read(value) <= DEPENDS).length)
}
