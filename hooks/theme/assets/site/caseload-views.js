/* What the caseload calculator shows, from the words of quiz/caseload_telling.py: _caseload.html lays the same out for
   the worked example. Every function takes what it shows and gives back elements. */

import {ended, make} from "./dom.js"

const count = number => number.toLocaleString("en-GB")
const out = one => make("a", {href: `../../services/${one.id}/`, target: "_blank", rel: "noopener"}, one.name)
const old = shown => shown && [" ", make("span", {class: "badge badge--historic"}, "Old")]
const cell = (label, ...content) => make("td", {"data-label": label}, content)

export const sumView = words => [
  make("p", {}, make("strong", {}, words.counted)),
  words.totals.map(total => [
    make("p", {class: "sum__amount"}, total.amount),
    make("p", {class: "quiet"}, `For ${total.families}: ${total.average} for one family on average. ${total.year}.`, old(total.old))]),
  words.apart && make("p", {}, words.apart),
  words.saved && make("p", {}, "Packages save ", make("strong", {}, words.saved), " beside the single prices."),
  make("ul", {class: "sum__people"}, words.people.map(one => make("li", {}, make("strong", {}, count(one.number)), ` (${one.share}) ${one.says}`))),
].flat(Infinity).filter(Boolean)

/* One sentence for the status: what has changed, without the rest. */
export const toldOf = words => [
  words.totals.length ? `${words.totals.map(total => `${total.amount} for ${total.families}`).join("; ")}.` : "No published price.",
  ...words.people.slice(words.totals.length ? 1 : 0).map(one => `${count(one.number)} (${one.share}) ${one.says}.`),
].join(" ")

export function resultView(words, takeAway) {
  return [
    make("h2", {id: "line-by-line"}, "Line by line"), linesView(words),
    words.notes.length > 0 && [make("h2", {id: "notes"}, "To know beside it"), make("ul", {}, words.notes.map(text => make("li", {}, text)))],
    words.times.length > 0 && [make("h2", {id: "by-when"}, "By when"), timesView(words)],
    takeAway,
  ].flat(Infinity).filter(Boolean)
}

function linesView(words) {
  const none = () => make("span", {class: "absent"}, "No sum")
  return make("table", {class: "stack caseload__lines"}, make("caption", {class: "hidden"}, "Line by line"),
    make("thead", {}, make("tr", {}, ["What they take", "Families", "One family", "Together", "Why"].map(head => make("th", {scope: "col"}, head)))),
    make("tbody", {}, words.lines.map(line => make("tr", {},
      make("th", {scope: "row"}, line.takes.map((one, index) => [index > 0 && make("br"), make("span", {class: "caseload__who"}, `${one.person}:`), " ",
        one.services.length > 1 ? "not decided yet" : out(one.services[0])])),
      cell("Families", count(line.number)),
      cell("One family", line.each ?? none()),
      cell("Together", line.total ? make("strong", {}, line.total) : none()),
      cell("Why", line.why, line.saved && [" ", make("strong", {}, line.saved)],
        line.not_in_the_sum.map(text => ` Not in the sum: ${ended(text)}`),
        line.year && [" ", make("span", {class: "quiet"}, `${line.year}.`)], old(line.old),
        line.ways.length > 1 && make("details", {}, make("summary", {}, `All ${line.ways.length} published ways`),
          make("ul", {}, line.ways.map(way => make("li", {}, way)))))))))
}

function timesView(words) {
  const dated = words.times.filter(time => time.steps.length > 0)
  return [
    dated.length > 0 && make("table", {class: "stack caseload__steps"}, make("caption", {class: "hidden"}, "By when"),
      make("thead", {}, make("tr", {}, ["Step", "Ends", "Date", words.by].map(head => make("th", {scope: "col"}, head)))),
      dated.map(time => make("tbody", {},
        make("tr", {class: "group"}, make("th", {scope: "rowgroup", colspan: "4"}, out(time), " ", make("span", {class: "caseload__clock"}, time.clock))),
        time.steps.map(step => make("tr", {}, make("th", {scope: "row"}, step.name), cell("Ends", step.weeks),
          cell("Date", step.dates ?? make("span", {class: "absent"}, "No start given")),
          cell(words.by, make("span", {class: `fit fit--${step.fits}`}, step.label))))))),
    words.times.filter(time => time.steps.length === 0).map(time => make("p", {}, out(time), `: ${time.clock}`)),
    make("ul", {class: "quiet"},
      words.not_counted.map(one => make("li", {}, `Not counted: ${one.says} (${one.services.join("; ")})`)),
      make("li", {}, "The 26 weeks of care proceedings count from the day the case is issued. Here they count from the day clocks start, so what is left is at best.")),
  ]
}
