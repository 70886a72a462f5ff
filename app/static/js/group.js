// The group's statements on a phone: how many there are, seen at once and said now and then.
import { announce } from "./announce.js";
import { phrase } from "./device.js";
import { scene } from "./scene.js";

const QUIET = 60_000; // Whoever listens to the page is writing, too.
let counted = 0, shown, saidAt = 0, timer;

function follow() {
  const list = document.getElementById("statements");
  const count = list?.children.length ?? 0;
  if (list) document.getElementById("group-heading").textContent = phrase("group", { n: count });
  // A list that just came on the screen is no news.
  const grew = shown === scene() && count > counted;
  if (!list) clearTimeout(timer);
  else if (grew && !timer) timer = setTimeout(say, Math.max(0, saidAt + QUIET - Date.now()));
  [shown, counted] = [list ? scene() : undefined, count];
}

function say() {
  timer = undefined;
  if (!shown?.isConnected) return;
  saidAt = Date.now();
  announce("group", phrase("groupGrew", { n: counted }));
}

document.addEventListener("moderato:pushed", follow);
document.addEventListener("moderato:scene", follow);
