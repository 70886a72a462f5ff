// The list of own statements, drawn from the device so that all its tabs agree.
import { announce } from "./announce.js";
import { copy, names, onOtherTab, phrase, read } from "./device.js";
import { dropDraft, isBeingEdited, isInEditor, openEditor, sendDraft } from "./editor.js";
import { discard, isWaiting, retract, revise, statements } from "./outbox.js";
import { heldScene, scene, takesLate } from "./scene.js";
import { chosenTheme, themeOf } from "./theme_choice.js";

const JUST_NOW = 60_000;
const find = (id) => document.getElementById(id);
const capital = (word) => word[0].toUpperCase() + word.slice(1);

function draw() {
  const focused = document.activeElement?.closest(".own-statement [data-act]");
  const at = focused?.closest(".own-statement").id;
  const question = Number(scene().dataset.question);
  const all = statements();
  const own = all.filter((one) => one.question === question && !isWaiting(one) && !one.refusal);
  const waiting = all.filter((one) => isWaiting(one));
  const apart = [...all.filter((one) => one.refusal), ...leftDrafts()];
  fill("own-list", own);
  fill("outbox-list", find("own-list") ? waiting : []);
  // Where no grouping follows, a late statement waits for its minute below a vote or a result.
  const late = takesLate(scene()) ? own.filter((one) => one.held && !one.retracted) : [];
  fill("kept-list", find("own-list") ? apart : [...waiting, ...late, ...apart]);
  const count = own.filter((one) => !one.retracted).length;
  if (find("own-list")) {
    find("own-heading").textContent = phrase("mine", { n: count });
    find("outbox-heading").textContent = phrase("outbox", { n: waiting.length });
    find("outbox").hidden = !waiting.length;
    find("own").hidden = !own.length && !waiting.length && scene().dataset.phase !== "collect";
    find("own-empty").hidden = own.length + waiting.length > 0 || scene().dataset.phase !== "collect";
  }
  find("kept").hidden = !find("kept-list").children.length;
  // A card changes lists when it is sent and when it is stored; the keyboard goes along.
  if (at && (focused.hidden || document.activeElement !== focused)) focusOn(find(at));
}

function focusOn(card) {
  card?.querySelector("[data-act]:not([hidden])")?.focus();
}

/** Drafts whose field is gone, as after a reload in a later phase: of new statements and of changes to sent ones. */
function leftDrafts() {
  const open = find("composer") ? `draft:${scene().dataset.question}` : "";
  const fresh = names("draft:").filter((name) => name !== open).map((name) => [name, Number(name.slice(6))]);
  const changes = names("edit:").map((name) => [name, read(`statement:${name.slice(5)}`)])
    .filter(([, statement]) => statement && !isOpen(statement) && !isInEditor(statement.receipt)).map(([name, { question }]) => [name, question]);
  return [...fresh, ...changes].filter(([name]) => (read(name) ?? "").trim())
    .map(([name, question]) => ({ ...aboutOf(name, question), receipt: name, question, text: read(name), isDraft: true }));
}

function aboutOf(draft, question) {
  return themeOf(draft.startsWith("edit:") ? read(`statement:${draft.slice(5)}`) : chosenTheme(question));
}

/** Make the list show these, keeping cards that are there: one of them may be open for editing. */
function fill(id, shown) {
  const list = find(id);
  if (!list) return;
  const wanted = shown.map(({ receipt }) => find(`own-${receipt}`) ?? newCard(receipt));
  for (const card of [...list.children]) if (!wanted.includes(card)) card.remove();
  wanted.forEach((card, index) => list.children[index] !== card && list.insertBefore(card, list.children[index]));
  wanted.forEach((card, index) => update(card, shown[index]));
}

function newCard(receipt) {
  const card = find("own-statement").content.firstElementChild.cloneNode(true);
  card.id = `own-${receipt}`;
  return card;
}

function stateOf(statement) {
  if (statement.isDraft) return "draft";
  if (statement.refusal) return "refused";
  if (statement.retracted) return "retracted";
  if (isWaiting(statement)) return "waiting";
  if (isOpen(statement)) return "sent";
  if (statement.held) return "held";
  return scene().dataset.phase === "collect-closed" ? "paused" : "fixed";
}

function isOpen(statement) {
  return scene().dataset.phase === "collect" && !heldScene() && statement.question === Number(scene().dataset.question);
}

/** Whether sending it again may help: while collecting, and for as long as late statements are taken. */
function isCurrent(statement) {
  const { phase, question } = scene().dataset;
  return (phase === "collect" || takesLate(scene())) && statement.question === Number(question);
}

function update(card, statement) {
  const state = stateOf(statement);
  const isNew = state === "sent" && !card.previousElementSibling && Date.now() - statement.made < JUST_NOW;
  card.dataset.state = state;
  card.dataset.open = isOpen(statement);
  card.querySelector(".statement-text").textContent = statement.text;
  card.querySelector(".own-label").textContent = phrase(isNew ? "stateNew" : `state${capital(state)}`);
  card.querySelector(".own-theme").textContent = statement.themeName ?? "";
  card.querySelector(".own-theme").hidden = !statement.themeName;
  const message = statement.refusal?.message ?? statement.note ?? (state === "held" ? statement.held : "");
  card.querySelector(".own-message").textContent = message;
  card.querySelector(".own-message").hidden = !message;
  for (const button of card.querySelectorAll("[data-act]")) {
    button.hidden = !button.dataset.in.split(" ").includes(state) || (button.dataset.open && !isOpen(statement))
      || (button.dataset.late && !isOpen(statement) && !statement.held)
      || (button.dataset.current && !isCurrent(statement));
    button.setAttribute("aria-label", `${button.textContent.trim()}: ${statement.text}`);
  }
  if (isBeingEdited(statement.receipt) && isOpen(statement)) openEditor(card, false);
}

const acts = {
  edit: (_receipt, card) => openEditor(card, true),
  retract: (receipt) => {
    retract(receipt);
    announce("own", phrase("stateRetracted"));
  },
  back: (receipt) => {
    revise(receipt, { retracted: false });
    announce("own", phrase("putBack"));
  },
  copy: (receipt, card, button) => {
    copy(card.querySelector(".statement-text").textContent);
    button.textContent = phrase("copied");
    announce("own", phrase("copied"));
  },
  discard: (receipt) => {
    discard(receipt);
    announce("own", phrase("removed"));
  },
  again: (receipt) => revise(receipt, {}),
  send: sendDraft,
  drop: (draft) => {
    dropDraft(draft);
    announce("own", phrase("dropped"));
  },
};

function act(event) {
  const button = event.target.closest("[data-act]");
  const card = button?.closest(".own-statement");
  if (!card) return;
  const receipt = card.id.slice(4);
  const next = card.nextElementSibling ?? card.previousElementSibling;
  acts[button.dataset.act](receipt, card, button);
  // A card that went away, or lost this button, must not drop the keyboard at the top of the page.
  const there = find(card.id);
  if (!there) (next?.querySelector("[data-act]:not([hidden])") ?? scene().querySelector("h1"))?.focus();
  else if (there !== card || button.hidden) focusOn(there);
}

document.addEventListener("click", act);
document.addEventListener("moderato:scene", draw);
document.addEventListener("moderato:statements", draw);
document.addEventListener("moderato:held", draw);
onOtherTab((name) => name.startsWith("draft:") && draw());
setInterval(draw, 30_000);
