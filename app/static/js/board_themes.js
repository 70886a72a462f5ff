// The themes on the board as a push draws them: their heads, their order, and what a menu says of the other themes.
import { clusters } from "./board_places.js";
import { moveTo } from "./move_to.js";
import { morph } from "./push.js";

/** A theme that is there keeps its cards, which are placed one by one; a new one gets its place with the order. */
export function drawTheme(theme) {
  let there = document.getElementById(theme.id);
  if (there) {
    morph(there.querySelector(".theme-cluster-head"), theme.querySelector(".theme-cluster-head"));
    const name = theme.querySelector("[data-cards]").getAttribute("aria-label");
    there.querySelector("[data-cards]").setAttribute("aria-label", name);
  } else {
    document.querySelector(".theme-clusters")?.append(theme);
    there = theme;
  }
  window.htmx?.process(there);
}

/** Put the themes in this order (ids), and take away those that are not in it; false when one of them is missing. */
export function arrange(order) {
  const board = document.querySelector(".theme-clusters");
  if (!board) return true;
  for (const theme of clusters()) if (!order.includes(theme.dataset.themeId)) theme.remove();
  let last = null;
  for (const id of order) {
    const theme = document.getElementById(`theme-${id}`);
    if (!theme) return false;
    const next = last ? last.nextElementSibling : board.firstElementChild;
    if (theme !== next) moveTo(theme, board, next);
    last = theme;
  }
  return true;
}

// Drawn with each theme's menu, but pushed only to those that changed: a menu that is opened reads it from the board.
document.addEventListener("toggle", ({ target }) => {
  if (!target.matches?.(".theme-menu") || !target.open) return;
  const select = target.querySelector("select[name=into]");
  const own = target.closest(".theme-cluster");
  if (!select || !own) return;
  const others = clusters().filter((theme) => theme !== own);
  const chosen = select.value;
  select.replaceChildren(...others.map(option));
  if (others.some((theme) => theme.dataset.themeId === chosen)) select.value = chosen;
}, true);

function option(theme) {
  const name = theme.querySelector(".theme-cluster-name").textContent;
  return new Option(`${theme.dataset.letter} ${name}`, theme.dataset.themeId);
}
