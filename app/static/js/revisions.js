// Keeps a change made in this tab when another tab, which had not seen it yet, writes what was there before.
import { onOtherTab, read, write } from "./device.js";

const made = new Map();

/** Store what a person made: a `{revision, stored, …}` that counts one higher than what was there. */
export function writeRevision(name, value) {
  made.set(name, value);
  write(name, value);
}

/** Somebody removed it: nothing to keep. */
export function forgetRevision(name) {
  made.delete(name);
}

// Tabs read and write the same storage without waiting for each other: the newest revision wins in all of them.
onOtherTab((name) => {
  const own = made.get(name), known = own && read(name);
  if (!known) return made.delete(name);
  if (known.revision >= own.revision) return made.delete(name);
  write(name, { ...own, stored: known.stored, standing: known.standing });
  // What that tab knew to be stored may be older, too: the server says again how it stands.
  return document.dispatchEvent(new CustomEvent("moderato:outbox"));
});
