/* A table as CSV, made in the browser and never sent. */

/** Lines of cells as CSV that a spreadsheet reads: with quotes, and a mark before what it would take for a formula. */
export function csv(lines) {
  const cell = text => `"${(/^[=+\-@\t\r]/.test(text) ? "'" + text : text).replaceAll('"', '""')}"`
  return "\ufeff" + lines.map(line => line.map(cell).join(",") + "\r\n").join("")
}

const LEFT_OUT = ".pick, .hidden, .why, button"
const APART = ".below, .quiet, .flags, .badge, .differs, li, summary, br"

/** What a cell of a table says: its parts, one after another. */
export function said(cell) {
  const parts = [""]
  const read = node => {
    if (node.nodeType === Node.TEXT_NODE) parts.push(parts.pop() + node.data)
    else if (!node.matches(LEFT_OUT)) {
      const apart = node.matches(APART)
      if (apart) parts.push("")
      node.childNodes.forEach(read)
      if (apart) parts.push("")
    }
  }
  cell.childNodes.forEach(read)
  const texts = parts.map(part => part.replace(/\s+/g, " ").trim()).filter(Boolean)
  return texts.map((part, at) => at < texts.length - 1 ? part.replace(/\.$/, "") : part).join(". ")
}
