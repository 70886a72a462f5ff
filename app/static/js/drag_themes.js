// A theme that is dragged by its head to another place on the board; Alt and an arrow on its heading does the same.
import { isBySize, tellOrderStays } from "./board_views.js";
import { sendFields } from "./moves.js";

/** The theme whose head is pressed; nothing where its menu or a button is. */
export function pickTheme(target) {
  const head = target.closest(".theme-cluster-head");
  if (!head || target.closest("a, button, summary, details, input, select, textarea, form")) return null;
  const theme = head.closest(".theme-cluster");
  const there = () => document.getElementById(theme.id);
  return {
    text: head.querySelector(".theme-cluster-name").textContent,
    count: "",
    elements: () => [there()].filter(Boolean),
    placeAt: (point) => placeAt(point, there()),
    drop: (place) => drop(there(), place),
  };
}

/** Before or after the theme under the pointer, whichever half of it that is on. */
function placeAt({ x, y }, theme) {
  const other = document.elementFromPoint(x, y)?.closest(".theme-cluster");
  if (!other || other === theme) return null;
  const { left, top, width, height } = other.getBoundingClientRect();
  const isInRow = width < other.parentElement.clientWidth / 1.5;
  const side = (isInRow ? x < left + width / 2 : y < top + height / 2) ? "before" : "after";
  const isOwn = (side === "before" ? theme.nextElementSibling : theme.previousElementSibling) === other;
  if (isOwn) return { isOwn };
  const edge = (start, length) => (side === "before" ? start - 7 : start + length + 3);
  if (isInRow) return { other, side, line: { left: edge(left, width), width: 4, top, height } };
  return { other, side, line: { left, width, top: edge(top, height), height: 4 } };
}

/** There at once; back behind the one it was behind when the server says no. */
function drop(theme, { other, side }) {
  if (isBySize()) return tellOrderStays();
  const former = theme.previousElementSibling;
  other[side](theme);
  theme.setAttribute("aria-busy", "true");
  document.dispatchEvent(new CustomEvent("moderato:placed"));
  sendFields(`/themes/${theme.dataset.themeId}/order`, [[side, other.dataset.themeId]], (ok) => {
    const there = document.getElementById(theme.id);
    there?.removeAttribute("aria-busy");
    if (ok || !there) return;
    const back = former && document.getElementById(former.id);
    if (back) back.after(there);
    else there.parentElement.prepend(there);
    document.dispatchEvent(new CustomEvent("moderato:placed"));
  });
}
