// Dividing points: each step counts at once on the device, and the whole allocation is sent until it is stored.
import { agree, spent } from "./allocation.js";
import { announce } from "./announce.js";
import { names, onOtherTab, phrase, read, write } from "./device.js";
import { connection } from "./live.js";
import { post } from "./post.js";
import { drawVote } from "./purse.js";
import { learnt } from "./readiness.js";
import { writeRevision } from "./revisions.js";
import { onReturn } from "./wake.js";

const CALM = 250, FIRST_WAIT = 1000, LONGEST_WAIT = 15_000;
const SPREAD = 3000; // A room full of phones that come back must not ask all at once.
const { seat } = document.body.dataset;
let timer, busy = false, tries = 0;

const form = () => document.getElementById("vote");
const name = (round) => `vote:${round}`;
const empty = () => ({ revision: 0, points: {}, stored: { revision: 0, points: {} }, ready: false });

/** This device's allocation in a round, and what the server last said to have stored of it. */
export function allocation(round) {
  return read(name(round)) ?? empty();
}

function keep(round, vote) {
  write(name(round), vote);
  changed();
}

function changed() {
  document.dispatchEvent(new CustomEvent("moderato:vote"));
}

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
  writeRevision(name(round), { ...vote, revision: vote.revision + 1, points: { ...vote.points, [theme]: next } });
  changed();
  const given = phrase("voteGiven", { theme: card.querySelector(".theme-name-text").textContent, n: next });
  announce("points", `${given} ${left ? phrase("voteLeft", { n: left }) : phrase("voteNone")}`);
  clearTimeout(timer);
  timer = setTimeout(send, CALM, round);
}

/** Send the whole allocation as it is now, until the server has stored this revision or said no. */
async function send(round) {
  const vote = allocation(round);
  // Without a line it waits: a try that can't arrive would leave open whether it did.
  if (busy || connection() === "off" || vote.revision <= vote.stored.revision) return;
  busy = true;
  clearTimeout(timer);
  const wasTried = vote.tried > vote.stored.revision;
  keep(round, { ...vote, tried: vote.revision });
  let wait = 0;
  try {
    const response = await post("allocation", { round: Number(round), revision: vote.revision, points: vote.points });
    const answer = await response.json();
    if (response.ok) accept(round, answer);
    else if (response.status < 500 && response.status !== 429 && answer.refusal) refuse(round, answer, wasTried);
    else throw response;
    tries = 0;
  } catch {
    wait = 200 + Math.random() * Math.min(FIRST_WAIT * 2 ** tries++, LONGEST_WAIT);
  }
  busy = false;
  if (wait) timer = setTimeout(send, wait, round);
  else sendAll();
}

/** What the server has, stands: of the same revision another device with this seat may have been first. */
function accept(round, { revision, points }) {
  const vote = allocation(round);
  const stored = { revision, points };
  // What this device does not have was given elsewhere with the same seat: that stands, and is shown.
  const isSame = agree(points, vote.points);
  const isOurs = revision < vote.revision || (revision === vote.revision && isSame);
  keep(round, isOurs ? { ...vote, stored } : { ...vote, revision, points, stored });
  if (isOurs || !vote.revision || isSame) return;
  if (form()?.dataset.round === round) drawVote(allocation(round), phrase("voteElsewhere"));
  announce("points", phrase("voteElsewhere"));
}

/** The stepper returns to what counts; nothing is tried again. An earlier try, unheard, may have been in time. */
function refuse(round, answer, wasTried) {
  const vote = allocation(round);
  const isLate = answer.refusal === "vote_is_closed";
  const known = { ...vote, points: vote.stored.points, stored: { ...vote.stored, revision: vote.revision } };
  keep(round, { ...known, isLate, isUnsure: isLate && wasTried });
  if (form()?.dataset.round === round) drawVote(allocation(round), answer.message);
  // Of a change that was perhaps in time, the result's banner says what can be said.
  if (!(isLate && wasTried)) announce("points", answer.message);
}

/** What the page came with: points given by its plain form, before these scripts had come. */
function adopt(round) {
  const { elements } = form();
  const revision = Number(elements.revision.value);
  if (revision <= allocation(round).revision) return;
  const given = [...elements].filter((one) => one.name.startsWith("points-") && one.value !== "0");
  accept(round, { revision, points: Object.fromEntries(given.map((one) => [one.name.slice(7), Number(one.value)])) });
}

async function load(round) {
  try {
    const response = await fetch(`${seat}/allocation?round=${round}`, { headers: { Accept: "application/json" } });
    if (!response.ok) return;
    const answer = await response.json();
    if (answer.revision >= allocation(round).revision) accept(round, answer);
    keep(round, learnt(allocation(round), answer.ready));
    document.dispatchEvent(new CustomEvent("moderato:presence"));
  } catch {
    // Without a line the device's own allocation stands; it is sent when the line is back.
  }
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

/** Another device with this seat may have changed it meanwhile. */
function catchUp() {
  if (form()) load(form().dataset.round).then(sendAll);
  else sendAll();
}

/** Also points of an earlier vote: whoever slept through its close still hears that a change came too late. */
function sendAll() {
  const rounds = names("vote:").map((kept) => kept.slice("vote:".length));
  const waiting = rounds.find((round) => allocation(round).revision > allocation(round).stored.revision);
  if (waiting) send(waiting);
}

function draw() {
  if (form()) drawVote(allocation(form().dataset.round));
}

onOtherTab((key) => key.startsWith("vote:") && changed());
document.addEventListener("moderato:vote", draw);
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
