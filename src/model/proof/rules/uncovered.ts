import { ImageReference } from '../../image/image-reference.js';
import { grouped } from '../../names/grouped.js';
import type { ProofState } from '../state.js';
import type { OfferedCredential, ProvenImage, ProvenPod } from '../verdict.js';
import { perState } from './per-state.js';

/** Why an image that may need a credential gets none; `image-uncovered` and `access-unknown` where nothing more is known. */
export type UncoveredCause =
  | 'dockercfg-hidden'
  | 'account-list-hidden'
  | 'credential-of-other-account'
  | 'credential-blank'
  | 'image-uncovered'
  | 'access-unknown';

/** The images that may need a credential and get none, each with the cause that says most. */
export const uncoveredCauses = perState((state: ProofState): ReadonlyMap<ProvenImage, UncoveredCause> => {
  const causes = new Map<ProvenImage, UncoveredCause>();
  for (const image of state.images) if (isUncovered(image)) causes.set(image, causeOf(state, image));
  return causes;
});

function isUncovered({ verdict, access }: ProvenImage): boolean {
  return verdict === 'missing' || verdict === 'inert' || (verdict === 'anonymous' && access === 'unknown');
}

function causeOf(state: ProofState, image: ProvenImage): UncoveredCause {
  if (image.access === 'internal') return image.pod.list.from === 'pod' ? 'dockercfg-hidden' : 'image-uncovered';
  if (image.credentials.length > 0) return 'credential-blank';
  if (isHidden(state, image)) return 'account-list-hidden';
  if (otherAccountOf(state, image)) return 'credential-of-other-account';
  return image.access === 'unknown' ? 'access-unknown' : 'image-uncovered';
}

/** Whether the list of the account has a credential for the image, which the pod's own list keeps away. */
function isHidden(state: ProofState, image: ProvenImage): boolean {
  const { pod } = image;
  return pod.list.from === 'pod' && !pod.workload.isLive && offeredBy(state, image, pod) !== undefined;
}

/** Another account of the namespace whose list has a credential for an image, with the pull secret that holds it. */
export function otherAccountOf(
  state: ProofState,
  image: ProvenImage,
): { readonly account: string; readonly secret: string } | undefined {
  const { pod } = image;
  if (pod.list.from === 'pod') return undefined;
  for (const { name, pullSecrets } of accountsByNamespace(state).get(pod.namespace) ?? []) {
    if (name === pod.workload.serviceAccount || pullSecrets.length === 0) continue;
    const offered = offeredBy(state, image, { ...pod, workload: { ...pod.workload, serviceAccount: name } });
    if (offered) return { account: name, secret: offered.secret };
  }
  return undefined;
}

const accountsByNamespace = perState(({ inventory }: ProofState) =>
  grouped(inventory.accounts, ({ namespace = '' }) => namespace),
);

/** The first credential for an image on the list of the account of a pod. */
function offeredBy(
  { offers, accountListOf }: ProofState,
  { lookedUp = '' }: ProvenImage,
  pod: ProvenPod,
): OfferedCredential | undefined {
  const reference = ImageReference.tryParse(lookedUp);
  if ('error' in reference) return undefined;
  return offers.of(accountListOf(pod), reference)?.credentials.find(({ isBlank, from }) => !isBlank && from === 'pod');
}
