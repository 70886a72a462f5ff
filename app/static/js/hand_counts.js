// Points counted by hand: a push never turns a field back under whoever is in it, and what was saved is what stands.
import { settle } from "./settle.js";

const FIELD = ".hand-count-field";
const FORM = ".hand-counts-form";

// The name of a field tells what stood there when it was drawn, so its name and its number change together or not at all.
document.addEventListener("focusin", ({ target }) => target.matches(FIELD) && target.setAttribute("data-keep", ""));
document.addEventListener("focusout", ({ target }) => target.matches(FIELD) && target.removeAttribute("data-keep"));

// Also when the question came in between whether to replace what a colleague had counted.
document.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
  if (detail.xhr.status >= 400 || !detail.requestConfig.path.endsWith("/hand-counts")) return;
  for (const form of document.querySelectorAll(FORM)) settle(form, detail.requestConfig.formData);
});
