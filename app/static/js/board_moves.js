// A move of statements: sent as it was made, what it took is selected no longer, and one goes on with the next card.
import { announceSummed } from "./announce_moves.js";
import { goOnFrom } from "./board_focus.js";
import { leaving, listOfTheme, nameOf } from "./board_places.js";
import { sendMove } from "./moves.js";
import { placeAhead } from "./placing_ahead.js";
import { select, selection, selectOnly } from "./selection.js";

/** Move what is selected as if `submitter` of the bar's form were pressed, with `extra` fields such as `before`. */
export function moveSelected(submitter, extra = {}) {
  move(selection(), submitter, extra, true);
}

/** Move cards that need not be selected; refused, they aren't afterwards either, so that no later key hits them. */
export function putCards(keys, theme, spot = {}) {
  const isChosen = keys.every((key) => selection().includes(key));
  selectOnly(keys);
  // A closed stack's card is selected with all that it stands for.
  move(selection(), null, { theme, ...spot }, isChosen);
}

/** Move these alone, as a pointer drops them: what else is selected stays so, and nothing scrolls under the pointer. */
export function putDropped(keys, theme, spot) {
  const chosen = selection();
  const others = chosen.filter((key) => !keys.includes(key));
  selectOnly(keys);
  move(keys, null, { theme, ...spot }, others.length < chosen.length, { preventScroll: true });
  if (others.length) select(others);
}

function move(keys, submitter, extra, isChosen, how = {}) {
  const field = document.getElementById("selection-new-name");
  const name = field.value;
  for (const key of keys) leaving.add(key);
  goOnFrom(keys, how);
  const settle = placeAhead(keys, submitter, extra);
  sendMove(document.getElementById("put"), submitter, extra, (done) => {
    for (const key of keys) leaving.delete(key);
    settle?.(done);
    if (done) return announceSummed(keys.length, whereTo(submitter, extra, name));
    if (isChosen && !selection().length) select(keys);
    field.value ||= name;
  });
  field.value = "";
  selectOnly([]);
}

/** Where the cards lie now, for the words: the id of a theme or "" for the inbox, "hidden", or a new theme's name. */
function whereTo(submitter, extra, name) {
  const address = submitter?.getAttribute("formaction") ?? "";
  if (address.endsWith("/hide")) return { kind: "hidden" };
  if (address.endsWith("/themes")) return { kind: "theme", name };
  const theme = extra.theme ?? submitter?.value ?? "";
  if (theme === "") return { kind: "inbox" };
  const list = listOfTheme(theme);
  return { kind: "theme", name: list ? nameOf(list) : "" };
}
