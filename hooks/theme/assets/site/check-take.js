/* Taking the result away: on paper, for Word, as text, as data. A file is made in the browser and never sent. */

import {make} from "./dom.js"
import {save} from "./save.js"

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

export function takeAway(result) {
  const {words, ...data} = result  // what is left is what `python -m quiz check --json` prints
  const said = make("p", {role: "status"})
  const word = async () => {
    try {
      const {asDocx} = await import("./check-docx.js")
      save("waymark-result.docx", WORD, await asDocx(words.record))
      said.textContent = ""
    } catch {
      said.textContent = "The Word file could not be made, because a part that it needs did not come. Print the page or download it as text."
    }
  }
  const button = (says, onclick, quiet = true) => make("button", {type: "button", class: quiet ? "button button--quiet" : "button", onclick}, says)
  return make("section", {"aria-labelledby": "take-away", class: "no-print"}, make("h2", {id: "take-away"}, "Take it away"),
    make("p", {}, "It carries the criteria, services, documents, your answers and the version of the registry. It holds no name: add your own reference by hand. A downloaded file stays on this device until you delete it."),
    make("p", {class: "check__go"}, button("Print", () => print(), false), button("Download for Word", word),
      button("Download as text", () => save("waymark-result.txt", "text/plain;charset=utf-8", words.text)),
      button("Download as data", () => save("waymark-result.json", "application/json", JSON.stringify(data, null, 2) + "\n"))),
    said)
}

/* Lines to fill in by hand, on paper alone. */
export const signOff = names => make("div", {class: "paper sign"}, names.map(name => make("p", {}, `${name}: ______________________________`)))
