// Marks one's own points in the result, from what the server last acknowledged to this device; nobody else sees them.
import { isUnsent } from "./allocation.js";
import { phrase } from "./device.js";
import { scene } from "./scene.js";
import { allocation } from "./vote_delivery.js";

function draw() {
  const { round, phase } = scene().dataset;
  const isResult = phase === "result" && round;
  const vote = isResult ? allocation(round) : undefined;
  const isOpen = vote && isUnsent(vote);
  const isUnsure = Boolean(vote?.isUnsure || (isOpen && vote.tried > vote.stored.revision));
  document.getElementById("banner-vote-unsure").hidden = !isUnsure;
  document.getElementById("banner-vote-late").hidden = isUnsure || !(isOpen || vote?.isLate);
  if (!isResult) return;
  for (const theme of scene().querySelectorAll("[data-theme]")) {
    const given = isUnsure ? 0 : (vote.stored.points[theme.dataset.theme] ?? 0);
    const place = theme.querySelector(".own-points");
    place.hidden = !given;
    if (given) place.querySelector(".own-points-text").textContent = phrase("ownPoints", { n: given });
  }
}

document.addEventListener("moderato:scene", draw);
document.addEventListener("moderato:vote", draw);
