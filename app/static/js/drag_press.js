// When a press becomes a drag: of a mouse after a few pixels, of a finger after holding still, so that it can scroll.
const HOLD = 300; // ms
const SLOP = { mouse: 5, finger: 10 }; // px
let press = null;

/**
 * Let things be dragged. `pick(target)` gives the thing that is pressed, or nothing; `drag` hears `begin(thing,
 * point, isFinger)`, `move(point)` and at last either `drop(point)` or `cancel()`. A point is { x, y } in the window.
 */
export function onDrag(pick, drag) {
  document.addEventListener("pointerdown", (event) => {
    // A second finger wants something else: to zoom, or to let go.
    if (press) return stop(event);
    const thing = event.button === 0 && event.isPrimary && pick(event.target);
    if (!thing) return;
    press = { drag, thing, target: event.target, id: event.pointerId, at: pointOf(event), isDrag: false };
    if (event.pointerType !== "mouse") hold();
  });
}

/** End the drag that is going on, as if it had not begun. */
export function cancelDrag() {
  if (press) end((drag) => drag.cancel());
}

function stop(event) {
  if (press.isDrag) event.preventDefault();
  cancelDrag();
}

function pointOf({ clientX, clientY }) {
  return { x: clientX, y: clientY };
}

function hold() {
  press.isFinger = true;
  press.timer = setTimeout(begin, HOLD);
  // A held finger selects text on most phones, long after the drag has begun.
  document.body.classList.add("is-holding");
  // On the element itself, too: when a push takes it away, the finger's events come nowhere else.
  press.target.addEventListener("touchmove", keepStill, { passive: false });
}

function begin() {
  press.isDrag = true;
  getSelection().removeAllRanges();
  // Held by the page and not by the card, which a push may take away; it comes also from outside the window.
  document.documentElement.setPointerCapture(press.id);
  if (press.isFinger && navigator.userActivation?.hasBeenActive) navigator.vibrate?.(10);
  press.drag.begin(press.thing, press.at, Boolean(press.isFinger));
}

function end(how) {
  const { drag, isDrag, isFinger, timer, target } = press;
  press = null;
  clearTimeout(timer);
  target.removeEventListener("touchmove", keepStill);
  document.body.classList.remove("is-holding");
  if (!isDrag) return;
  // What was let go of is not also clicked; the click of a finger comes later.
  document.addEventListener("click", swallowPress, true);
  setTimeout(() => document.removeEventListener("click", swallowPress, true), isFinger ? 300 : 0);
  how(drag);
}

/** Not the click that Enter makes in the name field, where it comes within that time. */
function swallowPress(event) {
  if (event.detail > 0) swallow(event);
}

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

function keepStill(event) {
  if (press?.isDrag && event.cancelable) event.preventDefault();
}

document.addEventListener("pointermove", (event) => {
  if (event.pointerId !== press?.id) return;
  const point = pointOf(event);
  if (press.isDrag) {
    if (event.buttons === 0) return cancelDrag();
    press.at = point;
    return press.drag.move(point);
  }
  const far = Math.hypot(point.x - press.at.x, point.y - press.at.y);
  if (far <= (press.isFinger ? SLOP.finger : SLOP.mouse)) return;
  if (press.isFinger) return cancelDrag();
  begin();
  press.drag.move(point);
});

document.addEventListener("pointerup", (event) => {
  if (event.pointerId === press?.id) end((drag) => drag.drop(pointOf(event)));
});

document.addEventListener("pointercancel", (event) => {
  if (event.pointerId === press?.id) cancelDrag();
});

// Safari heeds only a listener that was there before the finger came down.
document.addEventListener("touchmove", keepStill, { passive: false });

document.addEventListener("contextmenu", (event) => (press?.isFinger || press?.isDrag) && event.preventDefault());
// Of a link, a picture or selected words the browser would begin a drag of its own.
document.addEventListener("dragstart", (event) => press && event.preventDefault());
addEventListener("blur", cancelDrag);
addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || !press?.isDrag) return;
    swallow(event);
    event.stopImmediatePropagation();
    cancelDrag();
  },
  true,
);
