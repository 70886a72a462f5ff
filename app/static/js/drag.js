// Dragging on the board, with a mouse or a finger. An extra: the selection bar and the keys do the same.
import { pickCards } from "./drag_cards.js";
import { clearDrag, drawDrag, showGhost } from "./drag_mark.js";
import { cancelDrag, onDrag } from "./drag_press.js";
import { scrollAt } from "./drag_scroll.js";
import { pickTheme } from "./drag_themes.js";
import { pointAt } from "./frozen.js";

let dragged = null, at = null, before = 0;

function pick(target) {
  return document.getElementById("put") ? (pickTheme(target) ?? pickCards(target)) : null;
}

function begin(thing, point, isFinger) {
  dragged = thing;
  at = point;
  before = performance.now();
  showGhost(thing.text, thing.count, isFinger);
  follow(before);
}

/** In every frame: the board may scroll or be drawn anew while the pointer rests. */
function follow(now) {
  if (!dragged) return;
  const elements = dragged.elements();
  if (!elements.length) return cancelDrag();
  for (const element of elements) element.classList.add("is-dragged");
  scrollAt(at, now - before);
  before = now;
  const place = dragged.placeAt(at);
  pointAt(place?.list ?? null);
  drawDrag(at, place);
  requestAnimationFrame(follow);
}

function finish() {
  const thing = dragged;
  dragged = null;
  clearDrag();
  pointAt(null);
  return thing;
}

onDrag(pick, {
  begin,
  move: (point) => (at = point),
  cancel: finish,
  drop(point) {
    const place = dragged.placeAt(point);
    const thing = finish();
    if (place && !place.isOwn) thing.drop(place);
  },
});
