import type { DeclaredDelivery, DeclaredSecret } from '../inventory/workload.js';
import type { Labelled } from '../reach/policy-scope.js';

/** A Secret that something brings into a namespace. */
export interface CopiedSecret {
  readonly name: string;
  /** The Secret that it is a copy of; undefined where that is not among what was read. */
  readonly original: DeclaredSecret | undefined;
  /** What brings it, as messages name it: `policy image-pull-clone-ghcr`, `reflector`. */
  readonly by: string;
}

/** A list as it is after policies have acted on it. */
export interface ListEffect {
  /** Every name, in order, with the policy that put it there; undefined for what was there before. */
  readonly names: readonly { readonly name: string; readonly by: DeclaredDelivery | undefined }[];
  /** Policies that touch pull secrets here and whose effect cannot be known. */
  readonly unknown: readonly DeclaredDelivery[];
}

/** The account of a pod, as policies see it. */
export interface AccountSeen extends Labelled {
  readonly namespace: Labelled;
}

/** A pod at its creation, as policies see it: its account's list is on it already. */
export interface PodSeen {
  readonly namespace: Labelled;
  readonly serviceAccount: string;
  /** The containers of the pod; policies look at their images. */
  readonly containers: readonly ContainerSeen[];
}

/** A container of a pod, by the list that it stands in. */
export interface ContainerSeen {
  readonly list: 'containers' | 'initContainers' | 'ephemeralContainers';
  readonly name: string;
  readonly image: string;
}

/** What policies, copiers and operators do in a cluster with pull secrets, from the objects that tell them to. */
export interface Effects {
  /** The Secrets that are brought into a namespace. */
  copiesInto(namespace: Labelled): readonly CopiedSecret[];
  /** What becomes of the list of an account. */
  onAccount(account: AccountSeen, list: readonly string[]): ListEffect;
  /** What becomes of the list of a pod when it is created. */
  onPod(pod: PodSeen, list: readonly string[]): ListEffect;
}

/** The effects where nothing acts. */
export const noEffects: Effects = {
  copiesInto: () => [],
  onAccount: (_account, list) => untouched(list),
  onPod: (_pod, list) => untouched(list),
};

/** A list that nothing has acted on. */
export function untouched(list: readonly string[]): ListEffect {
  return { names: list.map((name) => ({ name, by: undefined })), unknown: [] };
}
