// The card of an own statement: how it stands, and what can be done with it now.
import { phrase } from "./device.js";
import { isBeingEdited, openEditor } from "./editor.js";
import { isOpen } from "./left_drafts.js";
import { isWaiting } from "./own_statement.js";
import { drawProposal } from "./proposal_card.js";
import { scene, takesLate } from "./scene.js";

const JUST_NOW = 60_000;
const capital = (word) => word[0].toUpperCase() + word.slice(1);

export function newCard(receipt) {
  const card = document.getElementById("own-statement").content.firstElementChild.cloneNode(true);
  card.id = `own-${receipt}`;
  return card;
}

function stateOf(statement) {
  if (statement.isDraft) return "draft";
  if (statement.refusal) return "refused";
  if (statement.retracted) return "retracted";
  if (isWaiting(statement)) return "waiting";
  if (isOpen(statement)) return "sent";
  if (statement.held) return "held";
  return scene().dataset.phase === "collect-closed" ? "paused" : "fixed";
}

/** Whether sending it again may help: while collecting, and for as long as late statements are taken. */
function isCurrent(statement) {
  const { phase, question } = scene().dataset;
  return (phase === "collect" || takesLate(scene())) && statement.question === Number(question) && !statement.isName;
}

/** Show how a statement stands, and the buttons that make sense now. */
export function drawCard(card, statement) {
  const state = stateOf(statement);
  const isNew = state === "sent" && !card.previousElementSibling && Date.now() - statement.made < JUST_NOW;
  card.dataset.state = state;
  card.dataset.open = isOpen(statement);
  card.querySelector(".statement-text").textContent = statement.text;
  card.querySelector(".own-label").textContent = phrase(isNew ? "stateNew" : `state${capital(state)}`);
  card.querySelector(".own-theme").textContent = statement.themeName ?? "";
  card.querySelector(".own-theme").hidden = !statement.themeName;
  const message = statement.refusal?.message ?? statement.note ?? (state === "held" ? statement.held : "");
  card.querySelector(".own-message").textContent = message;
  card.querySelector(".own-message").hidden = !message;
  for (const button of card.querySelectorAll("[data-act]")) {
    button.hidden = !button.dataset.in.split(" ").includes(state) || (button.dataset.open && !isOpen(statement))
      || (button.dataset.late && !isOpen(statement) && !statement.held)
      || (button.dataset.current && !isCurrent(statement));
    button.setAttribute("aria-label", `${button.textContent.trim()}: ${statement.text}`);
  }
  drawProposal(card, statement);
  if (isBeingEdited(statement.receipt) && isOpen(statement)) openEditor(card, false);
}
