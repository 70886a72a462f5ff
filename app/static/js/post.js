// Tells the server something as this participant.

const PATIENCE = 15_000;
const own = document.body.dataset.seat;

/** Send JSON as this participant, or as another `seat` of this device; gives up after a while, so that a hanging line is tried again. */
export async function post(path, body, seat = own) {
  const abort = new AbortController();
  const patience = setTimeout(() => abort.abort(), PATIENCE);
  try {
    return await fetch(`${seat}/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
      credentials: "same-origin",
      signal: abort.signal,
    });
  } finally {
    clearTimeout(patience);
  }
}
