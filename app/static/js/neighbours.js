// The other seats of this device: while one is open, the others count as present and what they wrote is still sent.
import { roomOf } from "./device.js";
import { connection } from "./live.js";
import { post } from "./post.js";
import { presentSeq } from "./push.js";
import { scene } from "./scene.js";
import { otherSeats, seatPath } from "./seats.js";

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
    if (statement.stored < statement.revision && !statement.refusal) await sendStatement(number, key, statement);
  }
  for (const [key, vote] of kept(number, "vote:")) {
    if (vote.revision > vote.stored.revision) await sendAllocation(number, key, vote);
  }
}

async function sendStatement(number, key, { receipt, question, revision, text, theme, retracted }) {
  change(key, { tried: true });
  const path = retracted ? "statements/retract" : "statements";
  const body = retracted ? { receipt, revision, question } : { receipt, revision, text, question, theme };
  const response = await post(path, body, seatPath(number));
  if (!response.ok) return; // Its own page will ask again and says why not.
  const answer = await response.json();
  // Something newer stands, or was written meanwhile: for its own page to sort out.
  if (JSON.parse(localStorage.getItem(key))?.revision !== (answer.revision ?? revision)) return;
  change(key, { stored: revision, saved: false, held: answer.alone, standing: retracted ? undefined : text });
}

async function sendAllocation(number, key, { revision, points }) {
  const round = Number(key.slice(key.lastIndexOf(":") + 1));
  const response = await post("allocation", { round, revision, points }, seatPath(number));
  if (!response.ok) return;
  const stored = await response.json();
  if (stored.revision === revision) change(key, { stored });
}

/** A server that came back has forgotten who submitted and is ready. */
async function tellAgain() {
  const { question, round, phase } = scene().dataset;
  if (!question || connection() !== "ok") return;
  for (const number of otherSeats()) {
    const submitted = kept(number, "statement:")
      .some(([, one]) => one.question === Number(question) && one.stored && !one.retracted);
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
function change(key, changes) {
  const now = JSON.parse(localStorage.getItem(key));
  if (now) localStorage.setItem(key, JSON.stringify({ ...now, ...changes }));
}

document.addEventListener("moderato:connection", () => {
  goRound();
  tellAgain();
});
document.addEventListener("visibilitychange", goRound);
setInterval(goRound, ROUND);
