// "I'm done", kept with the allocation: what the server has not heard of it, and what it knows from another device.
import { read, write } from "./device.js";

/** What is still to be told of a round: true or false; undefined when the server knows. */
export function untoldReady(round) {
  const vote = read(`vote:${round}`);
  return vote && vote.ready !== Boolean(vote.readyTold) ? vote.ready : undefined;
}

export function toldReady(round, ready) {
  const vote = read(`vote:${round}`);
  if (vote) write(`vote:${round}`, { ...vote, readyTold: ready });
}

/** The same allocation, knowing what the server does; null is a server that came back and has forgotten. */
export function learnt(vote, known) {
  const isTold = vote.ready === Boolean(vote.readyTold);
  if (known === null) return { ...vote, readyTold: false };
  return { ...vote, ready: isTold ? known : vote.ready, readyTold: known };
}
