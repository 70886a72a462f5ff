// What stays on this device: storage by session, receipts, and the one definition of a statement's text.
export { copy } from "./copy.js";

const { code, mark, place = "1" } = document.body.dataset;
const room = roomOf(place);
const DAY = 24 * 3600 * 1000;
const memory = new Map();

/** Under what a seat of this device keeps its things; each its own, so that nobody's draft is another's. */
export function roomOf(number, ofCode = code) {
  return `moderato:${ofCode}${Number(number) === 1 ? "" : `.${number}`}:`;
}

/** The numbers of the seats that this device has in a session. */
export function seatsOnDevice(ofCode = code) {
  const marks = stored().map((key) => key.match(/^moderato:(\d+)(?:\.(\d))?:mark$/));
  return marks.filter((mark) => mark?.[1] === ofCode).map((mark) => Number(mark[2] ?? 1)).sort();
}

/** What is stored under `name` for this session; undefined when nothing is, or when it can't be read. */
export function read(name) {
  if (memory.has(name)) return memory.get(name);
  try {
    return JSON.parse(localStorage.getItem(room + name)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Store for this session, seen by other tabs; where the browser keeps nothing, at least as long as the page lives. */
export function write(name, value) {
  try {
    localStorage.setItem(room + name, JSON.stringify(value));
    memory.delete(name);
  } catch {
    memory.set(name, value);
  }
}

export function forget(name) {
  memory.delete(name);
  try {
    localStorage.removeItem(room + name);
  } catch {
    // Nothing was kept, so nothing is left.
  }
}

/** The names stored for this session that begin with `start`. */
export function names(start) {
  const kept = stored().filter((key) => key.startsWith(room)).map((key) => key.slice(room.length));
  return [...new Set([...kept, ...memory.keys()])].filter((name) => name.startsWith(start));
}

/** Call `changed(name)` when another tab stored something for this session. */
export function onOtherTab(changed) {
  addEventListener("storage", (event) => {
    if (event.key?.startsWith(room)) changed(event.key.slice(room.length));
  });
}

function stored() {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

/** 128 random bits in hexadecimal. getRandomValues works over plain http, where randomUUID does not. */
export function receipt() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The text as the server keeps it: NFC, a line break as one space, control characters removed. */
export function normalise(text) {
  return text.replace(/\r\n|[\r\n\u0085\u2028\u2029]/g, " ").replace(/\p{Cc}/gu, "").normalize("NFC");
}

/** Code points of the normalised text, counted as the server counts. */
export function lengthOf(text) {
  return [...normalise(text)].length;
}

export function hasContent(text) {
  return /[^\p{Zs}\p{Cf}\p{Zl}\p{Zp}]/u.test(normalise(text));
}

/** A message of the page in the person's language, its {names} filled in; `n` chooses between one and many. */
export function phrase(name, values = {}) {
  const { dataset } = document.getElementById("phrases");
  const text = (values.n === 1 && dataset[`${name}One`]) || dataset[name];
  return text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

/** Forget sessions that ended a day ago, and what an earlier session left under a code that was given out again. */
function clear() {
  for (const key of stored().filter((name) => /^moderato:\d+(\.\d)?:ended$/.test(name))) {
    if (Date.now() - Number(localStorage.getItem(key)) < DAY) continue;
    const [start] = key.match(/^moderato:\d+/);
    forgetAll((name) => name.startsWith(`${start}:`) || name.startsWith(`${start}.`));
  }
  // A page that knows no session has no mark; it only shows what is kept.
  if (!code || !mark) return;
  for (const number of seatsOnDevice()) {
    const start = roomOf(number);
    if (localStorage.getItem(`${start}mark`) !== JSON.stringify(mark)) forgetAll((name) => name.startsWith(start));
  }
  if (read("mark") === mark) return;
  names("").forEach(forget);
  write("mark", mark);
}

function forgetAll(isMeant) {
  stored().filter(isMeant).forEach((key) => localStorage.removeItem(key));
}

clear();
// A tab that stayed open all night is opened again, too.
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && clear());
