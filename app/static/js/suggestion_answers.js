// A yes or a no to a suggestion or to what participants propose: the focus goes on with what is still to be grouped, and
// it is said. The panel of a suggestion goes at once, that of a proposal with the answer.
import { announce } from "./announce.js";
import { announceSummed } from "./announce_moves.js";
import { focusList, goOnFrom } from "./board_focus.js";
import { inboxList, listOfTheme, nameOf } from "./board_places.js";
import { sendMove } from "./moves.js";

const words = document.getElementById("phrases").dataset;
const PANEL = "[data-suggestion], .proposal";
const TAKEN = "input[name=taken]:checked:enabled, input[type=hidden][name=statement]";

/** The panels that were answered and are not drawn anew yet; one whose answer is refused comes back. */
export const sent = new Set();

document.addEventListener(
  "submit",
  (event) => {
    const panel = event.target.closest(PANEL);
    if (!panel) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    answer(panel, event.target, event.submitter ?? panel.querySelector("[data-accept]"));
  },
  true,
);

function answer(panel, form, button) {
  const accepts = button.matches("[data-accept]");
  const taken = accepts ? [...form.querySelectorAll(TAKEN)].map(({ value }) => value) : [];
  const name = nameIn(form);
  sendMove(form, button, {}, (done) => {
    if (!done) {
      sent.delete(panel.id);
      tellPage();
    } else if (accepts) announceSummed(taken.length, { kind: "theme", name });
    else announce("answer", "suggestion" in panel.dataset ? words.ignored : words.aside);
  });
  sent.add(panel.id);
  goOn(panel, taken);
  tellPage();
}

/** What the theme is called under which the statements come, for the words: it may be a new one. */
function nameIn(form) {
  const theme = form.querySelector("input[name=theme]");
  return theme ? nameOf(listOfTheme(theme.value)) : form.elements.name.value;
}

/** The panel goes, and so may the card that has the focus: go on with the next suggestion or the next card. */
function goOn(panel, taken) {
  const here = document.activeElement;
  if (!panel.contains(here) && !taken.includes(here?.value)) return;
  if (taken.length) return goOnFrom(taken);
  const next = nextPanel(panel)?.querySelector("[data-accept]");
  if (next) next.focus();
  else focusList(inboxList());
}

function nextPanel(panel) {
  const all = [...document.querySelectorAll(PANEL)].filter((one) => one.getClientRects().length);
  const here = all.indexOf(panel);
  return all[here + 1] ?? all[here - 1];
}

function tellPage() {
  document.dispatchEvent(new CustomEvent("moderato:suggestion-answered"));
}
