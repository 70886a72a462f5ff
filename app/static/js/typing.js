// Tells the server one boolean, when somebody begins and stops writing: never what, and never while offline.
import { connection } from "./live.js";
import { post } from "./post.js";
import { scene } from "./scene.js";

const QUIET = 30_000; // Somebody who thinks that long no longer keeps the moderator waiting.
const PAUSE = 2000; // Between two beginnings, however restless the fingers; that it is over is told at once.
const FIELDS = "#composer-text, .own-editor textarea";
let field, typedAt = 0;
let said = 0, begunAt = 0, told = 0, isTelling = false, timer;

/** Whether something is being written now that was not sent: the question it is for, or 0. */
function typing() {
  const isWritten = field?.isConnected && field.value.trim() && document.visibilityState === "visible";
  return isWritten && Date.now() - typedAt < QUIET ? Number(scene().dataset.question) : 0;
}

function tell() {
  clearTimeout(timer);
  const now = typing();
  if (now) timer = setTimeout(tell, typedAt + QUIET - Date.now() + 50);
  if (now === said || isTelling || connection() !== "ok") return;
  const rest = now ? begunAt + PAUSE - Date.now() : 0;
  if (rest > 0) timer = setTimeout(tell, rest);
  else say(now);
}

/** One at a time: overtaken by its beginning, an end would never be heard. */
async function say(now) {
  [said, told, isTelling] = [now, now || told, true];
  if (now) begunAt = Date.now();
  try {
    await post("presence", { question: told, typing: now > 0 });
  } catch {
    said = undefined;
  }
  isTelling = false;
  if (said !== undefined) tell();
}

document.addEventListener("input", ({ target }) => {
  if (!target.matches?.(FIELDS)) return;
  [field, typedAt] = [target, Date.now()];
  tell();
});
// Sent, put aside, left as it was: all of it ends with a press, a new scene or a changed list.
for (const name of ["click", "submit"]) document.addEventListener(name, () => setTimeout(tell));
for (const name of ["visibilitychange", "moderato:scene", "moderato:statements"]) document.addEventListener(name, tell);
// A server that lost this phone, or came back itself, has forgotten: say again how it stands.
document.addEventListener("moderato:connection", () => {
  if (said) said = undefined;
  tell();
});
