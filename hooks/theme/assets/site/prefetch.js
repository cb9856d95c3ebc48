/* Fetches the quiz's files ahead, on pages from which people go on to it: when this page has come and nothing else is
   to do, at the browser's lowest priority, and never where somebody pays for data or has little of it. */

const connection = navigator.connection ?? {};
const spare = !connection.saveData && !/2g/.test(connection.effectiveType ?? "");
const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 2000));

function fetchAhead() {
  for (const url of document.querySelector("meta[name=engine-ahead]").content.split(" ")) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "prefetch", href: url, as: "fetch", crossOrigin: "anonymous" });
    document.head.append(link);
  }
}

if (spare) {
  const soon = () => idle(fetchAhead);
  if (document.readyState === "complete") soon();
  else addEventListener("load", soon, { once: true });
}
