// Sends things of one phone so that they can't be joined: each by itself, after a random time of its own.
import { onReturn } from "./wake.js";

// Longer than somebody needs from one to the next.
const SHORTEST = 2000, LONGEST = 20_000;
// A timer that is later slept with the phone, and so did the others: they would all go at once, in their order.
const OVERSLEPT = 1500;

function chance() {
  return crypto.getRandomValues(new Uint32Array(1))[0] / 2 ** 32;
}

/** Call `send(key)` for each key that is among `waiting()` when its time has come, and again until it is not; looks
    when one of the events `told` comes, and when somebody is back. One that has a time keeps it, so that new ones tell nothing
    of older ones. */
export function timesOfTheirOwn(waiting, send, told) {
  const timers = new Map();
  const schedule = () => waiting().filter((key) => !timers.has(key)).forEach(giveTime);

  function giveTime(key) {
    const wait = SHORTEST + chance() * (LONGEST - SHORTEST), due = Date.now() + wait;
    timers.set(key, setTimeout(() => (Date.now() - due > OVERSLEPT ? giveTime(key) : deliver(key)), wait));
  }

  async function deliver(key) {
    if (waiting().includes(key)) await send(key);
    timers.delete(key);
    schedule();
  }

  for (const event of told) document.addEventListener(event, schedule);
  onReturn(schedule);
  schedule();
}
