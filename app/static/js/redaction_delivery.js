// Asks the server to leave statements out: each in a request of its own after a time of its own, so that those of one
// phone can't be joined.
import { keepRequest, request, unsentRequests } from "./redaction.js";
import { post } from "./post.js";
import { timesOfTheirOwn } from "./times_of_their_own.js";

async function send(receipt) {
  try {
    const response = await post("redaction", { receipt });
    const answer = await response.json();
    if (response.ok) keepRequest({ ...request(receipt), state: answer.status });
    else if (isRefusal(response, answer)) keepRequest({ ...request(receipt), state: "refused", message: answer.message });
  } catch {
    // The line: it gets another time, and nothing is lost meanwhile.
  }
}

/** Whether the application itself says no for good; whatever else is said on the way is a reason to come back. */
function isRefusal({ status }, { refusal }) {
  return status < 500 && ![408, 425, 429].includes(status) && Boolean(refusal);
}

timesOfTheirOwn(() => unsentRequests().map(({ receipt }) => receipt), send, ["moderato:asked"]);
