// What is selected on the board: every card and the bar say it, and a push does not lose it.
import { boxesIn, cardOf } from "./board_places.js";

const words = document.getElementById("phrases").dataset;
const selected = new Set();

/** The boxes of all cards that can be selected, in the order of the page. */
export function boxes() {
  return boxesIn(document.getElementById("stage"));
}

/** The keys of the selected statements, in the order of the page. */
export function selection() {
  return boxes().map((box) => box.value).filter((key) => selected.has(key));
}

export function isSelected(key) {
  return selected.has(key);
}

/** Select these besides what is selected already. */
export function select(keys) {
  for (const key of whole(keys)) selected.add(key);
  paint();
}

/** These, and those that a closed stack's card stands for. */
export function whole(keys) {
  const under = (key) => cardOf(key)?.dataset.standsFor ?? "";
  return [...new Set(keys.flatMap((key) => [key, ...under(key).split(" ").filter(Boolean)]))];
}

/** Select these and nothing else; none: nothing is selected any more. */
export function selectOnly(keys) {
  selected.clear();
  select(keys);
}

export function deselect(keys) {
  for (const key of whole(keys)) selected.delete(key);
  paint();
}

/** Make every card, the bar and its count say what is selected; a card that is gone is no longer selected. */
export function paint() {
  const there = boxes();
  const keys = new Set(there.map((box) => box.value));
  for (const key of selected) if (!keys.has(key)) selected.delete(key);
  for (const box of there) {
    box.checked = selected.has(box.value);
    box.closest(".statement-card").classList.toggle("is-selected", box.checked);
  }
  const bar = document.getElementById("selection-bar");
  if (!bar) return;
  bar.hidden = selected.size === 0;
  document.dispatchEvent(new CustomEvent("moderato:selected"));
  if (selected.size) document.getElementById("selection-count").textContent = words.selected.replace("{n}", selected.size);
}
