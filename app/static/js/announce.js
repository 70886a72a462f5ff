// Says in words what happened on the screen: politely, at most one message per five seconds, the newest of its kind.

const PAUSE = 5000;
const waiting = new Map();
let saidAt = 0, timer;

/** Say `text` when it is its turn; a newer one of the same `kind` takes its place, so that counts are summed. A function
 * is asked for its text only then. */
export function announce(kind, text) {
  waiting.delete(kind);
  waiting.set(kind, text);
  clearTimeout(timer);
  timer = setTimeout(say, Math.max(100, saidAt + PAUSE - Date.now()));
}

/** Say `text` at once, for the opening of a phase. */
export function interrupt(text) {
  speak("alerts", text);
}

/** Emptied first, since the same words again would change nothing and so not be heard. */
function speak(id, text) {
  const region = document.getElementById(id);
  if (!region) return;
  region.textContent = "";
  setTimeout(() => (region.textContent = text), 50);
}

function say() {
  if (!waiting.size) return;
  const texts = [...waiting.values()];
  waiting.clear();
  speak("announcement", texts.map((text) => (typeof text === "function" ? text() : text)).join(" "));
  saidAt = Date.now();
}

// Clocks and other parts of a page ask by event, so that they needn't know who speaks.
document.addEventListener("moderato:announce", ({ detail }) => announce(detail.kind ?? "other", detail.text));
