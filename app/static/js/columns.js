// The pin board in columns: each theme keeps its column and hangs right below the one above it.
const ROW = 4; // As grid-auto-rows of .theme-clusters.is-hung.
// A theme that is folded, or whose menu or stack opens, makes room by itself.
const sizes = new ResizeObserver(hang);
const seen = new WeakSet();
let width = 0;

/** Give each theme its column and its height in rows, as the themes follow each other in the page. */
export function hang() {
  const list = document.querySelector(".theme-clusters");
  if (!list) return;
  list.classList.add("is-hung");
  const themes = [...list.children];
  // A theme that still has a place further on would make a column there, however narrow the window has become.
  if (list.clientWidth !== width) for (const theme of themes) theme.style.gridColumn = "";
  width = list.clientWidth;
  const columns = getComputedStyle(list).gridTemplateColumns.split(" ").length;
  const gap = parseFloat(getComputedStyle(list).columnGap);
  const heights = themes.map((theme) => theme.offsetHeight);
  themes.forEach((theme, index) => {
    theme.style.gridColumn = (index % columns) + 1;
    theme.style.gridRowEnd = `span ${Math.ceil((heights[index] + gap) / ROW)}`;
    if (seen.has(theme)) return;
    seen.add(theme);
    sizes.observe(theme);
  });
}

// After a push board_views.js does, when it has ordered them.
for (const kind of ["filtered", "placed", "resized"]) document.addEventListener(`moderato:${kind}`, hang);
addEventListener("resize", hang);
document.fonts?.ready.then(hang);
