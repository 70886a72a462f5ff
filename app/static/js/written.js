// After the end: what this device wrote, each with the way to have it left out of what is published.
import { announce } from "./announce.js";
import { phrase } from "./device.js";
import { askFor, request } from "./redaction.js";
import { connection } from "./live.js";
import { statements } from "./outbox.js";

const RECEIPT = /^[0-9a-f]{32}$/;
const find = (id) => document.getElementById(id);

/** What the server has of this device, in the order in which it was written. */
function written() {
  return statements().filter((one) => one.stored && !one.retracted && !one.refusal && RECEIPT.test(one.receipt)).reverse();
}

function draw() {
  const part = find("written");
  if (!part) return;
  const own = written();
  part.hidden = !own.length;
  find("written-none")?.toggleAttribute("hidden", own.length > 0);
  find("written-heading").textContent = phrase("mine", { n: own.length });
  for (const one of own) drawCard(find(`written-${one.receipt}`) ?? newCard(one.receipt), one);
}

function newCard(receipt) {
  const card = find("written-statement").content.firstElementChild.cloneNode(true);
  card.id = `written-${receipt}`;
  find("written-list").append(card);
  return card;
}

function drawCard(card, { receipt, text }) {
  const asked = request(receipt), state = stateOf(asked);
  card.querySelector(".statement-text").textContent = text;
  card.querySelector(".own-message").textContent = asked?.message ?? (state ? find("written").dataset[state] : "");
  card.querySelector(".own-message").hidden = !state;
  const open = card.querySelector("[data-redact=open]");
  open.hidden = Boolean(state) || isOpen(card);
  open.setAttribute("aria-label", `${open.textContent.trim()}: ${text}`);
  if (state) card.querySelector(".written-question").hidden = true;
}

function stateOf(asked) {
  if (!asked) return "";
  if (asked.state === "waiting") return connection() === "off" || !navigator.onLine ? "off" : "waiting";
  return asked.state === "redacted" ? "redacted" : asked.state;
}

function isOpen(card) {
  return !card.querySelector(".written-question").hidden;
}

function show(card, isAsking) {
  card.querySelector(".written-question").hidden = !isAsking;
  draw();
  card.querySelector(isAsking ? "[data-redact=yes]" : "[data-redact=open]").focus();
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-redact]"), card = button?.closest(".own-statement");
  if (!card) return;
  if (button.dataset.redact !== "yes") return show(card, button.dataset.redact === "open");
  askFor(card.id.slice("written-".length));
  announce("own", card.querySelector(".own-message").textContent);
  card.focus();
});
// Without a seat there is no socket that would tell.
for (const event of ["online", "offline"]) addEventListener(event, draw);
for (const event of ["scene", "statements", "asking", "connection"]) document.addEventListener(`moderato:${event}`, draw);
draw();
