// Who comes back without a seat finds what this device wrote in the session with the code that is filled in.
import { roomOf, seatsOnDevice } from "./device.js";

const link = document.getElementById("join-written");
const code = document.querySelector(".join-form [name=code]")?.defaultValue.replace(/[\s.-]/g, "") ?? "";

function hasWritten(number) {
  const start = `${roomOf(number, code)}statement:`;
  return Object.keys(localStorage).some((key) => key.startsWith(start));
}

if (/^\d{6}$/.test(code)) {
  for (const number of seatsOnDevice(code).filter(hasWritten)) {
    const own = link.cloneNode(true), way = own.querySelector("a");
    own.removeAttribute("id");
    own.hidden = false;
    way.href = `${number === 1 ? "" : `/${number}`}/s/${code}/written`;
    way.textContent = way.textContent.replace("{code}", code) + (number === 1 ? "" : ` (${number})`);
    link.before(own);
  }
}
