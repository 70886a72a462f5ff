// The phone beside the agenda: the question somebody is at, as the server draws it from what the form holds now.
import { morph } from "./push.js";

const PAUSE_IN_TYPING = 250;
const preview = document.getElementById("phone-preview");
const list = () => document.getElementById("agenda-items");
let form = document.querySelector("form[data-previews]"), timer, asked = 0;

document.addEventListener("focusin", ({ target }) => look(target));
document.addEventListener("input", ({ target }) => look(target, true));
document.addEventListener("change", ({ target }) => look(target, true));
document.addEventListener("moderato:pushed", () => draw());

function look(target, changed = false) {
  const at = target.closest?.(".agenda-item")?.querySelector("form[data-previews]") ?? newQuestion(target);
  if (!at || (at === form && !changed)) return;
  form = at;
  draw();
}

function newQuestion(target) {
  const adds = target.closest?.("form[data-adds]");
  return adds?.elements.text.value.trim() ? adds : null;
}

function draw() {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE_IN_TYPING);
}

async function ask() {
  // A new question that was just added is the last one of the agenda now.
  if (form?.isConnected && form.hasAttribute("data-adds") && !form.elements.text.value.trim()) {
    form = [...document.querySelectorAll("form[data-previews]")].at(-1);
  }
  if (!form?.isConnected) form = document.querySelector("form[data-previews]");
  if (!form) return;
  const count = Number(list().dataset.count), adds = form.hasAttribute("data-adds");
  const fields = new URLSearchParams(new FormData(form));
  fields.set("number", adds ? count + 1 : form.closest(".agenda-item").dataset.number);
  fields.set("count", adds ? count + 1 : count);
  const turn = ++asked;
  try {
    const answer = await fetch(location.pathname.replace(/agenda$/, "preview"), { method: "POST", body: fields });
    if (!answer.ok || turn !== asked) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("phone-preview");
    if (drawn) morph(preview, document.adoptNode(drawn));
  } catch {
    // No connection: the picture waits; saving says so, and tries again.
  }
}
