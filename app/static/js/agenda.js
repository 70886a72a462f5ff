// The agenda editor: what is changed is saved at once, and says so.
import { applyPush } from "./push.js";

const saved = document.getElementById("saved");

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const done = detail.successful;
  if (detail.xhr?.responseText) applyPush(detail.xhr.responseText);
  saved.textContent = done ? saved.dataset.saved : saved.dataset.unsaved;
  if (done) settle(detail.elt);
});

/** What was just saved is what the fields start from, so that a later push may change them. */
function settle(form) {
  for (const field of form.elements ?? []) {
    if (field.type === "checkbox") field.defaultChecked = field.checked;
    else if (field.tagName === "SELECT") [...field.options].forEach((one) => (one.defaultSelected = one.selected));
    else if (field.type !== "hidden" && "defaultValue" in field) field.defaultValue = field.value;
  }
}
