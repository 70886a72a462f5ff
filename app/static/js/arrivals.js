// Says on the board that late statements came in, until the moderator's next act.
import { announce } from "./announce.js";
import { keysIn } from "./board_places.js";

const words = document.getElementById("phrases").dataset;
let board = read();

/** The question on the board and the ids of its cards; no question where there is no board. */
function read() {
  const question = document.querySelector("#put input[name=question]")?.value;
  return { question, ids: new Set(keysIn(document.getElementById("stage"))) };
}

document.addEventListener("moderato:pushed", () => {
  const before = board;
  board = read();
  if (!board.question || board.question !== before.question) return;
  const fresh = [...board.ids].filter((id) => !before.ids.has(id)).length;
  if (!fresh) return;
  const text = (fresh === 1 ? words.lateOne : words.late).replace("{n}", fresh);
  const note = document.getElementById("arrivals");
  note.textContent = text;
  note.hidden = false;
  announce("late", text);
});

document.addEventListener("submit", () => {
  const note = document.getElementById("arrivals");
  if (note) note.hidden = true;
});
