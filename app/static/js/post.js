// Tells the server something as this participant.
import { onReturn } from "./wake.js";

const PATIENCE = 15_000, LATE = 3000;
// Bytes. On an encrypted line others see how long a request is, and a room soon sees which statements are as long.
const STEP = 1024;
const underway = new Map();
const own = document.body.dataset.seat;

/** Send JSON as this participant, or as another `seat` of this device; gives up after a while, so that a hanging line is tried again. */
export async function post(path, body, seat = own) {
  const abort = new AbortController();
  underway.set(abort, Date.now());
  const patience = setTimeout(() => abort.abort(), PATIENCE);
  try {
    return await fetch(`${seat}/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: inSteps(JSON.stringify(body)),
      credentials: "same-origin",
      signal: abort.signal,
    });
  } finally {
    clearTimeout(patience);
    underway.delete(abort);
  }
}

/** The same JSON with spaces behind it: as long whatever was written or given. */
function inSteps(json) {
  const bytes = new TextEncoder().encode(json).length;
  return json + " ".repeat(Math.ceil(bytes / STEP) * STEP - bytes);
}

// On a line that died meanwhile no answer comes: given up, a request is sent again over a new one.
onReturn((wasAway) => {
  if (!wasAway) return;
  for (const [abort, since] of underway) if (Date.now() - since > LATE) abort.abort();
});
