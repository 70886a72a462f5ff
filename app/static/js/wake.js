// Notices that somebody is back at the page: unlocked, woken from sleep, shown again, or on another network.

const PULSE = 1000;
const GLANCE = 5000; // Away for less, nothing was suspended and a line that speaks can be trusted.
let leftAt, pulseAt = Date.now();

/** Call `back(wasAway)` when somebody returns; away is long enough for a phone to have let its lines die unnoticed. */
export function onReturn(back) {
  document.addEventListener("moderato:return", ({ detail }) => back(detail.wasAway));
}

function leave() {
  leftAt ??= Date.now();
}

function comeBack(wasAway) {
  if (document.visibilityState === "hidden") return;
  const isLong = leftAt !== undefined && Date.now() - leftAt > GLANCE;
  leftAt = undefined;
  pulseAt = Date.now();
  document.dispatchEvent(new CustomEvent("moderato:return", { detail: { wasAway: wasAway || isLong } }));
}

/** A laptop that slept with the page open tells nobody: only its clock has jumped. */
function pulse() {
  const silence = Date.now() - pulseAt;
  pulseAt = Date.now();
  if (silence > GLANCE) comeBack(true);
}

setInterval(pulse, PULSE);
document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? leave() : comeBack(false)));
document.addEventListener("freeze", leave);
document.addEventListener("resume", () => comeBack(false));
addEventListener("pagehide", leave);
addEventListener("pageshow", ({ persisted }) => comeBack(persisted));
addEventListener("online", () => comeBack(true));
