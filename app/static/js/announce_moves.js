// Says where cards went and how many are left; moves made before it could be said are counted together.
import { announce } from "./announce.js";
import { inboxList, keysIn, leaving } from "./board_places.js";

const words = document.getElementById("board-words").dataset;
let tally = null;

/** Say that `count` cards lie elsewhere now: `{ kind: "theme" | "inbox" | "hidden", name }`. */
export function announceSummed(count, { kind, name = "" }) {
  const isSame = tally && tally.kind === kind && tally.name === name;
  tally = tally && { count: tally.count + count, ...(isSame ? { kind, name } : { kind: "several", name: "" }) };
  tally ??= { count, kind, name };
  announce("move", said);
}

/** Say something else about the board, such as that there is no theme with that letter. */
export function announceWord(key, values = {}) {
  announce("board", filled(words[key], values));
}

function said() {
  const { count, kind, name } = tally;
  tally = null;
  const key = { theme: "moved", inbox: "back", hidden: "hidden", several: "several" }[kind];
  const one = words[`${key}One`];
  const where = filled(count === 1 && one ? one : words[key], { n: count, name });
  // The board may have gone meanwhile: the vote began, say.
  if (!inboxList()) return where;
  const left = keysIn(inboxList()).filter((key) => !leaving.has(key)).length;
  return `${where} ${filled(words.left, { n: left })}`;
}

/** Names last and all at once: a theme may be called {n}. */
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (mark, name) => values[name] ?? mark);
}
