// Drafts whose field is gone, kept on the device until the person decides.
import { forget, names, normalise, phrase, read } from "./device.js";
import { earlyReceipt, forgetEarly } from "./early.js";
import { isInEditor, sendChange } from "./editor.js";
import { setAside, submit } from "./outbox.js";
import { heldScene, scene } from "./scene.js";
import { chosenTheme, themeOf } from "./theme_choice.js";

/** Whether a statement can be changed in its card now. */
export function isOpen(statement) {
  return scene().dataset.phase === "collect" && !heldScene() && statement.question === Number(scene().dataset.question);
}

/** As after a reload in a later phase: of new statements and of changes to sent ones, in the shape of statements. */
export function leftDrafts() {
  const open = document.getElementById("composer") ? `draft:${scene().dataset.question}` : "";
  const fresh = names("draft:").filter((name) => name !== open).map((name) => [name, Number(name.slice(6))]);
  const changes = names("edit:").map((name) => [name, read(`statement:${name.slice(5)}`)])
    .filter(([, statement]) => statement && !isOpen(statement) && !isInEditor(statement.receipt))
    .map(([name, { question }]) => [name, question]);
  return [...fresh, ...changes].filter(([name]) => (read(name) ?? "").trim())
    .map(([name, question]) => ({ ...aboutOf(name, question), receipt: name, question, text: read(name), isDraft: true }));
}

function aboutOf(draft, question) {
  return themeOf(draft.startsWith("edit:") ? read(`statement:${draft.slice(5)}`) : chosenTheme(question));
}

/** Send a draft whose field is gone: a new statement, or a newer revision of one. */
export function sendDraft(draft) {
  const text = normalise(read(draft) ?? "");
  forget(draft);
  if (draft.startsWith("edit:")) sendChange(draft.slice(5), text);
  else {
    submit(Number(draft.slice(6)), text, chosenTheme(draft.slice(6)), earlyReceipt(draft.slice(6)));
    forgetEarly(draft.slice(6));
  }
}

/** "Don't send" deletes nothing: the text stays on the phone with a sentence. */
export function dropDraft(draft) {
  const text = normalise(read(draft) ?? "");
  const changed = draft.startsWith("edit:") ? read(`statement:${draft.slice(5)}`) : undefined;
  const question = changed?.question ?? Number(draft.slice(6));
  const about = themeOf(changed ?? chosenTheme(question));
  forget(draft);
  setAside(question, text, { key: "dropped", message: phrase("dropped") }, about);
}
