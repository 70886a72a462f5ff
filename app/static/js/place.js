// Keeps what somebody reads or writes where it is on the screen while the page changes above it.

// Safari does not do it by itself.
const browserDoesIt = CSS.supports("overflow-anchor", "auto");
const READ = "li, p, h1, h2, label, textarea, button";

/** Run `change()`, and scroll by what it moved. At the top of the page nothing is above. */
export function keepPlace(change) {
  const kept = browserDoesIt || scrollY === 0 ? undefined : inSight();
  const before = kept?.getBoundingClientRect().top;
  change();
  if (kept?.isConnected) scrollBy({ top: kept.getBoundingClientRect().top - before, behavior: "instant" });
}

/** The field somebody writes in, or what stands highest below the header. */
function inSight() {
  if (document.activeElement?.matches("textarea, input")) return document.activeElement;
  for (let height = innerHeight / 6; height < innerHeight; height += 12) {
    const found = document.elementFromPoint(innerWidth / 2, height)?.closest(READ);
    if (found?.closest("main")) return found;
  }
  return undefined;
}
