// Scrolls the list, the board or the page under a dragged thing when it comes near their edge.
const EDGE = 56; // px from the edge where it begins
const SPEED = 0.9; // px per ms at the edge itself
const PAUSE = 200; // ms at the edge before it begins, so that what lies there can be dropped on
let waited = 0, last = null;

/** Scroll what is under the point by as much as belongs to `elapsed` ms. */
export function scrollAt(point, elapsed) {
  for (const box of boxesAt(point)) {
    const pull = pullOf(edges(box), point.y);
    if (!pull || !canScroll(box, pull)) continue;
    last = box;
    waited += elapsed;
    if (waited > PAUSE) box.scrollBy({ top: pull * SPEED * Math.min(elapsed, 50), behavior: "instant" });
    return;
  }
  waited = 0;
  last = null;
}

/** What scrolls under the point, and what scrolled until the point went past its edge. */
function boxesAt(point) {
  const boxes = [];
  for (let box = document.elementFromPoint(point.x, point.y); box; box = box.parentElement) {
    if (scrolls(box)) boxes.push(box);
  }
  const { left, right } = last?.getBoundingClientRect() ?? {};
  return left < point.x && point.x < right ? [last, ...boxes] : boxes;
}

function scrolls(box) {
  return box === document.scrollingElement || /auto|scroll/.test(getComputedStyle(box).overflowY);
}

function canScroll(box, pull) {
  return pull < 0 ? box.scrollTop > 0 : box.scrollTop + box.clientHeight < box.scrollHeight - 1;
}

/** What can be seen of it. */
function edges(box) {
  if (box === document.scrollingElement) return { top: 0, bottom: innerHeight };
  const { top, bottom } = box.getBoundingClientRect();
  return { top: Math.max(0, top), bottom: Math.min(innerHeight, bottom) };
}

/** From -1 at the upper edge by 0 in the middle to 1 at the lower. */
function pullOf({ top, bottom }, y) {
  const up = EDGE - (y - top);
  const down = EDGE - (bottom - y);
  if (up <= 0 && down <= 0) return 0;
  return up > down ? -Math.min(1, up / EDGE) : Math.min(1, down / EDGE);
}
