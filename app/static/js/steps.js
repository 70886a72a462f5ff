// The step buttons: a second press of a double click must not take the next step too.
const PAUSE = 500; // As long as a double click may last; the label has changed under the pointer by then.
// Each kind for itself: what stands elsewhere on the page can't be under the pointer of the first press.
const KINDS = [".next-step", ".phase-back", ".way", ".rail-skip", ".rail-door"];
const pressedAt = new Map();

document.addEventListener(
  "submit",
  (event) => {
    const kind = KINDS.find((one) => event.target.matches(one));
    if (!kind) return;
    if (performance.now() - (pressedAt.get(kind) ?? -PAUSE) < PAUSE) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    pressedAt.set(kind, performance.now());
  },
  true,
);
