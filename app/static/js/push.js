// Takes what the server pushes and puts it in the page: one way for socket, catch-up, polling and answers to forms.
import { keepPlace } from "./place.js";

// Drawn for one person's own request and not for a seq, so never too old.
const ALWAYS = new Set(["notice", "dialog"]);
const swaps = { append, remove };
const alone = new Map();
// What a morph made itself, still empty: nobody has folded or unfolded that.
const made = new WeakSet();

/** Let `take(element)` handle fragments with data-swap="kind". */
export function onSwap(kind, take) {
  swaps[kind] = take;
}

export function presentSeq() {
  return Number(document.body.dataset.seq || 0);
}

/** Apply a push: `<div id="push" data-seq="…">fragments</div>`, one or several; false for anything else. */
export function applyPush(html) {
  const pushes = new DOMParser().parseFromString(html, "text/html").querySelectorAll("#push");
  const taken = [];
  for (const push of pushes) {
    const seq = Number(push.dataset.seq || 0);
    let isScreen = false;
    for (const fragment of [...push.children]) {
      // The answer to a form may overtake the socket: what comes later and is older would turn the page back.
      if (isOld(fragment, seq)) continue;
      take(document.adoptNode(fragment));
      taken.push(fragment.id);
      if (isAlone(fragment)) alone.set(fragment.id, seq);
      else isScreen ||= !ALWAYS.has(fragment.id);
    }
    if (isScreen && seq > presentSeq()) document.body.dataset.seq = seq;
  }
  // htmx knows only what it has processed: without this a redrawn form would post to where it did before.
  for (const id of taken) if (document.getElementById(id)) window.htmx?.process(document.getElementById(id));
  if (taken.length) document.dispatchEvent(new CustomEvent("moderato:pushed", { detail: { ids: taken } }));
  return pushes.length > 0;
}

// Fragments with data-alone come only with answers, not with every change: each is old or new by itself.
function isAlone(fragment) {
  return "alone" in fragment.dataset;
}

function isOld(fragment, seq) {
  if (ALWAYS.has(fragment.id)) return false;
  return seq < (isAlone(fragment) ? (alone.get(fragment.id) ?? 0) : presentSeq());
}

function take(fragment) {
  const swap = swaps[fragment.dataset.swap];
  if (swap) return swap(fragment);
  const there = document.getElementById(fragment.id);
  if (there) morph(there, fragment);
}

/** Make `there` like `fragment`, keeping focus, what a person typed, ticked or unfolded, and what scripts own. */
export function morph(there, fragment) {
  window.Idiomorph.morph(there, fragment, {
    morphStyle: "outerHTML",
    // Only where somebody types: it would also keep the words of a button that was just pressed.
    ignoreActiveValue: document.activeElement?.matches("input, textarea, select") ?? false,
    callbacks: { beforeNodeMorphed: mayMorph, beforeAttributeUpdated: mayUpdate },
  });
}

function mayMorph(there) {
  if (there.nodeType !== Node.ELEMENT_NODE) return true;
  if (there.hasAttribute("data-keep")) return false;
  if (!there.hasAttributes()) made.add(there);
  return !isChanged(there);
}

function isChanged(field) {
  if (field.matches("input[type=checkbox], input[type=radio]")) return field.checked !== field.defaultChecked;
  if (field.matches("input:not([type=hidden]), textarea")) return field.value !== field.defaultValue;
  if (field.matches("select")) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return false;
}

/** What a person unfolded and where scripts let Tab stop is not the server's; what is new comes as it was drawn. */
function mayUpdate(name, element) {
  if (name === "tabindex" || name === "data-frozen") return false;
  return !(name === "open" && element.matches("details, dialog") && !made.has(element));
}

/** Put the items of a fresh list in the order of the list on the page, new ones last: what is read stays in its place. */
export function inOrderOf(list, fresh) {
  const known = [...(list?.children ?? [])].map(({ id }) => fresh.querySelector(`#${CSS.escape(id)}`)).filter(Boolean);
  fresh.prepend(...known);
}

function append(fragment) {
  const list = document.getElementById(fragment.id);
  if (!list) return;
  keepPlace(() => {
    for (const child of [...fragment.children]) {
      const known = child.id && document.getElementById(child.id);
      if (known) morph(known, child);
      else list.append(child);
    }
  });
}

function remove(fragment) {
  keepPlace(() => document.getElementById(fragment.id)?.remove());
}
