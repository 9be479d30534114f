import type { Place } from '../problem/problem.js';
import type {
  DeclaredAccount,
  DeclaredBinding,
  DeclaredDelivery,
  DeclaredImageStream,
  DeclaredMirrors,
  DeclaredNamespace,
  DeclaredSecret,
  Gitops,
} from './declared-object.js';
import type { TextImage } from './text-image.js';
import type { Unseen } from './unseen-object.js';
import type { Workload } from './workload.js';

/** An object whose operator chooses an image that the manifest does not name. */
export interface OperatorImage {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  /** The field that would name it. */
  readonly field: string;
  readonly place?: Place;
}

/** Something that could not be read, so that nobody knows what it needs. */
export interface UnreadPart {
  readonly file: string;
  /** The only namespace that it can be about. @default - any */
  readonly namespace?: string;
}

/**
 * The pods, accounts, Secrets and the like of any number of manifests: plain, sorted, independent of the order of
 * files.
 */
export interface Inventory {
  readonly workloads: readonly Workload[];
  readonly accounts: readonly DeclaredAccount[];
  readonly namespaces: readonly DeclaredNamespace[];
  readonly secrets: readonly DeclaredSecret[];
  readonly imageStreams: readonly DeclaredImageStream[];
  readonly mirrors: readonly DeclaredMirrors[];
  readonly deliveries: readonly DeclaredDelivery[];
  readonly bindings: readonly DeclaredBinding[];
  readonly operatorImages: readonly OperatorImage[];
  /** Texts that may be images of pods that somebody makes of them. */
  readonly textImages: readonly TextImage[];
  /** The GitOps engines of which objects were seen, each once. */
  readonly gitops: readonly Gitops[];
  /** Objects that may run pods which nobody has seen. */
  readonly unseen: readonly Unseen[];
  /** Parts that could not be read. */
  readonly unread: readonly UnreadPart[];
  /** How many files were read. */
  readonly files: number;
  /** How many objects they hold. */
  readonly objects: number;
}
