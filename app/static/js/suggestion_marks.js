// Marks in the inbox which statements are suggested for a theme, where that moves nothing that somebody points at.
import { boxOf, inboxList, keyOf } from "./board_places.js";

let marked = new Map();

/** Mark the statements of these panels, and no others; while the inbox is pointed at, its marks stay as they are. */
export function markInbox(panels) {
  const list = inboxList();
  if (!list) return;
  const isPointedAt = matchMedia("(hover: hover)").matches && list.matches(":hover");
  if (!isPointedAt) marked = marksOf(panels);
  keepInPlace(list, () => {
    for (const card of list.querySelectorAll(".statement-card")) mark(card, marked.get(keyOf(card)));
  });
}

/** By statement the mark that the server drew for its panel. */
function marksOf(panels) {
  const marks = new Map();
  for (const panel of panels) {
    const drawn = panel.querySelector("template.suggestion-mark")?.content.firstElementChild;
    if (!drawn) continue;
    for (const line of panel.querySelectorAll("[data-statement]:not([hidden])")) marks.set(line.dataset.statement, drawn);
  }
  return marks;
}

function mark(card, drawn) {
  const there = card.querySelector(".statement-resembles");
  if (!drawn) {
    if (there) boxOf(keyOf(card)).removeAttribute("aria-describedby");
    return there?.remove();
  }
  if (there?.innerHTML === drawn.innerHTML) return undefined;
  const own = drawn.cloneNode(true);
  own.id = `resembles-${keyOf(card)}`;
  if (there) there.replaceWith(own);
  else card.append(own);
  boxOf(keyOf(card)).setAttribute("aria-describedby", own.id);
}

/** What has the focus stays where it is on the screen, though cards above it grow. */
function keepInPlace(list, change) {
  const kept = list.contains(document.activeElement) ? document.activeElement : null;
  const before = kept?.getBoundingClientRect().top;
  change();
  const moved = kept ? kept.getBoundingClientRect().top - before : 0;
  if (moved) scrollerOf(list).scrollBy({ top: moved, behavior: "instant" });
}

function scrollerOf(list) {
  const inbox = list.closest(".inbox");
  return inbox && getComputedStyle(inbox).overflowY === "auto" ? inbox : window;
}
