// Joining: the page says that it is busy, keeps a slow line from looking dead, and forgets sessions of long ago.
import { tryAgain } from "./again.js";
import "./join_written.js";

const form = document.querySelector(".join-form");
const button = form.querySelector("button");
const label = button.querySelector("[data-busy]");
const idle = label.textContent;
const code = form.querySelector("[name=code]");

form.addEventListener("submit", (event) => {
  // Pressed twice: the first one is on its way. Not `disabled`, which would take focus and voice away.
  if (button.getAttribute("aria-busy") === "true") return event.preventDefault();
  button.setAttribute("aria-busy", "true");
  label.textContent = label.dataset.busy;
});

// A page that comes back from the browser's cache must not still be busy.
addEventListener("pageshow", () => {
  button.removeAttribute("aria-busy");
  label.textContent = idle;
});

form.querySelector("[aria-invalid=true]")?.focus();

// Not where somebody has begun to type another code meanwhile.
tryAgain(() => code?.value === code?.defaultValue && button.click());
