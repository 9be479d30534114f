import type { SecretValue } from '../docker-config/secret-value.js';
import type { Place } from '../problem/problem.js';
import type { ManagedMetadata } from './managed-fields.js';
import type { ManifestSource } from './workload.js';

/** A ServiceAccount of a manifest. */
export interface DeclaredAccount {
  readonly name: string;
  readonly namespace?: string;
  /** Undefined where it has none. */
  readonly labels?: ReadonlyMap<string, string>;
  /** Those that matter to pulls. @default - none */
  readonly annotations?: ReadonlyMap<string, string>;
  readonly pullSecrets: readonly string[];
  /** The pull secrets that carry the mark of an entry that this package added. @default - none */
  readonly marks?: readonly string[];
  /** True where it is as a cluster answered it. @default false */
  readonly isLive?: boolean;
  /** Who set which of its labels and annotations, where a dump says so. @default - nobody says */
  readonly managers?: readonly ManagedMetadata[];
  /** Where its imagePullSecrets list begins, if it has one. */
  readonly pullSecretsPlace?: Place;
  readonly place?: Place;
  readonly source?: ManifestSource;
}

/** Who applies what is in Git. */
export type Gitops = 'argocd' | 'flux';

/** A Namespace or Project of a manifest. */
export interface DeclaredNamespace {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  /** @default - none */
  readonly annotations?: ReadonlyMap<string, string>;
  /** Who set which of its labels and annotations, where a dump says so. @default - nobody says */
  readonly managers?: readonly ManagedMetadata[];
  /** The GitOps object that makes it and keeps its labels. @default - a manifest declares it */
  readonly keeper?: string;
  readonly place?: Place;
  readonly source?: ManifestSource;
}

/** The kinds that are a Secret, or that an operator makes one from. */
export const secretKinds = ['Secret', 'ExternalSecret', 'SealedSecret'] as const;

/** A Secret of a manifest, or an object that an operator makes one from. */
export interface DeclaredSecret {
  readonly kind: (typeof secretKinds)[number];
  /** The name of the Secret itself, which an ExternalSecret may choose freely. */
  readonly name: string;
  readonly namespace?: string;
  /** The type of the Secret, where it is stated. */
  readonly type?: string;
  /** True where the values are SOPS ciphertext. */
  readonly encrypted: boolean;
  /** Those of the Secret itself that matter to pulls. @default - none */
  readonly annotations?: ReadonlyMap<string, string>;
  /** The object that an operator makes it from. @default - it is a Secret */
  readonly maker?: SecretMaker;
  /** True where its values cannot change. @default false */
  readonly isImmutable?: boolean;
  /** True where it is as a cluster answered it. @default false */
  readonly isLive?: boolean;
  /** Base64 texts; only kept when asked for. */
  readonly data?: ReadonlyMap<string, SecretValue>;
  /** Plain texts; only kept when asked for. */
  readonly stringData?: ReadonlyMap<string, SecretValue>;
  /** The texts of the template that an ExternalSecret or SealedSecret fills; only kept when asked for. */
  readonly templateData?: ReadonlyMap<string, SecretValue>;
  readonly place?: Place;
  readonly source?: ManifestSource;
}

/** An object that an operator makes a Secret from. */
export interface SecretMaker {
  readonly apiVersion: string;
  readonly name: string;
  /** Those that matter to pulls. @default - none */
  readonly annotations?: ReadonlyMap<string, string>;
  /** How an ExternalSecret deals with a Secret that is there. @default - as the operator does by itself */
  readonly creationPolicy?: string;
  /** Whether it has a template, without which the Secret is of no type that the kubelet reads. */
  readonly hasTemplate: boolean;
}

/** An object that copies pull secrets or puts them on lists: a policy, its binding, or a ClusterExternalSecret. */
export interface DeclaredDelivery {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  /** The whole object, as plain data. */
  readonly object: Readonly<Record<string, unknown>>;
  readonly place?: Place;
}

/** A RoleBinding or ClusterRoleBinding to the right to pull images (OpenShift). */
export interface DeclaredBinding {
  readonly kind: string;
  readonly name: string;
  /** The ClusterRole that it is to. */
  readonly role: string;
  /** The namespace of the images; undefined for those of all namespaces. */
  readonly namespace?: string;
  /** Those that matter to pulls. @default - none */
  readonly annotations?: ReadonlyMap<string, string>;
  readonly subjects: readonly BindingSubject[];
  readonly place?: Place;
}

/** Who a binding is for. */
export interface BindingSubject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** An ImageStream (OpenShift) of a manifest. */
export interface DeclaredImageStream {
  readonly name: string;
  readonly namespace?: string;
  /** `spec.lookupPolicy.local`: its short name is resolved in every pod of the namespace. @default false */
  readonly local?: boolean;
  /** `spec.dockerImageRepository`: the repository outside that tags without a source are imported from. */
  readonly repository?: string;
  /** `spec.tags`. @default - none: what is in it is pushed, by builds for example */
  readonly tags?: readonly ImageStreamTag[];
  readonly place?: Place;
}

/** A tag of an ImageStream, as its spec has it. */
export interface ImageStreamTag {
  readonly name: string;
  /** The image that it follows. @default - nothing: it is pushed */
  readonly from?: StreamSource;
  /** `referencePolicy.type: Local`: pulls go through the stream's own repository. @default false */
  readonly local?: boolean;
  /** `reference: true`: what it follows is not imported. @default false */
  readonly reference?: boolean;
  readonly place?: Place;
}

/** `from` of a tag of an ImageStream. */
export interface StreamSource {
  readonly kind: 'DockerImage' | 'ImageStreamTag' | 'ImageStreamImage';
  readonly name: string;
  readonly namespace?: string;
}

/** Where OpenShift pulls the images of a source from: an entry of an object that declares mirrors. */
export interface DeclaredMirrors {
  readonly kind: string;
  readonly name: string;
  /** A host, a host with a path, or `*.` and a domain. */
  readonly source: string;
  /** The pulls that it is about: those of images by digest, or of images by tag. */
  readonly pulls: 'digest' | 'tag';
  /** At least one. */
  readonly mirrors: readonly MirrorLocation[];
  /** Whether the source is asked where no mirror has the image. */
  readonly contactsSource: boolean;
  readonly place?: Place;
}

/** A mirror: a host with an optional path, which takes the place of the source. */
export interface MirrorLocation {
  readonly location: string;
  readonly place?: Place;
}
