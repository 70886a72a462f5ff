// Points counted by hand: a push never turns a field back under whoever is in it, and what was saved is what stands.
import { settle } from "./settle.js";

const FIELD = ".hand-count-field";
const FORM = ".hand-counts-form";

// The name of a field tells what stood there when it was drawn, so its name and its number change together or not at all.
document.addEventListener("focusin", ({ target }) => target.matches(FIELD) && target.setAttribute("data-keep", ""));
document.addEventListener("focusout", ({ target }) => target.matches(FIELD) && target.removeAttribute("data-keep"));

// A field that somebody changed is left alone by pushes, so its mark follows what they say below it.
document.addEventListener("moderato:pushed", () => {
  for (const field of document.querySelectorAll(FIELD)) {
    const isWrong = !document.getElementById(field.getAttribute("aria-describedby"))?.hidden;
    if (isWrong) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
});

// Also when the question came in between whether to replace what a colleague had counted.
document.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
  if (detail.xhr.status >= 400 || !detail.requestConfig.path.endsWith("/hand-counts")) return;
  for (const form of document.querySelectorAll(FORM)) settle(form, detail.requestConfig.formData);
});
