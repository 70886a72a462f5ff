// Sends what waits in the outbox until the server has stored it: never doubled, never over something newer.
import { phrase } from "./device.js";
import { connection } from "./live.js";
import { discard, keep, setAside, statement, statements } from "./outbox.js";
import { accepted, isWaiting, requestFor } from "./own_statement.js";
import { post } from "./post.js";
import { heldScene, scene, takesLate } from "./scene.js";
import { themeOf } from "./theme_choice.js";
import { onReturn } from "./wake.js";

const FIRST_WAIT = 1000, LONGEST_WAIT = 20_000;
// More was written in a minute than is taken in: new statements wait until then, changes go on.
const TOO_FAST = "too_fast";
// Not in this session any more: with a new seat what waits can still be sent.
const NO_SEAT = "seat_unknown";
// What keeps it from being stored is the server's and no line's: said, since a person sees that the line works.
const NOT_STORED = "storage_failed";
let busy = false, tries = 0, restUntil = 0, timer;

/** The oldest that may be sent now: new ones wait in their order while the server asks for a rest. */
function due(stuck) {
  const mayGo = (one) => isWaiting(one) && !stuck.has(one.receipt) && (one.stored || Date.now() >= restUntil);
  return statements().filter(mayGo).pop();
}

/** Send everything that waits, oldest first, one at a time; one that makes the server fail holds up no other. */
async function flush() {
  if (busy) return;
  busy = true;
  clearTimeout(timer);
  const stuck = new Set();
  let delivered = 0, wait = 0;
  for (let next; !isLineDown(stuck) && (next = due(stuck)); ) {
    if (connection() === "off") keep({ ...next, saved: true });
    const again = await deliver(next);
    if (again) stuck.add(next.receipt);
    wait = Math.max(wait, again);
    if (!again && next.saved && isStored(next)) delivered += 1;
  }
  busy = false;
  tries = wait ? tries + 1 : 0;
  // What is neither due nor stuck rests. A timer may ring a moment early, so the rest is never taken to be over here.
  const rests = statements().some((one) => isWaiting(one) && !stuck.has(one.receipt));
  if (wait || rests) timer = setTimeout(flush, wait || Math.max(restUntil - Date.now(), 0) + 1);
  if (delivered) document.dispatchEvent(new CustomEvent("moderato:delivered", { detail: { count: delivered } }));
}

/** Two that fail one after the other are not to blame: it is the line. */
function isLineDown(stuck) {
  return stuck.size >= 2 || (stuck.size > 0 && connection() === "off");
}

function isStored({ receipt, revision }) {
  const known = statement(receipt);
  return !known?.refusal && !(known?.stored < revision);
}

/** Send one; 0 when it was dealt with, or rests unseen, else the milliseconds to wait before trying again. */
async function deliver(sent) {
  const { receipt } = sent;
  keep({ ...statement(receipt), tried: true });
  try {
    const response = await post(...requestFor(sent));
    const answer = await response.json();
    if (response.ok) accept(sent, answer);
    else if (answer.refusal === TOO_FAST && !sent.stored) rest(receipt, response);
    else if (isRefusal(response, answer)) refuse(sent, answer);
    else throw Object.assign(response, { answer });
    return 0;
  } catch (problem) {
    const still = statement(receipt);
    if (still) keep({ ...still, saved: true, note: noteOf(problem) });
    const asked = problem instanceof Response ? secondsAsked(problem) * 1000 : 0;
    return Math.max(asked, 200) + Math.random() * Math.min(FIRST_WAIT * 2 ** tries, LONGEST_WAIT);
  }
}

/** Whether the application itself says no for good; whatever else is said on the way is a reason to come back. */
function isRefusal({ status }, { refusal }) {
  return status < 500 && ![408, 425, 429].includes(status) && Boolean(refusal) && refusal !== NO_SEAT;
}

function noteOf(problem) {
  return [NO_SEAT, NOT_STORED].includes(problem.answer?.refusal) ? problem.answer.message : undefined;
}

function secondsAsked(response) {
  return Number(response.headers.get("Retry-After")) || 0;
}

/** Nothing is wrong, so nothing is said: the statement goes on by itself, and is not counted as saved from a gap. */
function rest(receipt, response) {
  restUntil = Date.now() + Math.max(secondsAsked(response), 1) * 1000 + Math.random() * 500;
  const still = statement(receipt);
  if (still) keep({ ...still, saved: false });
}

function accept(sent, answer) {
  const known = statement(sent.receipt);
  if (known) keep(accepted(known, sent, answer));
}

/** The server said no: what stood before stands, and a text that can't come in is kept apart with its sentence. */
function refuse(sent, answer) {
  const known = statement(sent.receipt);
  if (!known || known.revision !== sent.revision) return;
  const isThemeGone = answer.refusal === "theme_unknown";
  const refusal = { key: answer.refusal, message: isThemeGone ? phrase("themeGone") : answer.message };
  // Sent again with a theme that is gone, it would be refused again.
  const own = knowing(isThemeGone ? { ...known, theme: undefined, themeName: undefined } : known, answer.stands);
  if (!own.stored) {
    if (own.retracted) discard(own.receipt);
    else keep({ ...own, refusal });
    return;
  }
  const retracted = own.standing === undefined;
  const isChange = !retracted && !own.retracted && own.text !== own.standing;
  if (isChange) setAside(own.question, own.text, refusal, themeOf(own));
  const note = isChange ? undefined : refusal.message;
  keep({ ...own, text: own.standing ?? own.text, retracted, stored: sent.revision, saved: false, note });
}

/** What stands, by the server's word: of earlier tries the answers may never have been heard. */
function knowing(own, stands) {
  return stands ? { ...own, stored: stands.revision, standing: stands.retracted ? undefined : stands.text } : own;
}

/** Collecting has closed: what is late is taken at once, however much of it there is, and later perhaps not any more. */
function hurry() {
  if (!takesLate(heldScene()) && !takesLate(scene())) return;
  restUntil = 0;
  flush();
}

document.addEventListener("moderato:outbox", flush);
document.addEventListener("moderato:scene", hurry);
document.addEventListener("moderato:held", hurry);
document.addEventListener("moderato:connection", ({ detail }) => detail.state === "ok" && flush());
onReturn(flush);
flush();
