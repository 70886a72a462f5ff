// Makes each scene fit a projector: smaller and closer first, then fewer of the fullest lists, and says how many are left out.
const main = document.getElementById("fit");
const words = document.getElementById("phrases").dataset;
const MOST_FIT = 3;
// More never fit on one screen, however small; leaving them out first saves measuring each.
const MOST_SHOWN = 90;

const stage = () => document.getElementById("stage");
const isProjector = () => getComputedStyle(main).overflowY === "hidden";

export function fit() {
  main.dataset.fit = 0;
  const lists = [...stage().querySelectorAll("[data-fits]")];
  level(lists, isProjector() ? MOST_SHOWN : Infinity);
  if (!isProjector()) return;
  for (let step = 1; (overflows() || cutsTitle()) && step <= MOST_FIT; step++) main.dataset.fit = step;
  if (!overflows()) return;
  level(lists, mostThatFits(lists));
  // What is free then goes to each in turn, so that a change in one list leaves the others as they were.
  for (let more = lists.filter(hasMore); more.length; ) more = more.filter(takesOneMore);
}

function overflows() {
  const shown = stage();
  const style = getComputedStyle(main);
  const room = main.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
  return shown.scrollHeight > room + 1 || main.scrollWidth > main.clientWidth + 1;
}

/** A title that its own limit cuts off: it gets smaller first, and what still doesn't fit ends in an ellipsis. */
function cutsTitle() {
  return [...stage().querySelectorAll("h1")].some(
    (title) =>
      getComputedStyle(title).overflowY === "hidden" &&
      // Descenders reach below a tight line, so only half a line or more counts.
      title.scrollHeight - title.clientHeight > 0.5 * parseFloat(getComputedStyle(title).fontSize),
  );
}

/** How many each list may show so that all fit, found by halving: each try lays out the whole screen. */
function mostThatFits(lists) {
  let fits = 0;
  let tooMany = Math.min(MOST_SHOWN, Math.max(0, ...lists.map(({ children }) => children.length)));
  while (tooMany - fits > 1) {
    const tried = Math.floor((fits + tooMany) / 2);
    level(lists, tried);
    if (overflows()) tooMany = tried;
    else fits = tried;
  }
  return fits;
}

const level = (lists, most) => lists.forEach((list) => show(list, most));
const visible = (list) => [...list.children].filter((child) => !child.hidden).length;
const hasMore = (list) => visible(list) < list.children.length;

function takesOneMore(list) {
  const number = visible(list);
  show(list, number + 1);
  if (!overflows()) return hasMore(list);
  show(list, number);
  return false;
}

/** Show so many of a list: what moved last before all else, then from the end that `data-fits` doesn't name. */
function show(list, most) {
  const children = [...list.children];
  if (list.dataset.fits === "start") children.reverse();
  children.sort((one, other) => other.classList.contains("is-moved") - one.classList.contains("is-moved"));
  children.forEach((child, place) => (child.hidden = place >= most));
  note(list);
}

function note(list) {
  const place = list.parentElement.querySelector(":scope > .big-screen-not-shown");
  const { total } = list.dataset;
  const shown = visible(list);
  const hidden = Number(total ?? list.children.length) - shown;
  // A theme's heading has its count, which says the same where there is room for nothing else.
  place.hidden = hidden === 0 || (total !== undefined && shown === 0);
  place.textContent = hidden ? (place.dataset.says === "earlier" ? words.earlier : words.more).replace("{n}", hidden) : "";
}
