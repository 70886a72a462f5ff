// The own allocation on its way: kept on the device, and sent whole until the server has stored it or said no.
import { agree, isUnsent } from "./allocation.js";
import { announce } from "./announce.js";
import { names, phrase, read, receipt, write } from "./device.js";
import { connection } from "./live.js";
import { post } from "./post.js";
import { drawVote } from "./purse.js";
import { learnt } from "./readiness.js";
import { writeRevision } from "./revisions.js";

const NOT_STORED = "storage_failed";
const CALM = 250, FIRST_WAIT = 1000, LONGEST_WAIT = 15_000;
const { seat } = document.body.dataset;
let timer, busy = false, tries = 0;

const form = () => document.getElementById("vote");
const name = (round) => `vote:${round}`;
const empty = () => ({ revision: 0, points: {}, stored: { revision: 0, points: {} }, ready: false });

/** This device's allocation in a round, and what the server last said to have stored of it. */
export function allocation(round) {
  return read(name(round)) ?? empty();
}

export function keep(round, vote) {
  write(name(round), vote);
  changed();
}

export function changed() {
  document.dispatchEvent(new CustomEvent("moderato:vote"));
}

/** Keep what a person gave, and send it when the tapping stops; where the vote can be verified, under one secret. */
export function give(round, vote, points) {
  const secret = vote.secret ?? (form().hasAttribute("data-verifiable") ? receipt() : undefined);
  writeRevision(name(round), { ...vote, revision: vote.revision + 1, points, secret, note: undefined });
  changed();
  clearTimeout(timer);
  timer = setTimeout(send, CALM, round);
}

/** Send the whole allocation as it is now, until the server has stored this revision or said no. */
async function send(round) {
  const vote = allocation(round);
  // Without a line it waits: a try that can't arrive would leave open whether it did.
  if (busy || connection() === "off" || !isUnsent(vote)) return;
  busy = true;
  clearTimeout(timer);
  const wasTried = vote.tried > vote.stored.revision;
  keep(round, { ...vote, tried: vote.revision });
  let wait = 0;
  try {
    const { revision, points, secret } = vote;
    const response = await post("allocation", { round: Number(round), revision, points, secret });
    const answer = await response.json();
    if (response.ok) accept(round, answer);
    else if (response.status < 500 && response.status !== 429 && answer.refusal) refuse(round, answer, wasTried);
    else throw Object.assign(response, { answer });
    tries = 0;
  } catch ({ answer }) {
    const note = answer?.refusal === NOT_STORED ? answer.message : undefined;
    // Kept with the points, since whatever else is drawn meanwhile would take the sentence away.
    keep(round, { ...allocation(round), note });
    if (note && !tries) announce("points", note);
    wait = 200 + Math.random() * Math.min(FIRST_WAIT * 2 ** tries++, LONGEST_WAIT);
  }
  busy = false;
  if (wait) timer = setTimeout(send, wait, round);
  else sendAll();
}

/** What the server has, stands: of the same revision another device with this seat may have been first. */
export function accept(round, { revision, points, code }) {
  const vote = allocation(round);
  vote.code = code ?? vote.code;
  const stored = { revision, points };
  // What this device does not have was given elsewhere with the same seat: that stands, and is shown.
  const isSame = agree(points, vote.points);
  const isOurs = revision < vote.revision || (revision === vote.revision && isSame);
  keep(round, isOurs ? { ...vote, stored } : { ...vote, revision, points, stored });
  if (isOurs || !vote.revision || isSame) return;
  say(round, phrase("voteElsewhere"));
}

/** The stepper returns to what counts; nothing is tried again. An earlier try, unheard, may have been in time. */
function refuse(round, answer, wasTried) {
  const vote = allocation(round);
  const isLate = answer.refusal === "vote_is_closed";
  const known = { ...vote, points: vote.stored.points, stored: { ...vote.stored, revision: vote.revision } };
  const isUnsure = isLate && wasTried;
  keep(round, { ...known, isLate, isUnsure });
  // Of a change that was perhaps in time, the result's banner says what can be said.
  if (!isUnsure) say(round, answer.message);
}

function say(round, message) {
  if (form()?.dataset.round === round) drawVote(allocation(round), message);
  announce("points", message);
}

/** Whether the answer that tells this ballot's code was lost: only who sends the secret is told it, so it is sent again. */
function lacksCode(own, { revision }) {
  return Boolean(own.secret && !own.code) && revision === own.revision && isUnsent(own);
}

async function load(round) {
  try {
    const response = await fetch(`${seat}/allocation?round=${round}`, { headers: { Accept: "application/json" } });
    if (!response.ok) return;
    const answer = await response.json();
    const own = allocation(round);
    if (answer.revision >= own.revision && !lacksCode(own, answer)) accept(round, answer);
    keep(round, learnt(allocation(round), answer.ready));
    document.dispatchEvent(new CustomEvent("moderato:presence"));
  } catch {
    // Without a line the device's own allocation stands; it is sent when the line is back.
  }
}

/** Another device with this seat may have changed it meanwhile. */
export function catchUp() {
  const shown = form();
  if (shown) load(shown.dataset.round).then(sendAll);
  else sendAll();
}

/** Also points of an earlier vote: whoever slept through its close still hears that a change came too late. */
export function sendAll() {
  const rounds = names("vote:").map((kept) => kept.slice("vote:".length));
  const waiting = rounds.find((round) => isUnsent(allocation(round)));
  if (waiting) send(waiting);
}
