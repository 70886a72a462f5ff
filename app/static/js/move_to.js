// Moves something within the page without losing what the browser forgets then: the focus in it and what was scrolled.

/** Put `item` before `next` (null: last) in `parent`. */
export function moveTo(item, parent, next) {
  const focused = item.contains(document.activeElement) ? document.activeElement : null;
  const scrolled = [...item.querySelectorAll("[data-cards]")].map((list) => [list, list.scrollTop]);
  parent.insertBefore(item, next);
  for (const [list, top] of scrolled) if (list.scrollTop !== top) list.scrollTop = top;
  focused?.focus({ preventScroll: true });
}
