// Says whether there is a connection: in the header, in a banner, and in words.
import { announce } from "./announce.js";
import { phrase } from "./device.js";
import { connection } from "./live.js";
import { scene } from "./scene.js";

const BACK_LASTS = 8000, SAID_AFTER = 700;
const find = (id) => document.getElementById(id);
let wasOff = false, saidTrying = false, timer, saying;

function draw() {
  const state = connection();
  const isOff = state === "off";
  for (const part of find("connection").children) part.hidden = part.dataset.when !== state;
  const mayWrite = find("composer") !== null;
  find("banner-off").hidden = !isOff || !mayWrite;
  find("banner-off-plain").hidden = !isOff || mayWrite;
}

function change() {
  draw();
  const state = connection();
  clearTimeout(saying);
  // A line that is back before it is said was hardly away.
  if (state === "trying") saying = setTimeout(sayTrying, SAID_AFTER);
  if (state === "off" && !wasOff) sayOff();
  // What waited may have arrived before the socket did: then that is said already, and tells more.
  if (state === "ok" && wasOff && find("banner-back").hidden) back(phrase("back"));
  else if (state === "ok" && saidTrying) announce("connection", phrase("connected"));
  if (state !== "trying") [wasOff, saidTrying] = [state === "off", false];
}

function sayOff() {
  announce("connection", phrase("off"));
  find("banner-back").hidden = true;
}

function sayTrying() {
  saidTrying = true;
  announce("connection", phrase("trying"));
}

function back(text) {
  announce("connection", text);
  find("banner-back-text").textContent = text;
  find("banner-back").hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => (find("banner-back").hidden = true), BACK_LASTS);
}

document.addEventListener("moderato:connection", change);
document.addEventListener("moderato:delivered", ({ detail }) => back(phrase("backSent", { n: detail.count })));
document.addEventListener("moderato:scene", draw);
document.addEventListener("moderato:gone", () => {
  find("banner-off").hidden = find("banner-off-plain").hidden = true;
  find("banner-gone").hidden = false;
  announce("connection", find("banner-gone").innerText);
});
