// After a save: what was sent is what stands, so that the next push may change it again.

/** Only what was `sent` (FormData): a field that was changed while the request was under way is still to be saved. */
export function settle(form, sent) {
  for (const field of form.elements ?? []) {
    if (field.type === "checkbox") {
      if (sent.getAll(field.name).includes(field.value) === field.checked) field.defaultChecked = field.checked;
    } else if (String(sent.get(field.name)).replaceAll("\r\n", "\n") !== field.value) continue;
    else if (field.tagName === "SELECT") [...field.options].forEach((one) => (one.defaultSelected = one.selected));
    else if (field.type !== "hidden" && "defaultValue" in field) field.defaultValue = field.value;
  }
}
