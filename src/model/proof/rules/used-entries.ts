import type { ProofState } from '../state.js';
import type { ListedName, ProvenImage, ProvenPod } from '../verdict.js';
import { perState } from './per-state.js';
import { uncoveredCauses } from './uncovered.js';

/** A pull secret on the lists of one owner: a workload with a list of its own, or a service account. */
export interface ListedSecret {
  readonly listed: ListedName;
  /** The first of the pods. */
  readonly pod: ProvenPod;
  /** The keys that images of these pods match. */
  readonly keys: ReadonlySet<string>;
  /** Whether each image is known to need none of it: one that lacks a credential may be what it is there for. */
  readonly isKnown: boolean;
}

/** The pull secrets that pods list, each once for its owner, with the entries that their images match. */
export const listedByOwner = perState((state: ProofState): readonly ListedSecret[] => {
  const uncovered = uncoveredCauses(state);
  const imagesOf = new Map<ProvenPod, ProvenImage[]>();
  for (const image of state.images) {
    const known = imagesOf.get(image.pod);
    if (known) known.push(image);
    else imagesOf.set(image.pod, [image]);
  }
  const found = new Map<string, { listed: ListedName; pod: ProvenPod; keys: Set<string>; isKnown: boolean }>();
  for (const pod of state.pods) {
    const images = imagesOf.get(pod) ?? [];
    for (const listed of pod.list.names) {
      if (listed.name === '') continue;
      const key = JSON.stringify([pod.namespace, ownerOf(pod), listed.name]);
      const there = found.get(key) ?? { listed, pod, keys: new Set<string>(), isKnown: true };
      found.set(key, there);
      if (images.some((image) => isUnclear(image) || uncovered.has(image))) there.isKnown = false;
      for (const { credentials } of images)
        for (const each of credentials)
          if (each.from === 'pod' && each.secret === listed.name) there.keys.add(each.key);
    }
  }
  return [...found.values()];
});

function ownerOf({ list, workload }: ProvenPod): readonly unknown[] {
  return list.from === 'pod' ? [workload.kind, workload.name] : [workload.serviceAccount];
}

/** Of such an image it is not known which entries match it. */
function isUnclear({ verdict, use }: ProvenImage): boolean {
  return verdict === 'blocked' || verdict === 'invalid' || use.imageStream !== undefined;
}
