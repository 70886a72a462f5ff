// The pin board in columns: each theme keeps its column and hangs right below the one above it.
const ROW = 4; // As grid-auto-rows of .theme-clusters.is-hung.

function hang() {
  const list = document.querySelector(".theme-clusters");
  if (!list) return;
  list.classList.add("is-hung");
  const columns = getComputedStyle(list).gridTemplateColumns.split(" ").length;
  const gap = parseFloat(getComputedStyle(list).columnGap);
  const themes = [...list.children];
  const heights = themes.map((theme) => theme.offsetHeight);
  themes.forEach((theme, index) => {
    theme.style.gridColumn = (index % columns) + 1;
    theme.style.gridRowEnd = `span ${Math.ceil((heights[index] + gap) / ROW)}`;
  });
}

for (const kind of ["moderato:pushed", "moderato:resized"]) document.addEventListener(kind, hang);
addEventListener("resize", hang);
document.fonts?.ready.then(hang);
hang();
