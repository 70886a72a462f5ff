// A notice says what was just done; when the group goes on, perhaps led by somebody else, it has had its time.
const notice = document.getElementById("notice");
let where = place(), reason = [];

/** The phase and question the page is at. */
function place() {
  const step = document.querySelector(".next-step");
  return step ? `${step.elements.phase?.value} ${step.elements.question?.value}` : "";
}

document.addEventListener("moderato:pushed", () => {
  const now = place();
  if (now !== where && notice.querySelector(".notice-info")) notice.replaceChildren();
  where = now;
});

// Why a move was refused stays there while those are answered that were made before anybody could read it.
document.addEventListener("moderato:answered", ({ detail: { ok, isBehind } }) => {
  if (ok && isBehind && !notice.firstElementChild) notice.replaceChildren(...reason);
  reason = ok && !isBehind ? [] : [...notice.children].map((words) => words.cloneNode(true));
});
