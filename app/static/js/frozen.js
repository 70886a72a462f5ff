// The list that a pointer or a caret is on is frozen, so that it does not jump: what is pushed waits until it is left.
import { listAround } from "./board_places.js";

const holders = { pointer: null, caret: null };

/** The pointer is on this list and no other any more; null: on none. */
export function pointAt(list) {
  hold("pointer", list);
}

function hold(who, list) {
  const before = holders[who];
  if (before === list) return;
  holders[who] = list;
  list?.setAttribute("data-frozen", "");
  if (!before || Object.values(holders).includes(before)) return;
  before.removeAttribute("data-frozen");
  before.dispatchEvent(new CustomEvent("moderato:released", { bubbles: true }));
}

function isDragging() {
  return document.body.classList.contains("is-dragging");
}

for (const name of ["pointerover", "pointermove"]) {
  document.addEventListener(name, ({ pointerType, target }) => {
    if (pointerType === "mouse" && !isDragging()) pointAt(listAround(target));
  });
}
document.documentElement.addEventListener("pointerleave", () => !isDragging() && pointAt(null));

// A finger points as long as it is down.
document.addEventListener("pointerdown", ({ pointerType, target }) => {
  if (pointerType !== "mouse") pointAt(listAround(target));
});
for (const name of ["pointerup", "pointercancel"]) {
  document.addEventListener(name, ({ pointerType }) => pointerType !== "mouse" && pointAt(null));
}

// Who types does not point: the mouse that was left lying on a list holds nothing back from them.
document.addEventListener("keydown", () => !isDragging() && pointAt(null));
addEventListener("blur", () => pointAt(null));

document.addEventListener("focusin", ({ target }) => {
  if (target.matches("textarea, input:not([type=checkbox])")) hold("caret", listAround(target));
});
document.addEventListener("focusout", () => hold("caret", null));
