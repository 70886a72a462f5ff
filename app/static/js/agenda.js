// The agenda editor: what is changed is saved at once, and says so.
import { applyPush } from "./push.js";

const saved = document.getElementById("saved");
document.documentElement.classList.add("is-saving-itself");

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const { elt: form, successful: done } = detail;
  // Before the push, so that what was just saved no longer counts as typed over and may be redrawn.
  if (done) settle(form);
  if (detail.xhr?.responseText) applyPush(detail.xhr.responseText);
  say(done);
  form.querySelector(".agenda-save")?.classList.toggle("is-needed", !done);
  if (done && form.hasAttribute("data-adds")) {
    form.reset();
    form.elements.text.focus();
  }
});

function say(done) {
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  saved.textContent = done ? saved.dataset.saved.replace("{time}", time) : saved.dataset.unsaved;
  saved.classList.toggle("is-unsaved", !done);
}

function settle(form) {
  if (form.hasAttribute("data-adds")) return;
  for (const field of form.elements ?? []) {
    if (field.type === "checkbox") field.defaultChecked = field.checked;
    else if (field.tagName === "SELECT") [...field.options].forEach((one) => (one.defaultSelected = one.selected));
    else if (field.type !== "hidden" && "defaultValue" in field) field.defaultValue = field.value;
  }
}
