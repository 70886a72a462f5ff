// The big screen: keeps each scene fitting, unfolds a result once, and remembers dark or light.
import "./big_screen_board.js";
import { fit } from "./big_screen_fit.js";

const root = document.documentElement;
const REVEAL_LASTS = 2400;

const stage = () => document.getElementById("stage");

let scene = stage().dataset.scene;
function follow() {
  const now = stage().dataset.scene;
  if (now === "result" && scene !== "result") reveal();
  if (now !== "result") root.classList.remove("is-revealing");
  scene = now;
}

function reveal() {
  root.classList.add("is-revealing");
  setTimeout(() => {
    root.classList.remove("is-revealing");
    const rows = [...document.querySelectorAll("#ranking .big-screen-result-name")];
    say(rows.map(spoken).join(". "));
  }, REVEAL_LASTS);
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
document.addEventListener("moderato:pushed", () => {
  follow();
  fit();
});
addEventListener("resize", fit);
document.fonts?.ready.then(fit);
fit();
