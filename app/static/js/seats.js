// The bar that says whose turn it is on a shared device, with the way to each of its other seats.
import { seatsOnDevice } from "./device.js";
import { scene } from "./scene.js";
import { onReturn } from "./wake.js";

const { code, place, seat } = document.body.dataset;
const bar = document.getElementById("seats-bar");
const list = document.getElementById("seats-bar-others");

/** The address of a seat of this device. */
export function seatPath(number) {
  return number === Number(place) ? seat : number === 1 ? `/s/${code}` : `/${number}/s/${code}`;
}

/** The numbers of the other seats of this device. */
export function otherSeats() {
  return seatsOnDevice().filter((number) => number !== Number(place));
}

function draw() {
  for (const number of otherSeats()) {
    if (list.querySelector(`[data-place="${number}"]`)) continue;
    const item = document.getElementById("seats-bar-other").content.firstElementChild.cloneNode(true);
    const link = item.querySelector("a");
    link.href = seatPath(number);
    link.dataset.place = number;
    for (const part of link.children) part.textContent = part.textContent.replace("{n}", number);
    list.append(item);
  }
  bar.hidden = !list.children.length;
  document.getElementById("seats-foot").hidden = scene().dataset.scene === "ended";
}

// Another tab took a seat, or this page was away while one did.
addEventListener("storage", ({ key }) => key?.endsWith("mark") && draw());
onReturn(draw);
document.addEventListener("moderato:scene", draw);
draw();
