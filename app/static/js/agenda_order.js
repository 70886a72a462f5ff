// The order of the agenda: by Alt and an arrow, or dragged by its grip. The buttons Up and Down do the same by click.
import { announce } from "./announce.js";

const STEPS = { ArrowUp: "up", ArrowDown: "down" };
let dragged = null;

document.addEventListener("keydown", (event) => {
  const item = event.altKey && STEPS[event.key] && event.target.closest?.(".agenda-item");
  if (!item) return;
  event.preventDefault();
  const button = document.getElementById(item.id.replace("question", STEPS[event.key]));
  if (button) button.click();
  else announce("move", list().dataset.edge);
});

document.addEventListener("pointerdown", (event) => {
  const grip = event.button === 0 && event.target.closest?.(".agenda-question-grip");
  if (!grip) return;
  event.preventDefault();
  dragged = { item: grip.closest(".agenda-item"), grip, before: null, hasMoved: false };
  grip.setPointerCapture(event.pointerId);
});

document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  dragged.hasMoved = true;
  dragged.item.classList.add("is-dragged");
  const others = items().filter((one) => one !== dragged.item);
  dragged.before = others.find((one) => event.clientY < middle(one)) ?? null;
  unmark();
  const [place, side] = dragged.before ? [dragged.before, "before"] : [others.at(-1), "after"];
  place?.classList.add(`is-drop-${side}`);
});

function middle(item) {
  const { top, height } = item.getBoundingClientRect();
  return top + height / 2;
}

document.addEventListener("pointerup", () => drop(true));
document.addEventListener("pointercancel", () => drop(false));
document.addEventListener("keydown", (event) => event.key === "Escape" && drop(false));

function drop(goes) {
  if (!dragged) return;
  const { item, before, hasMoved } = dragged;
  dragged = null;
  item.classList.remove("is-dragged");
  unmark();
  if (!goes || !hasMoved) return;
  const others = items().filter((one) => one !== item);
  const place = before ? others.indexOf(before) : others.length;
  if (place === items().indexOf(item)) return;
  const form = item.querySelector(".agenda-question-move");
  // From its form, so that it waits behind what is still being saved and then carries the seq of that.
  const sent = { source: form, swap: "none", values: { place } };
  // What comes of it is told by its event, as of any other.
  window.htmx.ajax("POST", form.action.replace(/move$/, "place"), sent).catch(() => {});
}

function unmark() {
  for (const one of document.querySelectorAll(".is-drop-before, .is-drop-after")) {
    one.classList.remove("is-drop-before", "is-drop-after");
  }
}

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.elt.matches(".agenda-question-move") || detail.xhr.status >= 400 || !detail.xhr.status) return;
  // Once its answer is in the page.
  setTimeout(sayPlace, 0, detail.elt.id.replace("move", "question"));
});

function sayPlace(id) {
  const place = items().findIndex((one) => one.id === id) + 1;
  if (place) announce("move", list().dataset.moved.replace("{n}", place).replace("{m}", items().length));
}

function list() {
  return document.getElementById("agenda-items");
}

function items() {
  return [...list().querySelectorAll(".agenda-item")];
}
