// The agenda editor: what is changed is saved at once, and says so.
import { applyPush } from "./push.js";

const saved = document.getElementById("saved");
document.documentElement.classList.add("is-saving-itself");

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.elt;
  // Not htmx's own `successful`: our configuration lets it treat every answer alike.
  const done = detail.xhr.status >= 200 && detail.xhr.status < 400;
  // Before the push, so that what was just saved no longer counts as typed over and may be redrawn.
  if (done) settle(form, detail.requestConfig.formData);
  if (detail.xhr.responseText) applyPush(detail.xhr.responseText);
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

/** Only what was sent: a field that was changed while the request was under way is still to be saved. */
function settle(form, sent) {
  if (form.hasAttribute("data-adds")) return;
  for (const field of form.elements ?? []) {
    if (field.type === "checkbox") {
      if (sent.getAll(field.name).includes(field.value) === field.checked) field.defaultChecked = field.checked;
    } else if (String(sent.get(field.name)).replaceAll("\r\n", "\n") !== field.value) continue;
    else if (field.tagName === "SELECT") [...field.options].forEach((one) => (one.defaultSelected = one.selected));
    else if (field.type !== "hidden" && "defaultValue" in field) field.defaultValue = field.value;
  }
}
