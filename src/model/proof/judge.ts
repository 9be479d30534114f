import { ImageReference } from '../image/image-reference.js';
import type { ImageUse } from '../inventory/workload.js';
import type { InternalImages } from '../needs/internal-images.js';
import type { Mirrors } from '../needs/mirrors.js';
import type { RegistryIndex } from '../registry/registry.js';
import type { ClusterSecret } from './cluster-secrets.js';
import { accessOf } from './image-access.js';
import type { InternalPulls } from './internal-pulls.js';
import { type Offers, wouldOffer } from './offers.js';
import {
  type ImageAccess,
  type OfferedCredential,
  type ProvenImage,
  type ProvenPod,
  type Verdict,
  verdicts,
} from './verdict.js';

/** Facts that images are judged by. */
export interface JudgeInput {
  readonly registries: RegistryIndex;
  readonly offers: Offers;
  readonly internal: InternalImages;
  readonly pulls: InternalPulls;
  readonly mirrors: Mirrors;
}

type Judged = Omit<ProvenImage, 'pod' | 'use'>;

/** Judges the images of pods, one by one. */
export class Judge {
  readonly #input: JudgeInput;

  constructor(input: JudgeInput) {
    this.#input = input;
  }

  /** The answer for an image of a pod. Of an image stream whose tag may come from several places, the gravest. */
  of(pod: ProvenPod, use: ImageUse): ProvenImage {
    const meaning = this.#input.internal.meaningOf(pod.workload, pod.namespace, use);
    const answers =
      'reference' in meaning
        ? [this.#reference(pod, meaning.reference)]
        : meaning.origins.map((origin) =>
            'image' in origin ? this.#reference(pod, origin.image) : this.#ofProject(pod, origin.project),
          );
    const judged = verdicts.flatMap((verdict) => answers.find((each) => each.verdict === verdict) ?? [])[0];
    return { pod, use, ...(judged ?? invalid('it names nothing')) };
  }

  #reference(pod: ProvenPod, image: string): Judged {
    const reference = ImageReference.tryParse(image);
    if ('error' in reference) return invalid(reference.error);
    const { name: lookedUp } = reference;
    const access = accessOf(reference, this.#input.registries);
    const offer = this.#input.offers.of(pod.list, reference);
    if (!offer) return { lookedUp, access, verdict: 'blocked', credentials: [] };
    const { credentials } = offer;
    if (access === 'internal') return this.#internal(pod, lookedUp, reference.path.split('/')[0] ?? '', credentials);
    const base = { lookedUp, access, credentials };
    if (this.#input.mirrors.replace(reference)) return { ...base, verdict: this.#ofMirrors(credentials) };
    const verdict = offer.isAmbiguous
      ? 'ambiguous'
      : (offeredVerdict(credentials) ?? withoutOffer(pod, reference, access));
    return { ...base, verdict: withUnknown(pod, verdict) };
  }

  /** A repository of the internal registry by the name of its image stream. */
  #ofProject(pod: ProvenPod, project: string): Judged {
    return this.#internal(pod, undefined, project, []);
  }

  /** The registry asks who pulls; the credential is the one that OpenShift puts on the account's list. */
  #internal(
    pod: ProvenPod,
    lookedUp: string | undefined,
    project: string,
    offered: readonly OfferedCredential[],
  ): Judged {
    const { namespace, workload, list } = pod;
    const base = { ...(lookedUp !== undefined && { lookedUp }), access: 'internal' as const };
    if (!this.#input.pulls.mayPull(namespace, workload.serviceAccount, project))
      return { ...base, verdict: 'denied', credentials: offered };
    const verdict = offeredVerdict(offered);
    if (verdict) return { ...base, verdict, credentials: offered };
    // A pod with a list of its own takes nothing from its account.
    const isGiven = list.from !== 'pod' || list.names.some(({ name }) => /-dockercfg-[a-z0-9]{5}$/.test(name));
    if (!isGiven) return { ...base, verdict: 'missing', credentials: [] };
    return { ...base, verdict: 'assumed', credentials: [ofAccount(workload.serviceAccount)] };
  }

  /** A mirror is asked with what the node has. */
  #ofMirrors(credentials: readonly OfferedCredential[]): Verdict {
    return offeredVerdict(credentials.filter(({ from }) => from === 'node')) ?? 'assumed';
  }
}

function invalid(error: string): Judged {
  return { access: 'unknown', verdict: 'invalid', credentials: [], error };
}

function ofAccount(account: string): OfferedCredential {
  const secret = `${account}-dockercfg-*`;
  return { from: 'account', secret, key: '', isAssumed: true, isBlank: false, isOverMatch: false, isFallback: false };
}

/** Judges what the first credential that is none in name only makes of an image. */
function offeredVerdict(credentials: readonly OfferedCredential[]): Verdict | undefined {
  const first = credentials.find(({ isBlank }) => !isBlank);
  return first && (first.isAssumed ? 'assumed' : 'covered');
}

function withoutOffer({ list }: ProvenPod, image: ImageReference, access: ImageAccess): Verdict {
  const isOpen = access === 'public' || access === 'optional';
  if (isOpen) return 'anonymous';
  const secrets: readonly ClusterSecret[] = list.names.map(({ secret }) => secret);
  if (secrets.some((secret) => wouldOffer(secret, image))) return 'inert';
  return access === 'private' || secrets.some(({ state, name }) => state === 'absent' && name !== '')
    ? 'missing'
    : 'anonymous';
}

/** A policy whose effect nobody knows may put anything on the list, or take it off. */
function withUnknown({ list }: ProvenPod, verdict: Verdict): Verdict {
  return list.unknown.length > 0 ? 'assumed' : verdict;
}
