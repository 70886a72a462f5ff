// The board by keyboard: which key does what. Single keys work only while the focus is inside the board or the inbox,
// and never in a field where somebody types, in an open dialog or menu, or with keys of the browser's own.
import { show } from "./dialog.js";
import { leaveField, nameNewTheme, renameTheme } from "./keyboard_names.js";
import { accept, ignore, step, tellCounts } from "./keyboard_steps.js";
import { mergeTheme, putUnder } from "./keyboard_themes.js";
import { clearSelection, selectAll, walk, walkAcross, walkWithin } from "./keyboard_walk.js";

const MENUS = "details[open][data-menu], details.new-theme[open], dialog";
const WALK = {
  ArrowUp: (event) => walk(-1, event.shiftKey),
  ArrowDown: (event) => walk(1, event.shiftKey),
  ArrowLeft: () => walkAcross(-1),
  ArrowRight: () => walkAcross(1),
};
const SINGLE = {
  0: () => putUnder("0"),
  n: nameNewTheme,
  r: renameTheme,
  m: mergeTheme,
  v: accept,
  x: ignore,
  t: tellCounts,
  "/": () => document.getElementById("statement-search")?.focus(),
  "?": () => show(document.getElementById("keys")),
  Escape: clearSelection,
  // In a checkbox it would press the first button of the bar's form.
  Enter: (event) => event.target.matches("input[name=statement]"),
};
for (const letter of "abcdefghijkl") SINGLE[letter] = () => putUnder(letter.toUpperCase());
const WITH_CONTROL = { a: selectAll, z: (event) => step(event.shiftKey ? "redo" : "undo"), y: () => step("redo") };
const WITH_ALT = { ArrowUp: () => walkWithin(-1), ArrowDown: () => walkWithin(1) };

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || !isOnBoard(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (isTyping(event.target)) {
    if (event.key === "Escape" && leaveField(event.target)) event.preventDefault();
    return;
  }
  if (event.target.closest(MENUS)) return;
  const act = actFor(event);
  // An act returns false when the key means nothing here; then it keeps what the browser does with it.
  if (act && act(event) !== false) event.preventDefault();
});

function actFor(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.altKey) return event.ctrlKey || event.metaKey || event.shiftKey ? null : WITH_ALT[key];
  if (event.ctrlKey || event.metaKey) return event.ctrlKey && event.metaKey ? null : WITH_CONTROL[key];
  if (Object.hasOwn(WALK, key)) return WALK[key];
  // Held down, a letter would put card after card.
  return event.repeat || !Object.hasOwn(SINGLE, key) ? null : SINGLE[key];
}

/** The stage itself, too: that is where the skip link leads. */
function isOnBoard(element) {
  return Boolean(element.closest("#inbox, #board")) || element.matches("#stage.stage-cluster");
}

function isTyping(element) {
  return element.matches("textarea, select, input:not([type=checkbox], [type=radio])") || element.isContentEditable;
}
