// Undo and redo in their turn, the suggestion at hand, and the counts on request: keys Ctrl Z, V, X and T.
import { announce } from "./announce.js";
import { announceWord } from "./announce_moves.js";
import { afterMoves, sendMove } from "./moves.js";

/** Press the own button for "undo" or "redo", behind the moves that are under way: it takes back the last one made. */
export function step(kind) {
  const form = document.querySelector(`#history .undo:not([hidden]) form[action$="/${kind}"]`);
  if (!form) return;
  sendMove(form, null, {}, (done) => {
    if (done) document.dispatchEvent(new CustomEvent("moderato:stepped", { detail: { form } }));
  });
}

export function accept() {
  press("accept");
}

export function ignore() {
  press("ignore");
}

/** The suggestion (or what participants propose) that has the focus or is this theme's, or the first suggestion in sight. */
function press(answer) {
  const here = document.activeElement;
  const shown = [...document.querySelectorAll("#stage :is([data-suggestion], .proposal)")].filter((one) => one.getClientRects().length);
  const cluster = here.closest(".theme-cluster");
  const one = shown.find((one) => one.contains(here)) ?? shown.find((one) => cluster?.contains(one)) ?? shown.find((one) => "suggestion" in one.dataset);
  const button = one?.querySelector(`[data-${answer}]`);
  if (button) afterMoves(() => button.click());
  else announceWord("noSuggestion");
}

/** How many are connected, and how far the grouping is. */
export function tellCounts() {
  const stats = [...document.querySelectorAll("#counts .live-stat")].map(
    (stat) => `${stat.querySelector("dd").textContent.trim()} ${stat.querySelector("dt").textContent.trim()}`,
  );
  const board = document.getElementById("board-heading").textContent.replace(/\s+/g, " ").trim();
  announce("counts", `${stats.join(", ")}. ${board}.`);
}
