// The big screen: keeps each scene fitting, unfolds a result once, and remembers dark or light.
import "./big_screen_board.js";
import { fit } from "./big_screen_fit.js";

const root = document.documentElement;

const stage = () => document.getElementById("stage");

let scene = stage().dataset.scene;
function follow() {
  const now = stage().dataset.scene;
  const isNew = now === "result" && scene !== "result";
  scene = now;
  if (isNew) reveal();
  else if (now !== "result") root.classList.remove("is-revealing");
}

/** Bars from the bottom up, by the stylesheet; with reduced motion nothing moves, so the list is said at once. */
async function reveal() {
  root.classList.add("is-revealing");
  for (let moving = movements(); moving.length; moving = movements()) {
    await Promise.allSettled(moving.map(({ finished }) => finished));
  }
  root.classList.remove("is-revealing");
  if (scene === "result") announceRanking();
}

const movements = () => stage().getAnimations({ subtree: true }).filter(({ playState }) => playState === "running");

/** The whole ranking as a list, also the themes for which the screen has no room. */
function announceRanking() {
  const list = document.createElement("ol");
  for (const row of document.querySelectorAll("#ranking > li")) {
    const item = document.createElement("li");
    if (row.hasAttribute("value")) item.value = row.value;
    const parts = row.querySelectorAll(".big-screen-result-name, .big-screen-by-hand");
    item.textContent = [...parts].map(spoken).join(", ");
    list.append(item);
  }
  document.getElementById("announcement").replaceChildren(list);
}

/** A row as words: figures in brackets are for the eye, and stand in words beside them. */
function spoken(row) {
  const parts = [...row.childNodes].filter((part) => part.ariaHidden !== "true");
  return parts.map((part) => part.textContent.trim().replace(/\s+/g, " ")).join("");
}

function say(text) {
  document.getElementById("announcement").textContent = text;
}

function setLight(light) {
  root.dataset.theme = light ? "light" : "dark";
  document.getElementById("light").setAttribute("aria-pressed", light);
}

document.getElementById("light").addEventListener("click", () => {
  const light = root.dataset.theme !== "light";
  setLight(light);
  try {
    localStorage.setItem("big-screen-light", light ? "yes" : "");
  } catch {
    // A browser that keeps nothing still shows what was chosen.
  }
});
try {
  setLight(Boolean(localStorage.getItem("big-screen-light")));
} catch {
  setLight(false);
}

document.addEventListener("moderato:announce", (event) => say(event.detail.text));
document.addEventListener("moderato:connection", (event) => {
  const place = document.getElementById("connection");
  place.textContent = event.detail.state === "off" ? place.dataset.lost : "";
});
// Fitted first: what it hides for a moment to measure would otherwise begin to unfold anew.
document.addEventListener("moderato:pushed", () => {
  fit();
  follow();
});
addEventListener("resize", fit);
document.fonts?.ready.then(fit);
fit();
