// Dialogs: the ones a link opens, and the question a form got as its answer.

let opener;

/** Open a dialog; when it closes the focus goes back to where it was. */
export function show(dialog) {
  opener = document.activeElement;
  if (!dialog.open) openUp(dialog);
}

// Asked about what can't be undone, a key pressed too soon changes nothing: focus begins on the answer that leaves all as
// it is. Browsers see to it themselves, but for older ones, which take the first button.
function openUp(dialog) {
  dialog.showModal();
  dialog.querySelector("[autofocus]")?.focus();
}

/** The server's question came as a push: ask it, and go on from where the moderator was. */
document.addEventListener("moderato:pushed", (event) => {
  if (!event.detail.ids.includes("dialog")) return;
  const dialog = document.getElementById("dialog");
  if (dialog?.hasAttribute("data-asks")) {
    window.htmx?.process(dialog);
    show(dialog);
  }
});

document.addEventListener("click", (event) => {
  const opening = event.target.closest("[data-opens]");
  if (opening) {
    event.preventDefault();
    show(document.getElementById(opening.dataset.opens));
  }
  const closing = event.target.closest("dialog [data-closes]");
  if (closing) {
    event.preventDefault();
    closing.closest("dialog").close();
  }
});

// The answer is on its way; what comes back says whether it worked.
document.addEventListener("submit", (event) => event.target.closest("#dialog, #between")?.close());
// What was typed for a question in between goes only when it is on the agenda: refused, it is there to send again.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const form = event.target.closest(".between-form");
  if (form && event.detail.xhr.status < 400) form.reset();
});

// Browsers do it themselves, and by the time this is heard the next key may have led the focus on.
document.addEventListener("close", () => document.activeElement === document.body && opener?.isConnected && opener.focus(), true);

// A page that a plain form got back with its question open.
const asked = document.querySelector("#dialog[data-asks][open]");
if (asked) {
  asked.close();
  openUp(asked);
}
