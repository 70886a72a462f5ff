// Undo and redo: of what came for all who lead only the own buttons are shown, and what they did is said aloud.
import { announce } from "./announce.js";

const me = document.body.dataset.moderator;
let step = null;

function own() {
  return document.querySelector(`#history .undo[data-by="${me}"]`);
}

function showOwn() {
  for (const undo of document.querySelectorAll("#history .undo")) undo.hidden = undo.dataset.by !== me;
}

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const button = event.target.closest("form")?.querySelector(".undo-button");
  if (button && event.detail.xhr.status < 400) step = button.matches(".is-redo") ? "redone" : "undone";
});

/** What was undone is what can now be done again, and the other way round, whichever push drew the buttons last. */
document.addEventListener("moderato:pushed", () => {
  showOwn();
  const said = step && own()?.querySelector(`.undo-button[data-${step}]`)?.dataset[step];
  if (said) announce("move", said);
  step = null;
});
showOwn();
