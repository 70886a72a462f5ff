// After a save: what was sent is what stands, so that the next push may change it again.

/** Let the fields of `form` that still hold what was sent count as unchanged. */
export function settle(form, sent) {
  for (const field of form.elements) {
    if (field.type === "checkbox") {
      if (field.checked === Boolean(sent[field.name])) field.defaultChecked = field.checked;
    } else if (field.tagName === "SELECT") {
      if (sent[field.name] === field.value) for (const one of field.options) one.defaultSelected = one.selected;
    } else if (field.type !== "hidden" && "defaultValue" in field && sent[field.name] === field.value) {
      field.defaultValue = field.value;
    }
  }
}
