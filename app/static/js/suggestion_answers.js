// A yes or a no to a suggestion or to what participants propose: the focus goes on with what is still to be grouped, and
// it is said. The panel of a suggestion goes at once, that of a proposal with the answer.
import { announce } from "./announce.js";
import { announceSummed } from "./announce_moves.js";
import { focusList, goOnFrom } from "./board_focus.js";
import { inboxList } from "./board_places.js";
import { sendMove } from "./moves.js";

const words = document.getElementById("phrases").dataset;
const PANEL = "[data-suggestion], .proposal";

/** The panels that were answered and are not drawn anew yet; one whose answer is refused comes back. */
export const sent = new Set();

document.addEventListener(
  "submit",
  (event) => {
    const panel = event.target.closest(PANEL);
    if (!panel) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    answer(panel, event.target, event.submitter ?? event.target.querySelector("[data-accept], [data-ignore]"));
  },
  true,
);

function answer(panel, form, button) {
  const lines = form.querySelectorAll("input[name=taken]:checked:enabled, input[type=hidden][name=statement]");
  const taken = [...lines].map(({ value }) => value);
  const accepts = button.matches("[data-accept]"), name = nameIn(panel, form);
  sendMove(form, button, {}, (done) => {
    if (!done) {
      sent.delete(panel.id);
      return tellPage();
    }
    if (accepts) announceSummed(taken.length, { kind: "theme", name });
    else announce("answer", "suggestion" in panel.dataset ? words.ignored : words.aside);
  });
  sent.add(panel.id);
  goOn(panel, accepts ? taken : []);
  tellPage();
}

/** The name of the theme that a yes lays the statements under: the one it stands in, or the new one. */
function nameIn(panel, form) {
  const there = panel.closest(".theme-cluster")?.querySelector(".theme-cluster-name").textContent;
  return (there ?? form.elements.name?.value ?? "").trim();
}

/** The panel goes, and so may the card that has the focus: go on with the next card, or the next panel, or the inbox. */
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
