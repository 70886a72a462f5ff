// The step buttons: a second press of a double click must not take the next step too.
const PAUSE = 500; // As long as a double click may last; the label has changed under the pointer by then.
let pressedAt = -PAUSE;

document.addEventListener(
  "submit",
  (event) => {
    if (!event.target.matches(".next-step, .phase-back, .way, .rail-skip, .rail-door")) return;
    if (performance.now() - pressedAt < PAUSE) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    pressedAt = performance.now();
  },
  true,
);
