// What the selection bar offers fits what is selected: split off from one theme, back to the inbox, a name when asked.
import { keysIn, listAround, themeOf } from "./board_places.js";

const SPLIT = "split", LOOSE = "loose", GROUPED = "grouped";

/** The lists that the selected cards lie in, and whether that is a part of one theme. */
function lying() {
  const cards = [...document.querySelectorAll("#stage .statement-card.is-selected")];
  const lists = new Set(cards.map(listAround));
  const themes = [...lists].filter(themeOf);
  const [first] = themes;
  const isPart = lists.size === 1 && themes.length === 1 && cards.length < keysIn(first).length;
  return { isGrouped: themes.length > 0, isPart };
}

function fit() {
  const bar = document.getElementById("selection-bar");
  if (!bar || bar.hidden) return;
  const { isGrouped, isPart } = lying();
  const shown = { [SPLIT]: isPart, [LOOSE]: !isPart, [GROUPED]: isGrouped };
  for (const word of bar.querySelectorAll("[data-when]")) word.hidden = !shown[word.dataset.when];
}

// A theme needs a name: the button opens its field first.
document.addEventListener("click", (event) => {
  const button = event.target.closest(".selection-new .selection-button");
  const field = document.getElementById("selection-new-name");
  if (!button || field.value.trim()) return;
  event.preventDefault();
  field.focus({ preventScroll: true });
});

document.addEventListener("moderato:selected", fit);
fit();
