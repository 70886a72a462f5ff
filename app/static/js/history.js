// Undo and redo: of what came for all who lead only the own buttons are shown, and what they did is said aloud.
import { announce } from "./announce.js";

const me = document.body.dataset.moderator;
let step = null, before = null;

function own() {
  return document.querySelector(`#history .undo[data-by="${me}"]`);
}

function showOwn() {
  for (const undo of document.querySelectorAll("#history .undo")) undo.hidden = undo.dataset.by !== me;
}

/** What could be said of a step of this kind now: undone is what can be done again, and the other way round. */
function words(kind) {
  return own()?.querySelector(`.undo-button[data-${kind}]`)?.dataset[kind];
}

function kindOf(form) {
  const act = /\/(undo|redo)$/.exec(form?.getAttribute("action") ?? "");
  return act && (act[1] === "redo" ? "redone" : "undone");
}

// The answer to a question may let go of a step instead: then nothing was undone, and nothing is said.
document.addEventListener("submit", (event) => {
  before = event.target.closest("#dialog") ? words(kindOf(event.target)) : null;
}, true);

document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (event.detail.xhr.status < 400) step = kindOf(event.target.closest("form"));
});

// By key it went in its turn among the moves.
document.addEventListener("moderato:stepped", ({ detail }) => (step = kindOf(detail.form)));

// Whichever push drew the buttons last.
document.addEventListener("moderato:pushed", () => {
  showOwn();
  const said = step && words(step);
  if (said && said !== before) announce("move", said);
  step = null;
});
showOwn();
