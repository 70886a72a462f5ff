// Places on the board what a push says has moved: what lies there already is not touched, so that a move that was shown
// before its answer is only confirmed, and the list somebody points at (data-frozen) waits until it is released.
import { arrange, drawTheme } from "./board_themes.js";
import { moveTo } from "./move_to.js";
import { keepPlace } from "./place.js";
import { applyPush, morph, onSwap, presentSeq } from "./push.js";

const held = new Map();
let order = null, isAsking = false;

onSwap("board", (moves) => keepPlace(() => take(moves)));

function take(moves) {
  moves.querySelectorAll(":scope > .theme-cluster").forEach(drawTheme);
  for (const run of moves.querySelectorAll(":scope > ul")) {
    let after = run.dataset.after && `statement-${run.dataset.after}`;
    for (const card of [...run.children]) {
      put({ id: card.id, theme: run.dataset.theme, after, card });
      after = card.id;
    }
  }
  for (const key of split(moves.dataset.gone)) put({ id: `statement-${key}` });
  if ("order" in moves.dataset) order = split(moves.dataset.order);
  arrangeThemes();
}

function split(words) {
  return words ? words.split(" ") : [];
}

/** A step is a card (none: it is gone) with the theme whose list it lies in and the id of the card before it. */
function put(step) {
  held.delete(step.id);
  if (mustWait(step)) held.set(step.id, step);
  else lay(step);
}

function mustWait({ id, theme, after, card }) {
  const here = document.getElementById(id)?.closest("[data-cards]");
  if (card && here && isAt(id, here, theme, after)) return false;
  return isFrozen(here) || (card && isFrozen(listOf(theme))) || held.has(after);
}

function isFrozen(list) {
  return Boolean(list && "frozen" in list.dataset);
}

function listOf(theme) {
  return document.querySelector(`#stage [data-cards][data-theme="${theme}"]`);
}

/** The item of a list in which a card lies: itself, unless several are shown as one. */
function itemOf(id, list) {
  let item = id ? document.getElementById(id) : null;
  while (item && item.parentElement !== list) item = item.parentElement;
  return item;
}

function isAt(id, here, theme, after) {
  const item = itemOf(id, here);
  const before = itemOf(after, here);
  if (here !== listOf(theme) || (after && !before)) return false;
  return item === before || item.previousElementSibling === before;
}

function lay({ id, theme, after, card }) {
  const there = document.getElementById(id);
  if (!card) return there?.remove();
  const list = listOf(theme);
  const before = itemOf(after, list);
  // This page lacks something: it lays what it can, and asks.
  if (!list || (after && !before)) askForAll();
  if (!list) return;
  if (there && there.innerHTML !== card.innerHTML) morph(there, card);
  const here = there?.closest("[data-cards]");
  if (here && isAt(id, here, theme, after)) return;
  moveTo(there ?? card, list, before ? before.nextElementSibling : after ? null : list.firstElementChild);
}

function arrangeThemes() {
  if (!order || document.querySelector(".theme-clusters [data-frozen]")) return;
  if (!arrange(order)) askForAll();
  order = null;
}

async function askForAll() {
  if (isAsking) return;
  isAsking = true;
  try {
    const answer = await fetch(document.body.dataset.poll, { credentials: "same-origin" });
    if (answer.ok) applyPush(await answer.text());
  } finally {
    isAsking = false;
  }
}

document.addEventListener("moderato:released", () => {
  if (!held.size && !order) return;
  const waiting = [...held.values()];
  held.clear();
  keepPlace(() => {
    waiting.forEach(put);
    arrangeThemes();
  });
  document.dispatchEvent(new CustomEvent("moderato:pushed", { detail: { ids: ["board-moves"] } }));
}, true);

// A form says how far the board is that its sender sees. A whole stage is newer than anything that waits.
document.addEventListener("moderato:pushed", ({ detail }) => {
  if (detail.ids.includes("stage")) {
    held.clear();
    order = null;
  }
  if (held.size) return;
  for (const field of document.querySelectorAll("#stage input[name=seq]")) {
    if (Number(field.value) < presentSeq()) field.value = presentSeq();
  }
});
