import type { DeclaredImageStream } from '../inventory/declared-object.js';
import type { ImageUse, Workload } from '../inventory/workload.js';
import type { ModelPath, Problem } from '../problem/problem.js';
import type { Registry } from '../registry/registry.js';
import type { ClusterPullSecret } from '../vocabulary/cluster.js';
import type { Grant } from './grants.js';

/** A namespace and service account must be able to pull from a registry. */
export interface Need {
  readonly namespace: string;
  /** The account that runs the pods; empty for an import, which the cluster itself does. */
  readonly serviceAccount: string;
  readonly pullSecret: ClusterPullSecret;
  /** The registries of the pull secret that are needed. */
  readonly registries: readonly Registry[];
  /**
   * Whether the pods' list must name it. False where the Secret must only be in the namespace: OpenShift's importer and
   * builds look through the Secrets of the namespace, the kubelet only through those on the list.
   */
  readonly listed: boolean;
  readonly why: NeedReason;
}

/** Why: the image of a workload, one that an image stream imports, or the place in the spec where it is said by hand. */
export type NeedReason = PullReason | SaidByHand;

/** A need that is said by hand. */
export interface SaidByHand {
  /** The place in the spec where it is said; empty for a call. */
  readonly byHand: ModelPath;
  /**
   * True where a list was asked for by name: it goes there, whatever else attaches the pull secret.
   * @default false
   */
  readonly onAccount?: true;
  /**
   * True where the Secret goes on no list: something else than the kubelet reads it, such as a build that mounts it.
   * @default false
   */
  readonly mounted?: true;
}

/** A pull by a workload, or by the importer of an image stream. */
export type PullReason =
  | { readonly workload: Workload; readonly image: ImageUse }
  | { readonly imageStream: DeclaredImageStream; readonly image: ImageUse };

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
  /** Pulled from mirrors alone, which the node has the credential for (OpenShift). */
  mirrored: number;
  /** Opened by what the nodes have of their own. */
  nodes: number;
  /** Taken away by `exclude`. */
  excluded: number;
  /** Named in a finding or error. */
  findings: number;
}

/** The counts of a run that saw no image. */
export const noImages: Readonly<ImageCounts> = {
  images: 0,
  needed: 0,
  internal: 0,
  public: 0,
  anonymous: 0,
  mirrored: 0,
  nodes: 0,
  excluded: 0,
  findings: 0,
};

/** Answer for an image. */
export type ImageAnswer = Exclude<keyof ImageCounts, 'images'>;

/** Needs of the manifests. */
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

/**
 * True where containers/image reads the Secret, in a build of OpenShift or a pod that mounts it: it never matches a key
 * that ends in a slash. The image of a custom strategy is pulled by the kubelet.
 */
export function isReadBySegments({ why }: Pick<Need, 'why'>): boolean {
  if ('byHand' in why) return why.mounted === true;
  if (!('workload' in why) || why.workload.kind !== 'BuildConfig') return false;
  return !why.image.container.startsWith('spec.strategy.customStrategy');
}
