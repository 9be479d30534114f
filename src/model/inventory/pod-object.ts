import type { Place, Problem } from '../problem/problem.js';
import type { OperatorImage } from './found-inventory.js';
import type { ObjectHead } from './object-head.js';
import type { Choices } from './task-parameters.js';
import type { TextImage } from './text-image.js';
import type { ImageUse, PullSecretList } from './workload.js';

/** An account and pull secrets, as far as they are stated. */
export interface StatedAccount {
  readonly serviceAccount?: string;
  readonly pullSecrets: PullSecretList;
  readonly listPath?: string;
  /** As in `Workload`. */
  readonly namesField?: string;
}

/** Parameters, as far as they are stated. */
export interface StatedParameters {
  readonly declared: Choices;
  /** In words of the parameters around. */
  readonly given: Choices;
}

/** The account of pods that state none. */
export interface UnstatedAccount {
  readonly name: string;
  /** Only the object's own list reaches the pods. */
  readonly ownListOnly: boolean;
}

/** A pod of an object, before it is known whose account it runs under. */
export interface FoundPod {
  readonly images: readonly ImageUse[];
  /** The statements of the pod itself. */
  readonly own: StatedAccount;
  /** Undefined where it is that of the object. */
  readonly defaultAccount?: UnstatedAccount;
  readonly task?: string;
  /** As in `PodPath`. */
  readonly pooled?: boolean;
  readonly parameters?: StatedParameters;
  readonly templatePath?: string;
  readonly podSpecPlace?: Place;
  /** The pod or its object asks for short names to be resolved. */
  readonly resolveNames?: boolean;
}

/** A field that names an object to borrow pods from. */
export interface FoundLoan {
  readonly kind: string;
  readonly name: string;
  readonly ofCluster: boolean;
  readonly whole: boolean;
  /** Only pods that are pooled, with nothing that their own object states of them. */
  readonly ofPool?: boolean;
  /** The statements beside the field. */
  readonly own?: StatedAccount;
  readonly task?: string;
  readonly given: Choices;
}

/** The statements of an object of a kind that runs pods. */
export interface PodObject {
  readonly head: ObjectHead;
  readonly group: string;
  readonly lends?: 'namespace' | 'cluster';
  readonly defaultAccount: UnstatedAccount;
  readonly ofCluster: boolean;
  /** Those that matter to pulls. @default - none */
  readonly annotations?: ReadonlyMap<string, string>;
  /** True for an object that a cluster holds. @default false */
  readonly isLive?: boolean;
  /** The statements of the object for all its pods. */
  readonly stated: StatedAccount;
  readonly perTask: ReadonlyMap<string, StatedAccount>;
  readonly parameters: StatedParameters;
  readonly pods: readonly FoundPod[];
  readonly loans: readonly FoundLoan[];
}

/** The pods and problems that {@link podsIn} finds in one object. */
export interface PodsFound {
  /** Undefined for a kind that runs no pods. */
  readonly object?: PodObject;
  readonly operatorImages: readonly OperatorImage[];
  readonly textImages: readonly TextImage[];
  readonly problems: readonly Problem[];
}
