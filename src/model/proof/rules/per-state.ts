import type { ProofState } from '../state.js';

/** Works out what several rows look at once for each state. */
export function perState<T>(work: (state: ProofState) => T): (state: ProofState) => T {
  const known = new WeakMap<ProofState, { readonly value: T }>();
  return (state) => {
    const there = known.get(state);
    if (there) return there.value;
    const value = work(state);
    known.set(state, { value });
    return value;
  };
}
