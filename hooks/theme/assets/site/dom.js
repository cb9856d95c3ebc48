/* Makes elements with what is in them, and leads to them. Text always goes in as text. */

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value)
    else if (value === true) element.setAttribute(name, "")
    else if (value !== false && value != null) element.setAttribute(name, value)
  }
  element.append(...children.flat(Infinity).filter(child => child != null && child !== false))
  return element
}

export function drawn(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

/* The next thing to read for somebody who uses a screen reader or the keyboard. */
export function focusOn(element) {
  if (!element) return
  if (element.tabIndex < 0) element.tabIndex = -1  // a heading takes the focus only when it is asked to
  element.focus({preventScroll: true})
}

export function goTo(element) {
  element.scrollIntoView()
  focusOn(element)
}

export const ended = text => /[.?!’”)…]$/.test(text) ? text : text + "."
