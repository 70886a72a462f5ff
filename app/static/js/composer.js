// The field for a new statement: its draft is on the device at every keystroke, and it says how much still fits.
import { announce } from "./announce.js";
import { connection } from "./live.js";
import { forget, hasContent, lengthOf, normalise, onOtherTab, phrase, read, write } from "./device.js";
import { earlyReceipt, forgetEarly, takeOver } from "./early.js";
import { keepPlace } from "./place.js";
import { follow } from "./follow.js";
import { setAside, statements, submit } from "./outbox.js";
import { heldScene, holdWhile, release, scene, takesLate } from "./scene.js";
import { bindThemes, chosenTheme } from "./theme_choice.js";
import { onReturn } from "./wake.js";

const find = (id) => document.getElementById(id);
const question = () => Number(scene().dataset.question);
const draftName = () => `draft:${scene().dataset.question}`;

/** Whether something is typed that was neither sent nor set aside. */
function hasDraft() {
  return Boolean(find("composer") && find("composer-text").value.trim());
}

function bind() {
  const form = find("composer");
  if (!form) return;
  const field = find("composer-text");
  // Typed before this script had arrived on a slow line: newer than what was kept, and not to be lost.
  if (field.value) {
    write(draftName(), field.value);
    takeOver(question(), form, field.value);
  } else field.value = read(draftName()) ?? "";
  form.addEventListener("submit", send);
  find("composer-text").addEventListener("input", typed);
  find("composer-drop").addEventListener("click", drop);
  bindThemes(question());
  draw();
}

function typed() {
  const { value } = find("composer-text");
  if (value) write(draftName(), value);
  else forgetDraft();
  draw();
  if (tooLong()) announce("submitted", tooLong());
  if (!value.trim()) release();
}

function send(event) {
  event.preventDefault();
  const field = find("composer-text");
  const text = normalise(field.value);
  const problem = !hasContent(text) ? phrase("empty") : tooLong();
  draw(problem);
  if (problem) announce("submitted", problem);
  if (problem) return field.focus();
  submit(question(), text, chosenTheme(question()), earlyReceipt(question()));
  clear();
  const count = statements().filter((one) => one.question === question() && !one.retracted && !one.refusal).length;
  if (connection() === "off") announce("submitted", phrase("kept"));
  else announce("submitted", phrase("submitted", { n: count }));
  release();
  find("composer-text")?.focus();
}

/** "Don't send" deletes nothing: the text stays on the phone, below the next scene. */
function drop() {
  const message = isLateWelcome() ? phrase("dropped") : heldWords();
  setAside(question(), normalise(find("composer-text").value), { key: "dropped", message }, chosenTheme(question()));
  clear();
  release();
}

function clear() {
  find("composer-text").value = "";
  forgetDraft();
  draw();
}

function forgetDraft() {
  forget(draftName());
  forgetEarly(question());
}

function tooLong() {
  const most = Number(find("composer").dataset.most);
  const over = lengthOf(find("composer-text").value) - most;
  return over > 0 ? phrase("tooLong", { n: over }) : "";
}

function draw(problem = tooLong()) {
  const form = find("composer");
  const field = find("composer-text");
  const count = find("composer-count");
  count.textContent = phrase("count", { n: lengthOf(field.value), most: form.dataset.most });
  count.classList.toggle("is-over", Boolean(tooLong()));
  find("composer-error-text").textContent = problem;
  find("composer-error").hidden = !problem;
  field.setAttribute("aria-invalid", String(Boolean(problem)));
  drawButtons();
}

/** Where late statements are not taken any more, sending would only be refused. */
function isLateWelcome() {
  return takesLate(heldScene());
}

/** Why what is being written can't come in as usual. */
export function heldWords() {
  const phase = heldScene()?.dataset.phase;
  if (phase === "collect-closed") return phrase("collectingIsPaused");
  return phrase(phase === "vote" && !isLateWelcome() ? "votingHasBegun" : "collectingHasClosed");
}

function drawButtons() {
  const isHeld = heldScene() !== undefined;
  const label = isHeld ? "sendAnyway" : connection() === "off" ? "keep" : "send";
  find("composer-send").textContent = phrase(label);
  // Held by a change to an own statement, an empty field has nothing to send or to keep.
  find("composer-send").hidden = isHeld && !(isLateWelcome() && hasDraft());
  find("composer-drop").textContent = phrase(isLateWelcome() ? "dontSend" : "keepAndGoOn");
  find("composer-drop").hidden = !isHeld || !hasDraft();
  find("banner-held").hidden = !isHeld;
  find("banner-held-title").textContent = heldWords();
  find("banner-held-late").hidden = !isLateWelcome();
}

holdWhile(hasDraft);
document.addEventListener("moderato:scene", bind);
document.addEventListener("moderato:connection", () => find("composer") && drawButtons());
document.addEventListener("moderato:held", () => {
  if (find("composer")) keepPlace(drawButtons);
  else find("banner-held").hidden = true;
  if (heldScene()) announce("held", find("banner-held").innerText);
});
/** Another tab typed on or sent: what this one still showed would otherwise be written over it at the next key. */
function catchUp() {
  const field = find("composer-text");
  if (!field || !follow(field, read(draftName()) ?? "")) return;
  draw();
  release();
}

onOtherTab((name) => name === draftName() && catchUp());
onReturn(catchUp);
