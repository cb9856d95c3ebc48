/* Rows narrowed by facets: what the directory and the comparison share.
 *
 * Everything is on the page already. The rows are read once, into one small array for each facet, when the
 * first filter is set; after that a change costs a walk over numbers and a move of the rows that are shown. */

import {make} from "./dom.js"

export const MOST = 250  // a browser lays out so many rows at once without a pause; the rest is one press away

/** The facets of a form, and what they say of rows. `form` names the answers, best first, in `data-answers`. */
export function narrowing(form, rows) {
  const ANSWERS = form.dataset.answers.split(" ")
  const [YES, DEPENDS, NO] = ["yes", "depends", "no"].map(answer => ANSWERS.indexOf(answer))

  const facets = [...form.querySelectorAll("[data-facet]")].map(part => ({
    part,
    id: part.dataset.facet,
    heading: part.querySelector("legend").textContent,
    words: JSON.parse(part.dataset.words),
    summary: part.querySelector("[data-chosen]"),
    options: [...part.querySelectorAll("input")].map(box => ({
      box,
      label: box.nextElementSibling.textContent,
      count: box.parentElement.querySelector("[data-count]"),
    })),
  }))
  const options = facets.flatMap(facet => facet.options.map(option => ({facet, ...option})))

  let index
  /** For each facet, the answer of every row to every value. */
  const read = () => index ??= facets.map(({id, options}) => {
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
  })

  /** Which values are chosen, by facet. */
  const chosen = () => facets.map(({options}) => options.flatMap(({box}, at) => box.checked ? [at] : []))

  /** The rows (by their place) that match, best first, and those that are not ruled out, each with why; and with how
   * many each value has. `passes` says of a row's place whether it is looked at. */
  function look(values, passes) {
    const answers = read()
    const active = [...facets.keys()].filter(facet => values[facet].length)
    const counts = facets.map(({options}) => new Uint32Array(options.length))
    const shown = {certain: [], asked: [], unsure: []}
    const best = new Uint8Array(active.length)
    for (let at = 0; at < rows.length; at++) {  // loops without a new array for each row, since there may be thousands
      if (!passes(at)) continue
      let open = 0, waits, worst = YES
      for (let place = 0; place < active.length; place++) {
        const facet = active[place]
        best[place] = NO
        for (const value of values[facet]) best[place] = Math.min(best[place], answers[facet][at * counts[facet].length + value])
        if (best[place] > DEPENDS) {
          open++
          waits = facet
        }
        worst = Math.max(worst, best[place])
      }
      if (open < 2) {
        for (let facet = 0; facet < counts.length; facet++) {
          if (open && waits !== facet) continue
          const tally = counts[facet], from = at * tally.length
          for (let value = 0; value < tally.length; value++) {
            if (answers[facet][from + value] <= DEPENDS) tally[value]++
          }
        }
      }
      if (worst === NO) continue
      const why = worst === YES ? "" : active.flatMap((facet, place) =>
        best[place] === YES ? [] : [facets[facet].words[ANSWERS[best[place]]]]).join(" · ")
      shown[open ? "unsure" : why ? "asked" : "certain"].push([at, why])
    }
    return {matches: [...shown.certain, ...shown.asked], unsure: shown.unsure, counts}
  }

  /** Says beside each facet what is chosen, and beside each value how many rows it has. */
  function tell(values, counts) {
    facets.forEach(({summary, options}, facet) => {
      summary.textContent = values[facet].length ? `${values[facet].length} chosen` : ""
      options.forEach(({count}, value) => { count.textContent = counts[facet][value] })
    })
  }

  return {facets, options, chosen, look, tell}
}

/** How many rows match and how many are not ruled out, in words. */
export function told(all, {matches, unsure}) {
  return `${matches.length} of ${all} entries match.`
    + (unsure.length ? ` For ${unsure.length} more something is not printed: they come after.` : "")
}

/** A body of a table with a heading across its columns. */
export function group(columns, heading, className = "") {
  return make("tbody", {class: className || false},
    make("tr", {class: "group"}, make("th", {scope: "rowgroup", colspan: columns}, heading)))
}

/** A row that brings in those not yet shown. */
export function rest(columns, number, more) {
  return make("tr", {class: "group"}, make("td", {colspan: columns},
    make("button", {type: "button", class: "button button--quiet", onclick: more}, `Show ${number} more`)))
}

/** The row, with a reason beside its name, or without one. */
export function note(row, why) {
  const cell = row.cells[0]
  const held = cell.querySelector(".why")
  if (held) why ? held.textContent = why : held.remove()
  else if (why) cell.append(make("span", {class: "why"}, why))
  return row
}

/** A choice that is taken back where it is named; then focus goes to the next one in its list, or to `results`. */
export function chip(text, undo, results, all = false) {
  const item = make("li", {}, make("button", {type: "button", class: all ? "chip chip--all" : "chip", onclick: () => {
    const list = item.parentElement, at = [...list.children].indexOf(item)
    undo()
    const next = list.children[at]?.firstChild ?? results
    next.focus()
  }}, text, !all && make("span", {class: "hidden"}, ": take this filter away")))
  return item
}
