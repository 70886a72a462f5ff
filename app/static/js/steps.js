// The step buttons: a second press of a double click must not take the next step too.
const PAUSE = 1000; // Longer than any double click; the label has changed under the pointer by then.
let pressedAt = -PAUSE;

document.addEventListener(
  "submit",
  (event) => {
    if (!event.target.matches(".next-step, .phase-back, .way")) return;
    if (performance.now() - pressedAt < PAUSE) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    pressedAt = performance.now();
  },
  true,
);
