/* Rows of the comparison laid side by side: each an entry in a column of its own, with what differs marked in words. */

import {said} from "./csv.js"
import {make} from "./dom.js"

/** A table of rows turned on its side. `headings` are those of the cells after the name; `remove` takes a row away. */
export function laid(rows, headings, remove) {
  const names = rows.map(row => row.cells[0].querySelector("a").textContent)
  return make("table", {class: "stack laid"}, make("caption", {class: "hidden"}, `${names.join(", ")}: side by side`),
    make("thead", {}, make("tr", {}, make("td", {}), rows.map((row, at) => make("th", {scope: "col"},
      whole(row.cells[0], ".pick, .why"),
      make("button", {type: "button", class: "plain-button no-print", onclick: () => remove(row)}, "Remove",
        make("span", {class: "hidden"}, `: ${names[at]}`)))))),
    make("tbody", {}, headings.map((heading, column) => {
      const cells = rows.map(row => row.cells[column + 1])
      const differs = new Set(cells.map(said)).size > 1
      return make("tr", {class: differs && "differing"},
        make("th", {scope: "row"}, heading, differs && [" ", make("span", {class: "differs"}, "differs")]),
        cells.map((cell, at) => make("td", {"data-label": names[at]}, whole(cell))))
    })))
}

/** What stands in a cell, copied, with nothing folded; without some parts. */
function whole(cell, without) {
  const copy = cell.cloneNode(true)
  if (without) for (const part of copy.querySelectorAll(without)) part.remove()
  for (const part of copy.querySelectorAll("details")) part.open = true
  return [...copy.childNodes]
}
