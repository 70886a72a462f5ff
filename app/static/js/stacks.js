// Statements that say the same, gathered under one card "3×" in each list: the card stands for all of them until it is
// opened. Every card stays in the page, so that a push finds it, and a move takes it, whichever way it is shown.
import { boxOf, cardOf, keyOf, lists } from "./board_places.js";
import { isSelected, select } from "./selection.js";

const opened = new Set();
let stackOf = new Map();
let held = null;

/** By key of a statement: its stack, the most central first. */
function read() {
  const told = document.getElementById("stacks")?.dataset.stacks ?? "";
  const stacks = told.split(",").filter(Boolean).map((keys) => keys.split(" "));
  stackOf = new Map(stacks.flatMap((keys) => keys.map((key) => [key, keys])));
}

/** Gather what says the same in each list, and make its cards say so. */
function gather() {
  for (const list of lists()) {
    const groups = new Map();
    for (const card of list.querySelectorAll(":scope > .statement-card")) {
      const stack = stackOf.get(keyOf(card));
      groups.set(stack ?? card, [...(groups.get(stack ?? card) ?? []), card]);
    }
    for (const [stack, cards] of groups) {
      if (cards.length === 1) clear(cards[0]);
      else show(inOrder(stack, cards));
    }
  }
  // A push may have drawn a card anew, and with it taken away the button that had the focus.
  if (held && document.activeElement === document.body) cardOf(held)?.querySelector(".stack-toggle")?.focus();
  changes.takeRecords();
}

/** The cards of a stack behind each other, the most central one where the first of them lay. */
function inOrder(stack, cards) {
  const wanted = stack.map((key) => cards.find((card) => keyOf(card) === key)).filter(Boolean);
  const focused = document.activeElement;
  if (wanted[0] !== cards[0]) cards[0].before(wanted[0]);
  wanted.slice(1).forEach((card, index) => {
    if (wanted[index].nextElementSibling !== card) wanted[index].after(card);
  });
  if (focused !== document.activeElement) focused.focus({ preventScroll: true });
  return wanted;
}

function show([top, ...others]) {
  const keys = others.map(keyOf);
  const isOpen = [top, ...others].some((card) => opened.has(keyOf(card)));
  if (top.dataset.stack !== String(keys.length + 1) || !top.querySelector(".stack-toggle")) {
    clear(top);
    top.dataset.stack = keys.length + 1;
    top.append(...buttons(keys.length + 1));
  }
  const toggle = top.querySelector(".stack-toggle");
  toggle.setAttribute("aria-expanded", String(isOpen));
  toggle.setAttribute("aria-controls", others.map((card) => card.id).join(" "));
  top.querySelector(".stack-apart").hidden = !isOpen;
  top.classList.toggle("is-open-stack", isOpen);
  top.dataset.standsFor = isOpen ? "" : keys.join(" ");
  for (const card of others) {
    clear(card);
    card.classList.add("is-stacked");
    card.classList.toggle("is-under-stack", !isOpen);
  }
  if (!isOpen && isSelected(keyOf(top)) && !keys.every(isSelected)) select([keyOf(top)]);
}

function clear(card) {
  if (!card.dataset.stack && !card.classList.contains("is-stacked")) return;
  for (const button of card.querySelectorAll(".stack-toggle, .stack-apart")) button.remove();
  card.classList.remove("is-stacked", "is-under-stack", "is-open-stack");
  delete card.dataset.stack;
  delete card.dataset.standsFor;
}

function buttons(count) {
  const words = document.getElementById("stacks").dataset;
  const toggle = made("stack-toggle", `${count}×`, words.several.replace("{n}", count));
  const apart = made("stack-apart", words.apart, words.apartHelp.replace("{n}", count));
  // Its name is what is seen, with why behind it.
  apart.setAttribute("aria-label", `${words.apart}. ${apart.title}`);
  toggle.setAttribute("aria-label", `${count}×. ${toggle.title}`);
  return [toggle, apart];
}

function made(name, text, title) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: name, textContent: text, title });
  return button;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".stack-toggle, .stack-apart");
  if (!button) return;
  const stack = stackOf.get(keyOf(button.closest(".statement-card")));
  if (button.matches(".stack-apart")) return takeApart(stack);
  const isOpen = button.getAttribute("aria-expanded") === "true";
  for (const key of stack) opened.delete(key);
  if (!isOpen) opened.add(stack[0]);
  gather();
});

/** Tell the server that these are no stack; the next card has the focus, since this one loses its buttons. */
function takeApart(stack) {
  const form = document.getElementById("take-apart");
  for (const field of form.querySelectorAll("[name=statement]")) field.remove();
  for (const key of stack) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "statement", value: key });
    form.append(field);
  }
  held = null;
  boxOf(stack[0])?.focus();
  form.requestSubmit();
}

document.addEventListener("focusin", ({ target }) => {
  held = target.matches(".stack-toggle") ? keyOf(target.closest(".statement-card")) : null;
});

function refresh() {
  read();
  gather();
}

// Also when a card is laid elsewhere before its push has come.
const changes = new MutationObserver((records) => {
  if (records.some(({ target }) => target.matches("[data-cards], .theme-clusters, #stage"))) refresh();
});
changes.observe(document.querySelector(".control-room-body"), { childList: true, subtree: true });
document.addEventListener("moderato:pushed", refresh);
refresh();
