// Small menus that unfold: one at a time, Escape or a press elsewhere folds them, and so does what they did.
const MENUS = "details[open][data-menu], details[open].new-theme";

function fold(except) {
  for (const menu of document.querySelectorAll(MENUS)) if (menu !== except) menu.removeAttribute("open");
}

document.addEventListener("click", (event) => fold(event.target.closest("details[data-menu], details.new-theme")));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = event.target.closest(MENUS);
  fold(null);
  open?.querySelector("summary").focus();
});

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const menu = event.detail.xhr.status < 400 ? event.target.closest(MENUS) : null;
  // Before what held the focus is folded away; a menu that goes altogether loses it to the board.
  if (menu?.contains(document.activeElement)) menu.querySelector("summary").focus({ preventScroll: true });
  menu?.removeAttribute("open");
});
