// The participant's phone: everything on it, and the session it will forget.
import "./announce.js";
import "./badge.js";
import "./composer.js";
import "./group.js";
import "./delivery.js";
import "./own.js";
import "./proposal_delivery.js";
import "./redaction_delivery.js";
import "./written.js";
import "./vote.js";
import "./result.js";
import "./ballot_code.js";
import "./presence.js";
import { arrive } from "./arrival.js";
import "./typing.js";
import "./seats.js";
import "./neighbours.js";
import { read, write } from "./device.js";
import { scene } from "./scene.js";

document.addEventListener("moderato:scene", () => {
  if (scene().dataset.scene === "ended" && !read("ended")) write("ended", Date.now());
});
document.dispatchEvent(new CustomEvent("moderato:scene"));
arrive();
