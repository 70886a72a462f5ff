// Finding cards on the board as one types, whatever their capitals and accents; what is not found is only out of sight.
import { announce } from "./announce.js";
import { filled } from "./announce_moves.js";
import { firstBelow, focusCard } from "./board_focus.js";
import { inboxList, lists } from "./board_places.js";

const words = document.getElementById("board-words").dataset;
const texts = new WeakMap(); // Of a card's text element: what it was, and that folded.
let shown = "";

/** As app/domain/search.py folds: `Éen` and `een` are alike. */
function folded(text) {
  return text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("’", "'");
}

function textOf(card) {
  const element = card.querySelector(".statement-text");
  const text = element.textContent;
  if (texts.get(element)?.text !== text) texts.set(element, { text, folded: folded(text) });
  return texts.get(element).folded;
}

function field() {
  return document.getElementById("statement-search");
}

/** Show the cards that have every word; the number of cards that were found. */
function filter() {
  const search = folded(field()?.value ?? "").split(/\s+/).filter(Boolean);
  const cards = lists().flatMap((list) => [...list.children]);
  let found = 0;
  for (const card of cards) {
    const text = search.length ? textOf(card) : "";
    card.hidden = !search.every((word) => text.includes(word));
    if (!card.hidden) found += 1;
  }
  return tell(search, found, cards.length);
}

function tell(search, found, all) {
  const line = document.getElementById("search-found");
  if (!line) return;
  line.hidden = !search.length;
  line.textContent = search.length ? filled(found ? words.found : words.notFound, { n: found, m: all }) : "";
  if (search.join(" ") !== shown) {
    shown = search.join(" ");
    if (shown) announce("search", line.textContent);
    document.dispatchEvent(new CustomEvent("moderato:filtered"));
  }
}

/** Show all cards again; false when they were shown. */
export function clearSearch() {
  if (!field()?.value) return false;
  field().value = "";
  filter();
  return true;
}

document.addEventListener("input", (event) => event.target === field() && filter());

document.addEventListener("keydown", (event) => {
  if (event.target !== field() || event.isComposing || !["Enter", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const first = [inboxList(), ...lists()].map(firstBelow).find(Boolean);
  if (first) focusCard(first);
});

// A push draws cards anew, and brings new ones.
document.addEventListener("moderato:pushed", () => {
  if (field()?.value) filter();
});
