// The scripts have come: what stood there for a page without them goes away.

/** Call once everything works. Whoever has the focus there keeps it until moving on. */
export function arrive() {
  const notice = document.getElementById("notice");
  const take = () => document.documentElement.classList.add("has-scripts");
  if (document.activeElement?.closest(".without-scripts")) addEventListener("focusout", take, { once: true });
  else take();
  // What a plain form did has had its time when the group goes on.
  document.addEventListener("moderato:scene", () => notice.replaceChildren());
}
