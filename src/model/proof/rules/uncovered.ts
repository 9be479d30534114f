import { ImageReference } from '../../image/image-reference.js';
import type { ProofState } from '../state.js';
import type { ProvenImage } from '../verdict.js';
import { perState } from './per-state.js';

/** Why an image that may need a credential gets none; `image-uncovered` and `access-unknown` where nothing more is known. */
export type UncoveredCause =
  | 'dockercfg-hidden'
  | 'account-list-hidden'
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
  return image.access === 'unknown' ? 'access-unknown' : 'image-uncovered';
}

/** Whether the list of the account has a credential for the image, which the pod's own list keeps away. */
function isHidden({ offers, accountListOf }: ProofState, { pod, lookedUp = '' }: ProvenImage): boolean {
  if (pod.list.from !== 'pod' || pod.workload.isLive) return false;
  const reference = ImageReference.tryParse(lookedUp);
  if ('error' in reference) return false;
  return (
    offers.of(accountListOf(pod), reference)?.credentials.some(({ isBlank, from }) => !isBlank && from === 'pod') ===
    true
  );
}
