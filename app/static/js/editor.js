// Changing an own statement inside its card; the change is on the device at every keystroke, as a draft is.
import { announce } from "./announce.js";
import { heldWords } from "./composer.js";
import { forget, hasContent, lengthOf, normalise, onOtherTab, phrase, read, write } from "./device.js";
import { follow } from "./follow.js";
import { revise, setAside, submit } from "./outbox.js";
import { heldScene, holdWhile, release, scene, takesLate } from "./scene.js";
import { themeOf } from "./theme_choice.js";
import { onReturn } from "./wake.js";

const EDITORS = ".own-editor";
const name = (receipt) => `edit:${receipt}`;

export function isBeingEdited(receipt) {
  return read(name(receipt)) !== undefined;
}

/** Whether its field is on the page: a scene that waits leaves it there. */
export function isInEditor(receipt) {
  return Boolean(document.getElementById(`own-${receipt}`)?.querySelector(EDITORS));
}

/** Put a field in the card of a statement, with what was typed in it before. */
export function openEditor(card, takeFocus) {
  if (card.querySelector(EDITORS)) return;
  const receipt = card.id.slice(4);
  const form = document.getElementById("own-editor").content.firstElementChild.cloneNode(true);
  const field = form.querySelector("textarea");
  const described = [".own-count", ".own-error"].map((place) => form.querySelector(place));
  described.forEach((place, index) => (place.id = `${card.id}-${index ? "error" : "count"}`));
  field.setAttribute("aria-describedby", described.map(({ id }) => id).join(" "));
  field.value = read(name(receipt)) ?? read(`statement:${receipt}`).text;
  field.addEventListener("input", () => {
    write(name(receipt), field.value);
    drawCount(form);
  });
  form.addEventListener("submit", (event) => save(event, card, receipt));
  form.querySelector("[data-cancel]").addEventListener("click", () => close(card, receipt));
  card.append(form);
  card.classList.add("is-editing");
  drawCount(form);
  drawWay(form, receipt);
  if (takeFocus) field.focus();
}

/** Whether what was sent may still change: while its question collects. What was never stored always may. */
function mayChange({ question, stored }) {
  const { phase, question: here } = scene().dataset;
  return !stored || (phase === "collect" && !heldScene() && question === Number(here));
}

/** What the button does now: from the close of collecting on, the change is a statement of its own. */
function drawWay(form, receipt) {
  const statement = read(`statement:${receipt}`);
  const isLate = !mayChange(statement), isWelcome = takesLate(heldScene());
  form.querySelector("[type=submit]").textContent = phrase(isLate ? (isWelcome ? "sendAnyway" : "keepAndGoOn") : "saveChange");
  form.querySelector(".own-way").textContent = isLate ? phrase(isWelcome ? "editLate" : "editTooLate") : "";
}

function drawCount(form) {
  const most = Number(scene().dataset.most);
  const length = lengthOf(form.querySelector("textarea").value);
  form.querySelector(".own-count").textContent = phrase("count", { n: length, most });
  say(form, length > most ? phrase("tooLong", { n: length - most }) : "");
}

function say(form, problem) {
  form.querySelector(".own-error").textContent = problem;
  if (problem) announce("problem", problem);
  form.querySelector("textarea").setAttribute("aria-invalid", String(Boolean(problem)));
}

function save(event, card, receipt) {
  event.preventDefault();
  const field = card.querySelector("textarea");
  const text = normalise(field.value);
  if (hasContent(text) && lengthOf(text) <= Number(scene().dataset.most)) return close(card, receipt, text);
  if (!hasContent(text)) say(card, phrase("empty"));
  field.focus();
}

function close(card, receipt, text) {
  forget(name(receipt));
  putAway(card);
  if (text !== undefined && text !== read(`statement:${receipt}`)?.text) {
    if (mayChange(read(`statement:${receipt}`)) || takesLate(heldScene())) announce("own", phrase(sendChange(receipt, text)));
    else putAside(receipt, text);
  }
  document.getElementById(card.id)?.querySelector("[data-act=edit]")?.focus();
  release();
}

/** Send a changed text: into its statement, or as a late one of its own; the phrase that says which. */
export function sendChange(receipt, text) {
  const statement = read(`statement:${receipt}`);
  // Retracted in another tab meanwhile, it comes back: this was written and saved.
  if (mayChange(statement)) revise(receipt, { text, retracted: false });
  else submit(statement.question, text, themeOf(statement));
  return mayChange(statement) ? "changed" : "stateHeld";
}

function putAside(receipt, text) {
  const statement = read(`statement:${receipt}`);
  setAside(statement.question, text, { key: "dropped", message: heldWords() }, themeOf(statement));
}

function putAway(card) {
  card.querySelector(EDITORS).remove();
  card.classList.remove("is-editing");
  // While it was open the card stayed where it was.
  document.dispatchEvent(new CustomEvent("moderato:statements"));
}

/** Another tab typed on in this editor, saved it or left it as it was. */
function catchUp(receipt, wasOpen) {
  const card = document.getElementById(`own-${receipt}`);
  const form = card?.querySelector(EDITORS);
  if (!form) return;
  const typed = read(name(receipt));
  if (typed === undefined && wasOpen) {
    putAway(card);
    release();
  } else if (follow(form.querySelector("textarea"), typed ?? read(`statement:${receipt}`)?.text ?? "")) {
    drawCount(form);
  }
}

onOtherTab((changed) => changed.startsWith("edit:") && catchUp(changed.slice(5), true));
onReturn(() => {
  const open = [...document.querySelectorAll(".own-statement.is-editing")];
  for (const { id } of open) catchUp(id.slice(4), false);
});
holdWhile(() => document.querySelector(EDITORS) !== null);
document.addEventListener("moderato:held", () => {
  for (const form of document.querySelectorAll(EDITORS)) drawWay(form, form.closest(".own-statement").id.slice(4));
});
