// Sends proposals: each in a request of its own after a time of its own, so that those of one phone can't be joined.
import { phrase } from "./device.js";
import { setAside } from "./outbox.js";
import { acceptedProposal, proposalRequest } from "./own_proposal.js";
import { post } from "./post.js";
import { keepProposal, proposal, unsent } from "./proposals.js";
import { timesOfTheirOwn } from "./times_of_their_own.js";

async function send(receipt) {
  const sent = proposal(receipt);
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

timesOfTheirOwn(() => unsent().map(({ receipt }) => receipt), send, ["moderato:proposed", "moderato:outbox"]);
