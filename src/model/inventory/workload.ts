import type { SecretValue } from '../docker-config/secret-value.js';
import type { Place } from '../problem/problem.js';
import type { ManagedMetadata } from './managed-fields.js';
import type { TextImage } from './text-image.js';
import type { Unseen } from './unseen-object.js';

/** One image that a pod pulls. */
export interface ImageUse {
  /** The image as the manifest has it; for an image stream the name of its tag, such as `api:latest`. */
  readonly image: string;
  /** Name of the container or volume, else the path of the field in the object. */
  readonly container: string;
  readonly field: 'containers' | 'initContainers' | 'ephemeralContainers' | 'volumes' | 'other';
  readonly place?: Place;
  /** `imagePullPolicy`, where it is stated. */
  readonly pullPolicy?: string;
  /**
   * The image stream (OpenShift) that is named in place of a registry: its name without tag, and its namespace where
   * one is stated, else it is that of the workload.
   */
  readonly imageStream?: { readonly namespace?: string; readonly name: string };
}

/** Where a rendered manifest comes from. */
export interface ManifestSource {
  /** The `rendered:` entry of workloads it was read by. */
  readonly rendered?: string;
  /** The folder it was rendered from. */
  readonly from?: string;
}

/** The names of an `imagePullSecrets` list; an entry without name is the empty text, and counts. */
export interface PullSecretList {
  readonly names: readonly string[];
  /** The names that carry the mark of an entry that this package added. @default - none */
  readonly marks?: readonly string[];
  readonly place?: Place;
}

/**
 * A pod that an object of a manifest runs. Objects that run several kinds of pods, such as the templates of an Argo
 * Workflow, are several workloads with the same kind and name.
 */
export interface Workload {
  readonly apiVersion: string;
  readonly kind: string;
  /** metadata.name, else metadata.generateName. */
  readonly name: string;
  /** Undefined where neither the manifest nor its entry of workloads names one. */
  readonly namespace?: string;
  readonly serviceAccount: string;
  /** False where the account is the default of the kind. */
  readonly accountStated: boolean;
  /**
   * True where nothing that is put on the account's list would reach the pod: an operator makes the account and keeps its
   * list, or whoever pulls asks no account. @default false
   */
  readonly ownListOnly?: boolean;
  /** True where the object itself is in no namespace. @default false */
  readonly ofCluster?: boolean;
  /** The pod's own list. */
  readonly pullSecrets: PullSecretList;
  /** Where the pod spec begins. */
  readonly podSpecPlace?: Place;
  readonly images: readonly ImageUse[];
  /**
   * OpenShift: the object or its template asks that short names are taken for image streams of the namespace
   * (annotation `alpha.image.policy.openshift.io/resolve-names: '*'`). @default false
   */
  readonly resolveNames?: boolean;
  /** True for a pod that runs: its list is what admission made of it, and cannot change. @default false */
  readonly isLive?: boolean;
  /** Those of the object that matter to pulls. @default - none */
  readonly annotations?: ReadonlyMap<string, string>;
  readonly place?: Place;
  /** The path of the pod spec inside the object, such as `spec.template.spec`; `pathKeys` takes it apart. */
  readonly templatePath?: string;
  /**
   * The path of the list of pull secrets inside the object, whether it is there or not. Undefined where the object has
   * no place for one.
   */
  readonly listPath?: string;
  /**
   * The field that names pull secrets where it is no list of `{ name }`: one name, or a list of names. It is left to
   * people.
   */
  readonly namesField?: string;
  /** The object that the pod is taken from, such as the Task that a TaskRun names. */
  readonly takenFrom?: { readonly kind: string; readonly name: string };
  readonly source?: ManifestSource;
}

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
