// A button that goes with its answer hands the focus on to the next one: a keyboard never starts at the top again.
const ACT = ".answer-act";
const GOES = `${ACT}, .answers-bar .button, .redaction-bar .button`;
let held, place;

const isShown = (element) => element.getClientRects().length > 0;
const acts = () => [...document.querySelectorAll(ACT)].filter(isShown);
const isTicked = (act) => act.closest(".answer").querySelector("input:checked");

// Where it stands is known only while it is there; of all that are ticked it is the first.
document.addEventListener("focusin", ({ target }) => {
  held = target.matches(GOES) ? target : undefined;
  place = target.matches(ACT) ? acts().indexOf(target) : Math.max(acts().findIndex(isTicked), 0);
});

document.addEventListener("moderato:pushed", () => {
  if (!held || isShown(held) || ![document.body, held].includes(document.activeElement)) return;
  const left = acts();
  (left[place] ?? left.at(-1) ?? document.querySelector("main")).focus();
});
