// Opening an archive: a file that is too large is told before it is sent, and a second press sends nothing.
for (const form of document.querySelectorAll(".import-form")) {
  const field = form.elements.file;
  const error = form.querySelector("[role=alert]");

  const isTooLarge = () => (field.files[0]?.size ?? 0) > Number(form.dataset.largest);

  function tell(words) {
    error.querySelector("span").textContent = words;
    error.hidden = !words;
    if (words) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  field.addEventListener("change", () => tell(isTooLarge() ? form.dataset.tooLarge : ""));

  form.addEventListener("submit", (event) => {
    if (isTooLarge()) {
      event.preventDefault();
      tell(form.dataset.tooLarge);
      return field.focus();
    }
    if (form.hasAttribute("aria-busy")) return event.preventDefault();
    form.setAttribute("aria-busy", "true");
    form.querySelector("button span").textContent = form.dataset.busy;
  });

  // Back from the session it became: the form as it was.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}
