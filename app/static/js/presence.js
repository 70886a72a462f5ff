// Tells the server two booleans, which it keeps in memory only: has this phone submitted, and is it ready.
import { connection } from "./live.js";
import { statements } from "./outbox.js";
import { isSubmitted } from "./own_statement.js";
import { post } from "./post.js";
import { toldReady, untoldReady } from "./readiness.js";
import { scene } from "./scene.js";

const AGAIN = 2000;
let said = "", timer;

async function tell() {
  const { question, round, phase } = scene().dataset;
  if (!question || connection() !== "ok") return;
  const submitted = statements().some((one) => isSubmitted(one, question));
  const ready = round && phase === "vote" ? untoldReady(round) : undefined;
  const vote = ready === undefined ? {} : { round: Number(round), ready };
  const body = { question: Number(question), submitted, ...vote };
  if (said === JSON.stringify(body) || (!said && !submitted && ready === undefined)) return;
  said = JSON.stringify(body);
  clearTimeout(timer);
  try {
    const answer = await post("presence", body);
    if (answer.status >= 500 || answer.status === 429) throw answer;
    if (ready !== undefined && answer.ok) toldReady(round, ready);
  } catch {
    said = "";
    timer = setTimeout(tell, AGAIN * (0.5 + Math.random()));
  }
}

/** A server that came back has forgotten: say it again, even if nothing changed. */
function again() {
  said = "";
  tell();
}

document.addEventListener("moderato:connection", again);
document.addEventListener("moderato:presence", tell);
document.addEventListener("moderato:statements", tell);
document.addEventListener("moderato:vote", tell);
document.addEventListener("moderato:scene", again);
