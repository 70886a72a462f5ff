// Where things lie on the board: its lists, the cards in them that can be reached, and the headings above.

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
  return element?.closest("[data-cards]") ?? theme?.querySelector("[data-cards]") ?? null;
}

/** The id of the theme that a list shows, or "" for the inbox. */
export function themeOf(list) {
  return list.dataset.theme ?? (list === inboxList() ? "" : list.id.replace(/^theme-|-list$/g, ""));
}

export function listOfTheme(theme) {
  return lists().find((list) => themeOf(list) === theme) ?? null;
}

/** The list of the theme with this letter. */
export function listOfLetter(letter) {
  return lists().find((list) => letterOf(list) === letter) ?? null;
}

export function letterOf(list) {
  const cluster = list.closest(".theme-cluster");
  return cluster?.dataset.letter ?? cluster?.querySelector(".theme-letter").textContent.trim();
}

export function headingOf(list) {
  return list.closest(".theme-cluster")?.querySelector(".theme-cluster-name") ?? document.getElementById("inbox-heading");
}

export function nameOf(list) {
  return headingOf(list).textContent.trim();
}

/** The boxes of the cards of a list that can be reached now: not folded or filtered away, nor on their way elsewhere. */
export function cardsIn(list) {
  return [...list.querySelectorAll("input[name=statement]")].filter(isReachable);
}

export function isReachable(box) {
  return !leaving.has(box.value) && box.closest("li").getClientRects().length > 0;
}

export function boxOf(key) {
  return document.querySelector(`#stage .statement-card input[name=statement][value="${CSS.escape(key)}"]`);
}

/** The box of the card that an element is in, or null. */
export function cardAt(element) {
  return element?.closest("[data-cards] > li")?.querySelector("input[name=statement]") ?? null;
}
