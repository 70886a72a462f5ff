// The board: what is ticked and sent by hand, and where the focus goes when a push has drawn it anew.
import { announce } from "./announce.js";
import { moveSelected } from "./board_moves.js";
import { boxes, deselect, isSelected, paint, select, selection, selectOnly } from "./selection.js";
import { settle } from "./settle.js";

document.addEventListener("change", (event) => {
  if (!event.target.matches(".statement-card input[name=statement]")) return;
  (event.target.checked ? select : deselect)([event.target.value]);
  // Of one kind with the move that follows, so that a count is never heard after it.
  if (selection().length) announce("move", document.getElementById("selection-count").textContent);
});

document.addEventListener("reset", (event) => {
  if (event.target.id !== "put") return;
  const first = boxes().find((box) => isSelected(box.value));
  selectOnly([]);
  first?.focus();
});

// What was sent is selected no longer, whether the answer or the socket draws it first; a refused move is again.
document.addEventListener(
  "submit",
  (event) => {
    if (event.target.id !== "put") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    moveSelected(event.submitter);
  },
  true,
);

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const form = event.target.closest("form");
  if (event.detail.xhr.status >= 400) return;
  if (form?.matches(".follow-up-form, .add-statement-form")) form.reset();
  if (form?.matches(".correct-form")) {
    form.reset();
    form.closest("details").open = false;
  }
  if (form?.matches(".theme-rename")) settle(form, event.detail.requestConfig.formData);
});

let pressed = false;
document.addEventListener("submit", () => (pressed = true), true);

/** The button that was pressed may be gone or disabled now: go on from the stage, and not from the top of the page. */
function catchFocus() {
  if (pressed && document.activeElement === document.body) document.getElementById("stage")?.focus({ preventScroll: true });
  pressed = false;
}

document.addEventListener("moderato:pushed", () => {
  paint();
  catchFocus();
});

document.addEventListener("moderato:announce", (event) => announce("time", event.detail.text));
paint();
