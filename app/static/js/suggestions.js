// Suggestions on the board: a new one waits while somebody points at what it would shift, and one is hidden as soon as
// its statements are no longer in the inbox. What is suggested, and when, is the server's.
import { announce } from "./announce.js";
import { inboxList, keysIn } from "./board_places.js";
import { markInbox } from "./suggestion_marks.js";
import { sent } from "./suggestion_answers.js";
import { morph, onSwap } from "./push.js";

const words = document.getElementById("phrases").dataset;
const KEPT = "suggestions";
const canHover = matchMedia("(hover: hover)");
const waiting = new Map();
let known = null, choice;

onSwap("suggestion", (place) => {
  if (isInUse()) waiting.set(place.id, place);
  else draw(place);
});

function draw(place) {
  waiting.delete(place.id);
  const there = document.getElementById(place.id);
  if (!there) return;
  for (const panel of there.querySelectorAll("[data-suggestion]")) sent.delete(panel.id);
  morph(there, place);
  window.htmx?.process(document.getElementById(place.id));
}

/** Whether somebody points at the themes, is in one of them or in a suggestion, or drags. */
function isInUse() {
  if (document.querySelector(".theme-clusters [data-frozen]")) return true;
  if (document.activeElement?.closest(".theme-cluster, .suggested-groups")) return true;
  return canHover.matches && Boolean(document.querySelector(".theme-cluster:hover, .suggestion-ghost:hover"));
}

function release() {
  if (!waiting.size || isInUse()) return;
  const ids = [...waiting.keys()];
  for (const place of [...waiting.values()]) draw(place);
  document.dispatchEvent(new CustomEvent("moderato:pushed", { detail: { ids } }));
}

/** Show of each suggestion what still fits the page, mark its statements in the inbox, and say what is new. */
function fit() {
  const inbox = new Set(inboxList() ? keysIn(inboxList()) : []);
  const isOff = isTurnedOff();
  const panels = [...document.querySelectorAll("[data-suggestion]")];
  for (const panel of panels) panel.hidden = isOff || sent.has(panel.id) || !fitsStill(panel, inbox);
  const shown = panels.filter((panel) => !panel.hidden);
  markInbox(shown);
  showSwitch(isOff);
  sayNew(shown);
}

/** The choice of whoever leads at this device, which a browser that keeps nothing keeps until the page is left. */
function turn(on) {
  choice = on ? "on" : "off";
  try {
    localStorage.setItem(KEPT, choice);
  } catch {
    return;
  }
}

function isTurnedOff() {
  try {
    return (choice ?? localStorage.getItem(KEPT)) === "off";
  } catch {
    return choice === "off";
  }
}

/** Without a push, so the columns hear of it too. */
function fitAgain() {
  fit();
  document.dispatchEvent(new CustomEvent("moderato:resized"));
}

/** Takes out the lines of statements that are elsewhere now; false when too few are left. */
function fitsStill(panel, inbox) {
  const lines = [...panel.querySelectorAll("[data-statement]")];
  for (const line of lines) {
    line.hidden = !inbox.has(line.dataset.statement);
    for (const field of line.querySelectorAll("input")) field.disabled = line.hidden;
  }
  return lines.filter((line) => !line.hidden).length >= Number(panel.dataset.fewest);
}

function showSwitch(isOff) {
  const box = document.getElementById("suggestion-switch");
  if (!box) return;
  box.checked = !isOff;
  box.closest("label").hidden = false;
}

/** Each panel once, however often it changes, and all that came together in one sentence. */
function sayNew(shown) {
  // Below a proposal, in a folded theme or beside an inbox that has all the room, none can be seen yet.
  const seen = shown.filter((panel) => panel.getClientRects().length);
  const fresh = seen.filter(({ id }) => known && !known.has(id)).length;
  known = new Set([...(known ?? []), ...seen.map(({ id }) => id)]);
  if (fresh) announce("suggested", (fresh === 1 ? words.suggestedOne : words.suggested).replace("{n}", fresh));
}

document.addEventListener("change", ({ target }) => {
  if (target.id !== "suggestion-switch") return;
  turn(target.checked);
  fitAgain();
});

document.addEventListener("moderato:pushed", ({ detail }) => {
  // Drawn anew as a whole: newer than what waits.
  if (detail.ids.includes("stage")) {
    waiting.clear();
    sent.clear();
  }
  fit();
});
document.addEventListener("moderato:suggestion-answered", fitAgain);
// Marks wait until the inbox is not pointed at any more.
document.addEventListener("pointerout", ({ target, relatedTarget }) => {
  if (inboxList()?.contains(target) && !inboxList().contains(relatedTarget)) fit();
});
for (const kind of ["pointerover", "focusin", "moderato:released"]) document.addEventListener(kind, release);
// The focus has not arrived yet where it goes to.
document.addEventListener("focusout", () => setTimeout(release));
fit();
