// What a new statement is about, where themes were given: chosen once, kept beside the draft until chosen anew.
import { onOtherTab, read, write } from "./device.js";

const name = (question) => `theme:${question}`;
const options = () => [...document.querySelectorAll("#composer [name=theme]")];

/** What was chosen for a question, as fields of a statement: `theme` and `themeName`; neither for something else. */
export function chosenTheme(question) {
  const { theme, themeName } = read(name(question)) ?? {};
  const isGone = options().length > 0 && !options().some((option) => option.value === String(theme));
  return theme && !isGone ? { theme, themeName } : {};
}

/** Only what a statement is about. */
export const themeOf = ({ theme, themeName }) => ({ theme, themeName });

/** Show in the composer what was chosen before, and keep what is chosen from now on. */
export function bindThemes(question) {
  const list = document.getElementById("question-themes");
  if (!list) return;
  list.addEventListener("change", ({ target }) => keep(question, target));
  const early = options().find((option) => option.checked);
  if (early) keep(question, early);
  else draw(question);
}

function keep(question, option) {
  const theme = Number(option.value);
  const themeName = theme ? option.closest("label").querySelector(".theme-option-name").textContent : "";
  write(name(question), { theme, themeName });
}

function draw(question) {
  const chosen = read(name(question));
  for (const option of options()) option.checked = chosen !== undefined && Number(option.value) === chosen.theme;
}

onOtherTab((changed) => {
  const question = document.querySelector("#composer [name=question]")?.value;
  if (question && changed === name(question)) draw(question);
});
