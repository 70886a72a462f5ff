// Statements that are dragged: which go along, where in a list they would come, and what a drop does.
import { putDropped } from "./board_moves.js";
import { cardOf, keysIn, listAround, listOf, nameOf, themeOf } from "./board_places.js";
import { isSelected, selection, selectOnly, whole } from "./selection.js";

const GAP = 12; // px between themes that still belong to the nearest
const words = document.getElementById("phrases").dataset;

/** The pressed card, or all selected ones when it is one of them; nothing where something else is to be pressed. */
export function pickCards(target) {
  const card = target.closest("[data-cards] .statement-card");
  if (!card || target.closest("a, button, summary, select, textarea, input:not([type=checkbox])")) return null;
  const own = whole(keysIn(card));
  if (!own.length) return null;
  const keys = own.some(isSelected) ? selection() : own;
  return {
    text: card.querySelector(".statement-text").textContent,
    count: keys.length > 1 ? words.dragged.replace("{n}", keys.length) : "",
    elements: () => keys.map(cardOf).filter(Boolean),
    placeAt: (point) => placeAt(point, keys),
    drop: (place) => drop(place, keys),
  };
}

function drop(place, keys) {
  if (place.list) return putDropped(keys, themeOf(place.list), place.spot);
  selectOnly(keys);
  document.getElementById("selection-new-name").focus();
}

function placeAt(point, keys) {
  const under = document.elementFromPoint(point.x, point.y);
  const card = under?.closest("[data-cards] .statement-card");
  // Where it was taken: several that lie apart are not gathered by a press that only took long.
  if (card && !isLeft(card, keys)) return { list: listAround(card), isOwn: true };
  const around = under?.closest(".theme-cluster, #inbox") ?? nearTheme(under, point);
  if (around) return inList(around, point, keys);
  // The button, or where the board is free.
  if (!under?.closest("#board")) return null;
  return { outline: document.querySelector("#new-theme > summary"), words: words.newTheme };
}

function nearTheme(under, { x, y }) {
  if (!under?.closest(".theme-clusters")) return null;
  return [...document.querySelectorAll(".theme-cluster")].find((theme) => {
    const { left, right, top, bottom } = theme.getBoundingClientRect();
    return x > left - GAP && x < right + GAP && y > top - GAP && y < bottom + GAP;
  });
}

/** Before the first card whose middle is below the pointer; on the head, or below all, at the end. */
function inList(around, { y }, keys) {
  const list = listOf(around);
  const isOnHead = y < list.getBoundingClientRect().top;
  const others = [...list.querySelectorAll(".statement-card")].filter((card) => isLeft(card, keys));
  const next = isOnHead ? null : others.find((card) => y < middle(card));
  const spot = next ? { before: keysIn(next)[0] } : {};
  if (isOwnPlace(list, keys, spot)) return { list, spot, isOwn: true };
  const line = isOnHead ? null : lineAt(next, others.at(-1));
  if (around.id === "inbox") return { list, spot, line, words: words.toInbox };
  return { list, spot, line, outline: around, words: nameOf(list) };
}

/** Whether a card stays in its list and can be seen, so that others can come beside it. */
function isLeft(card, keys) {
  return card.getClientRects().length > 0 && !keysIn(card).some((key) => keys.includes(key));
}

function middle(card) {
  const { top, height } = card.getBoundingClientRect();
  return top + height / 2;
}

function lineAt(next, last) {
  const box = (next ?? last)?.getBoundingClientRect();
  return box && { left: box.left, width: box.width, height: 4, top: next ? box.top - 6 : box.bottom + 2 };
}

/** Whether the list would be as it is. */
function isOwnPlace(list, keys, spot) {
  const now = keysIn(list);
  if (!keys.every((key) => now.includes(key))) return false;
  const rest = now.filter((key) => !keys.includes(key));
  rest.splice(spot.before ? rest.indexOf(spot.before) : rest.length, 0, ...keys);
  return rest.every((key, index) => key === now[index]);
}
