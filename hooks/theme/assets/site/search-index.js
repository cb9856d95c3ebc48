/* What the search asks of the index in pagefind/: what has these words, and what has what is chosen. */

const home = new URL("../../pagefind/", import.meta.url)
const LITTLE = new Set(("a about am an and any are as at be but by can could do does for from get has have he her him his how i "
    + "if in is it me my of on or our she so that the their them they this to us was we what when where which who will with "
    + "would you your").split(" "))
const OPTIONS = {
    noWorker: true,  // the worker is as large again, and what it spares the page is a few milliseconds
    excerptLength: 28,
    ranking: { metaWeights: { title: 5, names: 5, words: 3, place: 0 } },
}

/* Where a part of the index does not come, Pagefind finds nothing and tells only the console. That must not pass
   for an answer, so what it fetches is watched. */
let broken = false
const { fetch } = window
window.fetch = async (...asked) => {
    const answer = await fetch(...asked).catch(() => Response.error())
    broken ||= !answer.ok
    return answer
}

let opened = null
/** Load the program and the list of what there is; what is needed for a word comes with the word. */
export const open = () => opened ??= import(new URL("pagefind.js", home)).then(async pagefind => {
    await pagefind.options(OPTIONS)
    await pagefind.init()
    return pagefind
})

let facets = null
/** Load the facets of everything that can be found. */
export const openFacets = async () => facets ??= await (await window.fetch(new URL("facets.json", home))).json()

/** What has all the words; or else what has some of them, most words first. Everything, where there are none.
    Throws where the index is not whole. */
export async function find(typed) {
    const telling = typed.filter(word => !LITTLE.has(word)), words = telling.length ? telling : typed
    const pagefind = await open()
    const search = async words => (await pagefind.search(words)).results
    let results = await search(words.join(" ") || null)
    const some = !results.length && words.length > 1
    if (some) results = most(await Promise.all(words.map(search)))
    if (broken) throw new Error("a part of the index did not come")
    return { results, some }
}

function most(lists) {
    const found = new Map()
    for (const result of lists.flat()) {
        const one = found.get(result.id) ?? { result, words: 0, score: 0 }
        found.set(result.id, { result, words: one.words + 1, score: one.score + result.score })
    }
    return [...found.values()].sort((one, other) => other.words - one.words || other.score - one.score).map(({ result }) => result)
}

/** The values of a result in a facet, each with the reason why it may not have it, and whether nothing is printed. */
function reading({ id }, facet) {
    const place = Object.keys(facets.readings).indexOf(facet), numbers = facets.results[id]
    return numbers ? facets.readings[facet][numbers[place]].map(([value, reason, unprinted]) => ({ value, reason, unprinted })) : []
}

/** Why a result may not have what is chosen, by facet; null where it has not. */
export function doubts(result, chosen) {
    const reasons = []
    for (const [facet, values] of Object.entries(chosen)) {
        const has = reading(result, facet).filter(({ value }) => values.includes(value))
        if (!has.length) return null
        if (has.every(({ reason }) => reason)) reasons.push(has[0])
    }
    return reasons
}

/** How many of the results have each value of a facet, given what is chosen of the others. */
export function count(results, facet, { [facet]: own, ...others }) {
    const counts = {}
    for (const result of facets ? results.filter(result => doubts(result, others)) : [])
        for (const { value, unprinted } of reading(result, facet))
            if (!unprinted) counts[value] = (counts[value] ?? 0) + 1
    return counts
}
