// The button that takes the next seat: only the device knows which numbers it has already.
import { seatsOnDevice } from "./device.js";

const form = document.getElementById("neighbour");

if (form && !("lost" in form.dataset)) {
  const { code, place, most } = form.dataset;
  const taken = seatsOnDevice(code);
  let number = 2;
  while (taken.includes(number)) number += 1;
  const button = form.querySelector("button");
  form.setAttribute("action", form.getAttribute("action").replace(`/${place}/s/`, `/${number}/s/`));
  button.textContent = button.dataset.label.replace("{n}", number);
  form.hidden = number > Number(most);
  document.getElementById("neighbour-full").hidden = !form.hidden;
}
