// What was typed before the scripts had come may have been sent by its form already: it keeps that form's receipt, so
// that sending it once more makes no second statement.
import { forget, names, read, write } from "./device.js";

const name = (question) => `early:${question}`;

/** The composer `form` holds `text` that these scripts did not see being typed. */
export function takeOver(question, form, text) {
  const { receipt, form_number: number } = form.elements;
  if (receipt) write(name(question), { receipt: receipt.value, number: number.value, text });
}

/** The receipt under which the form may have sent what is in the field; undefined when it can't have. */
export function earlyReceipt(question) {
  return read(name(question))?.receipt;
}

/** The field was emptied: what is typed from now on is another statement. */
export function forgetEarly(question) {
  forget(name(question));
}

/** This page answers a form that was stored. What that form sent is no draft any more; what was typed on, is. */
function settle() {
  const sent = new URLSearchParams(location.search).get("form");
  if (!sent) return;
  for (const early of names("early:").filter((one) => read(one).number === sent)) {
    const draft = early.replace("early:", "draft:");
    if (read(draft) !== read(early).text) continue;
    forget(draft);
    forget(early);
  }
  // Loaded again, this page answers nothing any more.
  history.replaceState(history.state, "", location.pathname);
}

settle();
