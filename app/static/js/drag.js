// Dragging with the mouse: one card, or all selected ones, onto a theme, the inbox or a new theme. An extra: the
// selection bar does the same by click and by key, and its buttons are what a drop presses.

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
  if (!box.checked) setTimeout(selectOnly, 0, box);
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
  document.body.classList.add("is-dragging");
});

/** Drag what is not selected, and it is the only thing that moves. */
function selectOnly(box) {
  const chosen = document.querySelectorAll("#stage input[name=statement]:checked");
  for (const one of [...chosen, box]) {
    one.checked = one === box;
    one.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

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
  else press(over.id === "inbox" ? "" : over.id.replace("theme-", ""));
});

function press(theme) {
  document.querySelector(`#put button[name=theme][value="${theme}"]`)?.click();
}

document.addEventListener("dragend", () => {
  over?.classList.remove("is-under-drag");
  over = null;
  document.body.classList.remove("is-dragging");
  for (const card of document.querySelectorAll(".statement-card[draggable]")) card.draggable = false;
});
