import type { DeclaredSecret } from '../../inventory/declared-object.js';
import type { ProofState } from '../state.js';
import { perState } from './per-state.js';

/** The declared Secrets that the list of a pod names, copies of them among these. */
export const listedSecrets = perState(
  ({ pods }: ProofState): ReadonlySet<DeclaredSecret> =>
    new Set(pods.flatMap(({ list }) => list.names.flatMap(({ secret }) => secret.declared ?? []))),
);
