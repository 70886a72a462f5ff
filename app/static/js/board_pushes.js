// Places on the board what a push says has moved: what lies there already is not touched, so that a move that was shown
// before its answer is only confirmed, and the list somebody points at (data-frozen) waits until it is released.
import { cardOf, itemIn, keyOf, listAround, listOfTheme } from "./board_places.js";
import { arrange, drawTheme } from "./board_themes.js";
import { moveTo } from "./move_to.js";
import { keepPlace } from "./place.js";
import { applyPush, morph, onSwap, presentSeq } from "./push.js";

const held = new Map();
let order = null, isAsking = false;

onSwap("board", (moves) => keepPlace(() => take(moves)));

/** How many cards wait to come into the list of a theme (its id, or "" for the inbox). */
export function waitingFor(theme) {
  return [...held.values()].filter((step) => step.card && step.theme === theme && isNew(step)).length;
}

/** One that only goes to another place in its own list is not new there. */
function isNew({ key, theme }) {
  return listAround(cardOf(key)) !== listOfTheme(theme);
}

function take(moves) {
  moves.querySelectorAll(":scope > .theme-cluster").forEach(drawTheme);
  for (const run of moves.querySelectorAll(":scope > ul")) {
    let { after } = run.dataset;
    for (const card of [...run.children]) {
      put({ key: keyOf(card), theme: run.dataset.theme, after, card });
      after = keyOf(card);
    }
  }
  for (const key of split(moves.dataset.gone)) put({ key });
  if ("order" in moves.dataset) order = split(moves.dataset.order);
  arrangeThemes();
}

function split(words) {
  return words ? words.split(" ") : [];
}

/** A step is a card (none: it is gone) with the theme whose list it lies in and the key of the card before it. */
function put(step) {
  held.delete(step.key);
  if (mustWait(step)) held.set(step.key, step);
  else lay(step);
}

function mustWait({ key, theme, after, card }) {
  const here = listAround(cardOf(key));
  if (card && here && isAt(key, here, theme, after)) return false;
  return isFrozen(here) || (card && isFrozen(listOfTheme(theme))) || held.has(after);
}

function isFrozen(list) {
  return Boolean(list && "frozen" in list.dataset);
}

function isAt(key, here, theme, after) {
  const item = itemIn(here, cardOf(key));
  const before = itemIn(here, cardOf(after));
  if (here !== listOfTheme(theme) || (after && !before)) return false;
  return item === before || item.previousElementSibling === before;
}

function lay({ key, theme, after, card }) {
  const there = cardOf(key);
  if (!card) return there?.remove();
  const list = listOfTheme(theme);
  const before = itemIn(list, cardOf(after));
  // This page lacks something: it lays what it can, and asks.
  if (!list || (after && !before)) askForAll();
  if (!list) return;
  if (there && there.innerHTML !== card.innerHTML) morph(there, card);
  const here = listAround(there);
  if (here && isAt(key, here, theme, after)) return;
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
