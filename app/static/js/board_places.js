// Where things lie on the board: its lists, the cards in them, and the headings above. Any part of the board asks here.

/** Keys of statements whose move was sent and not answered yet: they count as in no list any more. */
export const leaving = new Set();

/** The inbox and the themes in the order of the page: the lists that cards lie in. */
export function lists() {
  return [...document.querySelectorAll("#stage [data-cards]")];
}

export function inboxList() {
  return document.getElementById("inbox-list");
}

/** The list that an element of the board belongs to: its own, that of its theme, or the inbox. */
export function listOf(element) {
  const theme = element?.closest(".theme-cluster, #inbox");
  return listAround(element) ?? theme?.querySelector("[data-cards]") ?? null;
}

/** The list that the target of an event, or any element, lies in; or null. */
export function listAround(element) {
  return element?.closest?.("[data-cards]") ?? null;
}

/** The id of the theme that a list shows, or "" for the inbox. */
export function themeOf(list) {
  return list.dataset.theme;
}

export function listOfTheme(theme) {
  return lists().find((list) => themeOf(list) === theme) ?? null;
}

/** The list of the theme with this letter. */
export function listOfLetter(letter) {
  return lists().find((list) => letterOf(list) === letter) ?? null;
}

export function letterOf(list) {
  return list.closest(".theme-cluster")?.dataset.letter;
}

export function headingOf(list) {
  return list.closest(".theme-cluster")?.querySelector(".theme-cluster-name") ?? document.getElementById("inbox-heading");
}

export function nameOf(list) {
  return headingOf(list).textContent.trim();
}

/** The themes on the board, in the order of the page. */
export function clusters() {
  return [...document.querySelectorAll(".theme-clusters > .theme-cluster")];
}

/** The card of a statement, wherever it is shown. */
export function cardOf(key) {
  return key ? document.getElementById(`statement-${key}`) : null;
}

/** The key of the statement that a card shows. */
export function keyOf(card) {
  return card.id.replace("statement-", "");
}

/** The keys of the cards in a list or in any part of one, in the order of the page. */
export function keysIn(element) {
  return boxesIn(element).map((box) => box.value);
}

/** What of a list a card is in, if any: itself, unless several are shown as one. */
export function itemIn(list, card) {
  let item = card;
  while (item && item.parentElement !== list) item = item.parentElement;
  return item ?? null;
}

/** The boxes by which cards are selected, in the order of the page. */
export function boxesIn(element) {
  return [...element.querySelectorAll("input[type=checkbox][name=statement]")];
}

/** Those of the cards of a list that can be reached now: not folded or filtered away, nor on their way elsewhere. */
export function cardsIn(list) {
  return boxesIn(list).filter(isReachable);
}

export function isReachable(box) {
  return !leaving.has(box.value) && box.closest("li").getClientRects().length > 0;
}

export function boxOf(key) {
  return cardOf(key)?.querySelector("input[type=checkbox][name=statement]") ?? null;
}

/** The box of the card that an element is in, or null. */
export function cardAt(element) {
  return element?.closest("[data-cards] > li")?.querySelector("input[name=statement]") ?? null;
}
