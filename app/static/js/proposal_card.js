// In the card of an own statement: under which theme its writer would lay it, and how that stands.
import { announce } from "./announce.js";
import { phrase } from "./device.js";
import { connection } from "./live.js";
import { isOpenForm, openForm } from "./proposal_form.js";
import { draftOf, proposal, propose } from "./proposals.js";
import { scene } from "./scene.js";

function isAsked() {
  return document.getElementById("themes-to-choose")?.dataset.open === "yes";
}

/** Whether something can be proposed for a statement now: the server has it, and the group is at its question. */
function mayPropose({ receipt, question, stored, retracted, refusal }) {
  return isAsked() && /^[0-9a-f]{32}$/.test(receipt) && Boolean(stored) && !retracted && !refusal
    && question === Number(scene().dataset.question);
}

/** Show what is proposed for a statement, and the buttons that make sense now. */
export function drawProposal(card, statement) {
  const part = card.querySelector(".own-proposal"), own = proposal(statement.receipt), may = mayPropose(statement);
  const hint = document.getElementById("propose-hint");
  if (hint) hint.hidden = !isAsked();
  // What somebody has in an open form stays in sight, also when the moderator asks for no more.
  part.hidden = !may && !isOpenForm(card);
  if (!may) return;
  const state = stateOf(own), label = own?.label;
  part.querySelector(".own-proposed").hidden = !label;
  part.querySelector(".own-proposed-theme").textContent = label ?? "";
  part.querySelector(".own-proposal-state").hidden = !state;
  part.querySelector(".own-proposal-state").textContent = state;
  const open = part.querySelector("[data-propose=open]"), back = part.querySelector("[data-propose=back]");
  open.textContent = phrase(label ? "proposeOther" : "propose");
  back.hidden = !label;
  for (const button of [open, back]) button.setAttribute("aria-label", `${button.textContent.trim()}: ${statement.text}`);
  if (draftOf(statement.receipt) && !isOpenForm(card)) openForm(card, statement, false);
}

function stateOf(own) {
  if (!own) return "";
  if (own.refusal) return own.refusal.message;
  if (own.stored < own.revision) return phrase(connection() === "off" ? "proposalOff" : "proposalWaiting");
  return own.label ? phrase("proposalSent") : "";
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-propose]"), card = button?.closest(".own-statement");
  if (!card) return;
  const own = { receipt: card.id.slice(4), question: Number(scene().dataset.question) };
  if (button.dataset.propose === "open") return openForm(card, own, true);
  propose(own, {});
  announce("own", phrase("proposalBack"));
  card.querySelector("[data-propose=open]").focus();
});
// The themes that can be chosen come with a push of their own.
document.addEventListener("moderato:pushed", ({ detail }) => {
  if (detail.ids.includes("themes-to-choose")) document.dispatchEvent(new CustomEvent("moderato:statements"));
});
document.addEventListener("moderato:connection", () => document.dispatchEvent(new CustomEvent("moderato:statements")));
