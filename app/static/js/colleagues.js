// What another moderator did last: shown as one line, said politely, and never taking the focus.
import { announce } from "./announce.js";

const me = document.body.dataset.moderator;
let heard = draw();

/** Leave out what I did myself, and all but the newest of the others; the words that are left. */
function draw() {
  const here = document.querySelector("#colleagues .colleagues-here")?.textContent.trim() ?? "";
  const deeds = [...document.querySelectorAll("#colleagues li")];
  const newest = deeds.find((line) => line.dataset.by !== me);
  for (const line of deeds) line.hidden = line !== newest;
  return { here, deed: newest?.textContent.trim() ?? "" };
}

document.addEventListener("moderato:pushed", () => {
  const now = draw();
  if (now.here && now.here !== heard.here) announce("colleagues", now.here);
  if (now.deed && now.deed !== heard.deed) announce("deed", now.deed);
  heard = now;
});
