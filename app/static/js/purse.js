// Draws the steppers and the purse of a vote from an allocation.
import { isUnsent, spent } from "./allocation.js";
import { phrase } from "./device.js";
import { connection } from "./live.js";

const MOST_DOTS_IN_PURSE = 10, MOST_DOTS_AT_THEME = 5;
const find = (id) => document.getElementById(id);

/** Show `vote` ({points, revision, stored, ready}), with the sentence that says why the last tap did nothing. */
export function drawVote(vote, problem = "") {
  const { budget, limit } = find("vote").dataset;
  const left = Number(budget) - spent(vote.points);
  for (const card of find("vote").querySelectorAll("[data-theme]")) {
    drawStepper(card, vote.points[card.dataset.theme] ?? 0, left, Number(limit || budget));
  }
  find("purse-left").textContent = left ? phrase("purseLeft", { n: left, m: budget }) : phrase("purseNone");
  drawDots(find("purse-dots"), Number(budget) <= MOST_DOTS_IN_PURSE ? Number(budget) : 0, left);
  find("purse-help").textContent = problem || helpFor(vote, left);
  find("purse-help").hidden = !find("purse-help").textContent;
  find("vote-done").setAttribute("aria-pressed", String(vote.ready));
  find("vote-done").classList.toggle("button-primary", !left && !vote.ready);
}

function helpFor(vote, left) {
  if (isUnsent(vote) && connection() === "off") return phrase("voteKept");
  if (isUnsent(vote) && vote.note) return vote.note;
  if (vote.ready) return phrase("voteWait");
  return left ? "" : phrase("voteFull");
}

function drawStepper(card, given, left, most) {
  card.querySelector(".points-number").textContent = given;
  const theme = card.querySelector(".theme-name-text").textContent;
  card.querySelector(".point-stepper").setAttribute("aria-label", phrase("voteGiven", { theme, n: given }));
  drawDots(card.querySelector(".points-dots"), given <= MOST_DOTS_AT_THEME ? given : 0, given);
  const [minus, plus] = card.querySelectorAll("[data-step]");
  // Not `disabled`: the button stays reachable and a tap on it says why it does nothing.
  minus.setAttribute("aria-disabled", String(given === 0));
  plus.setAttribute("aria-disabled", String(left === 0 || given >= most));
}

function drawDots(place, count, filled) {
  while (place.children.length > count) place.lastChild.remove();
  while (place.children.length < count) place.append(document.createElement("span"));
  [...place.children].forEach((dot, index) => (dot.className = index < filled ? "point-dot" : "point-dot is-empty"));
}
