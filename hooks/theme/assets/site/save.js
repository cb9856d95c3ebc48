/* A file that is made in the browser, for the visitor to keep. It is never sent. */

import {make} from "./dom.js"

export function save(name, type, content) {
  const url = URL.createObjectURL(new Blob([content], {type}))
  make("a", {href: url, download: name}).click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}
