// Dividing points: each step counts at once on the device; the buttons and the purse show what it has.
import { spent } from "./allocation.js";
import { announce } from "./announce.js";
import { onOtherTab, phrase } from "./device.js";
import { connection } from "./live.js";
import { drawVote } from "./purse.js";
import { accept, allocation, catchUp, changed, give, keep, sendAll } from "./vote_delivery.js";
import { onReturn } from "./wake.js";

const SPREAD = 3000; // A room full of phones that come back must not ask all at once.

const form = () => document.getElementById("vote");

function step(card, change) {
  const { round, budget, limit } = form().dataset;
  const vote = allocation(round);
  const theme = card.dataset.theme;
  const next = (vote.points[theme] ?? 0) + change;
  const left = Number(budget) - spent(vote.points) - change;
  const problem = next < 0 ? phrase("voteZero") : left < 0 ? phrase("voteFull")
    : limit && next > Number(limit) ? phrase("voteLimit", { n: Number(limit) }) : "";
  drawVote(vote, problem);
  if (problem) return announce("points", problem);
  give(round, vote, { ...vote.points, [theme]: next });
  const given = phrase("voteGiven", { theme: card.querySelector(".theme-name-text").textContent, n: next });
  announce("points", `${given} ${left ? phrase("voteLeft", { n: left }) : phrase("voteNone")}`);
}

/** What the page came with: points given by its plain form, before these scripts had come. */
function adopt(round) {
  const { elements } = form();
  const revision = Number(elements.revision.value);
  if (revision <= allocation(round).revision) return;
  const given = [...elements].filter((one) => one.name.startsWith("points-") && one.value !== "0");
  accept(round, { revision, points: Object.fromEntries(given.map((one) => [one.name.slice(7), Number(one.value)])) });
}

function bind() {
  if (!form()) return sendAll();
  const { round } = form().dataset;
  form().addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    event.preventDefault();
    step(button.closest("[data-theme]"), Number(button.dataset.step));
  });
  form().addEventListener("submit", (event) => {
    event.preventDefault();
    const vote = allocation(round);
    keep(round, { ...vote, ready: !vote.ready });
    document.dispatchEvent(new CustomEvent("moderato:presence"));
    if (!vote.ready) announce("ready", phrase("voteWait"));
  });
  adopt(round);
  draw();
  catchUp();
}

function draw() {
  if (form()) drawVote(allocation(form().dataset.round));
}

onOtherTab((key) => key.startsWith("vote:") && changed());
document.addEventListener("moderato:vote", draw);
document.addEventListener("moderato:outbox", sendAll);
document.addEventListener("moderato:scene", bind);
document.addEventListener("moderato:connection", () => {
  draw();
  if (connection() !== "ok") return;
  sendAll();
  setTimeout(catchUp, Math.random() * SPREAD);
});
onReturn(() => {
  changed();
  catchUp();
});
