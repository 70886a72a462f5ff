// Naming by keyboard: a new theme (N) and another name (R); Enter does it, Escape goes back to where one was.
import { announceWord } from "./announce_moves.js";
import { focusCard, focusList } from "./board_focus.js";
import { boxOf, cardAt, inboxList } from "./board_places.js";
import { chosen, here } from "./keyboard_walk.js";
import { sendMove } from "./moves.js";
import { clearSearch } from "./search.js";
import { selection, selectOnly } from "./selection.js";

let from = null; // Where the field was opened: the card's key or the element, and whether N itself selected the card.

/** A new theme of what is chosen, or an empty one: opens the field for its name. */
export function nameNewTheme() {
  const keys = chosen();
  from = origin(keys.length > 0 && selection().length === 0);
  if (!keys.length) return open(document.getElementById("new-theme"), "#new-theme-name");
  if (from.isLone) selectOnly(keys);
  return document.getElementById("selection-new-name").focus();
}

/** Another name for the theme of this card or heading: opens the field in its menu. */
export function renameTheme() {
  const cluster = here().list?.closest(".theme-cluster");
  if (!cluster) return announceWord("noTheme");
  from = origin(false);
  return open(cluster.querySelector("details[data-menu]"), ".theme-rename input[name=name]");
}

function open(menu, field) {
  menu.open = true;
  menu.querySelector(field).focus();
  menu.querySelector(field).select();
}

function origin(isLone) {
  return { key: cardAt(document.activeElement)?.value, element: document.activeElement, isLone };
}

/** Escape in a field of the board; false leaves it to others. */
export function leaveField(field) {
  if (field.id === "statement-search") {
    if (!clearSearch()) focusList(inboxList());
    return true;
  }
  if (field.id === "selection-new-name") {
    field.value = "";
    const [first] = selection();
    if (from?.isLone) selectOnly([]);
    goBack(first);
    return true;
  }
  // A menu folds by itself (menus.js), and has by now.
  if (!from || field.closest("details[open]")) return false;
  goBack();
  return true;
}

function goBack(key = null) {
  const box = boxOf(from?.key ?? key ?? "");
  if (box) focusCard(box);
  else if (from?.element.isConnected) from.element.focus();
  else focusList(inboxList());
  from = null;
}

// Sent: the keyboard goes back at once, so that the next key is not typed into a field that is about to go.
document.addEventListener("submit", (event) => {
  if (event.target.id === "put") from = null;
  if (from && event.target.matches(".theme-rename")) setTimeout(goBack);
});

// In its turn among the moves: the next name may be typed, or a card put, before the answer to this one is there.
document.addEventListener(
  "submit",
  (event) => {
    if (!event.target.matches(".new-theme-form")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    make(event.target, event.submitter);
  },
  true,
);

function make(form, submitter) {
  const menu = form.closest("details");
  const { name } = form.elements;
  const typed = name.value;
  sendMove(form, submitter, {}, (done) => {
    if (done) return announceWord("made", { name: typed });
    // Refused: what was typed is there to send again, unless somebody types already.
    name.value ||= typed;
    menu.open = true;
  });
  name.value = "";
  menu.open = false;
  if (from) goBack();
  else menu.querySelector("summary").focus({ preventScroll: true });
}
