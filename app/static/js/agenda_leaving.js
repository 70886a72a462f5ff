// Who leaves the agenda while something is still on its way to be saved finds it again on the next page of this tab.
const LASTS = 60_000;
const KEY = `unsaved ${location.pathname}`;

/** Keep what these forms hold; a save that was under way when they left may have made theirs too old to be taken. */
export function keep(forms) {
  const kept = forms.map((form) => [form.getAttribute("action"), [...new FormData(form)].filter(([name]) => name !== "seq")]);
  if (kept.length) sessionStorage.setItem(KEY, JSON.stringify({ at: Date.now(), kept }));
}

/** Put back what was not saved, as if it were typed again, so that it is saved now. */
export function putBack() {
  const { at, kept } = JSON.parse(sessionStorage.getItem(KEY) ?? '{"at":0}');
  sessionStorage.removeItem(KEY);
  if (Date.now() - at > LASTS) return;
  for (const [action, fields] of kept) {
    const form = document.querySelector(`form[data-saves][action="${CSS.escape(action)}"]`);
    if (form) fill(form, fields);
  }
}

/** At once and as one change: what was sent while leaving may have arrived by now, and then this says the same. */
function fill(form, fields) {
  const changed = [...form.elements].filter((field) => isFilled(field, fields));
  changed.at(-1)?.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Give a field what was kept of it; whether that was something else. */
function isFilled(field, fields) {
  const values = fields.filter(([name]) => name === field.name).map(([, value]) => value.replaceAll("\r\n", "\n"));
  if (field.type === "hidden" || field.disabled || field.readOnly) return false;
  const what = field.type === "checkbox" ? "checked" : "value";
  const to = what === "checked" ? values.includes(field.value) : values[0];
  if (to === undefined || field[what] === to) return false;
  field[what] = to;
  return true;
}
