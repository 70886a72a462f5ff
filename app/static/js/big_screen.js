// The big screen: makes each scene fit, counts what does not, unfolds a result once, and remembers dark or light.
const main = document.getElementById("fit");
const words = document.getElementById("phrases").dataset;
const root = document.documentElement;
const MOST_FIT = 3;
// More never fit on one screen, however small; leaving them out first saves measuring each.
const MOST_SHOWN = 90;
const REVEAL_LASTS = 2400;

const stage = () => document.getElementById("stage");
const isProjector = () => getComputedStyle(main).overflowY === "hidden";

function overflows() {
  const shown = stage();
  const style = getComputedStyle(main);
  const room = main.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
  return shown.scrollHeight > room + 1 || main.scrollWidth > main.clientWidth + 1;
}

/** A title that its own limit cuts off: it gets smaller first, and what still doesn't fit ends in an ellipsis. */
function cutsTitle() {
  return [...stage().querySelectorAll("h1")].some(
    (title) =>
      getComputedStyle(title).overflowY === "hidden" &&
      // Descenders reach below a tight line, so only half a line or more counts.
      title.scrollHeight - title.clientHeight > 0.5 * parseFloat(getComputedStyle(title).fontSize),
  );
}

function fit() {
  main.dataset.fit = 0;
  const lists = [...stage().querySelectorAll("[data-fits]")];
  lists.forEach(showAll);
  if (!isProjector()) return;
  lists.forEach((list) => leaveOut(list, list.children.length - MOST_SHOWN));
  for (let step = 1; (overflows() || cutsTitle()) && step <= MOST_FIT; step++) main.dataset.fit = step;
  // Every turn hides one, so this ends.
  for (let list; overflows() && (list = longest(lists)); ) leaveOut(list, 1);
}

/** The fullest list among those that reach below the screen, or the fullest of all when only a title is too high. */
function longest(lists) {
  const limit = main.getBoundingClientRect().bottom - parseFloat(getComputedStyle(main).paddingBottom);
  const shrinkable = lists.filter((list) => visible(list).length);
  const low = shrinkable.filter((list) => (list.closest(".big-screen-column") ?? list).getBoundingClientRect().bottom > limit);
  return (low.length ? low : shrinkable).sort((a, b) => visible(b).length - visible(a).length)[0];
}

const visible = (list) => [...list.children].filter((child) => !child.hidden);

function leaveOut(list, count) {
  if (count <= 0) return;
  const shown = visible(list);
  const gone = list.dataset.fits === "start" ? shown.slice(0, count) : shown.slice(-count);
  gone.forEach((child) => (child.hidden = true));
  note(list);
}

function showAll(list) {
  [...list.children].forEach((child) => (child.hidden = false));
  note(list);
}

function note(list) {
  const fromStart = list.dataset.fits === "start";
  const place = fromStart ? list.previousElementSibling : list.nextElementSibling;
  const hidden = list.children.length - visible(list).length;
  place.hidden = hidden === 0;
  place.textContent = hidden ? (fromStart ? words.earlier : words.more).replace("{n}", hidden) : "";
}

let scene = stage().dataset.scene;
function follow() {
  const now = stage().dataset.scene;
  if (now === "result" && scene !== "result") reveal();
  if (now !== "result") root.classList.remove("is-revealing");
  scene = now;
}

function reveal() {
  root.classList.add("is-revealing");
  setTimeout(() => {
    root.classList.remove("is-revealing");
    const rows = [...document.querySelectorAll("#ranking .big-screen-result-name")];
    say(rows.map(spoken).join(". "));
  }, REVEAL_LASTS);
}

/** A row as words: figures in brackets are for the eye, and stand in words beside them. */
function spoken(row) {
  const parts = [...row.childNodes].filter((part) => part.ariaHidden !== "true");
  return parts.map((part) => part.textContent.trim().replace(/\s+/g, " ")).join("");
}

function say(text) {
  document.getElementById("announcement").textContent = text;
}

function setLight(light) {
  root.dataset.theme = light ? "light" : "dark";
  document.getElementById("light").setAttribute("aria-pressed", light);
}

document.getElementById("light").addEventListener("click", () => {
  const light = root.dataset.theme !== "light";
  setLight(light);
  try {
    localStorage.setItem("big-screen-light", light ? "yes" : "");
  } catch {
    // A browser that keeps nothing still shows what was chosen.
  }
});
try {
  setLight(Boolean(localStorage.getItem("big-screen-light")));
} catch {
  setLight(false);
}

document.addEventListener("moderato:announce", (event) => say(event.detail.text));
document.addEventListener("moderato:connection", (event) => {
  const place = document.getElementById("connection");
  place.textContent = event.detail.state === "off" ? place.dataset.lost : "";
});
document.addEventListener("moderato:pushed", () => {
  follow();
  fit();
});
addEventListener("resize", fit);
document.fonts?.ready.then(fit);
fit();
