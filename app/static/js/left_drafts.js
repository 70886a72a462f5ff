// Drafts whose field is gone, kept on the device until the person decides.
import { names, read } from "./device.js";
import { isInEditor } from "./editor.js";
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
