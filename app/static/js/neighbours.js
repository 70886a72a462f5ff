// The other seats of this device: while one is open, the others count as present and what they wrote is still sent.
import { isUnsent } from "./allocation.js";
import { roomOf } from "./device.js";
import { connection } from "./live.js";
import { accepted, isSubmitted, isWaiting, requestFor } from "./own_statement.js";
import { acceptedProposal, isUnsentProposal, proposalRequest } from "./own_proposal.js";
import { post } from "./post.js";
import { presentSeq } from "./push.js";
import { scene } from "./scene.js";
import { otherSeats, seatPath } from "./seats.js";
import { onReturn } from "./wake.js";

// Below the fifteen seconds that a look at the screen counts as being here.
const ROUND = 10_000;
let busy = false;

async function goRound() {
  if (busy || connection() !== "ok" || document.visibilityState === "hidden") return;
  busy = true;
  for (const number of otherSeats()) {
    try {
      await lookIn(number);
      await sendWaiting(number);
    } catch {
      // Without a line nothing is lost: the next round tries again, and so does the seat itself.
    }
  }
  busy = false;
}

function lookIn(number) {
  return fetch(`${seatPath(number)}/screen?since=${presentSeq()}`, { credentials: "same-origin" });
}

async function sendWaiting(number) {
  for (const [key, statement] of kept(number, "statement:")) {
    if (isWaiting(statement)) await sendStatement(number, key, statement);
  }
  await sendProposal(number);
  for (const [key, vote] of kept(number, "vote:")) {
    if (isUnsent(vote)) await sendAllocation(number, key, vote);
  }
}

async function sendStatement(number, key, sent) {
  change(key, (known) => ({ ...known, tried: true }));
  const response = await post(...requestFor(sent), seatPath(number));
  if (!response.ok) return; // Its own page will ask again and says why not.
  const answer = await response.json();
  change(key, (known) => accepted(known, sent, answer));
}

/** One at most in a round, and any of them: those of one person never come together (`proposal_delivery.js`). */
async function sendProposal(number) {
  const waiting = kept(number, "proposal:").filter(([, one]) => isUnsentProposal(one));
  if (!waiting.length || Math.random() < 0.5) return;
  const [key, sent] = waiting[Math.floor(Math.random() * waiting.length)];
  const response = await post("proposals", proposalRequest(sent), seatPath(number));
  if (!response.ok) return; // Its own page will ask again and says why not.
  const answer = await response.json();
  change(key, (known) => acceptedProposal(known, answer));
}

async function sendAllocation(number, key, { revision, points, secret, tried }) {
  const round = Number(key.slice(key.lastIndexOf(":") + 1));
  change(key, (vote) => ({ ...vote, tried: revision }));
  const response = await post("allocation", { round, revision, points, secret }, seatPath(number));
  const { code, ...answer } = await response.json();
  const isStored = response.ok && answer.revision === revision;
  if (isStored) change(key, (vote) => ({ ...vote, code: code ?? vote.code, stored: answer }));
  // A no leaves nothing open: its own page asks again and says that this did not count.
  else if (response.status < 500 && answer.refusal) change(key, (vote) => ({ ...vote, tried }));
}

/** A server that came back has forgotten who submitted and is ready. */
async function tellAgain() {
  const { question, round, phase } = scene().dataset;
  if (!question || connection() !== "ok") return;
  for (const number of otherSeats()) {
    const submitted = kept(number, "statement:").some(([, one]) => isSubmitted(one, question));
    const ready = phase === "vote" && kept(number, `vote:${round}`).some(([, vote]) => vote.ready && vote.readyTold);
    const body = { question: Number(question), submitted, ...(ready ? { round: Number(round), ready } : {}) };
    if (submitted || ready) await post("presence", body, seatPath(number)).catch(() => {});
  }
}

/** What another seat keeps on this device: pairs of key and value. */
function kept(number, start) {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(roomOf(number) + start));
    return keys.map((key) => [key, JSON.parse(localStorage.getItem(key))]).filter(([, value]) => value);
  } catch {
    return [];
  }
}

/** Read again just before it is written: its own page may be open in another tab. */
function change(key, make) {
  const now = JSON.parse(localStorage.getItem(key));
  if (now) localStorage.setItem(key, JSON.stringify(make(now)));
}

document.addEventListener("moderato:connection", () => {
  goRound();
  tellAgain();
});
onReturn(goRound);
setInterval(goRound, ROUND);
