// The board: what is selected, that pushes don't lose it, and where the focus goes after a move.
import { announce } from "./announce.js";
import { sendMove } from "./moves.js";
import { settle } from "./settle.js";

const words = document.getElementById("phrases").dataset;
const selected = new Set();
let move = null;

function boxes() {
  return [...document.querySelectorAll("#stage input[name=statement][form=put]")];
}

/** Make every card, the bar and its count say what is selected; a card that is gone is no longer selected. */
function paint() {
  const there = boxes();
  const ids = new Set(there.map((box) => box.value));
  for (const id of selected) if (!ids.has(id)) selected.delete(id);
  for (const box of there) {
    box.checked = selected.has(box.value);
    box.closest(".statement-card").classList.toggle("is-selected", box.checked);
  }
  const bar = document.getElementById("selection-bar");
  if (!bar) return;
  bar.hidden = selected.size === 0;
  const count = document.getElementById("selection-count");
  if (selected.size) count.textContent = words.selected.replace("{n}", selected.size);
}

/** The card behind the last selected one in its list, or the one before it: where the moderator goes on. */
function nextCard() {
  const first = boxes().find((box) => selected.has(box.value));
  const list = first?.closest("[data-cards]");
  if (!list) return null;
  const all = [...list.querySelectorAll("input[name=statement]")];
  const last = all.findLastIndex ? all.findLastIndex((box) => selected.has(box.value)) : lastSelected(all);
  return all.slice(last + 1).find(isFree) ?? all.slice(0, last).reverse().find(isFree) ?? null;
}

function lastSelected(all) {
  return all.length - 1 - [...all].reverse().findIndex((box) => selected.has(box.value));
}

function isFree(box) {
  return !selected.has(box.value);
}

document.addEventListener("change", (event) => {
  if (event.target.name !== "statement") return;
  if (event.target.checked) selected.add(event.target.value);
  else selected.delete(event.target.value);
  paint();
  // Of one kind with the move that follows, so that a count is never heard after it.
  if (selected.size) announce("move", document.getElementById("selection-count").textContent);
});

document.addEventListener("reset", (event) => {
  if (event.target.id !== "put") return;
  const first = boxes().find((box) => selected.has(box.value));
  selected.clear();
  paint();
  first?.focus();
});

// What was sent is selected no longer, whether the answer or the socket draws it first; a refused move is again.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.id !== "put") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const sent = [...selected];
    move = { count: sent.length, next: nextCard()?.value };
    sendMove(form, event.submitter, (done) => {
      if (done) return;
      move = null;
      sent.forEach((id) => selected.add(id));
      paint();
    });
    document.getElementById("selection-new-name").value = "";
    selected.clear();
    paint();
  },
  true,
);

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const form = event.target.closest("form");
  if (event.detail.xhr.status >= 400) return;
  if (form?.matches(".new-theme-form, .follow-up-form, .add-statement-form")) form.reset();
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
  if (!move) catchFocus();
  if (!move || selected.size) return;
  const { count, next } = move;
  move = null;
  const card = boxes().find((box) => box.value === next) ?? document.querySelector("#inbox-list input");
  (card ?? document.getElementById("stage")).focus();
  const left = document.querySelectorAll("#inbox-list > li").length;
  announce("move", (count === 1 ? words.movedOne : words.moved).replace("{n}", count).replace("{left}", left));
});

document.addEventListener("moderato:announce", (event) => announce("time", event.detail.text));
paint();
