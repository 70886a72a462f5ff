// Where the keyboard is on the board: one stop for Tab in each list, and a place that no push takes away.
import { boxesIn, boxOf, cardAt, cardsIn, headingOf, inboxList, isReachable, listOf, lists } from "./board_places.js";

const stops = new Map(); // The id of a list: the key of the card where Tab comes in.
let place = null; // What has the focus: its list's id, its card's key, and the card to go on with when that one goes.

/** Go to a card. */
export function focusCard(box, how = {}) {
  stops.set(listOf(box).id, box.value);
  box.tabIndex = 0;
  box.focus(how);
}

/** Go into a list: to the card where the keyboard was last, or above the cards. */
export function focusList(list) {
  const known = boxOf(stops.get(list.id) ?? "");
  const card = known && listOf(known) === list && isReachable(known) ? known : cardsIn(list)[0];
  if (list === inboxList() && card) focusCard(card);
  else focusHeading(list);
}

export function focusHeading(list, how = {}) {
  const heading = headingOf(list);
  heading.tabIndex = -1;
  heading.focus(how);
}

/** The card that a step down from the heading leads to: where the keyboard was, when that card went, or the first. */
export function firstBelow(list) {
  const next = place?.list === list.id && place.next && boxOf(place.next);
  return next && listOf(next) === list && isReachable(next) ? next : cardsIn(list)[0];
}

/** Where the moderator goes on when these statements go: the card behind the last of them, or before, or the heading. */
export function goOnFrom(keys, how = {}) {
  const first = boxOf(keys[0]);
  const list = first && listOf(first);
  if (!list) return document.getElementById("stage").focus(how);
  const here = cardAt(document.activeElement);
  if (here && listOf(here) === list && isReachable(here) && !keys.includes(here.value)) return here.focus(how);
  const all = boxesIn(list);
  const last = all.map((box) => keys.includes(box.value)).lastIndexOf(true);
  const isFree = (box) => !keys.includes(box.value) && isReachable(box);
  const next = all.slice(last + 1).find(isFree) ?? all.slice(0, last).filter(isFree).at(-1);
  if (next) focusCard(next, how);
  else focusHeading(list, how);
}

document.addEventListener("focusin", ({ target }) => {
  const list = listOf(target);
  const card = cardAt(target);
  // Laid in another list with the focus on it (move_to.js): the keyboard has not gone there, see keepPlace.
  if (card && card.value === place?.key && list.id !== place.list) return;
  if (list && card) stops.set(list.id, card.value);
  const isHeading = list && target === headingOf(list);
  place = card || isHeading ? remembered(list, card) : null;
  if (card) paintStops([list]);
});

function remembered(list, card) {
  if (!card) return { list: list.id, key: null, next: place?.list === list.id ? place.next : null };
  const all = cardsIn(list);
  return { list: list.id, key: card.value, next: all[all.indexOf(card) + 1]?.value ?? null };
}

/** One box of each list can be reached by Tab, the others by arrows: Tab never goes through five hundred. */
function paintStops(some = lists()) {
  for (const list of some) {
    const all = boxesIn(list);
    const stop = all.find((box) => box.value === stops.get(list.id) && isReachable(box)) ?? all.find(isReachable);
    for (const box of all) {
      const index = box === stop ? 0 : -1;
      if (box.tabIndex !== index) box.tabIndex = index;
    }
  }
}

/** The card went because of somebody else: above its list no key can hit another card, and a step down goes on. */
function keepPlace() {
  if (!place) return;
  const list = document.getElementById(place.list);
  const here = document.activeElement;
  if (here !== document.body && here.isConnected) {
    // The focus followed it to the other list.
    if (cardAt(here) && list && listOf(here) !== list) focusHeading(list);
    else if (cardAt(here)) place = remembered(listOf(here), cardAt(here));
    return;
  }
  const card = place.key && boxOf(place.key);
  if (!list) document.getElementById("stage").focus({ preventScroll: true });
  else if (card && listOf(card) === list) focusCard(card);
  else focusHeading(list);
}

// Whoever presses beside the board has left it, and no push brings the focus back.
document.addEventListener("pointerdown", () => (place = null), true);

document.addEventListener("moderato:pushed", () => {
  paintStops();
  keepPlace();
});
document.addEventListener("moderato:filtered", () => paintStops());
paintStops();
