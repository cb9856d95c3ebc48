/* The way out. The plain link works without this file. What this adds is GOV.UK's "Exit this page":
   the screen goes blank at once, and Shift pressed three times leaves too. */

const PRESSES = 3;
const WAIT = 5000; // milliseconds from each press to the next

const link = document.querySelector(".exit");
const lights = part("span", "exit__lights", "aria-hidden", "true");
const status = part("span", "hidden", "role", "status");
const blank = part("div", "blank", "role", "alert");
link.append(lights);
link.after(status); // before it has anything to say: a screen reader only tells what changes

let presses = 0;
let used = false; // the Shift that is down has served for something else: a capital letter, a selection
let timer;

function part(tag, name, attribute, value) {
  const element = document.createElement(tag);
  element.className = name;
  element.setAttribute(attribute, value);
  return element;
}

function show(count, message = "") {
  clearTimeout(timer);
  presses = count;
  lights.textContent = count ? "●".repeat(count) + "○".repeat(PRESSES - count) : "";
  status.textContent = message;
}

function press() {
  if (presses + 1 === PRESSES) return leave();
  const left = PRESSES - presses - 1;
  show(presses + 1, `Shift, press ${left} more time${left > 1 ? "s" : ""} to exit.`);
  timer = setTimeout(expire, WAIT);
}

function expire() {
  show(0, "Exit this page expired.");
  timer = setTimeout(show, WAIT, 0);
}

/* A page that holds answers listens for `waymark:exit` and clears them there and then.

   `replace` gives this page's place in the tab to the other site, so that Back leads to what was open before this
   page, not to it. It takes nothing else away: earlier pages are behind Back still, and the browser's history lists
   them all. It is the same tab on purpose: in GOV.UK's research people lost their way when a new one opened. */
function leave() {
  document.dispatchEvent(new Event("waymark:exit"));
  show(0);
  document.documentElement.classList.add("leaving");
  document.body.append(blank);
  blank.textContent = "Loading."; // after it is in the page, for the same reason as above
  location.replace(link.href);
}

function stay() {
  show(0);
  document.documentElement.classList.remove("leaving");
  blank.remove();
  blank.textContent = "";
}

for (const way of document.querySelectorAll(".exit, .exit-early")) {
  way.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
}

addEventListener("keydown", (event) => {
  if (event.key === "Shift") return;
  used = event.shiftKey;
  if (presses) expire();
}, true);

addEventListener("keyup", (event) => {
  if (event.key !== "Shift") return;
  if (!used && !event.ctrlKey && !event.altKey && !event.metaKey) press();
  used = used && event.shiftKey; // while the other Shift is still down
}, true);

for (const kind of ["pointerdown", "wheel"]) {
  addEventListener(kind, (event) => { used = used || event.shiftKey; }, { capture: true, passive: true });
}

addEventListener("blur", () => { used = false; }); // a Shift let go in another window is never told here

/* Only where the browser brings this very page back, with all that stood on it. The first showing must not count:
   it comes when the last picture has loaded, and by then somebody may have pressed the button. */
addEventListener("pageshow", (event) => {
  if (event.persisted) stay();
});
