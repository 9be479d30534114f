import type { ProofState } from '../state.js';
import { perState } from './per-state.js';

/** Namespaces in which there may be pods that nobody has seen; `everywhere` where these may be anywhere. */
const gaps = perState(({ inventory }: ProofState): 'everywhere' | ReadonlySet<string> => {
  const { unseen, unread, operatorImages } = inventory;
  // What a stand-in such as an Application applies goes to namespaces of its own choice.
  const isEverywhere =
    unseen.some(({ is, namespace }) => is === 'stand-in' || namespace === undefined) ||
    unread.some(({ namespace }) => namespace === undefined);
  if (isEverywhere) return 'everywhere';
  return new Set([...unseen, ...unread, ...operatorImages].map(({ namespace = '' }) => namespace));
});

/** Whether all pods of a namespace were seen, as far as anybody knows. */
export function isSeenWhole(state: ProofState, namespace: string): boolean {
  const found = gaps(state);
  return found !== 'everywhere' && !found.has(namespace);
}
