// Own statements: kept on the device before they are sent, sent until the server has stored them, never doubled.
import { connection } from "./live.js";
import { forget, names, onOtherTab, phrase, read, receipt as newReceipt, write } from "./device.js";
import { post } from "./post.js";
import { themeOf } from "./theme_choice.js";

const FIRST_WAIT = 1000, LONGEST_WAIT = 20_000;
// Nothing is wrong with what was sent: the server, or something on the way, asks to come back.
const COME_BACK = new Set([408, 425, 429]);
// More was written in a minute than is taken in: new statements wait until then, changes go on.
const TOO_FAST = "too_fast";
let busy = false, tries = 0, restUntil = 0, timer;

/** All own statements of this session, the newest first. */
export function statements() {
  return names("statement:").map(read).filter(Boolean).sort((one, other) => other.made - one.made);
}

export function isWaiting(statement) {
  return statement.stored < statement.revision && !statement.refusal;
}

/** Put a new statement in the outbox, with its `{theme, themeName}` if any; it is safe before it is sent.
    `early` is the receipt under which a plain form may have sent it, or the beginning of it, already. */
export function submit(question, text, about = {}, early = undefined) {
  // Written without a connection, it is one of those that are told of when they came through.
  const saved = connection() === "off";
  const first = { receipt: early ?? newReceipt(), revision: early ? 2 : 1 };
  const statement = { ...about, ...first, question, text, stored: 0, made: Date.now(), saved };
  keep(statement);
  flush();
  return statement;
}

/** Keep a text that can't be sent, with the sentence that says why. */
export function setAside(question, text, refusal, about = {}) {
  keep({ ...about, receipt: newReceipt(), question, text, revision: 1, stored: 0, made: Date.now(), refusal });
}

/** A newer revision of an own statement: `{text}`, `{retracted: true}` or `{retracted: false}`. */
export function revise(receipt, change) {
  const statement = read(`statement:${receipt}`);
  if (!statement) return;
  keep({ ...statement, ...change, revision: statement.revision + 1, refusal: undefined });
  flush();
}

/** Take an own statement away from this device; what the server has, it keeps. */
export function discard(receipt) {
  forget(`statement:${receipt}`);
  changed();
}

/** Take back a statement: the server is told, unless it was certainly never sent. */
export function retract(receipt) {
  const statement = read(`statement:${receipt}`);
  if (statement && !statement.tried) discard(receipt);
  else revise(receipt, { retracted: true });
}

function keep(statement) {
  write(`statement:${statement.receipt}`, statement);
  changed();
}

function changed() {
  document.dispatchEvent(new CustomEvent("moderato:statements"));
}

/** The oldest that may be sent now: new ones wait in their order while the server asks for a rest. */
function due() {
  return statements().filter((one) => isWaiting(one) && (one.stored || Date.now() >= restUntil)).pop();
}

/** Send everything that waits, oldest first, one at a time. */
export async function flush() {
  if (busy) return;
  busy = true;
  clearTimeout(timer);
  let delivered = 0, wait = 0;
  for (let next; !wait && (next = due()); ) {
    if (connection() === "off") keep({ ...next, saved: true });
    wait = await deliver(next);
    if (!wait && next.saved && isStored(next)) delivered += 1;
  }
  busy = false;
  tries = wait ? tries + 1 : 0;
  const rest = statements().some(isWaiting) ? restUntil - Date.now() : 0;
  if (wait || rest > 0) timer = setTimeout(flush, wait || rest);
  if (delivered) document.dispatchEvent(new CustomEvent("moderato:delivered", { detail: { count: delivered } }));
}

function isStored({ receipt, revision }) {
  const known = read(`statement:${receipt}`);
  return !known?.refusal && !(known?.stored < revision);
}

/** Send one; 0 when it was dealt with, or rests unseen, else the milliseconds to wait before trying again. */
async function deliver(statement) {
  const { receipt, question, revision, text, theme, retracted } = statement;
  keep({ ...read(`statement:${receipt}`), tried: true });
  const path = retracted ? "statements/retract" : "statements";
  const body = retracted ? { receipt, revision } : { receipt, revision, text, question, theme };
  try {
    const response = await post(path, body);
    const answer = await response.json();
    if (response.ok) accept(receipt, revision, answer);
    else if (answer.refusal === TOO_FAST && !statement.stored) rest(receipt, response);
    else if (response.status >= 500 || COME_BACK.has(response.status)) throw response;
    else refuse(receipt, revision, answer);
    return 0;
  } catch (problem) {
    const still = read(`statement:${receipt}`);
    if (still) keep({ ...still, saved: true });
    const asked = problem instanceof Response ? secondsAsked(problem) * 1000 : 0;
    return Math.max(asked, 200) + Math.random() * Math.min(FIRST_WAIT * 2 ** tries, LONGEST_WAIT);
  }
}

function secondsAsked(response) {
  return Number(response.headers.get("Retry-After")) || 0;
}

/** Nothing is wrong, so nothing is said: the statement goes on by itself, and is not counted as saved from a gap. */
function rest(receipt, response) {
  restUntil = Date.now() + Math.max(secondsAsked(response), 1) * 1000 + Math.random() * 500;
  const still = read(`statement:${receipt}`);
  if (still) keep({ ...still, saved: false });
}

/** The server has stored it, or something newer of another tab stands. */
function accept(receipt, revision, answer) {
  const statement = read(`statement:${receipt}`);
  if (!statement) return;
  const standing = answer.retracted ?? statement.retracted ? undefined : statement.text;
  const stored = Math.max(statement.stored, answer.revision ?? revision);
  const known = { ...statement, stored, saved: false, held: answer.alone };
  if (revision === statement.revision) known.standing = standing;
  if (stored > statement.revision) Object.assign(known, { revision: stored, retracted: Boolean(answer.retracted) });
  keep(known);
}

/** The server said no: what stood before stands, and a text that can't come in is kept apart with its sentence. */
function refuse(receipt, revision, answer) {
  const known = read(`statement:${receipt}`);
  if (!known || known.revision !== revision) return;
  const isThemeGone = answer.refusal === "theme_unknown";
  const refusal = { key: answer.refusal, message: isThemeGone ? phrase("themeGone") : answer.message };
  // Sent again with a theme that is gone, it would be refused again.
  const statement = isThemeGone ? { ...known, theme: undefined, themeName: undefined } : known;
  if (!statement.stored) {
    if (statement.retracted) discard(receipt);
    else keep({ ...statement, refusal });
    return;
  }
  const retracted = statement.standing === undefined;
  const isChange = !retracted && !statement.retracted && statement.text !== statement.standing;
  if (isChange) setAside(statement.question, statement.text, refusal, themeOf(statement));
  const note = isChange ? undefined : refusal.message;
  keep({ ...statement, text: statement.standing ?? statement.text, retracted, stored: revision, saved: false, note });
}

onOtherTab((name) => name.startsWith("statement:") && changed());
document.addEventListener("moderato:connection", ({ detail }) => detail.state === "ok" && flush());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
addEventListener("online", flush);
