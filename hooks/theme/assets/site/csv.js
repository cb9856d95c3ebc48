/* A table as CSV, made in the browser and never sent. */

import {make} from "./dom.js"

/** Lines of cells as CSV that a spreadsheet reads: with quotes, and a mark before what it would take for a formula. */
export function csv(lines) {
  const cell = text => `"${(/^[=+\-@\t\r]/.test(text) ? "'" + text : text).replaceAll('"', '""')}"`
  return "\ufeff" + lines.map(line => line.map(cell).join(",") + "\r\n").join("")
}

/** What a cell of a table says: its parts, one after another. */
export function said(cell) {
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT, node =>
    node.parentElement.closest(".pick, .hidden, .why, button") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT)
  const parts = []
  while (texts.nextNode()) parts.push(texts.currentNode.data.replace(/\s+/g, " ").trim())
  return parts.filter(Boolean).map((part, at, all) => at < all.length - 1 ? part.replace(/\.$/, "") : part).join(". ")
}

export function save(name, content) {
  const url = URL.createObjectURL(new Blob([content], {type: "text/csv;charset=utf-8"}))
  make("a", {href: url, download: name}).click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}
