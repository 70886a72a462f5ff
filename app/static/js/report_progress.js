// Looks whether the report is there, says when something changes, and takes the file when it is made.
const EVERY = 1000;

const first = document.getElementById("report-progress");
take(first) || hasFailed(first) || setTimeout(look, EVERY);

async function look() {
  const found = await fetch(location.href, { credentials: "same-origin" }).then(read, () => undefined);
  if (found) show(found);
  if (!take(found) && !hasFailed(found)) setTimeout(look, EVERY);
}

async function read(answer) {
  // Kept for a moment only: whoever comes later is sent back to the session.
  if (answer.redirected) location.assign(answer.url);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.getElementById("report-progress") ?? undefined;
}

/** Only what differs is touched, so that focus stays and a screen reader says each step once. */
function show(found) {
  const shown = document.getElementById("report-progress");
  const said = shown.firstElementChild, heading = shown.querySelector("h1");
  if (heading.textContent === found.querySelector("h1").textContent) return;
  heading.textContent = found.querySelector("h1").textContent;
  document.title = `${heading.textContent} · Moderato`;
  if (!hasFailed(found)) shown.querySelector("progress").value = found.querySelector("progress").value;
  if (!found.dataset.file && !hasFailed(found)) return;
  const had = shown.contains(document.activeElement);
  while (said.nextElementSibling) said.nextElementSibling.remove();
  said.after(...[...found.children].slice(1));
  if (had) shown.querySelector("a").focus();
}

/** The file comes as a download, so the page stays. Whether there was one. */
function take(found) {
  if (!found?.dataset.file) return false;
  location.assign(found.dataset.file);
  return true;
}

/** It will never be there; the page says why and what to do. */
function hasFailed(found) {
  return found !== undefined && "trouble" in found.dataset;
}
