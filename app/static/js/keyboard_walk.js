// Arrows on the board: from card to card, from theme to theme, selecting on the way, and a card or theme to another place.
import { announce } from "./announce.js";
import { announceWord } from "./announce_moves.js";
import { firstBelow, focusCard, focusHeading, focusList } from "./board_focus.js";
import { boxOf, cardAt, cardsIn, headingOf, inboxList, listOf, lists, nameOf, themeOf } from "./board_places.js";
import { isBySize, tellOrderStays } from "./board_views.js";
import { sendFields } from "./moves.js";
import { deselect, isSelected, select, selection, selectOnly, whole } from "./selection.js";

let anchor = null; // The key of the card where Shift began to select.

/** What the keyboard is at: a list, and its card unless it is above the cards. */
export function here() {
  const list = listOf(document.activeElement);
  return { list, card: cardAt(document.activeElement) };
}

/** What a key acts on: what is selected, or else the card that has the focus. */
export function chosen() {
  const { card } = here();
  const selected = selection();
  return selected.length || !card ? selected : [card.value];
}

/** One card up (-1) or down (1), from the first one up to its heading; with Shift, selecting. */
export function walk(by, isSelecting) {
  const { list, card } = here();
  if (!list) return focusList(inboxList());
  const all = cardsIn(list);
  const next = card ? all[all.indexOf(card) + by] : by > 0 && firstBelow(list);
  if (isSelecting && card) extend(card, next, by, all);
  else anchor = null;
  if (next) focusCard(next);
  else if (card && by < 0 && !isSelecting) focusHeading(list);
}

/** Select from the anchor on; going back towards it gives cards free again. */
function extend(card, next, by, all) {
  const start = all.indexOf(boxOf(anchor ?? "")) < 0 ? card : boxOf(anchor);
  anchor = start.value;
  const isBack = by * (all.indexOf(start) - all.indexOf(card)) > 0;
  if (isBack) deselect([card.value]);
  else select(next ? [card.value, next.value] : [card.value]);
  tellSelected();
}

/** To the theme before (-1) or behind (1); the inbox comes before all. */
export function walkAcross(by) {
  const all = lists();
  const { list } = here();
  const next = list ? all[all.indexOf(list) + by] : inboxList();
  anchor = null;
  if (next) focusList(next);
}

/** Select all cards of this list that are in sight. */
export function selectAll() {
  const { list } = here();
  select(cardsIn(list ?? inboxList()).map((box) => box.value));
  tellSelected();
}

/** Give free what is selected. */
export function clearSelection() {
  if (!selection().length) return false;
  selectOnly([]);
  anchor = null;
  return announceWord("cleared");
}

function tellSelected() {
  // Of one kind with the move that follows, so that a count is never heard after it.
  if (selection().length) announce("move", document.getElementById("selection-count").textContent);
}

/** The card, or the selected ones of its list, one place up or down; above the cards, the theme one place on. */
export function walkWithin(by) {
  const { list, card } = here();
  if (!list) return false;
  if (card) return moveCards(list, card, by);
  if (document.activeElement === headingOf(list) && themeOf(list)) return moveTheme(list, by);
  return false;
}

function moveCards(list, card, by) {
  const all = cardsIn(list);
  const own = isSelected(card.value) ? all.filter((box) => isSelected(box.value)) : [card];
  const ends = [all.indexOf(own[0]), all.indexOf(own.at(-1))];
  const beside = by < 0 ? all.slice(0, ends[0]).at(-1) : all.slice(ends[1] + 1).find((box) => !own.includes(box));
  if (!beside) return announceWord(by < 0 ? "first" : "last");
  const before = [...list.children];
  beside.closest("li")[by < 0 ? "before" : "after"](...own.map((box) => box.closest("li")));
  card.focus();
  const fields = new URLSearchParams({ theme: themeOf(list), [by < 0 ? "before" : "after"]: beside.value });
  for (const key of whole(own.map((box) => box.value))) fields.append("statement", key);
  sendFields("/statements/put", fields, (done) => done || putBack(list, before));
  const now = cardsIn(list);
  announceWord("place", { n: now.indexOf(card) + 1, m: now.length, name: nameOf(list) });
}

function moveTheme(list, by) {
  if (isBySize()) return tellOrderStays();
  const theme = list.closest(".theme-cluster");
  const beside = by < 0 ? theme.previousElementSibling : theme.nextElementSibling;
  if (!beside) return announceWord(by < 0 ? "firstTheme" : "lastTheme");
  const before = [...theme.parentElement.children];
  // The other one moves, so that the focus stays.
  theme[by < 0 ? "after" : "before"](beside);
  const direction = by < 0 ? "forward" : "back";
  sendFields(`/themes/${themeOf(list)}/order`, [["direction", direction]], (done) => done || putBack(theme.parentElement, before));
  const now = [...theme.parentElement.children];
  announceWord("themePlace", { n: now.indexOf(theme) + 1, m: now.length, name: nameOf(list) });
}

/** Refused: in the order from before, with what came since at the end. */
function putBack(parent, before) {
  const focused = document.activeElement;
  for (const item of before) if (item.parentElement === parent) parent.append(item);
  for (const item of [...parent.children]) if (!before.includes(item)) parent.append(item);
  if (parent.contains(focused)) focused.focus();
}
