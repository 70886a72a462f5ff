// Cards to a theme by its letter, and one theme with another: keys A to L, 0 and M.
import { announceSummed, announceWord } from "./announce_moves.js";
import { focusHeading, goOnFrom } from "./board_focus.js";
import { putCards } from "./board_moves.js";
import { boxOf, inboxList, leaving, letterOf, listOf, listOfLetter, listOfTheme, lists, nameOf, themeOf } from "./board_places.js";
import { show } from "./dialog.js";
import { chosen, here } from "./keyboard_walk.js";
import { afterMoves, isSending, sendFields } from "./moves.js";
import { selectOnly } from "./selection.js";

/** Put what is chosen under the theme with this letter; "0" is back to the inbox. */
export function putUnder(letter) {
  const keys = chosen();
  if (!keys.length) return announceWord("nothingChosen");
  const list = letter === "0" ? inboxList() : listOfLetter(letter);
  if (list) return put(keys, list);
  // A theme that is just being made: the cards wait for it, and one goes on with the next.
  if (isSending()) return putLater(keys, letter);
  return announceWord("noLetter", { letter });
}

function put(keys, list) {
  const away = keys.filter((key) => listOf(boxOf(key)) !== list);
  if (away.length) putCards(away, themeOf(list));
  else announceWord("there", { name: nameOf(list) });
}

/** Sent without the bar: by then something else may be selected, and a name typed there. */
function putLater(keys, letter) {
  for (const key of keys) leaving.add(key);
  selectOnly([]);
  goOnFrom(keys);
  afterMoves(() => {
    const list = listOfLetter(letter);
    const fields = keys.filter(boxOf).map((key) => ["statement", key]);
    const settle = (done) => {
      for (const key of keys) leaving.delete(key);
      if (done) announceSummed(fields.length, { kind: "theme", name: nameOf(list) });
    };
    if (list && fields.length) return sendFields("/statements/put", [["theme", themeOf(list)], ...fields], settle);
    settle(false);
    return announceWord("noLetter", { letter });
  });
}

/** Ask with which other theme this one goes together: answered by its letter or by a press. */
export function mergeTheme() {
  const { list } = here();
  const others = lists().filter((other) => themeOf(other) && other !== list);
  if (!list || !themeOf(list)) return announceWord("noTheme");
  if (!others.length) return announceWord("noOther");
  const dialog = document.getElementById("merge");
  dialog.dataset.theme = themeOf(list);
  dialog.querySelector(".merge-theme").textContent = nameOf(list);
  dialog.querySelector(".merge-choices").replaceChildren(...others.map(choice));
  show(dialog);
}

function choice(list) {
  const made = document.getElementById("merge-choice").content.firstElementChild.cloneNode(true);
  const button = made.querySelector("button");
  button.value = themeOf(list);
  button.dataset.letter = letterOf(list);
  button.querySelector("bdi").textContent = nameOf(list);
  const letter = list.closest(".theme-cluster").querySelector(".theme-letter").cloneNode(true);
  button.prepend(letter);
  return made;
}

function merge(dialog, into) {
  const list = listOfTheme(into);
  dialog.close();
  if (!list) return;
  const name = dialog.querySelector(".merge-theme").textContent;
  sendFields(`/themes/${dialog.dataset.theme}/merge`, [["into", into]], (done) => {
    if (done) announceWord("merged", { name, into: nameOf(list) });
  });
  focusHeading(list);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("#merge .merge-choices button");
  if (button) merge(button.closest("dialog"), button.value);
});

document.addEventListener("keydown", (event) => {
  const dialog = event.target.closest("#merge");
  if (!dialog || event.ctrlKey || event.metaKey || event.altKey || event.key.length > 1) return;
  const button = dialog.querySelector(`button[data-letter="${CSS.escape(event.key.toUpperCase())}"]`);
  if (!button) return;
  event.preventDefault();
  merge(dialog, button.value);
});
