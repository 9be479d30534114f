import type { Registry } from '../../model/registry/registry.js';
import type { ClusterModel, ClusterPullSecret } from '../../model/vocabulary/cluster.js';
import type { ObjectDraft } from '../written-object.js';

/** Where a pull secret is written, and with what in it. */
export interface SecretHome {
  readonly namespace: string;
  /** True for the Secret that others are copied from. */
  readonly isSource: boolean;
  /** The registries that are needed there, in the order of the pull secret. */
  readonly registries: () => readonly Registry[];
}

/** Writes the object that makes the pull secret of a namespace. */
export type SecretWriter = (cluster: ClusterModel, pullSecret: ClusterPullSecret, home: SecretHome) => ObjectDraft;
