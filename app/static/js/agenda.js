// The agenda editor: what is typed is saved by itself, and says so.
import { announce, interrupt } from "./announce.js";
import { keep, putBack } from "./agenda_leaving.js";
import "./agenda_order.js";
import "./agenda_preview.js";
import { applyPush } from "./push.js";
import { settle } from "./settle.js";

const PAUSE_IN_TYPING = 1000, TRY_AGAIN = 5000;
const waiting = new Map();
const saved = document.getElementById("saved");
let wasSaid = false;
document.documentElement.classList.add("is-saving-itself");

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!form?.hasAttribute("data-saves") || form.dataset.overtaken) return;
  clearTimeout(waiting.get(form));
  // An emptied field is on its way to something; only leaving it says that it is meant.
  if (target.required && !target.value.trim()) return void waiting.delete(form);
  waiting.set(form, setTimeout(save, PAUSE_IN_TYPING, form));
});

document.addEventListener("change", ({ target }) => {
  if (target.form?.hasAttribute("data-saves") && !target.form.dataset.overtaken) save(target.form);
});

// Before anything else is done with the agenda, what is still being typed is saved.
document.addEventListener("submit", ({ target }) => { saveAll(target); delete target.dataset.overtaken; }, true);

function save(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  if (form.isConnected) window.htmx.trigger(form, "save");
}

function saveAll(except) {
  for (const form of [...waiting.keys()]) {
    if (form !== except) save(form);
    else { clearTimeout(waiting.get(form)); waiting.delete(form); }
  }
}

// Whoever goes away within that second: what was typed goes along, also a question that was not yet added.
addEventListener("pagehide", () => {
  const unsaved = [...document.querySelectorAll("form[data-saves], form[data-adds]")].filter((form) =>
    !form.dataset.overtaken && (form.hasAttribute("data-adds") ? isWritten(form) : [...form.elements].some(isChanged)));
  for (const form of unsaved) navigator.sendBeacon(form.action, new URLSearchParams(new FormData(form)));
  keep(unsaved.filter((form) => form.hasAttribute("data-saves")));
});

function isWritten(form) {
  return form.elements.text.value.trim() && !form.classList.contains("htmx-request");
}

function isChanged(field) {
  if (field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") return [...field.options].some((one) => one.selected !== one.defaultSelected);
  return field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue;
}

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.elt, status = detail.xhr.status;
  // Not htmx's own `successful`: our configuration lets it treat every answer alike.
  const done = status >= 200 && status < 400;
  // Before the push, so that what was just saved no longer counts as typed over and may be redrawn.
  if (done && form.hasAttribute("data-saves")) settle(form, detail.requestConfig.formData);
  if (status === 404 && form.hasAttribute("data-previews")) rescue(form);
  if (detail.xhr.responseText) keepingFocus(() => applyPush(detail.xhr.responseText));
  if (done) document.getElementById("notice").replaceChildren();
  say(form, done);
  form.querySelector(".agenda-save")?.classList.toggle("is-needed", !done);
  if (!done && form.hasAttribute("data-saves")) {
    // Somebody else was first: the person decides, by the button, whether this is to take its place.
    if (detail.xhr.responseText.includes("data-overtaken")) form.dataset.overtaken = "true";
    else if (status === 0 || status === 503) waiting.set(form, setTimeout(save, TRY_AGAIN, form));
  }
  if (status === 0 && !form.hasAttribute("data-saves") && form.elements?.seq) onceMore(form, detail.requestConfig);
  if (done) delete form.dataset.again;
  if (done && form.hasAttribute("data-adds")) {
    form.reset();
    form.elements.text.focus();
  }
  if (done && form.hasAttribute("data-folds")) fold(form.closest("details"));
  if (done && form.dataset.says) announce("saved", form.dataset.says);
});

/** A line that broke just then: what carries a seq can be sent again, since it is never done twice. */
function onceMore(form, { path, formData }) {
  if (form.dataset.again) return;
  form.dataset.again = "true";
  const { seq: _, ...values } = Object.fromEntries(formData);
  const again = { source: form, swap: "none", values };
  // What comes of it is told by its event, as of any other.
  setTimeout(() => form.isConnected && window.htmx.ajax("POST", path, again).catch(() => {}), 300);
}

/** Its question was taken off the agenda elsewhere: the text goes to where a new one is typed. */
function rescue(form) {
  const field = document.getElementById("text-new");
  const text = form.elements.text.value;
  if (field && !field.value.includes(text)) field.value = [field.value.trim(), text].filter(Boolean).join(" ");
}

/** What was unfolded to be done is done. */
function fold(details) {
  const had = details.contains(document.activeElement);
  details.open = false;
  if (had) details.querySelector("summary").focus();
}

/** A question that changes places is taken out of the page for a moment, and what had the focus loses it. */
function keepingFocus(change) {
  const had = document.activeElement;
  const { selectionStart, selectionEnd } = had ?? {};
  change();
  if (document.activeElement === had || had === document.body || !had) return;
  // What was pressed is gone, and is nowhere again: the agenda's heading is where one was.
  if (!had.id) return void document.getElementById("agenda-heading").focus({ preventScroll: true });
  const there = document.getElementById(had.id);
  // A button that is gone, such as Up of what is now first: its neighbour is the next best.
  const next = there ?? document.getElementById(had.id.replace(/^(up|down)-/, (_, way) => (way === "up" ? "down-" : "up-")));
  next?.focus({ preventScroll: true });
  if (there && selectionStart != null && there.setSelectionRange && there.type !== "number") {
    there.setSelectionRange(selectionStart, selectionEnd);
  }
}

/** Seen each time; spoken the first time and when it goes wrong, since nobody wants to hear it each second. */
function say(form, done) {
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  saved.textContent = done ? saved.dataset.saved.replace("{time}", time) : saved.dataset.unsaved;
  if (done && !wasSaid) announce("saved", saved.textContent);
  if (!done && !saved.classList.contains("is-unsaved")) interrupt(saved.textContent);
  wasSaid ||= done;
  saved.classList.toggle("is-unsaved", !done);
}

// Not before htmx knows the forms.
addEventListener("load", putBack);
