// The line to the server: a socket that only listens, comes back by itself, and polling where sockets are blocked.
import { applyPush, presentSeq } from "./push.js";

export { applyPush };

const BEAT_LASTS = 25_000; // The server breaks ten seconds of silence, so this much means the line is dead.
const FIRST_WAIT = 500, LONGEST_WAIT = 4000;
const OPENS_BEFORE_POLLING = 3, POLL_WAIT = 2000;
const CALM = 1500; // A drop that heals sooner is not worth alarming anybody.
const FOR_GOOD = new Set([4401, 4410]);

const { socket: socketPath, poll: pollPath } = document.body.dataset;
let socket, failures = 0, heardAt = 0, stopped = false, state = "trying";
let retryTimer, beatTimer, pollTimer, alarmTimer;

/** ok, trying (just dropped) or off. */
export function connection() {
  return state;
}

function tell(next) {
  clearTimeout(alarmTimer);
  if (next === "trying") alarmTimer = setTimeout(tell, CALM, "off");
  if (next === state || (next === "trying" && state === "off")) return;
  state = next;
  document.dispatchEvent(new CustomEvent("moderato:connection", { detail: { state } }));
}

function open() {
  clearTimeout(retryTimer);
  if (stopped || socket) return;
  const address = new URL(socketPath, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  address.searchParams.set("since", presentSeq());
  const mine = (socket = new WebSocket(address));
  mine.onopen = () => {
    failures = 0;
    clearTimeout(pollTimer);
    pollTimer = undefined;
    heard();
    tell("ok");
  };
  mine.onmessage = (message) => {
    heard();
    if (message.data !== "{}") applyPush(message.data);
  };
  mine.onclose = (closed) => {
    if (mine === socket) lost(closed.code);
  };
  // A handshake can hang as long as a dead line.
  heard();
}

function heard() {
  heardAt = Date.now();
  clearTimeout(beatTimer);
  beatTimer = setTimeout(drop, BEAT_LASTS);
}

/** Give up a socket at once, without waiting for a close that a half-open line never sends. */
function drop() {
  if (!socket) return;
  const old = socket;
  old.onopen = old.onmessage = old.onclose = null;
  lost();
  old.close();
}

function lost(code) {
  clearTimeout(beatTimer);
  socket = undefined;
  if (FOR_GOOD.has(code)) return stop(code);
  failures += 1;
  if (failures >= OPENS_BEFORE_POLLING && !pollTimer) poll();
  if (!pollTimer) tell("trying");
  // Full jitter: a room full of phones must not come back in step.
  retryTimer = setTimeout(open, Math.random() * Math.min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT));
}

function stop(code) {
  stopped = true;
  clearTimeout(pollTimer);
  tell("off");
  document.dispatchEvent(new CustomEvent("moderato:gone", { detail: { code } }));
}

async function poll() {
  clearTimeout(pollTimer);
  pollTimer = setTimeout(poll, POLL_WAIT * (0.75 + Math.random() / 2));
  const address = new URL(pollPath, location.href);
  address.searchParams.set("since", presentSeq());
  try {
    const answer = await fetch(address, { credentials: "same-origin", signal: timeout(8000) });
    if (answer.status === 401 || answer.status === 404) return stop(answer.status);
    if (!answer.ok) return tell("trying");
    if (answer.status === 200) applyPush(await answer.text());
    tell("ok");
  } catch {
    if (!socket || socket.readyState !== WebSocket.OPEN) tell("trying");
  }
}

function timeout(milliseconds) {
  const abort = new AbortController();
  setTimeout(() => abort.abort(), milliseconds);
  return abort.signal;
}

/** The network changed or the screen was unlocked: don't wait for timers, and don't trust an old silence. */
function hurry() {
  if (document.visibilityState === "hidden") return;
  if (socket && Date.now() - heardAt > (socket.readyState === WebSocket.OPEN ? 12_000 : 3000)) drop();
  failures = Math.min(failures, OPENS_BEFORE_POLLING);
  open();
}

if (socketPath) {
  addEventListener("online", hurry);
  addEventListener("offline", drop);
  addEventListener("pageshow", hurry);
  document.addEventListener("visibilitychange", hurry);
  open();
}

// A form sent by htmx is answered with a push; htmx itself swaps nothing.
document.addEventListener("htmx:afterRequest", (event) => {
  const answer = event.detail.xhr?.responseText;
  if (answer) applyPush(answer);
});
