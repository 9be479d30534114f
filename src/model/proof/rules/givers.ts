import type { DeclaredAccount, DeclaredSecret } from '../../inventory/declared-object.js';
import type { ProofState } from '../state.js';
import type { ProvenPod } from '../verdict.js';
import { perState } from './per-state.js';
import { accountText, secretText } from './subjects.js';

/** Something that gives a pod its credentials: a Secret, what makes one, or the account that lists it. */
export type Giver = DeclaredSecret | DeclaredAccount;

/** The pods from files that offer a credential of their own. */
export const podsServed = perState(
  ({ images }: ProofState): ReadonlySet<ProvenPod> =>
    new Set(
      images
        .filter(({ pod, credentials }) => pod.workload.place && credentials.some(({ from }) => from === 'pod'))
        .map(({ pod }) => pod),
    ),
);

/** All that gives a pod its credentials, as far as it stands in files. */
export function giversOf({ list }: ProvenPod): Giver[] {
  const secrets: readonly Giver[] = list.names.flatMap(({ secret: { declared } }) => declared ?? []);
  const all = list.from === 'account' && list.account ? [...secrets, list.account] : secrets;
  return all.filter(({ place }) => place !== undefined);
}

/** `Secret shop/pull`, `ServiceAccount shop/web`. */
export function giverText(giver: Giver): string {
  return 'kind' in giver ? secretText(giver) : accountText(giver);
}
