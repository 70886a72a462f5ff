// What was too busy tries again by itself: each phone after a time of its own, so that they don't all come back at once.

/** Say so, and call `act` after the server's seconds or up to three times as long; where the page was told to. */
export function tryAgain(act) {
  const seconds = Number(document.body.dataset.again);
  if (!seconds) return;
  document.getElementById("by-itself").hidden = false;
  setTimeout(act, seconds * 1000 * (1 + 2 * Math.random()));
}
