// A yes or a no to a suggestion: its panel goes at once, the focus goes on with what is still to be grouped, and it is said.
import { announce } from "./announce.js";
import { sendMove } from "./moves.js";
import { boxes } from "./selection.js";

const words = document.getElementById("phrases").dataset;
let said = null;

/** The panels that were answered and are not drawn anew yet; one whose answer is refused comes back. */
export const sent = new Set();

document.addEventListener(
  "submit",
  (event) => {
    const panel = event.target.closest("[data-suggestion]");
    if (!panel) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    answer(panel, event.target, event.submitter ?? panel.querySelector("[data-accept]"));
  },
  true,
);

function answer(panel, form, button) {
  const taken = [...form.querySelectorAll("input[name=taken]:checked:enabled")].map(({ value }) => value);
  const accepts = button.matches("[data-accept]");
  sendMove(form, button, {}, (done) => {
    if (done) said = accepts ? moved(taken.length) : () => words.ignored;
    else sent.delete(panel.id);
    if (!done) tellPage();
  });
  sent.add(panel.id);
  goOn(panel, accepts ? taken : []);
  tellPage();
}

function moved(count) {
  return () => {
    const left = document.querySelectorAll("#inbox-list input[name=statement]").length;
    return (count === 1 ? words.movedOne : words.moved).replace("{n}", count).replace("{left}", left);
  };
}

/** The panel goes, and so may the card that has the focus: go on with the next suggestion or the next card. */
function goOn(panel, taken) {
  const here = document.activeElement;
  if (!panel.contains(here) && !taken.includes(here?.value)) return;
  const next = taken.length ? nextCard(taken) : nextPanel(panel)?.querySelector("[data-accept]");
  (next ?? nextCard(taken) ?? document.getElementById("stage"))?.focus();
}

function nextPanel(panel) {
  const all = [...document.querySelectorAll("[data-suggestion]:not([hidden])")];
  const here = all.indexOf(panel);
  return all[here + 1] ?? all[here - 1];
}

/** The first card of the inbox behind those that go, or else before them. */
function nextCard(taken) {
  const inbox = boxes().filter((box) => box.closest("#inbox-list"));
  const isLeft = ({ value }) => !taken.includes(value);
  const last = inbox.map((box) => !isLeft(box)).lastIndexOf(true);
  return inbox.slice(last + 1).find(isLeft) ?? inbox.slice(0, Math.max(last, 0)).reverse().find(isLeft);
}

function tellPage() {
  document.dispatchEvent(new CustomEvent("moderato:suggestion-answered"));
}

document.addEventListener("moderato:pushed", () => {
  if (said) announce("move", said());
  said = null;
});
