// The form in the card of an own statement: one of the themes that are there, or the name of a new one.
import { announce } from "./announce.js";
import { hasContent, lengthOf, normalise, phrase } from "./device.js";
import { setAside } from "./outbox.js";
import { draftOf, dropDraft, keepDraft, proposal, propose } from "./proposals.js";
import { heldScene, holdWhile, release } from "./scene.js";

const FORM = ".proposal-form";
const owners = new WeakMap();

export function isOpenForm(card) {
  return card.querySelector(FORM) !== null;
}

/** Put the form in a card, with what was chosen and typed in it before, else with what is proposed. */
export function openForm(card, own, takeFocus) {
  if (isOpenForm(card)) return;
  const form = document.getElementById("proposal-form").content.firstElementChild.cloneNode(true);
  const list = form.querySelector(".theme-choice-list");
  const offered = document.getElementById("themes-to-choose").cloneNode(true);
  list.prepend(...offered.children);
  form.elements.name.dataset.most = offered.dataset.most;
  owners.set(form, own);
  form.elements.name.id = `${card.id}-name`;
  form.querySelector(".proposal-name-label").htmlFor = form.elements.name.id;
  form.querySelector(".proposal-error").id = `${card.id}-proposal-error`;
  form.elements.name.setAttribute("aria-describedby", `${card.id}-proposal-error`);
  describe(form.querySelector("fieldset"), card);
  fillIn(form, draftOf(own.receipt) ?? proposal(own.receipt) ?? {});
  form.addEventListener("input", () => typed(form));
  form.addEventListener("submit", (event) => save(event, card, form));
  form.querySelector("[data-cancel]").addEventListener("click", () => close(card, form));
  card.querySelector(".own-proposal").append(form);
  card.classList.add("is-proposing");
  draw(form);
  drawWay(form);
  if (takeFocus) (form.querySelector("input:checked") ?? form.querySelector("input")).focus();
}

/** Of which statement the question is, and what was wrong with the answer. */
function describe(choice, card) {
  const text = card.querySelector(".statement-text");
  text.id = `${card.id}-text`;
  choice.setAttribute("aria-describedby", `${text.id} ${card.id}-proposal-error`);
}

function fillIn(form, { theme, name }) {
  const wanted = theme ? form.querySelector(`input[value="${theme}"]`) : name !== undefined && form.querySelector('input[value=""]');
  if (wanted) wanted.checked = true;
  form.elements.name.value = name ?? "";
}

/** What the form says: a theme, or a name where a new theme is chosen. */
function choiceIn(form) {
  const chosen = form.querySelector("input[name=theme]:checked");
  if (!chosen) return {};
  if (chosen.value) return { theme: Number(chosen.value), label: chosen.parentElement.querySelector(".theme-option-name").textContent };
  const name = normalise(form.elements.name.value).trim();
  return { name, label: name };
}

function typed(form) {
  // The name too where a theme was chosen since: nobody has to type it again.
  keepDraft(owners.get(form).receipt, { theme: choiceIn(form).theme, name: form.elements.name.value });
  draw(form);
  if (!hasName(form)) release();
}

function tooLong(form) {
  const over = lengthOf(form.elements.name.value.trim()) - Number(form.elements.name.dataset.most);
  return over > 0 ? phrase("tooLong", { n: over }) : "";
}

function draw(form, problem = "") {
  const { name } = choiceIn(form), most = form.elements.name.dataset.most;
  form.querySelector(".proposal-name-row").hidden = name === undefined;
  form.querySelector(".composer-count").textContent = phrase("count", { n: lengthOf(form.elements.name.value), most });
  const said = problem || (name === undefined ? "" : tooLong(form));
  const error = form.querySelector(".proposal-error");
  // Where one looks next: above the themes, or below the name. A list of twelve is longer than a phone.
  (name === undefined ? form.querySelector("legend") : form.querySelector(".proposal-name-row")).after(error);
  error.hidden = !said;
  error.querySelector("span").textContent = said;
  form.elements.name.setAttribute("aria-invalid", String(Boolean(said)));
  if (said) announce("problem", said);
}

function save(event, card, form) {
  event.preventDefault();
  const choice = choiceIn(form), own = owners.get(form);
  if (heldScene()) return leave(card, form, choice, own);
  const isChosen = choice.theme !== undefined || hasContent(choice.name ?? "");
  if (!isChosen || tooLong(form)) {
    draw(form, isChosen ? tooLong(form) : phrase("proposalNone"));
    return (choice.name === undefined ? form.querySelector("input") : form.elements.name).focus();
  }
  close(card, form, () => propose(own, choice));
  announce("own", phrase("proposedNow", { theme: choice.label }));
}

/** Grouping is over: a name that was typed stays on the device as a text, with the sentence that says why. */
function leave(card, form, { name }, { question }) {
  if (name) setAside(question, name, { key: "proposals_closed", message: phrase("proposalOver") }, { isName: true });
  close(card, form);
}

function close(card, form, act = () => undefined) {
  dropDraft(owners.get(form).receipt);
  form.remove();
  card.classList.remove("is-proposing");
  act();
  document.getElementById(card.id)?.querySelector("[data-propose=open]")?.focus();
  release();
}

/** What the button does when the next scene waits. */
function drawWay(form) {
  const isOver = Boolean(heldScene()), way = form.querySelector(".proposal-way");
  way.hidden = !isOver;
  way.textContent = isOver ? phrase("proposalOver") : "";
  form.querySelector("[type=submit]").textContent = phrase(isOver ? "keepAndGoOn" : "proposalDo");
}

function hasName(form) {
  return Boolean(choiceIn(form).name);
}

holdWhile(() => [...document.querySelectorAll(FORM)].some(hasName));
document.addEventListener("moderato:held", () => document.querySelectorAll(FORM).forEach(drawWay));
