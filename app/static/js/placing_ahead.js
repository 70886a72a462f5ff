// Shows a move at once: its cards lie at their new place in the same frame, to be confirmed or put back.
import { cardOf, inboxList, itemIn, keysIn, listAround, listOfTheme, lists, themeOf } from "./board_places.js";
import { moveTo } from "./move_to.js";

const underway = [];

/**
 * Lay statements where a move will bring them: its theme, `before` and `after` are in `extra`, or the theme is that of
 * the pressed button. Gives `settle(ok)`, to be called at the answer; null for a move without a place on the board yet.
 */
export function placeAhead(keys, submitter, extra) {
  const theme = extra.theme ?? (submitter?.name === "theme" ? submitter.value : null);
  const list = theme === null ? null : listOfTheme(theme);
  if (!list) return null;
  const move = { keys, list: list.id, spot: extra, homes: homesOf(keys), cards: keys.map(cardOf) };
  underway.push(move);
  lay(move);
  tell();
  return (ok) => settle(move, ok);
}

function settle(move, ok) {
  underway.splice(underway.indexOf(move), 1);
  for (const key of move.keys) {
    // A later move of the same card is still under way: it stays there, and now knows where it came from.
    const later = underway.find(({ keys }) => keys.includes(key));
    if (later && !ok) later.homes.set(key, move.homes.get(key));
    if (later) continue;
    if (!ok) putBack(cardOf(key), key, move.homes.get(key));
    mark(cardOf(key), false);
  }
  tell();
}

/** A push of before the move has set its cards back: that is where they belong if it is refused, but not yet. */
document.addEventListener("moderato:pushed", () => {
  if (!underway.length) return;
  for (const move of underway) {
    if (!document.getElementById(move.list)) bringHome(move);
    const away = move.keys.filter((key) => cardOf(key) && listAround(cardOf(key)).id !== move.list);
    for (const [key, home] of homesOf(away)) move.homes.set(key, home);
    if (away.length || isArranged(move)) lay(move);
  }
  tell();
});

/** The theme they were laid under is gone, and took them out of the page: no push brings back what never went there. */
function bringHome({ keys, homes, cards }) {
  keys.forEach((key, index) => cardOf(key) || putBack(cards[index], key, homes.get(key)));
}

/** Whether cards only go to another place in their own list. */
function isArranged(move) {
  return (move.spot.before || move.spot.after) && [...move.homes.values()].some(({ list }) => list === move.list);
}

/** Where each card is now: its list, and the order of that. */
function homesOf(keys) {
  const orders = new Map();
  const homes = new Map();
  for (const key of keys) {
    const list = listAround(cardOf(key));
    if (!orders.has(list)) orders.set(list, keysIn(list));
    homes.set(key, { list: list.id, order: orders.get(list) });
  }
  return homes;
}

function lay({ keys, list: id, spot }) {
  const list = document.getElementById(id);
  const cards = keys.map(cardOf).filter(Boolean);
  if (!list) return;
  let before = null;
  const beside = itemIn(list, cardOf(spot.before ?? spot.after));
  if (beside) before = spot.before ? beside : beside.nextElementSibling;
  while (cards.includes(before)) before = before.nextElementSibling;
  for (const card of cards) {
    insert(list, card, before);
    mark(card, true);
  }
}

/** Behind the nearest of those it was behind: what others moved meanwhile stays where it is. */
function putBack(card, key, { list: id, order }) {
  const list = document.getElementById(id) ?? inboxList();
  if (!card || !list) return;
  const former = order.slice(0, order.indexOf(key)).reverse().map((one) => itemIn(list, cardOf(one))).find(Boolean);
  insert(list, card, former ? former.nextElementSibling : list.firstElementChild);
}

function insert(list, card, before) {
  if (card === before || (card.parentElement === list && card.nextElementSibling === before)) return;
  moveTo(card, list, before);
}

function mark(card, isUnderway) {
  card?.classList.toggle("is-underway", isUnderway);
  if (isUnderway) card?.setAttribute("aria-busy", "true");
  else card?.removeAttribute("aria-busy");
}

/** The counts are right at once, too; columns hang anew. */
function tell() {
  let grouped = 0;
  for (const list of lists()) {
    const count = list.closest(".theme-cluster")?.querySelector(".theme-cluster-count");
    const number = keysIn(list).length;
    setNumber(count ?? document.getElementById("inbox-heading"), number);
    if (themeOf(list)) grouped += number;
  }
  setNumber(document.querySelector("#board-heading > span:not(.visually-hidden)"), grouped);
  setNumber(document.getElementById("phase-count"), grouped);
  document.dispatchEvent(new CustomEvent("moderato:placed"));
}

/** The first number in the words of an element, whatever the language says around it. */
function setNumber(element, number) {
  const text = [...(element?.childNodes ?? [])].find((node) => /\d/.test(node.nodeValue ?? ""));
  const words = text?.nodeValue.replace(/\d+/, number);
  if (text && text.nodeValue !== words) text.nodeValue = words;
}
