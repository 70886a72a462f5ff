// The one scene of the phone. A new one never takes text, focus or caret: it is held until the person moves on.
import { interrupt } from "./announce.js";
import { keepPlace } from "./place.js";
import { inOrderOf, morph, onSwap } from "./push.js";

const reasons = [];
const lateUntil = new WeakMap();
let held, lateTimer;

/** Hold new scenes back for as long as `isBusy()` says that something unsent is on this one. */
export function holdWhile(isBusy) {
  reasons.push(isBusy);
}

export function scene() {
  return document.getElementById("scene");
}

/** The scene that waits until the person has decided; undefined when the present one is the newest. */
export function heldScene() {
  return held;
}

/** Whether what was typed in time may still be sent in a scene: all through it, or for the seconds it came with. */
export function takesLate(shown) {
  const late = shown?.dataset.late;
  return late === "" || (late !== undefined && Date.now() < lateUntil.get(shown));
}

/** Count the seconds from here, and say when they are over. */
function clockIn(arrived) {
  if (!arrived.dataset.late) return;
  const left = Number(arrived.dataset.late) * 1000;
  lateUntil.set(arrived, Date.now() + left);
  clearTimeout(lateTimer);
  lateTimer = setTimeout(tell, left + 50);
}

/** The person has decided, or has emptied the field: show what was held, if nothing else is unsent. */
export function release() {
  if (held && !reasons.some((isBusy) => isBusy())) show(held);
}

onSwap("scene", (next) => {
  clockIn(next);
  if (next.dataset.scene === scene().dataset.scene) {
    if (held) tell((held = undefined));
    keepPlace(() => refresh(next));
  } else if (reasons.some((isBusy) => isBusy())) {
    const isNew = held?.dataset.scene !== next.dataset.scene;
    held = next;
    if (isNew) tell(held);
  } else {
    show(next);
  }
});

/** The same scene: only its live parts change, never a composer or a vote. */
function refresh(next) {
  for (const part of next.querySelectorAll("[data-live]")) {
    const there = document.getElementById(part.id);
    for (const list of part.querySelectorAll("[data-grows]")) inOrderOf(document.getElementById(list.id), list);
    if (there) morph(there, part);
  }
}

function show(next) {
  held = undefined;
  const typing = document.activeElement?.matches("textarea, input");
  scene().replaceWith(next);
  tell();
  document.dispatchEvent(new CustomEvent("moderato:scene"));
  if (next.dataset.opening) interrupt(next.dataset.opening);
  if (typing && document.activeElement !== document.body) return;
  scrollTo(0, 0);
  next.querySelector("h1")?.focus({ preventScroll: true });
}

function tell() {
  document.dispatchEvent(new CustomEvent("moderato:held", { detail: { scene: held } }));
}

clockIn(scene());
