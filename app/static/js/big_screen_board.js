// The board on the big screen: puts the themes that moves touched in their place, and marks what moved last.
import { morph, onSwap } from "./push.js";

onSwap("themes", take);

function take(fragment) {
  const board = document.getElementById(fragment.id);
  if (!board) return;
  for (const theme of [...fragment.children]) {
    const there = document.getElementById(theme.id);
    if (there) morph(there, theme);
    else board.append(arriving(theme));
  }
  arrange(board, fragment.dataset.order.split(" ").filter(Boolean));
  board.className = fragment.className;
  const lead = document.getElementById("themes-come");
  if (lead) lead.hidden = board.children.length > 0;
  mark(fragment.dataset.moved.split(" ").filter(Boolean));
}

function arriving(theme) {
  theme.classList.add("is-new");
  return theme;
}

/** All themes in their order; those that are gone leave. Only what lies elsewhere is moved. */
function arrange(board, order) {
  const ids = order.map((id) => `theme-${id}`);
  for (const theme of [...board.children]) if (!ids.includes(theme.id)) theme.remove();
  ids.map((id) => document.getElementById(id)).forEach((theme, place) => {
    if (theme && board.children[place] !== theme) board.insertBefore(theme, board.children[place] ?? null);
  });
}

/** What moved last is a card in its theme's colour until the next move; on a dark screen too its light one. */
function mark(keys) {
  for (const card of document.querySelectorAll(".statement-card.is-moved")) {
    card.classList.remove("is-moved", card.closest("[data-tint]").dataset.tint);
    delete card.dataset.theme;
  }
  for (const card of keys.map((key) => document.getElementById(`statement-${key}`))) {
    if (!card) continue;
    card.classList.add("is-moved", card.closest("[data-tint]").dataset.tint);
    card.dataset.theme = "light";
  }
}
