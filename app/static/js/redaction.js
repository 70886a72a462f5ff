// Which own statements this device asks to have left out, as it keeps it: safe before it is sent, never asked twice.
import { names, onOtherTab, read, write } from "./device.js";
import { onReturn } from "./wake.js";

const name = (receipt) => `redaction:${receipt}`;

/** How asking for the statement with a receipt stands: `{receipt, state, message}`, `state` waiting, asked, left_out or
    refused; undefined when nothing was asked. */
export function request(receipt) {
  return read(name(receipt));
}

/** All that the server does not have yet. */
export function unsentRequests() {
  return names("redaction:").map(read).filter((one) => one?.state === "waiting");
}

export function askFor(receipt) {
  keepRequest({ receipt, state: "waiting" });
  document.dispatchEvent(new CustomEvent("moderato:asked"));
}

/** Keep what was learned of one on its way. */
export function keepRequest(one) {
  write(name(one.receipt), one);
  document.dispatchEvent(new CustomEvent("moderato:asking"));
}

const told = () => document.dispatchEvent(new CustomEvent("moderato:asking"));
onOtherTab((changed) => changed.startsWith("redaction:") && told());
onReturn(told);
