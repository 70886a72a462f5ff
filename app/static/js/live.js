// The line to the server: a socket that only listens, comes back by itself, and polling where sockets are blocked.
import { isPolling, pollNow, startPolling, stopPolling } from "./polling.js";
import { applyPush, presentSeq } from "./push.js";
import { onReturn } from "./wake.js";

export { applyPush };

const BEAT_LASTS = 25_000; // The server breaks ten seconds of silence, so this much means the line is dead.
const OPENING_LASTS = 10_000; // A handshake can hang as long as a dead line.
const FIRST_WAIT = 500, LONGEST_WAIT = 4000, LONGEST_PROBE = 20_000;
const OPENS_BEFORE_POLLING = 3;
const CALM = 1500; // A drop that heals sooner is not worth alarming anybody.
const FOR_GOOD = new Set([4401, 4410]);

const { socket: socketPath, poll: pollPath } = document.body.dataset;
let socket, failures = 0, heardAt = 0, stopped = false, state = "trying";
let retryTimer, beatTimer, alarmTimer;

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
  // Open is not enough: some proxies open a socket and let nothing through. The server speaks at once.
  mine.onmessage = (message) => {
    failures = 0;
    stopPolling();
    heard(BEAT_LASTS);
    tell("ok");
    if (message.data !== "{}") applyPush(message.data);
  };
  mine.onclose = (closed) => {
    if (mine === socket) lost(closed.code);
  };
  heard(OPENING_LASTS);
}

function heard(lasts) {
  heardAt = Date.now();
  clearTimeout(beatTimer);
  beatTimer = setTimeout(drop, lasts);
}

/** Give up a socket at once, without waiting for a close that a half-open line never sends. */
function drop() {
  if (!socket) return;
  const old = socket;
  old.onmessage = old.onclose = null;
  lost();
  old.close();
}

function lost(code) {
  clearTimeout(beatTimer);
  socket = undefined;
  if (FOR_GOOD.has(code)) return stop(code);
  failures += 1;
  if (failures >= OPENS_BEFORE_POLLING) startPolling(pollPath, polled);
  if (!isPolling()) tell("trying");
  // Where polling works, nobody waits for the socket: it is only tried now and then.
  const longest = isPolling() && state === "ok" ? LONGEST_PROBE : LONGEST_WAIT;
  // Full jitter: a room full of phones must not come back in step.
  retryTimer = setTimeout(open, Math.random() * Math.min(FIRST_WAIT * 2 ** (failures - 1), longest));
}

function polled(result) {
  if (result === "gone") stop(4401);
  else tell(result);
}

function stop(code) {
  stopped = true;
  stopPolling();
  tell("off");
  document.dispatchEvent(new CustomEvent("moderato:gone", { detail: { code } }));
}

/** A socket that a phone kept in its pocket looks open long after it died: a new one tells at once what is new. */
function hurry(wasAway) {
  const silence = socket?.readyState === WebSocket.OPEN ? 12_000 : 3000;
  if (wasAway || Date.now() - heardAt > silence) drop();
  failures = Math.min(failures, OPENS_BEFORE_POLLING);
  open();
  pollNow();
}

if (socketPath) {
  onReturn(hurry);
  addEventListener("offline", drop);
  open();
}

// A form sent by htmx is answered with a push; htmx itself swaps nothing.
document.addEventListener("htmx:afterRequest", (event) => {
  const answer = event.detail.xhr?.responseText;
  if (answer) applyPush(answer);
});
