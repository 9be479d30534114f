import type { DeclaredAccount, DeclaredDelivery, DeclaredSecret } from '../inventory/declared-object.js';
import type { ImageUse, Workload } from '../inventory/workload.js';
import type { Access } from '../registry/registry-presets.js';

/** The answers to "will the kubelet be offered a credential for this image", the gravest first. */
export const verdicts = [
  'invalid',
  'blocked',
  'denied',
  'missing',
  'inert',
  'ambiguous',
  'assumed',
  'anonymous',
  'covered',
] as const;

/**
 * Fate of the image of a container:
 * `invalid`: the reference does not parse; `blocked`: a broken Secret on the list fails every pull of the pod;
 * `denied`: OpenShift's internal registry refuses, a grant is missing; `missing`: the image needs a credential and none is
 * offered; `inert`: the Secret that would match is of a kind that the kubelet passes over; `ambiguous`: which credential
 * comes first changes from run to run; `assumed`: what is offered lives outside of what was read; `anonymous`: none is
 * offered, and none is known to be needed; `covered`: a credential is offered.
 */
export type Verdict = (typeof verdicts)[number];

/** Whether an image needs a credential, as far as anybody says: `unknown` where no registry is declared for it. */
export type ImageAccess = Access | 'internal' | 'unknown';

/** Who offers a credential: the pull secrets of the pod, the node, a credential provider of the kubelet, or OpenShift. */
export type Offerer = 'pod' | 'node' | 'provider' | 'account';

/** A credential that the kubelet tries for an image. Its value is never kept. */
export interface OfferedCredential {
  readonly from: Offerer;
  /** The Secret that holds it; the provider's name for one of a provider. */
  readonly secret: string;
  /** The key of its entry as written; empty where it is not known. */
  readonly key: string;
  /** Whether its value lives outside of what was read. */
  readonly isAssumed: boolean;
  /** Without user name or without password: in effect anonymous. */
  readonly isBlank: boolean;
  /** The key ends inside of a segment of the repository's path. */
  readonly isOverMatch: boolean;
  /** The credential of Docker Hub's old host, which counts where nothing under `docker.io` matches. */
  readonly isFallback: boolean;
}

/** Facts of a Secret that a list names. */
export type SecretState =
  /** Read, with the entries that the kubelet gets. */
  | 'read'
  /** The keys are known, the values are not. */
  | 'keys-known'
  /** Made in the cluster, with content that nobody knows here. */
  | 'made-elsewhere'
  /** The kubelet passes over it in silence. */
  | 'inert'
  /** Its document breaks every pull of the pod. */
  | 'broken'
  /** There is none of this name in the namespace. */
  | 'absent';

/** A name on the list of a pod. */
export interface ListedName {
  /** The empty text for an entry without a name. */
  readonly name: string;
  /** Who put it there. */
  readonly by: 'pod' | 'account' | 'attach' | DeclaredDelivery;
  readonly secret: SecretFound;
}

/** A Secret by its name, and what is known of it. */
export interface SecretFound {
  readonly name: string;
  readonly namespace: string;
  readonly state: SecretState;
  /** The object that declares it, or its original where it is a copy. */
  readonly declared?: DeclaredSecret;
  /** Name of the bringer where no object of the namespace declares it, such as `policy image-pull-clone-ghcr`. */
  readonly madeBy?: string;
  /** Why it is inert or broken, or what makes it: a sentence for messages, without values. */
  readonly reason?: string;
}

/** The pull secrets that a pod ends up with. */
export interface AdmittedList {
  /** In the order in which the kubelet reads them. */
  readonly names: readonly ListedName[];
  /** Where the list begins: the pod's own, that of its account, or nowhere. */
  readonly from: 'pod' | 'account' | 'nowhere';
  /** The account, where it is among what was read. */
  readonly account?: DeclaredAccount;
  /** Policies that touch pull secrets and whose effect is not known here. */
  readonly unknown: readonly DeclaredDelivery[];
}

/** The pod of a workload, as admission leaves it. */
export interface ProvenPod {
  readonly cluster: string;
  readonly workload: Workload;
  readonly namespace: string;
  readonly list: AdmittedList;
}

/** An image of a container, judged as the kubelet would. */
export interface ProvenImage {
  readonly pod: ProvenPod;
  readonly use: ImageUse;
  /** The name that is looked up; undefined for an invalid reference. */
  readonly lookedUp?: string;
  readonly access: ImageAccess;
  readonly verdict: Verdict;
  /** In the order in which the kubelet tries them. */
  readonly credentials: readonly OfferedCredential[];
  /** Why an invalid reference is none. */
  readonly error?: string;
}
