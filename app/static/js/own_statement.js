// An own statement as a device keeps it: what is asked of the server about it, and what the answer makes of it.

export function isWaiting(own) {
  return own.stored < own.revision && !own.refusal;
}

/** Whether it makes its writer one of those who submitted to a question. */
export function isSubmitted(own, question) {
  return own.question === Number(question) && Boolean(own.stored) && !own.retracted;
}

/** The path and the body that bring the server up to date about it. */
export function requestFor({ receipt, question, revision, text, theme, retracted }) {
  if (retracted) return ["statements/retract", { receipt, revision, question }];
  return ["statements", { receipt, revision, text, question, theme }];
}

/** As it is `known` once the server has stored what was `sent`, or has answered that something newer stands. */
export function accepted(known, sent, answer) {
  const stands = answer.revision ?? sent.revision;
  const stored = Math.max(known.stored, stands);
  const next = { ...known, stored, saved: false, note: undefined, held: answer.alone };
  // What was sent, not what is typed meanwhile: a change that is refused later goes back to this.
  if (stands === sent.revision) next.standing = answer.retracted ?? sent.retracted ? undefined : sent.text;
  if (stored > known.revision) Object.assign(next, { revision: stored, retracted: Boolean(answer.retracted) });
  return next;
}
