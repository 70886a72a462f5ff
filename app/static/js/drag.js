// Dragging with the mouse: one card, or all selected ones, onto a theme, the inbox or a new theme. An extra: the
// selection bar does the same by click and by key, and its buttons are what a drop presses.
import { putSelected } from "./board_moves.js";
import { selectOnly } from "./selection.js";

const PLACES = ".theme-cluster, #inbox, #selection-bar";
let over = null;

function cardOf(target) {
  return target.closest?.("[data-cards] > .statement-card");
}

/** Only while a mouse is down on it, so that text stays selectable and touch keeps scrolling. */
document.addEventListener("pointerdown", (event) => {
  const card = event.pointerType === "mouse" && cardOf(event.target);
  if (card) card.draggable = true;
});

document.addEventListener("dragstart", (event) => {
  const card = cardOf(event.target);
  const box = card?.querySelector("input[name=statement]");
  if (!box) return;
  // Later: a page that changes within this event makes some browsers give up the drag.
  if (!box.checked) setTimeout(selectOnly, 0, [box.value]);
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
  document.body.classList.add("is-dragging");
});

document.addEventListener("dragover", (event) => {
  if (!document.body.classList.contains("is-dragging")) return;
  const place = event.target.closest?.(PLACES);
  if (place) event.preventDefault();
  if (place === over) return;
  over?.classList.remove("is-under-drag");
  over = place;
  over?.classList.add("is-under-drag");
});

document.addEventListener("drop", (event) => {
  if (!over) return;
  event.preventDefault();
  if (over.id === "selection-bar") document.getElementById("selection-new-name").focus();
  else putSelected(over.id === "inbox" ? "" : over.id.replace("theme-", ""));
});

document.addEventListener("dragend", () => {
  over?.classList.remove("is-under-drag");
  over = null;
  document.body.classList.remove("is-dragging");
  for (const card of document.querySelectorAll(".statement-card[draggable]")) card.draggable = false;
});
