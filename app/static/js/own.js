// The list of own statements, drawn from the device so that all its tabs agree.
import { announce } from "./announce.js";
import { copy } from "./copy.js";
import { onOtherTab, phrase } from "./device.js";
import { openEditor } from "./editor.js";
import { dropDraft, leftDrafts, sendDraft } from "./left_drafts.js";
import { discard, retract, revise, statements } from "./outbox.js";
import { drawCard, newCard } from "./own_card.js";
import { isWaiting } from "./own_statement.js";
import { scene, takesLate } from "./scene.js";
import { onReturn } from "./wake.js";

const find = (id) => document.getElementById(id);

function draw() {
  const focused = document.activeElement?.closest(".own-statement [data-act], .own-statement [data-propose]");
  const at = focused?.closest(".own-statement").id;
  const question = Number(scene().dataset.question);
  const all = statements();
  const own = all.filter((one) => one.question === question && !isWaiting(one) && !one.refusal);
  const waiting = all.filter((one) => isWaiting(one));
  const apart = [...all.filter((one) => one.refusal), ...leftDrafts()];
  // Where no grouping follows, a late statement waits for its minute below a vote or a result.
  const late = takesLate(scene()) ? own.filter((one) => one.held && !one.retracted) : [];
  const lists = find("own-list")
    ? { "own-list": own, "outbox-list": waiting, "kept-list": apart }
    : { "kept-list": [...waiting, ...late, ...apart] };
  const count = own.filter((one) => !one.retracted).length, unsent = waiting.length;
  holdStill(lists);
  for (const [id, shown] of Object.entries(lists)) fill(id, shown);
  if (find("own-list")) {
    find("own-heading").textContent = phrase("mine", { n: count });
    find("outbox-heading").textContent = phrase("outbox", { n: unsent });
    find("outbox").hidden = !waiting.length;
    find("own").hidden = !own.length && !waiting.length && scene().dataset.phase !== "collect";
    find("own-empty").hidden = own.length + waiting.length > 0 || scene().dataset.phase !== "collect";
  }
  find("kept").hidden = !find("kept-list").children.length;
  // A card changes lists when it is sent and when it is stored; the keyboard goes along.
  if (at && (focused.hidden || document.activeElement !== focused)) focusOn(find(at));
}

/** A card that somebody types in stays in its list until they are done: moving it would take the caret away. */
function holdStill(lists) {
  const card = document.activeElement?.closest(".own-statement.is-editing");
  const here = lists[card?.parentElement.id];
  for (const shown of here ? Object.values(lists) : []) {
    const index = shown.findIndex(({ receipt }) => card.id === `own-${receipt}`);
    if (index < 0 || shown === here) continue;
    here.splice([...card.parentElement.children].indexOf(card), 0, ...shown.splice(index, 1));
  }
}

function focusOn(card) {
  card?.querySelector("[data-act]:not([hidden]), [data-propose]:not([hidden])")?.focus();
}

/** Make the list show these, keeping cards that are there: one of them may be open for editing. */
function fill(id, shown) {
  const list = find(id);
  if (!list) return;
  const wanted = shown.map(({ receipt }) => find(`own-${receipt}`) ?? newCard(receipt));
  for (const card of [...list.children]) if (!wanted.includes(card)) card.remove();
  wanted.forEach((card, index) => list.children[index] !== card && list.insertBefore(card, list.children[index]));
  wanted.forEach((card, index) => drawCard(card, shown[index]));
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
onOtherTab((name) => /^(draft|edit):/.test(name) && draw());
onReturn(draw);
setInterval(draw, 30_000);
