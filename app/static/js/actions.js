// Lists that save what is typed: rows grow with their text, Enter saves, and a line says when it was kept.
import { settle } from "./settle.js";

const words = document.getElementById("phrases").dataset;
const saved = document.getElementById("saved");

function grow(field) {
  // Browsers without field-sizing.
  if (CSS.supports("field-sizing", "content")) return;
  field.rows = 1;
  while (field.scrollHeight > field.clientHeight + 2 && field.rows < 40) field.rows += 1;
}

function growAll() {
  document.querySelectorAll(".action-text").forEach(grow);
}

document.addEventListener("input", (event) => event.target.matches(".action-text") && grow(event.target));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches(".action-text")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

// The whole of a date field opens its calendar, not only the small mark in it.
document.addEventListener("click", (event) => {
  if (!event.target.matches(".action-due input")) return;
  try {
    event.target.showPicker?.();
  } catch {
    // Not allowed here: typing still works.
  }
});

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const form = event.target.closest("form");
  const isKept = event.detail.xhr.status < 400;
  tell(isKept);
  if (!isKept || !form) return;
  if (form.matches(".action-new, .attendee-new")) {
    form.reset();
    form.querySelector("input:not([type=hidden])").focus();
  } else {
    settle(form, event.detail.requestConfig.formData);
  }
});
document.addEventListener("htmx:sendError", () => tell(false));
document.addEventListener("htmx:timeout", () => tell(false));

function tell(isKept) {
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  saved.textContent = isKept ? words.saved.replace("{time}", time) : words.unsaved;
  saved.classList.toggle("is-error", !isKept);
}

// What the list was asked for without stays out of it, and a row that is being filled in stays in: answers draw them all.
const leftOut = [...document.querySelectorAll(".action-row.is-left-out")].map(({ id }) => id);

function leaveOut() {
  for (const id of leftOut) document.getElementById(id)?.classList.add("is-left-out");
}

document.addEventListener("moderato:pushed", growAll);
document.addEventListener("moderato:pushed", leaveOut);
growAll();
