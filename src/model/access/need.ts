import type { ImageUse, Workload } from '../pods/workload.js';
import type { ModelPath, Problem } from '../problem/problem.js';
import type { Registry } from '../registry/registry.js';
import type { ClusterPullSecret } from '../spec/cluster.js';
import type { Grant } from './grants.js';

/** A namespace and service account must be able to pull from a registry. */
export interface Need {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly pullSecret: ClusterPullSecret;
  /** The registries of the pull secret that are needed. */
  readonly registries: readonly Registry[];
  /** Why: the image of a workload, or the place in the spec where it is said by hand. */
  readonly why: { readonly workload: Workload; readonly image: ImageUse } | { readonly byHand: ModelPath };
}

/** How the images were answered. Every image is counted once. */
export interface ImageCounts {
  images: number;
  /** Covered by a pull secret. */
  needed: number;
  /** Covered by a grant, or in the own namespace of OpenShift's internal registry. */
  internal: number;
  /** Of a public registry. */
  public: number;
  /** Of an optional registry without a pull secret. */
  anonymous: number;
  /** Taken away by `exclude`. */
  excluded: number;
  /** Named in a finding or error. */
  findings: number;
}

/** What became of an image. */
export type ImageAnswer = Exclude<keyof ImageCounts, 'images'>;

/** What the manifests need. */
export interface Needs {
  readonly needs: readonly Need[];
  readonly grants: readonly Grant[];
  readonly findings: readonly Problem[];
  readonly counts: ImageCounts;
  /** The images that no pull secret is needed for, or could be found for. */
  readonly others: readonly OtherImage[];
}

/** An image without a pull secret, and why. */
export interface OtherImage {
  readonly namespace: string;
  readonly workload: Workload;
  readonly image: ImageUse;
  readonly answer: ImageAnswer;
}
