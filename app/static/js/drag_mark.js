// What one sees of a drag: a ghost at the pointer, a line where the thing would come, an outline around what takes it.
const ghost = piece("drag-ghost");
const line = piece("drag-line");
let marked = null, isAbove = false;

function piece(name) {
  const made = document.createElement("div");
  made.className = name;
  made.setAttribute("aria-hidden", "true");
  made.hidden = true;
  return made;
}

/** Show what is dragged; `count` are the words for several, "" for one. A finger would cover what is below it. */
export function showGhost(text, count, isFinger) {
  isAbove = isFinger;
  ghost.replaceChildren(part("text", text), part("count", count), part("where", ""));
  ghost.firstElementChild.dir = "auto";
  document.body.append(ghost, line);
  ghost.hidden = false;
  document.body.classList.add("is-dragging");
}

function part(name, words) {
  const made = document.createElement("span");
  made.className = `drag-ghost-${name}`;
  made.textContent = words;
  return made;
}

/** Where it is, and where it would come: `outline` is an element, `line` a box of the window. */
export function drawDrag(point, place) {
  // Within the window.
  const { offsetWidth: wide, offsetHeight: high } = ghost;
  const left = Math.max(4, Math.min(point.x + 14, innerWidth - wide - 4));
  const top = Math.max(4, Math.min(point.y + (isAbove ? -high - 28 : 14), innerHeight - high - 4));
  ghost.style.transform = `translate(${left}px, ${top}px)`;
  ghost.querySelector(".drag-ghost-where").textContent = place?.words ?? "";
  outline(place?.outline ?? null);
  line.hidden = !place?.line;
  if (!place?.line) return;
  for (const [side, px] of Object.entries(place.line)) line.style[side] = `${px}px`;
}

function outline(element) {
  if (marked !== element) marked?.classList.remove("is-under-drag");
  marked = element;
  // Again each time: a push that draws it anew knows nothing of it.
  marked?.classList.add("is-under-drag");
}

export function clearDrag() {
  outline(null);
  ghost.hidden = line.hidden = true;
  document.body.classList.remove("is-dragging");
  for (const one of document.querySelectorAll(".is-dragged")) one.classList.remove("is-dragged");
}
