/* A button that copies the plain text beside it, where the browser can. The text is public: nothing of a case. */

for (const place of document.querySelectorAll(".copy")) {
  const text = place.querySelector("pre")
  const button = document.createElement("button")
  button.type = "button"
  button.className = "button copy__button"
  button.textContent = place.dataset.copy ?? "Copy the summary"
  const said = document.createElement("span")
  said.className = "copy__said"
  said.setAttribute("role", "status")
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent)
      said.textContent = "Copied."
    } catch {
      getSelection().selectAllChildren(text)
      said.textContent = "The browser does not allow it. The text is selected: copy it yourself."
    }
  })
  place.prepend(button, said)
}
