// Asks again and again what is new, where no socket gets through.
import { applyPush, presentSeq } from "./push.js";

const WAIT = 2000, PATIENCE = 8000;
let timer, tell, path;

/** Poll `from`, and call `heard("ok" | "trying" | "gone")` after each try. */
export function startPolling(from, heard) {
  if (timer) return;
  [path, tell] = [from, heard];
  poll();
}

export function stopPolling() {
  clearTimeout(timer);
  timer = undefined;
}

export function isPolling() {
  return timer !== undefined;
}

/** Somebody is back: ask now. */
export function pollNow() {
  if (timer) poll();
}

async function poll() {
  clearTimeout(timer);
  timer = setTimeout(poll, WAIT * (0.75 + Math.random() / 2));
  const mine = timer;
  const state = await ask();
  // Stopped or asked again meanwhile: that is newer.
  if (mine === timer) tell(state);
}

async function ask() {
  const address = new URL(path, location.href);
  address.searchParams.set("since", presentSeq());
  const abort = new AbortController();
  const patience = setTimeout(() => abort.abort(), PATIENCE);
  try {
    const headers = { Accept: "application/json" };
    const answer = await fetch(address, { credentials: "same-origin", headers, signal: abort.signal });
    if (await isGone(answer)) return "gone";
    // A portal that wants a click first answers everything with its own page.
    return answer.status === 204 || (answer.status === 200 && applyPush(await answer.text())) ? "ok" : "trying";
  } catch {
    return "trying";
  } finally {
    clearTimeout(patience);
  }
}

/** Only our own no is final: a proxy whose server restarts says 401 and 404, too. */
async function isGone(answer) {
  if (answer.redirected) return new URL(answer.url).origin === location.origin;
  if (answer.status !== 401 && answer.status !== 404) return false;
  const no = await answer.json().catch(() => undefined);
  return Boolean(no?.refusal);
}
