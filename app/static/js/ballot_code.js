// The code of the own ballot in a vote that anyone can verify: shown on demand, and gone from the page when closed.
import { spent } from "./allocation.js";
import { phrase } from "./device.js";
import { scene } from "./scene.js";
import { allocation } from "./vote_delivery.js";

const places = () => scene().querySelectorAll("[data-code-round]");

/** The code as the server told it to this device, which holds the secret; none for a ballot that gives nothing any more, which no report lists. */
function codeOf(round) {
  const vote = allocation(round);
  return spent(vote.stored.points) ? vote.code : undefined;
}

function draw(place) {
  const round = place.dataset.codeRound;
  const code = place.open ? codeOf(round) : undefined;
  place.querySelector(".ballot-code-sign").textContent = code ?? "";
  const isToCome = scene().dataset.phase === "vote" && !spent(allocation(round).stored.points);
  const help = code ? "codeWarning" : isToCome ? "codeSoon" : "codeNone";
  place.querySelector(".ballot-code-help").textContent = phrase(help);
}

function drawAll() {
  for (const place of places()) {
    // At the end only what there is; before, also why there is none.
    place.hidden = scene().dataset.phase === "ended" && !codeOf(place.dataset.codeRound);
    draw(place);
  }
}

// Unfolding tells itself only to the element, and not upwards.
document.addEventListener("toggle", ({ target }) => target.matches?.("[data-code-round]") && draw(target), true);
document.addEventListener("moderato:scene", drawAll);
document.addEventListener("moderato:vote", drawAll);
