/* What each step shows. Every function takes what it shows and what its controls do, and gives back elements. */

import {drawn, ended, goTo, make} from "./dom.js"
import {signOff, takeAway} from "./check-take.js"

const backButton = back => make("p", {class: "check__back"}, make("button", {type: "button", class: "plain", onclick: back}, "Back"))
const clearButton = clear => make("button", {type: "button", class: "plain", onclick: clear}, "Clear the answers")

/* —— A question —— */

export function questionView({question, questions, given, askedFor, change, back, clear, soFar, error, answer}) {
  const id = `answer-${question.fact}`
  const held = question.fact in given ? given[question.fact] ?? "unknown" : null
  const missing = question.years
    ? `Enter the age in whole years, from ${question.years.min} to ${question.years.max}`
    : `Select an answer${question.mayBeUnknown ? ", or ‘I do not know’" : ""}`
  const radio = (value, label, index) => make("label", {class: "option"},
    make("input", {type: "radio", name: "answer", value, id: index ? `${id}-${index}` : id, checked: held === value, autocomplete: "off"}),
    make("span", {}, label))

  const options = question.options.map((option, index) => radio(option.value, option.label, index))
  if (question.years) options.push(make("label", {class: "years"}, make("span", {class: "hidden"}, question.ask),
    make("input", {type: "text", inputmode: "numeric", maxlength: "3", autocomplete: "off", id, value: Number.isInteger(held) ? held : "",
      "aria-describedby": `${id}-hint`})))
  if (question.mayBeUnknown) options.push(make("p", {class: "or"}, "or"), radio("unknown", "I do not know", question.options.length + 1))

  const summary = make("div", {})
  const inline = make("p", {class: "field-error", id: `${id}-error`, hidden: true})
  const fieldset = make("fieldset", {"aria-describedby": [question.hint && `${id}-hint`].filter(Boolean).join(" ") || null},
    make("legend", {}, make("h1", {tabindex: "-1"}, question.ask)),
    question.hint && make("p", {class: "hint", id: `${id}-hint`}, question.hint),
    inline, make("div", {class: "options"}, options))

  const shown = performance.now()

  function refuse() {
    if (performance.now() - shown < 500) return  // the second half of a double click on the button before
    const describedBy = [question.hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(" ")
    fieldset.setAttribute("aria-describedby", describedBy)
    fieldset.classList.add("refused")
    inline.replaceChildren(make("span", {class: "hidden"}, "Error: "), missing)
    inline.hidden = false
    const box = make("div", {class: "error-summary", tabindex: "-1"}, make("div", {role: "alert"},
      make("h2", {}, "There is a problem"),
      make("ul", {class: "plain"}, make("li", {}, make("a", {href: `#${id}`, onclick: event => {
        event.preventDefault()
        fieldset.querySelector("legend").scrollIntoView()
        form.querySelector(`#${id}`).focus()
      }}, missing)))))
    summary.replaceChildren(box)
    error()
    box.focus()
  }

  const form = make("form", {novalidate: true, autocomplete: "off", onsubmit: event => {
    event.preventDefault()
    const typed = question.years ? form.querySelector(`#${id}`).value.trim() : ""
    const chosen = form.querySelector("input[type=radio]:checked")?.value
    const years = /^\d{1,3}$/.test(typed) ? Number(typed) : null
    if (years !== null && years >= question.years.min && years <= question.years.max && chosen !== "unknown") answer(years)
    else if (chosen === "unknown" && !typed) answer(null)
    else if (chosen && chosen !== "unknown") answer(chosen)
    else refuse()
  }}, summary, fieldset, make("p", {}, make("button", {class: "button"}, "Continue")))

  return [
    backButton(back), form,
    make("p", {class: "check__count", role: "status", "data-count": true}),
    askedFor.length > 0 && make("details", {}, make("summary", {}, "Why are you asking?"),
      make("p", {}, askedFor.length === 1 ? "The answer can still change what is said of this service:"
        : `The answer can still change what is said of these ${askedFor.length} services:`),
      make("ul", {class: "brief"}, askedFor.map(service => make("li", {}, service.name)))),
    Object.keys(given).length > 0 && make("details", {}, make("summary", {}, "Your answers so far"), summaryList(questions, given, change)),
    make("p", {class: "check__ways"}, soFar && make("button", {type: "button", class: "plain", onclick: soFar}, "See the result so far"), " ", clearButton(clear)),
  ].filter(Boolean)
}

/* —— While the engine is not there yet —— */

export function waitingView({says, back}) {
  return [backButton(back), make("h1", {}, "Getting the criteria ready"),
    make("p", {role: "status", "data-count": true}, says),
    make("p", {}, "Your answers are kept in this page. It happens once; the next question comes by itself.")]
}

/* —— Where the engine cannot be had; the criteria of each service stand below —— */

export function failedView({says, again}) {
  return [make("h1", {}, "The questions cannot be asked here"), make("p", {}, says),
    make("p", {}, "Your answers are gone. You can compare the case with the criteria by hand: they are below, and on the page of each service."),
    make("p", {}, make("button", {type: "button", class: "button", onclick: again}, "Try again"))]
}

/* —— Check your answers —— */

export function answersView({questions, given, back, clear, change, result}) {
  return [backButton(back), make("h1", {}, "Check your answers"), summaryList(questions, given, change),
    make("p", {}, make("button", {type: "button", class: "button", onclick: result}, "See what the criteria say")),
    make("p", {class: "check__ways"}, clearButton(clear))]
}

const labelOf = (question, value) => value === null ? "I do not know"
  : question.years ? String(value) : question.options.find(option => option.value === value).label

function summaryList(questions, given, change) {
  return make("dl", {class: "answers"}, Object.entries(given).map(([fact, value]) => make("div", {},
    make("dt", {}, questions[fact].ask), make("dd", {}, labelOf(questions[fact], value)),
    make("dd", {}, make("button", {type: "button", class: "plain", onclick: () => change(fact)}, "Change",
      make("span", {class: "hidden"}, `: ${questions[fact].ask}`))))))
}

/* —— The result —— */

const ORDER = ["fits", "fits_if", "ask_first", "need_more", "does_not_fit"]

export function resultView({result, about, back, clear, change, onward, take, from}) {
  const {words} = result
  const chosen = new Set(words.taken)
  const below = make("div", {})
  const lay = data => data && below.replaceChildren(...afterChoice(data, from, lay))
  lay(result)

  const choose = (id, on) => {
    on ? chosen.add(id) : chosen.delete(id)
    take(result.recommended.filter(one => chosen.has(one)).concat([...chosen].filter(one => !result.recommended.includes(one)))).then(lay)
  }
  const fitting = words.people.some(person => person.answers.some(answer => possible(answer.verdict)))

  return [
    backButton(back),
    make("h1", {}, "What the published criteria say"),
    make("p", {class: "quiet"}, `Waymark registry ${words.registry.version}, ${words.registry.day}. ${words.registry.edition} ${words.limits}`),
    result.notices.map(notice => make("div", {class: "note"}, make("p", {}, make("strong", {}, ended(notice.says))))),
    onward && make("p", {}, "This is the result so far: some answers can still change it. ",
      make("button", {type: "button", class: "plain", onclick: onward}, "Go on with the questions")),
    about && aboutService(about),
    inShort(words.people, fitting),
    make("p", {class: "quiet no-print"}, "Links to services open in a new tab, so that your answers stay here."),
    words.people.map(person => personPart(person, result, {chosen, choose, change})),
    fitting ? namedPart(result) : insteadPart(result),
    below,
    make("section", {"aria-labelledby": "result-answers"}, make("details", {}, make("summary", {}, make("h2", {id: "result-answers"}, "Your answers")),
      make("dl", {class: "answers"}, words.answers.map(one => make("div", {}, make("dt", {}, one.ask), make("dd", {}, one.label),
        make("dd", {class: "no-print"}, make("button", {type: "button", class: "plain", onclick: () => change(one.fact)}, "Change",
          make("span", {class: "hidden"}, `: ${one.ask}`)))))))),
    signOff(words.record.filter(line => line.kind === "blank").map(line => line.says)),
    make("p", {class: "check__ways"}, clearButton(clear)),
  ].flat().filter(Boolean)
}

function aboutService(service) {
  const said = service.browse_only ? "It has no published criteria, so no answer about it can be given here."
    : service.for_somebody_else ? "It is not for the person this case is about." : service.label
  const why = () => {
    const link = document.querySelector(`.verdict h4 a[href="${page(service.id)}"]`)
    for (let part = link.closest("details"); part; part = part.parentElement.closest("details")) part.open = true
    goTo(link)
  }
  return make("div", {class: "note"}, make("p", {}, "You began from ", make("strong", {}, service.name), ": ", ended(said)),
    service.verdict && make("p", {class: "no-print"}, make("button", {type: "button", class: "plain", onclick: why}, "See why")))
}

const COUNTED = {
  fits: number => number === 1 ? "1 fits" : `${number} fit`,
  fits_if: number => `${number} could fit, with something to arrange`,
  ask_first: number => `${number} to ask about first`,
  need_more: number => `${number} not settled yet`,
  does_not_fit: number => number === 1 ? "1 does not fit" : `${number} do not fit`,
}

/* What is below, with a way to each part. A button, since a link would leave in the address what the case is about. */
function inShort(people, fitting) {
  const go = (id, says) => make("button", {type: "button", class: "plain", onclick: () => goTo(document.getElementById(id))}, says)
  const counted = answers => ORDER.map(verdict => [verdict, answers.filter(answer => answer.verdict === verdict).length])
    .filter(([, number]) => number).map(([verdict, number]) => COUNTED[verdict](number)).join(", ")
  const parts = fitting ? [["gather", "Documents to gather"], ["costs", "Costs"], ["times", "Times"]] : [["instead", "What to do instead"]]
  return make("nav", {class: "contents in-short no-print", "aria-label": "On this page"}, make("h2", {}, "In short"),
    make("ul", {class: "plain"}, people.map(person => make("li", {}, go(`for-${person.id}`, person.label), " ", make("span", {}, counted(person.answers))))),
    make("ul", {}, [...parts, ["take-away", "Take it away"]].map(([id, says]) => make("li", {}, go(id, says)))))
}

const page = id => `../services/${id}/`
const out = (id, {name, local}) => [make("a", {href: page(id), target: "_blank", rel: "noopener"}, name), badge(local)]
const badge = local => local && [" ", make("span", {class: "badge badge--local"}, "Local")]

function personPart(person, result, controls) {
  const groups = ORDER.map(verdict => [verdict, person.answers.filter(answer => answer.verdict === verdict)]).filter(([, found]) => found.length)
  const id = `for-${person.id}`
  return make("section", {"aria-labelledby": id}, make("h2", {id}, person.label),
    groups.map(([verdict, found]) => {
      const place = one => (result.recommended.indexOf(one.id) + 1) || Infinity
      const sorted = [...found].sort((a, b) => place(a) - place(b))
      const list = make("ul", {class: "verdicts"}, sorted.map(answer => card(answer, result.words, controls)))
      const heading = `${found[0].label} (${found.length})`
      return ["need_more", "does_not_fit"].includes(verdict)
        ? make("details", {class: `group group--${verdict}`}, make("summary", {}, make("h3", {}, heading)), list)
        : make("div", {class: `group group--${verdict}`}, make("h3", {}, heading), list)
    }))
}

const SHOWN = {fits_if: "Still to arrange", ask_first: "Ask because", does_not_fit: "Because"}

function card(answer, words, {chosen, choose, change}) {
  const service = words.services[answer.id]
  const offered = possible(answer.verdict)
  const reason = one => make("li", {}, one.mark && make("strong", {}, `${one.mark}: `), ended(one.says), " ", source(one.source, words),
    one.advice && answer.verdict !== "fits" && make("span", {class: "advice"}, ended(one.advice)))
  const grounds = reasons => make("ul", {class: "grounds"}, reasons.map(reason))
  const folded = (says, inside) => make("details", {class: "no-print"}, make("summary", {}, says), inside)
  return make("li", {class: `card verdict verdict--${answer.verdict}`},
    make("h4", {}, out(answer.id, service), " ", service.status && make("span", {class: `badge badge--${service.status.state}`}, service.status.label)),
    make("p", {class: "verdict__what"}, service.summary),
    service.local && make("p", {class: "advice"}, service.local),
    offered && service.status.old && make("p", {class: "advice"}, `From an old document (${words.sources[service.source.document].date_printed}). Ask whether it still holds.`),
    answer.verdict === "need_more" ? [make("p", {class: "grounds__head"}, "Not answered:"),
      make("ul", {class: "grounds"}, answer.missing.map(one => make("li", {}, one.ask)))]
      : answer.verdict === "fits" ? make("details", {}, make("summary", {}, `Why it fits (${answer.reasons.length} ${answer.reasons.length === 1 ? "criterion" : "criteria"})`), grounds(answer.reasons))
      : [make("p", {class: "grounds__head"}, SHOWN[answer.verdict] + ":"), grounds(answer.reasons)],
    !["fits_if", "need_more"].includes(answer.verdict) && answer.conditions.length > 0 && [make("p", {class: "grounds__head"}, "Still to arrange:"), grounds(answer.conditions)],
    offered && make("dl", {class: "short"},
      pair("Price", service.prices?.length ? service.prices.map(price => price.text).join("; ") : service.price_status),
      pair("Time", service.length),
      service.report && pair("Report", service.report.says)),
    offered && service.cautions.length > 0 && make("details", {class: "care", open: service.cautions.length < 3}, make("summary", {}, `Take care (${service.cautions.length})`),
      make("ul", {class: "grounds"}, service.cautions.map(one => make("li", {}, ended(one.says), " ", source(one.source, words))))),
    answer.changes.length > 0 && folded("What would change this",
      make("ul", {class: "grounds"}, answer.changes.map(one => make("li", {}, `${one.ask} ‘${one.label}’: ${one.then.charAt(0).toLowerCase()}${one.then.slice(1)}.`)))),
    answer.verdict === "need_more" ? folded("Its criteria", grounds([...answer.reasons, ...answer.others]))
      : answer.others.length > 0 && folded("The other criteria", grounds(answer.others)),
    offered && make("label", {class: "option option--take no-print"},
      make("input", {type: "checkbox", checked: chosen.has(answer.id), autocomplete: "off", onchange: event => choose(answer.id, event.target.checked)}),
      make("span", {}, "Take this forward", make("span", {class: "hidden"}, `: ${service.name}`))))
}

const pair = (name, says) => make("div", {}, make("dt", {}, name), make("dd", {}, says ?? "Not printed"))

function source(where, words) {
  const document = words.sources[where.document]
  return make("span", {class: "source quiet"}, `(${document.publisher}, ${document.date_printed}: ${where.section})`)
}

const possible = verdict => ["fits", "fits_if", "ask_first"].includes(verdict)

/* What the documents name beside what is offered above. */
function namedPart({instead, verdicts, words}) {
  const named = instead.named_instead.filter(id => !possible(verdicts[id]?.verdict) && !possible(verdicts[id]?.for_the_other?.verdict))
  return named.length === 0 ? [] : make("section", {"aria-labelledby": "named"}, make("h2", {id: "named"}, "Also named by the documents"),
    make("p", {class: "quiet"}, "The documents point to these as well. This check cannot say that they fit: read the page of each."),
    make("ul", {}, named.map(id => make("li", {}, out(id, words.services[id])))))
}

function insteadPart({instead, words}) {
  const named = id => out(id, words.services[id])
  return make("section", {"aria-labelledby": "instead"}, make("h2", {id: "instead"}, "What to do instead"),
    make("ul", {},
      words.away.map(one => make("li", {}, "One answer away: ", named(one.id), `. ${one.ask} ‘${one.label}’.`)),
      instead.named_instead.map(id => make("li", {}, "Named by a document instead: ", named(id))),
      instead.for_the_worker.map(id => make("li", {}, "Advice for you: ", named(id))),
      instead.helplines.map(line => make("li", {}, make("a", {class: "tel", href: `tel:${line.number.replaceAll(" ", "")}`}, line.number), ` ${line.name}. ${ended(line.who)}`))))
}

/* What depends on the services taken forward: documents, costs, times, and what can be taken away. */
function afterChoice(result, from, lay) {
  const {words} = result
  const count = words.taken.length || result.recommended.length
  if (count === 0) return [takeAway(result)]
  const whom = words.taken.length ? `the ${words.taken.length} taken forward` : `all ${count} that may be taken forward`
  return [
    make("p", {role: "status", class: "hidden"}, `The documents, costs and times below are for ${whom}.`),
    make("section", {"aria-labelledby": "gather"}, make("h2", {id: "gather"}, "Documents to gather"),
      make("p", {class: "quiet"}, `For ${whom}. Before you send anything, take out addresses and anything that could tell where somebody is safe.`),
      words.documents.length === 0 ? make("p", {}, "No document is asked for in print.") :
      make("ul", {class: "ticks"}, words.documents.map(one => make("li", {},
        make("a", {href: `../documents/${one.id}/`, target: "_blank", rel: "noopener"}, one.name),
        ` Needed for ${one.needed_for.length} of ${count}. ${ended(one.needed)}`,
        !one.certain && one.waits_for.length > 0 && ` Not certain yet: ${one.waits_for.map(wait => wait.ask).join(" ")}`,
        make("span", {class: "advice"}, `Held by: ${ended(one.held_by)}`),
        one.cautions.map(caution => make("span", {class: "caution"}, ended(caution.says)))))),
      make("p", {class: "no-print"}, make("a", {href: "../worksheets/", target: "_blank", rel: "noopener"}, "Worksheets"), " to print or fill in: screening, consent, checklists for each referral, an action plan and a record.")),
    make("section", {"aria-labelledby": "costs"}, make("h2", {id: "costs"}, "Costs"),
      result.costs.prices.length > 0 && make("ul", {}, result.costs.prices.map(one => make("li", {},
        make("strong", {}, `£${one.amount.toLocaleString("en-GB")}`), one.period && ` (${one.period})`, ` ${words.services[one.id].name}. ${ended(one.includes)}`))),
      result.costs.printed_total !== null && make("p", {}, "Printed prices together: ", make("strong", {}, `£${result.costs.printed_total.toLocaleString("en-GB")}`), "."),
      result.costs.savings.map(one => make("p", {}, `${words.services[one.id].name}: £${one.saved.toLocaleString("en-GB")} less than its parts on their own, which are £${one.singles.toLocaleString("en-GB")}.`)),
      result.costs.not_priced.length > 0 && make("p", {}, `No price is printed for ${result.costs.not_priced.map(one => words.services[one.id].name).join("; ")}. They are left out of any sum and do not count as free.`),
      result.costs.charged_on_top.length > 0 && make("p", {}, `More is charged on top, without a printed figure, for ${result.costs.charged_on_top.map(id => words.services[id].name).join("; ")}.`)),
    timesPart(result, from, lay),
    takeAway(result),
  ]
}

/* —— Times —— */

function timesPart(result, from, lay) {
  const {words} = result
  const dated = words.times.filter(one => one.weeks)
  const undated = words.times.filter(one => !one.weeks)
  const input = make("input", {type: "date", id: "start", autocomplete: "off", onchange: event => from(event.target.value || null).then(lay)})
  if (result.words.start) input.value = input.dataset.value = lastStart
  input.addEventListener("change", () => { lastStart = input.value })
  return make("section", {"aria-labelledby": "times"}, make("h2", {id: "times"}, "Times"),
    dated.length > 0 && make("p", {class: "no-print"}, make("label", {for: "start"}, "Work out dates from the day the clock starts (optional)"), make("br"), input),
    dated.map(one => timePart(one, words)),
    undated.length > 0 && [make("p", {}, `${dated.length ? "For the rest, no" : "No"} course in weeks is printed, so ${undated.length === 1 ? "it" : "they"} cannot be drawn or dated:`),
      make("ul", {}, undated.map(one => make("li", {}, make("strong", {}, words.services[one.id].name), `: ${ended(one.length || "Not printed")}`)))],
    dated.length > 0 && make("p", {class: "quiet"}, `The dashed line is the ${words.court_limit.weeks}-week limit of care proceedings. It counts from the day the case is issued, not from a referral.`))
}

let lastStart = ""  // shown again when the part is laid anew; forgotten with the page

export function forgetStart() { lastStart = "" }

function timePart(time, words) {
  const name = words.services[time.id].name
  return make("div", {class: "time"}, make("h3", {}, `${name}: ${time.length}`),
    time.clock && make("p", {class: "quiet"}, `Weeks from ${time.clock}.${time.ends_with ? ` Ends with ${time.ends_with}.` : ""}`),
    timeDrawing(time, words.court_limit.weeks, name),
    make("table", {class: "stack"}, make("caption", {class: "hidden"}, `The steps of ${name}`),
      make("thead", {}, make("tr", {}, ["Step", "As printed", words.start && "Ends"].filter(Boolean).map(head => make("th", {scope: "col"}, head)))),
      make("tbody", {}, time.steps.map(step => make("tr", {}, make("th", {scope: "row"}, step.name),
        make("td", {"data-label": "As printed"}, step.figures.join(", ") || "No length printed"),
        words.start && make("td", {"data-label": "Ends"}, step.ends_from === step.ends_by ? step.ends_by : `${step.ends_from} to ${step.ends_by}`))))))
}

function timeDrawing(time, limit, name) {
  const most = Math.max(limit, time.weeks[1]) + 2
  const x = week => 10 + week / most * 700
  const height = 34 + time.steps.length * 40
  return make("div", {class: "timeline scroll", tabindex: "0", role: "group", "aria-label": `Drawing of the times of ${name}; the table has the same figures`},
    drawn("svg", {viewBox: `0 0 720 ${height}`, "aria-hidden": "true"},
      drawn("line", {class: "limit", x1: x(limit), x2: x(limit), y1: 16, y2: height - 6}),
      drawn("text", {class: "limit-text", x: x(limit), y: 12}, `${limit} weeks`),
      ...time.steps.flatMap((step, index) => step.earliest ? [
        drawn("text", {class: "step", x: x(step.earliest[0]), y: 34 + index * 40}, step.name),
        drawn("rect", {class: "bar", x: x(step.earliest[0]), y: 40 + index * 40, width: Math.max(x(step.earliest[1]) - x(step.earliest[0]), 3), height: 12, rx: 3}),
        ...(step.latest[1] > step.earliest[1] ? [drawn("rect", {class: "slack", x: x(step.earliest[1]), y: 40 + index * 40, width: x(step.latest[1]) - x(step.earliest[1]), height: 12, rx: 3})] : []),
      ] : [])))
}
