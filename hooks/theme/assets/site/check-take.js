/* Taking the result away: on paper, as text, as data. A file is made in the browser and never sent. */

import {ended, make} from "./dom.js"
import {save} from "./save.js"

export function takeAway(result) {
  return make("section", {"aria-labelledby": "take-away", class: "no-print"}, make("h2", {id: "take-away"}, "Take it away"),
    make("p", {}, "It carries criteria, services, documents, your answers and the version of the registry. It holds no name: add your own reference on paper. A downloaded file stays on this device until you delete it."),
    make("p", {class: "check__go"},
      make("button", {type: "button", class: "button", onclick: () => print()}, "Print"), " ",
      make("button", {type: "button", class: "button button--quiet", onclick: () => save("waymark-result.txt", "text/plain", asText(result))}, "Download as text"), " ",
      make("button", {type: "button", class: "button button--quiet", onclick: () => save("waymark-result.json", "application/json", asData(result))}, "Download as data (JSON)")))
}

function asData(result) {
  const {words, ...data} = result  // what is left is what `python -m quiz check --json` prints
  return JSON.stringify(data, null, 2) + "\n"
}

const asText = result => result.words.text

export function signOff() {
  return make("div", {class: "paper sign"}, ["Reference", "Completed by", "Signature", "Date"].map(name => make("p", {}, `${ended(name).replace(".", ":")} ______________________________`)))
}
