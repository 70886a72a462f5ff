// Own statements: kept on the device before they are sent, each with its receipt and a revision that counts up.
import { forget, names, onOtherTab, read, receipt as newReceipt, write } from "./device.js";
import { connection } from "./live.js";
import { forgetRevision, writeRevision } from "./revisions.js";
import { onReturn } from "./wake.js";

const name = (receipt) => `statement:${receipt}`;

/** All own statements of this session, the newest first. */
export function statements() {
  return names("statement:").map(read).filter(Boolean).sort((one, other) => other.made - one.made);
}

/** One own statement as this device knows it now; undefined when it was taken away. */
export function statement(receipt) {
  return read(name(receipt));
}

/** Put a new statement in the outbox, with its `{theme, themeName}` if any; it is safe before it is sent.
    `early` is the receipt under which a plain form may have sent it, or the beginning of it, already. */
export function submit(question, text, about = {}, early = undefined) {
  // Written without a connection, it is one of those that are told of when they came through.
  const saved = connection() === "off";
  const first = { receipt: early ?? newReceipt(), revision: early ? 2 : 1 };
  const own = { ...about, ...first, question, text, stored: 0, made: Date.now(), saved };
  make(own);
  return own;
}

/** Keep a text that can't be sent, with the sentence that says why. */
export function setAside(question, text, refusal, about = {}) {
  const own = { ...about, receipt: newReceipt(), question, text, revision: 1, stored: 0, made: Date.now(), refusal };
  keep(own);
}

/** A newer revision of an own statement: `{text}`, `{retracted: true}` or `{retracted: false}`. */
export function revise(receipt, change) {
  const own = statement(receipt);
  if (own) make({ ...own, ...change, revision: own.revision + 1, refusal: undefined, note: undefined });
}

/** Take an own statement away from this device; what the server has, it keeps. */
export function discard(receipt) {
  forgetRevision(name(receipt));
  forget(name(receipt));
  changed();
}

/** Take back a statement: the server is told, unless it was certainly never sent. */
export function retract(receipt) {
  const own = statement(receipt);
  if (own && !own.tried) discard(receipt);
  else revise(receipt, { retracted: true });
}

/** Keep what was learned of a statement on its way; what a person makes goes through `submit` and `revise`. */
export function keep(own) {
  write(name(own.receipt), own);
  changed();
}

function make(own) {
  writeRevision(name(own.receipt), own);
  changed();
  document.dispatchEvent(new CustomEvent("moderato:outbox"));
}

function changed() {
  document.dispatchEvent(new CustomEvent("moderato:statements"));
}

onOtherTab((key) => key.startsWith("statement:") && changed());
// A tab that was suspended heard nothing of what its neighbours did.
onReturn(changed);
