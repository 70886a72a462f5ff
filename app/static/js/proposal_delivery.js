// Sends proposals: each in a request of its own after a time of its own, so that those of one phone can't be joined.
import { phrase } from "./device.js";
import { setAside } from "./outbox.js";
import { acceptedProposal, proposalRequest } from "./own_proposal.js";
import { post } from "./post.js";
import { keepProposal, proposal, unsent } from "./proposals.js";
import { onReturn } from "./wake.js";

// Longer than somebody needs from one statement to the next.
const SHORTEST = 2000, LONGEST = 20_000;
// A timer that is later slept with the phone, and so did the others: they would all go at once, in their order.
const OVERSLEPT = 1500;
const timers = new Map();

function chance() {
  return crypto.getRandomValues(new Uint32Array(1))[0] / 2 ** 32;
}

/** Give each that waits its time; one that has a time keeps it, so that new ones tell nothing of older ones. */
function schedule() {
  for (const { receipt } of unsent()) {
    if (!timers.has(receipt)) giveTime(receipt);
  }
}

function giveTime(receipt) {
  const wait = SHORTEST + chance() * (LONGEST - SHORTEST), due = Date.now() + wait;
  timers.set(receipt, setTimeout(() => (Date.now() - due > OVERSLEPT ? giveTime(receipt) : deliver(receipt)), wait));
}

async function deliver(receipt) {
  const sent = unsent().find((one) => one.receipt === receipt);
  if (sent) await send(sent);
  timers.delete(receipt);
  schedule();
}

async function send(sent) {
  try {
    const response = await post("proposals", proposalRequest(sent));
    const answer = await response.json();
    if (response.ok) keepProposal(acceptedProposal(proposal(sent.receipt), answer));
    else if (isRefusal(response, answer)) refuse(sent, answer);
  } catch {
    // The line: it gets another time, and nothing is lost meanwhile.
  }
}

/** Whether the application itself says no for good; whatever else is said on the way is a reason to come back. */
function isRefusal({ status }, { refusal }) {
  return status < 500 && ![408, 425, 429].includes(status) && Boolean(refusal) && refusal !== "seat_unknown";
}

/** The server said no: the sentence stands in the card, and a name that somebody typed is kept as a text of its own. */
function refuse({ receipt, revision }, answer) {
  const known = proposal(receipt);
  if (known.revision !== revision) return;
  const message = answer.refusal === "theme_unknown" ? phrase("proposalThemeGone") : answer.message;
  if (known.name) setAside(known.question, known.name, { key: answer.refusal, message }, { isName: true });
  keepProposal({ ...known, refusal: { key: answer.refusal, message } });
}

document.addEventListener("moderato:proposed", schedule);
document.addEventListener("moderato:outbox", schedule);
onReturn(schedule);
schedule();
