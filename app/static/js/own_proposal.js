// A proposal for an own statement as a device keeps it: what is asked of the server, and what its answer makes of it.

export function isUnsentProposal(own) {
  return own.stored < own.revision && !own.refusal;
}

/** The body that brings the server up to date about it: its statement's receipt, and nothing else that tells whose. */
export function proposalRequest({ receipt, revision, theme, name }) {
  return { receipt, revision, theme, name };
}

/** As it is `known` once the server has stored it, or has answered that something newer stands. */
export function acceptedProposal(known, answer) {
  const stored = Math.max(known.stored, answer.revision);
  return { ...known, stored, revision: Math.max(known.revision, stored) };
}
