import type { DeclaredAccount, DeclaredSecret } from '../../inventory/workload.js';
import { type Words, words } from '../../problem/shown.js';
import type { ProofState } from '../state.js';
import type { ProvenPod } from '../verdict.js';
import { perState } from './per-state.js';
import { accountText, secretText } from './subjects.js';

/** Something in a file that gives a pod its credentials: a Secret, what makes one, or the account that lists it. */
export interface Giver {
  readonly text: Words;
  readonly object: DeclaredSecret | DeclaredAccount;
  readonly file: string;
}

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
  const secrets = list.names.flatMap(({ secret: { declared } }) => declared ?? []);
  const accounts = list.from === 'account' && list.account ? [list.account] : [];
  return [
    ...secrets.map((object) => ({ text: words`${secretText(object)}`, object })),
    ...accounts.map((object) => ({ text: words`${accountText(object)}`, object })),
  ].flatMap(({ text, object }) => (object.place ? [{ text, object, file: object.place.file }] : []));
}
