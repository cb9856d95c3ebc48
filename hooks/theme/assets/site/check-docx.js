/* The record as a Word document, made in the browser: its lines, put into the template that was built with the site. */

const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
const BODY = "word/document.xml"
const STYLES = {title: "Title", notice: "Notice", heading: "Heading1", item: "ListBullet", under: "Under", tick: "Tick", blank: "Blank", note: "Notice"}

/* The file as bytes. `lines` are those of quiz/record.py. */
export async function asDocx(lines) {
  const {zip, template} = JSON.parse(document.querySelector("meta[name=record]").content)
  const [{unzipSync, zipSync}, packed] = await Promise.all([
    import(new URL(zip, document.baseURI)), fetch(template).then(reply => reply.ok ? reply.arrayBuffer() : Promise.reject(reply.status))])
  const parts = unzipSync(new Uint8Array(packed))
  const page = new DOMParser().parseFromString(new TextDecoder().decode(parts[BODY]), "application/xml")
  page.getElementsByTagNameNS(W, "sectPr")[0].before(...lines.map((line, place) => paragraph(page, styleOf(line, lines[place + 1]), line)))
  parts[BODY] = new TextEncoder().encode(new XMLSerializer().serializeToString(page))
  return zipSync(parts)
}

/* What heads others stays on the same sheet with them. */
const styleOf = (line, next) => line.kind === "item" && next?.kind === "under" ? "Lead" : STYLES[line.kind]

function paragraph(page, style, line) {
  const element = (name, attributes, ...children) => {
    const made = page.createElementNS(W, `w:${name}`)
    for (const [key, value] of Object.entries(attributes)) made.setAttributeNS(W, `w:${key}`, value)
    made.append(...children)
    return made
  }
  const says = element("t", {}, line.kind === "tick" ? `☐ ${line.says}` : line.says)
  says.setAttribute("xml:space", "preserve")
  return element("p", {}, element("pPr", {}, element("pStyle", {val: style})),
    element("r", {}, says, ...(line.kind === "blank" ? [element("tab", {})] : [])))  // whose line the template draws
}
