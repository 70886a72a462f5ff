// Marks one's own points in the result, from what the server last acknowledged to this device; nobody else sees them.
import { isUnsent } from "./allocation.js";
import { announce } from "./announce.js";
import { phrase } from "./device.js";
import { scene } from "./scene.js";
import { allocation } from "./vote_delivery.js";

function draw() {
  const { round, phase } = scene().dataset;
  const isResult = phase === "result" && round;
  const vote = isResult ? allocation(round) : undefined;
  const isOpen = vote && isUnsent(vote);
  const isUnsure = Boolean(vote?.isUnsure || (isOpen && vote.tried > vote.stored.revision));
  show("banner-vote-unsure", isUnsure);
  show("banner-vote-late", !isUnsure && Boolean(isOpen || vote?.isLate));
  if (!isResult) return;
  for (const theme of scene().querySelectorAll("[data-theme]")) {
    const given = isUnsure ? 0 : (vote.stored.points[theme.dataset.theme] ?? 0);
    const place = theme.querySelector(".own-points");
    place.hidden = !given;
    if (given) place.querySelector(".own-points-text").textContent = phrase("ownPoints", { n: given });
  }
}

/** What appears on the screen is said too, in place of what else was to be said of points. */
function show(id, wanted) {
  const banner = document.getElementById(id);
  const isNew = banner.hidden && wanted;
  banner.hidden = !wanted;
  if (isNew) announce("points", banner.innerText);
}

document.addEventListener("moderato:scene", draw);
document.addEventListener("moderato:vote", draw);
