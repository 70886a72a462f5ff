// Sends moves of selected statements one after another, each as it was when it was made: a fast moderator may make the
// next one before the answer to the last is there, which htmx would read from the page too late.
import { applyPush } from "./push.js";

const PATIENCE = 15_000; // ms; on a line that takes nothing in, a move would never be refused

let last = Promise.resolve();

/** Send the form as `submitter` was pressed, with `extra` fields; `done(ok)` is called before the answer is drawn. */
export function sendMove(form, submitter, extra, done) {
  const fields = new FormData(form);
  for (const [name, value] of Object.entries(extra)) fields.append(name, value);
  if (submitter?.name) fields.append(submitter.name, submitter.value);
  const address = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  last = last.then(() => post(address, new URLSearchParams(fields), done));
}

async function post(address, body, done) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    const headers = { "HX-Request": "true" };
    const answer = await fetch(address, { method: "POST", body, headers, credentials: "same-origin", signal: giveUp.signal });
    const text = await answer.text();
    const elsewhere = answer.headers.get("HX-Redirect");
    done(answer.ok);
    if (elsewhere) location.href = elsewhere;
    // From a proxy whose server is away: no words of ours in it.
    else if (!applyPush(text) && !answer.ok) unsent();
  } catch {
    done(false);
    unsent();
  } finally {
    clearTimeout(timer);
  }
}

function unsent() {
  document.dispatchEvent(new CustomEvent("moderato:unsent"));
}
