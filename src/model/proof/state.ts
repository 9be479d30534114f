import type { Inventory } from '../inventory/found-inventory.js';
import type { Labelled } from '../reach/policy-scope.js';
import type { ClusterModel } from '../vocabulary/cluster.js';
import type { ClusterSecrets } from './cluster-secrets.js';
import type { Effects } from './effects.js';
import type { Offers } from './offers.js';
import type { Sifted } from './suppression.js';
import type { AdmittedList, ProvenImage, ProvenPod } from './verdict.js';

/** Facts of every image of a cluster: everything that the rules look at. */
export interface ProofState {
  readonly cluster: ClusterModel;
  readonly inventory: Inventory;
  readonly pods: readonly ProvenPod[];
  readonly images: readonly ProvenImage[];
  readonly secrets: ClusterSecrets;
  readonly offers: Offers;
  readonly effects: Effects;
  /** Time, where somebody says it. */
  readonly now?: Date | undefined;
  readonly namespaceOf: (name: string) => Labelled;
  /** The list that a pod would have without one of its own. */
  readonly accountListOf: (pod: ProvenPod) => AdmittedList;
}

/** The same, with everything that is wrong and not suppressed. */
export interface Proof extends ProofState, Sifted {}
