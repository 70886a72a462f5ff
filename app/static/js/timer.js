// Counts every clock on the page down; at 0 it says so and never acts.
const THRESHOLDS = [[300, "fiveMinutes"], [60, "oneMinute"], [10, "tenSeconds"]];
const words = document.getElementById("phrases")?.dataset ?? {};
const clocks = new WeakMap();
let saidFor = null;

/** Where a clock stands: read again only when the server changed its figures, so a redrawn page doesn't set it back. */
function deadline(clock) {
  const { secondsLeft, running } = clock.dataset;
  const known = clocks.get(clock);
  if (known && known.secondsLeft === secondsLeft && known.running === running) return known;
  const read = { secondsLeft, running, at: performance.now() + Number(secondsLeft) * 1000 };
  clocks.set(clock, read);
  return read;
}

function left(clock) {
  const { secondsLeft, running, at } = deadline(clock);
  if (running !== "true") return Number(secondsLeft);
  return Math.max(0, Math.ceil((at - performance.now()) / 1000));
}

function paint() {
  document.querySelectorAll(".timer").forEach((clock, index) => {
    const seconds = left(clock);
    const text = seconds > 0 ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : words.timeUp || "0:00";
    if (clock.textContent !== text) clock.textContent = text;
    clock.classList.toggle("is-up", seconds === 0);
    if (index === 0 && clock.dataset.running === "true") announce(clock, seconds);
  });
}

/** Speaks when a threshold is crossed, not when a page is opened below it. */
function announce(clock, seconds) {
  const before = saidFor?.clock === clock ? saidFor.seconds : seconds;
  saidFor = { clock, seconds };
  const crossed = THRESHOLDS.find(([limit]) => before > limit && seconds <= limit);
  const text = seconds === 0 && before > 0 ? words.timeUp : crossed && words[crossed[1]];
  if (text) document.dispatchEvent(new CustomEvent("moderato:announce", { detail: { text } }));
}

setInterval(paint, 250);
document.addEventListener("moderato:pushed", paint);
paint();
