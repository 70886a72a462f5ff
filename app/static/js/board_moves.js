// A move of statements: sent as it was made, what it took is selected no longer, and one goes on with the next card.
import { announce } from "./announce.js";
import { sendMove } from "./moves.js";
import { placeAhead } from "./placing_ahead.js";
import { boxes, isSelected, select, selection, selectOnly } from "./selection.js";

const words = document.getElementById("phrases").dataset;
let move = null;

/** Move what is selected as if `submitter` of the bar's form were pressed, with `extra` fields such as `before`. */
export function moveSelected(submitter, extra = {}, preventScroll = false) {
  const form = document.getElementById("put");
  const sent = selection();
  move = { count: sent.length, next: nextCard()?.value, preventScroll };
  const settle = placeAhead(sent, submitter, extra);
  sendMove(form, submitter, extra, (done) => {
    settle?.(done);
    if (done) return;
    move = null;
    select(sent);
  });
  document.getElementById("selection-new-name").value = "";
  selectOnly([]);
  if (settle) goOn();
}

/** Move what is selected under a theme (its id, or "" for the inbox), at the end or `before` or `after` a statement. */
export function putSelected(theme, spot = {}, preventScroll = false) {
  moveSelected(document.querySelector(`#put button[name=theme][value="${theme}"]`), spot, preventScroll);
}

/** Move these alone, as a pointer drops them: what else is selected stays so, and the page stays where the pointer is. */
export function putDropped(keys, theme, spot) {
  const others = selection().filter((key) => !keys.includes(key));
  selectOnly(keys);
  putSelected(theme, spot, true);
  select(others);
}

/** The card behind the last selected one in its list, or the one before it: where the moderator goes on. */
function nextCard() {
  const first = boxes().find((box) => isSelected(box.value));
  const list = first?.closest("[data-cards]");
  if (!list) return null;
  const all = [...list.querySelectorAll("input[name=statement]")];
  const last = all.length - 1 - [...all].reverse().findIndex((box) => isSelected(box.value));
  return all.slice(last + 1).find(isFree) ?? all.slice(0, last).reverse().find(isFree) ?? null;
}

function isFree(box) {
  return !isSelected(box.value);
}

/** Whether a move is not yet drawn; once it is, the focus goes to the next card, and the move is said. */
export function goOn() {
  if (!move) return false;
  // Somebody quick has selected the next ones already: the focus stays with them.
  if (selection().length) return true;
  const { count, next, preventScroll } = move;
  move = null;
  const card = boxes().find((box) => box.value === next) ?? document.querySelector("#inbox-list input");
  (card ?? document.getElementById("stage")).focus({ preventScroll });
  const left = document.querySelectorAll("#inbox-list > li").length;
  announce("move", (count === 1 ? words.movedOne : words.moved).replace("{n}", count).replace("{left}", left));
  return true;
}
