// What this device shows of the board: themes folded, the largest first, or only what is still to group.
import { announce } from "./announce.js";
import { clusters, keysIn } from "./board_places.js";
import { hang } from "./columns.js";
import { changeView, ownView } from "./own_view.js";

const hovers = matchMedia("(hover: hover)");

function idOf(theme) {
  return theme.dataset.themeId;
}

/** Whether the largest themes come first now; then their own order can't be seen, and not be changed. */
export function isBySize() {
  return ownView().bySize;
}

/** Say why nothing happened to somebody who would move a theme while the largest come first. */
export function tellOrderStays() {
  announce("move", document.querySelector(".theme-order-note").textContent);
}

const acts = {
  inboxOnly: (view) => ({ inboxOnly: !view.inboxOnly }),
  bySize: (view) => ({ bySize: !view.bySize }),
  foldAll: (view) => ({ folded: isAllFolded(view) ? [] : clusters().map(idOf) }),
};

function isAllFolded(view) {
  return clusters().length > 0 && clusters().every((theme) => view.folded.includes(idOf(theme)));
}

document.addEventListener("click", (event) => {
  const toggle = event.target.closest("[data-view]");
  const fold = event.target.closest(".theme-fold");
  if (!toggle && !fold) return;
  const view = ownView();
  if (toggle) changeView(acts[toggle.dataset.view](view));
  else turn(idOf(fold.closest(".theme-cluster")), view);
  show(true);
  // The note's own button goes with the note.
  if (toggle && !toggle.checkVisibility()) document.querySelector("#view-menu > summary").focus();
});

/** Fold a theme, or unfold it; only themes that are on this board are remembered. */
function turn(id, { folded }) {
  const there = new Set(clusters().map(idOf));
  const kept = folded.filter((one) => there.has(one) && one !== id);
  changeView({ folded: folded.includes(id) ? kept : [...kept, id] });
}

/** Make the page say what is on; `atOnce`: order the themes also under the pointer, since somebody asked for it. */
function show(atOnce) {
  const stage = document.getElementById("stage");
  if (!stage?.querySelector(".theme-clusters")) return;
  const view = ownView();
  stage.classList.toggle("is-inbox-only", view.inboxOnly);
  stage.classList.toggle("is-by-size", view.bySize);
  document.getElementById("by-size-note").hidden = !view.bySize;
  for (const theme of clusters()) {
    const isFolded = view.folded.includes(idOf(theme));
    theme.classList.toggle("is-folded", isFolded);
    theme.querySelector(".theme-fold").setAttribute("aria-expanded", String(!isFolded));
  }
  const pressed = { ...view, foldAll: isAllFolded(view) };
  for (const toggle of stage.querySelectorAll(".view-toggle")) toggle.setAttribute("aria-pressed", String(pressed[toggle.dataset.view]));
  if (atOnce || !isInUse()) order(view);
  hang();
}

/** Whether somebody points at the themes or is busy in one: then they stay where they are. */
function isInUse() {
  const list = document.querySelector(".theme-clusters");
  return list.contains(document.activeElement) || (hovers.matches && list.matches(":hover"));
}

function order(view) {
  const own = [...document.querySelectorAll("#put button[name=theme]")].map((button) => button.value).filter(Boolean);
  const there = clusters();
  const wanted = [...there].sort((one, other) => own.indexOf(idOf(one)) - own.indexOf(idOf(other)));
  if (view.bySize) wanted.sort((one, other) => keysIn(other).length - keysIn(one).length);
  if (wanted.every((theme, index) => theme === there[index])) return;
  // The others move around the one that has the focus, which would lose it.
  const kept = Math.max(0, wanted.findIndex((theme) => theme.contains(document.activeElement)));
  wanted[kept].before(...wanted.slice(0, kept));
  wanted[kept].after(...wanted.slice(kept + 1));
}

/** The themes go to their places when the pointer or the focus has left them. */
function settle() {
  if (isBySize() && document.querySelector(".theme-clusters") && !isInUse()) show(true);
}

document.addEventListener("pointerout", (event) => {
  if (event.target.closest?.(".theme-clusters") && !event.relatedTarget?.closest?.(".theme-clusters")) settle();
});
document.addEventListener("focusout", () => setTimeout(settle));

// By keys, too: what can't be seen is not done, and it is said why.
document.addEventListener(
  "submit",
  (event) => {
    if (!event.target.matches(".theme-order") || !isBySize()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    tellOrderStays();
  },
  true,
);

document.addEventListener("moderato:pushed", () => show(false));
addEventListener("storage", () => show(false));
show(true);
