// Tells a moderator that the line is down, and that what was pressed meanwhile did not happen.
const bar = document.getElementById("connection");

function say(text) {
  bar.querySelector("p").textContent = text;
  bar.hidden = !text;
}

document.addEventListener("moderato:connection", ({ detail }) => {
  // That a move was not made says already that there is no connection, and more.
  const isSaid = !bar.hidden && bar.querySelector("p").textContent === bar.dataset.unsent;
  if (detail.state === "ok") say("");
  else if (detail.state === "off" && !isSaid) say(bar.dataset.off);
});
document.addEventListener("moderato:gone", () => say(bar.dataset.gone));
for (const failed of ["htmx:sendError", "htmx:timeout", "moderato:unsent"]) {
  document.addEventListener(failed, () => say(bar.dataset.unsent));
}
for (const answered of ["htmx:beforeOnLoad", "moderato:answered"]) {
  document.addEventListener(answered, () => bar.dataset.gone !== bar.querySelector("p").textContent && say(""));
}
