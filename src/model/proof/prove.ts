import type { Inventory } from '../inventory/found-inventory.js';
import { InternalImages } from '../needs/internal-images.js';
import { Mirrors } from '../needs/mirrors.js';
import { namespaceLabels } from '../needs/needs.js';
import type { Labelled } from '../reach/policy-scope.js';
import type { ClusterModel } from '../vocabulary/cluster.js';
import { Admission, type PendingLists } from './admission.js';
import { ClusterSecrets } from './cluster-secrets.js';
import { effectsOf } from './effects/effects-of.js';
import type { Effects } from './effects.js';
import { InternalPulls } from './internal-pulls.js';
import { Judge } from './judge.js';
import { Offers } from './offers.js';
import { findingsOf } from './rules.js';
import type { Proof, ProofState } from './state.js';
import { suppress } from './suppression.js';
import type { ProvenPod } from './verdict.js';

/** Input of a proof: what is proven, and against what. */
export interface ProveInput {
  /** Everything that the cluster holds, Secrets with their values among it. */
  readonly inventory: Inventory;
  readonly cluster: ClusterModel;
  /** Lists of manifests that are about to change. @default - they are as they stand */
  readonly pending?: PendingLists | undefined;
  /** @default - those of the deliveries in the inventory */
  readonly effects?: Effects | undefined;
  /** Time by which tokens have ended. @default - nobody knows */
  readonly now?: Date | undefined;
}

/** Judges every image of every pod as {@link judgeCluster} does, and says what is wrong. Pure. */
export function proveCluster(input: ProveInput): Proof {
  const state = judgeCluster(input);
  return { ...state, ...suppress(findingsOf(state), input.inventory) };
}

/**
 * Judges every image of every pod as the kubelet would. What names no namespace is in one of its own, as all of it would be
 * that is applied together. Pure.
 */
export function judgeCluster(input: ProveInput): ProofState {
  const { cluster, inventory } = input;
  const effects = input.effects ?? effectsOf(inventory, cluster);
  const secrets = new ClusterSecrets(inventory, cluster, effects);
  const namespaceOf = namespaces(inventory, cluster);
  const admission = new Admission({ inventory, secrets, effects, namespaceOf, pending: input.pending });
  const offers = new Offers(secrets, cluster.nodes);
  const judge = new Judge({
    registries: cluster.registryIndex,
    offers,
    internal: new InternalImages(inventory, cluster),
    pulls: new InternalPulls(inventory),
    mirrors: new Mirrors(inventory, cluster),
  });
  const pods = inventory.workloads.map((workload): ProvenPod => {
    const namespace = workload.namespace ?? '';
    return { cluster: cluster.name, workload, namespace, list: admission.listOf(workload, namespace) };
  });
  const images = pods.flatMap((pod) => pod.workload.images.map((use) => judge.of(pod, use)));
  const accountListOf = ({ workload, namespace }: ProvenPod) => admission.accountListOf(workload, namespace);
  const { now } = input;
  return { cluster, inventory, pods, images, secrets, offers, effects, now, namespaceOf, accountListOf };
}

/** Namespaces with their labels; one of which nothing is known has the label that the API server gives it. */
function namespaces(inventory: Inventory, cluster: ClusterModel): (name: string) => Labelled {
  const labels = namespaceLabels(inventory, cluster);
  const known = new Map<string, Labelled>();
  return (name) => {
    const there = known.get(name);
    if (there) return there;
    const made = { name, labels: new Map([...(labels.get(name) ?? []), ['kubernetes.io/metadata.name', name]]) };
    known.set(name, made);
    return made;
  };
}
