// The attendance list on an open page: it hears that names came or went, and then asks for the list, at most each second.
import { applyPush } from "./push.js";

const { rows } = document.getElementById("attendees").dataset;
const WAIT = 1000;
let waiting, isStale = false, wasLost = false;

function ask() {
  isStale = true;
  if (waiting) return;
  waiting = setTimeout(() => {
    waiting = undefined;
    if (isStale) ask();
  }, WAIT);
  isStale = false;
  load();
}

async function load() {
  try {
    const answer = await fetch(rows, { credentials: "same-origin" });
    if (answer.ok) applyPush(await answer.text());
  } catch {
    // The line is gone; when it is back, the list is asked for again.
  }
}

document.addEventListener("moderato:pushed", (event) => {
  if (event.detail.ids.some((id) => id === "attendee-count" || id === "rail")) ask();
});

document.addEventListener("moderato:connection", (event) => {
  if (event.detail.state === "ok" && wasLost) ask();
  wasLost = event.detail.state !== "ok";
});
