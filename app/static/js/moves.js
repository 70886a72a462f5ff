// Sends moves one after another, each as it was when it was made: a fast moderator may make the next one before the
// answer to the last is there, which htmx would read from the page too late.
import { applyPush, presentSeq } from "./push.js";

const PATIENCE = 15_000; // ms; on a line that takes nothing in, a move would be neither confirmed nor put back

let last = Promise.resolve(), underWay = 0;

/** Send the form as `submitter` was pressed, with `extra` fields; `done(ok)` is called before the answer is drawn. */
export function sendMove(form, submitter, extra, done) {
  const fields = new FormData(form);
  for (const [name, value] of Object.entries(extra)) fields.append(name, value);
  if (submitter?.name) fields.append(submitter.name, submitter.value);
  send(submitter?.getAttribute("formaction") ?? form.getAttribute("action"), fields, done);
}

/** Send these fields (pairs of name and value) to a door of this session's board, such as `/themes/7/merge`. */
export function sendFields(path, extra, done) {
  const form = document.getElementById("put");
  const fields = new FormData();
  for (const name of ["phase", "question", "seq"]) fields.append(name, form.elements[name].value);
  for (const [name, value] of extra) fields.append(name, value);
  send(form.getAttribute("action").replace("/statements/put", path), fields, done);
}

/** Calls `act` when everything that was sent before has its answer; at once when nothing is under way. */
export function afterMoves(act) {
  if (underWay) last.then(act);
  else act();
}

export function isSending() {
  return underWay > 0;
}

function send(address, fields, done) {
  const isBehind = underWay > 0;
  underWay += 1;
  last = last.then(async () => {
    // Made while the own move before it was under way: the answer to that one is no news that could be in its way.
    if (isBehind) fields.set("seq", Math.max(fields.get("seq"), presentSeq()));
    const settle = (ok) => {
      underWay -= 1;
      done(ok);
    };
    await post(address, new URLSearchParams(fields), isBehind, settle);
  });
}

async function post(address, body, isBehind, done) {
  let answer, text;
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    const headers = { "HX-Request": "true" };
    answer = await fetch(address, { method: "POST", body, headers, credentials: "same-origin", signal: giveUp.signal });
    text = await answer.text();
  } catch {
    done(false);
    return tell("moderato:unsent");
  } finally {
    clearTimeout(timer);
  }
  const elsewhere = answer.headers.get("HX-Redirect");
  done(answer.ok);
  if (elsewhere) location.href = elsewhere;
  else if (applyPush(text)) tell("moderato:answered", { ok: answer.ok, isBehind });
  // What comes from a proxy whose server is away has no words of ours in it.
  else if (!answer.ok) tell("moderato:unsent");
}

function tell(event, detail) {
  document.dispatchEvent(new CustomEvent(event, { detail }));
}
