// How this device shows the board of this session: only ids of themes and what is switched on; nothing is sent.
const KEY = `moderato:board:${/\d+/.exec(document.body.dataset.socket)?.[0] ?? ""}`;
let memory = { folded: [], inboxOnly: false, bySize: false };

/** What is on, as it was left on this device; where the browser keeps nothing, for as long as the page lives. */
export function ownView() {
  try {
    return { ...memory, ...JSON.parse(localStorage.getItem(KEY)) };
  } catch {
    return memory;
  }
}

/** Keep these changes on this device. */
export function changeView(changes) {
  memory = { ...ownView(), ...changes };
  try {
    localStorage.setItem(KEY, JSON.stringify(memory));
  } catch {
    // Kept in memory, then.
  }
}
