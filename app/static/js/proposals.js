// What is proposed for own statements, as this device keeps it: safe before it is sent, with a revision that counts up.
import { forget, names, onOtherTab, read, write } from "./device.js";
import { isUnsentProposal } from "./own_proposal.js";
import { writeRevision } from "./revisions.js";

const name = (receipt) => `proposal:${receipt}`;
const draftName = (receipt) => `proposing:${receipt}`;

/** What is proposed for the statement with a receipt; undefined when nothing ever was. */
export function proposal(receipt) {
  return read(name(receipt));
}

/** All that the server does not have yet. */
export function unsent() {
  return names("proposal:").map(read).filter((one) => one && isUnsentProposal(one));
}

/** Propose a `{theme, label}` or a `{name, label}`, or nothing any more with `{}`. */
export function propose({ receipt, question }, choice) {
  const { revision = 0, stored = 0 } = proposal(receipt) ?? {};
  writeRevision(name(receipt), { ...choice, receipt, question, revision: revision + 1, stored });
  changed();
  document.dispatchEvent(new CustomEvent("moderato:proposed"));
}

/** Keep what was learned of one on its way. */
export function keepProposal(own) {
  write(name(own.receipt), own);
  changed();
}

/** The choice in an open form, which is on the device at every key; undefined where no form is open. */
export function draftOf(receipt) {
  return read(draftName(receipt));
}

export function keepDraft(receipt, draft) {
  write(draftName(receipt), draft);
}

export function dropDraft(receipt) {
  forget(draftName(receipt));
}

// The cards are drawn anew.
function changed() {
  document.dispatchEvent(new CustomEvent("moderato:statements"));
}

onOtherTab((key) => key.startsWith("proposal:") && changed());
