import type { DockerConfig } from '../docker-config/docker-config.js';
import type { DockerConfigDocument } from '../docker-config/docker-config-document.js';
import type { PodKindSpec } from '../inventory/pod-kind.js';
import type { RegistrySpec } from '../registry/registry-presets.js';
import type { GeneratorSpec } from './generator-spec.js';
import type { AttachmentSpec, DistributionSpec } from './picks.js';

/** Everything `image-pull.yaml` can say: registries, where their credentials live, and the clusters that pull. */
export interface ImagePullSpec {
  /** The version of this vocabulary. */
  readonly version: 1;
  /** Registries by name. A registry is a host with an optional path: two credentials on one host are two registries. */
  readonly registries?: Readonly<Record<string, RegistrySpec>>;
  /** Pull secrets by name; the name is the name of the Secret, verbatim. */
  readonly pullSecrets?: Readonly<Record<string, PullSecretSpec>>;
  /** Clusters by name; the name is the folder below the output folder. */
  readonly clusters: Readonly<Record<string, ClusterSpec>>;
  /**
   * Manifests that every cluster runs: files, folders, globs, `!exclusions`, `-` for standard input.
   * @default - none
   */
  readonly workloads?: readonly WorkloadsSpec[];
  /**
   * Needs said by hand, added to the derived ones, by namespace.
   * @default - none
   */
  readonly namespaces?: Readonly<Record<string, NamespaceSpec>>;
  /**
   * Image-puller bindings said by hand (OpenShift), added to the derived ones.
   * @default - none
   */
  readonly grants?: readonly GrantSpec[];
  /**
   * Consent to grants: for an image's namespace, the patterns of the namespaces that may pull from it. Where a
   * namespace is named here, everybody else is finding `not-allowed`.
   * @default - every derived grant is written
   */
  readonly share?: Readonly<Record<string, readonly string[]>>;
  /**
   * Needs and grants to take away.
   * @default - none
   */
  readonly exclude?: readonly ExcludeSpec[];
  /**
   * Two pull secrets that are attached together and in this order while one replaces the other; or a list of such
   * pairs.
   * @default - none
   */
  readonly overlap?: readonly string[] | readonly (readonly string[])[];
  /**
   * Access that may leave, in two steps: with the entry, lists are shortened and pull secrets stay; without it, they go.
   * @default - none: whatever would leave stops the run
   */
  readonly retire?: readonly RetireSpec[];
  /**
   * Further kinds that hold pods.
   * @default - none
   */
  readonly podKinds?: readonly PodKindSpec[];
}

/** Where manifests are read from, relative to the config file. */
export type WorkloadsSpec =
  | string
  | {
      /** A file, a folder, a glob, or `-` for standard input. */
      readonly path: string;
      /** The namespace of objects that name none. */
      readonly namespace?: string;
    }
  | {
      /** A file, folder or glob of rendered output (`kustomize build`, `helm template`), or `-`. */
      readonly rendered: string;
      /** The folder it was rendered from. */
      readonly from?: string;
      /** The namespace of objects that name none. */
      readonly namespace?: string;
    };

/** A pull secret: which registries it opens, where the value comes from, how it travels and how pods come to use it. */
export interface PullSecretSpec {
  /** Names of registries. */
  readonly registries: readonly string[];
  /** Where the credential's value comes from. */
  readonly source: SourceSpec;
  /**
   * How it reaches namespaces.
   * @default - the cluster's, else `perNamespace`
   */
  readonly distribution?: DistributionSpec;
  /**
   * How a pod comes to use it.
   * @default - the cluster's, else `serviceAccount` on kubernetes and `podTemplate` on openshift
   */
  readonly attachment?: AttachmentSpec;
  /**
   * Narrows where it is used, so that exactly one pull secret per registry, namespace and cluster is left.
   * @default - everywhere
   */
  readonly for?: ForSpec;
  /**
   * Patterns of the namespaces that may have it; a need elsewhere is finding `not-allowed` and nothing is written.
   * @default - every namespace that needs it
   */
  readonly allow?: readonly string[];
  /**
   * Labels and annotations of the objects written for it.
   * @default - none
   */
  readonly metadata?: MetadataSpec;
  /**
   * Names that others put on the lists it is attached to and that must stay: the list is replaced as a whole.
   * @default - none
   */
  readonly keep?: readonly string[];
}

/** Labels and annotations. */
export interface MetadataSpec {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Where a pull secret is used. Every part that is given must match. */
export interface ForSpec {
  /** Patterns of namespaces, `*` being any run of characters. */
  readonly namespaces?: readonly string[];
  /** Labels the namespace must carry, as its manifest or `namespaces` declares them. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Names of clusters. */
  readonly clusters?: readonly string[];
}

/** Where a credential's value comes from: exactly one key. */
export interface SourceSpec {
  /** Only referenced: somebody else makes the Secret. */
  readonly existing?: ExistingSourceSpec;
  /** An ExternalSecret (`external-secrets.io/v1`). */
  readonly external?: ExternalSourceSpec;
  /** A docker config or literals, readable by everybody who reads the repository. */
  readonly plaintext?: PlaintextSourceSpec;
  /** SealedSecret ciphertext kept in Git. */
  readonly sealed?: Readonly<Record<string, never>>;
  /** SOPS ciphertext kept in Git. */
  readonly sops?: Readonly<Record<string, never>>;
}

/** No options. */
export type ExistingSourceSpec = Readonly<Record<string, never>>;

/**
 * An ExternalSecret whose template writes the docker config; the values stay in the cluster. They come from a `store` or
 * from a `generator`, never from both: `storeKind`, `key`, `keys`, `properties` and `username` belong to a store.
 */
export interface ExternalSourceSpec {
  /** Name of the store. Required without a generator. */
  readonly store?: string;
  /** @default 'ClusterSecretStore' */
  readonly storeKind?: 'ClusterSecretStore' | 'SecretStore';
  /** The remote key, where the pull secret has one registry, or one and its auth host. */
  readonly key?: string;
  /** The remote key of each registry, by registry name, where it has several. */
  readonly keys?: Readonly<Record<string, string>>;
  /**
   * Which properties of the remote key hold user name and password.
   * @default { username: 'username', password: 'password' }
   */
  readonly properties?: { readonly username?: string; readonly password?: string };
  /**
   * A fixed user name, such as `_json_key`; only the password is then read from the store.
   * @default - read from the store
   */
  readonly username?: string;
  /** What makes tokens of a cloud registry, GitHub or Quay inside the cluster. Required without a store. */
  readonly generator?: GeneratorSpec;
  /**
   * A fixed e-mail address in the entries.
   * @default - none
   */
  readonly email?: string;
  /**
   * How often the store or the generator is read.
   * @default '1h0m0s'; with a generator well before its tokens expire
   */
  readonly refreshInterval?: string;
  /**
   * `hub`: the provider is read once per cluster, into a Secret of one namespace, which the other namespaces read.
   * @default - every namespace reads the provider
   */
  readonly fanOut?: FanOutSpec;
}

/** How one reading of the provider serves many namespaces: a name, or the name with its options. */
export type FanOutSpec = 'hub' | { readonly hub: HubSpec };

/** The one place of a cluster that reads the provider. */
export interface HubSpec {
  /**
   * A namespace of its own: it is written, and nobody else needs rights in it.
   * @default 'image-pull'
   */
  readonly namespace?: string;
  /**
   * How often each namespace reads the hub.
   * @default '1h0m0s'; with a generator well before its tokens expire
   */
  readonly refreshInterval?: string;
}

/** A credential in plain text: a docker config file, or literals. */
export interface PlaintextSourceSpec {
  /** Must be true: base64 is not encryption, and Git forgets nothing. */
  readonly acceptPlaintextInGit?: boolean;
  /**
   * A config.json or auth.json, or a Secret manifest that holds one, relative to the config file; its entries are picked
   * by the kubelet's own lookup.
   */
  readonly file?: string;
  /** The same, already read; constructs take this, the config fills it from `file`. */
  readonly dockerConfig?: DockerConfig;
  readonly username?: string;
  readonly password?: string;
  readonly email?: string;
}

/** One cluster: what it is, who applies its manifests, and what differs from the rest of the file. */
export interface ClusterSpec {
  /**
   * Kubernetes version, such as "1.35".
   * @default - not stated
   */
  readonly kubernetes?: string;
  /**
   * OpenShift version, such as "4.20"; makes the platform openshift.
   * @default - the platform is kubernetes
   */
  readonly openshift?: string;
  /**
   * Version of Kyverno, such as "1.19".
   * @default - not stated: no default relies on it
   */
  readonly kyverno?: string;
  /**
   * Version of the External Secrets Operator, such as "2.9".
   * @default - not stated
   */
  readonly externalSecrets?: string;
  /** @default 'argocd' */
  readonly gitops?: 'argocd' | 'flux';
  /**
   * `central`: a tree of its own that syncs before the workloads. `beside`: each namespace's file in the folder of its
   * workloads.
   * @default 'central'
   */
  readonly placement?: 'central' | 'beside';
  /** @default 'perNamespace' */
  readonly distribution?: DistributionSpec;
  /** @default - `serviceAccount` on kubernetes, `podTemplate` on openshift */
  readonly attachment?: AttachmentSpec;
  /**
   * Whether the namespaces that are served are declared too, protected from pruning and deletion.
   * @default - true with `placement: central`
   */
  readonly declareNamespaces?: boolean;
  /**
   * Writes a kustomization.yaml into each stage folder.
   * @default false
   */
  readonly kustomization?: boolean;
  /**
   * The objects that make Argo CD or Flux apply the output.
   * @default - none
   */
  readonly bootstrap?: BootstrapSpec;
  /** @default - the top-level ones; these are added */
  readonly workloads?: readonly WorkloadsSpec[];
  /** @default - the top-level ones; a namespace given here replaces the one there */
  readonly namespaces?: Readonly<Record<string, NamespaceSpec>>;
  /** @default - the top-level ones; these are added */
  readonly grants?: readonly GrantSpec[];
  /**
   * The pull secret that OpenShift puts on every node, for pull secrets with `distribution: globalPullSecret`.
   * @default - none is written
   */
  readonly globalPullSecret?: GlobalPullSecretSpec;
  /** Keys that differ from the top-level pull secret of that name. */
  readonly pullSecrets?: Readonly<Record<string, Partial<PullSecretSpec>>>;
}

/**
 * The global pull secret of OpenShift, Secret `openshift-config/pull-secret`. It is one document, so Git describes the
 * whole of it: what is there today, and the entries of the pull secrets with `distribution: globalPullSecret`.
 */
export interface GlobalPullSecretSpec {
  /**
   * The whole document as it is today, from wherever it is kept apart from the cluster. Not with `hosted`.
   * @default - none: pull secrets with the distribution take source existing only
   */
  readonly current?: CurrentPullSecretSpec;
  /**
   * A hosted control plane (HyperShift, ROSA with HCP), which owns the global pull secret: only the entries of ours are
   * written, as Secret `kube-system/additional-pull-secret`.
   * @default false
   */
  readonly hosted?: boolean;
  /**
   * How often the stores are read, with source external.
   * @default '1h0m0s'
   */
  readonly refreshInterval?: string;
}

/** Where the whole document is read from: exactly one key. */
export interface CurrentPullSecretSpec {
  /** One remote key that holds the document. The pull secrets that are merged into it have source external, too. */
  readonly external?: CurrentExternalSpec;
  /** A file. The pull secrets that are merged into it have source plaintext, too. */
  readonly plaintext?: CurrentPlaintextSpec;
}

/** The document in a store. */
export interface CurrentExternalSpec {
  /** Name of the store. */
  readonly store: string;
  /** @default 'ClusterSecretStore' */
  readonly storeKind?: 'ClusterSecretStore' | 'SecretStore';
  /** The remote key. */
  readonly key: string;
  /**
   * The property of the remote key that holds the document.
   * @default - the whole value
   */
  readonly property?: string;
}

/** The document in plain text. */
export interface CurrentPlaintextSpec {
  /** Must be true: base64 is not encryption, and Git forgets nothing. */
  readonly acceptPlaintextInGit?: boolean;
  /** A docker config, or a Secret manifest that holds one, relative to the config file. */
  readonly file?: string;
  /** The same, already read; constructs take this, the config fills it from `file`. */
  readonly document?: DockerConfigDocument;
}

/** Where the output lives in Git, for the objects that make Argo CD or Flux apply it. */
export interface BootstrapSpec {
  /** URL of the Git repository (Argo CD). */
  readonly repository?: string;
  /** Branch, tag or commit (Argo CD). @default 'HEAD' */
  readonly revision?: string;
  /** The output folder's path in the repository. @default 'dist' */
  readonly path?: string;
  /** AppProject (Argo CD). @default 'default' */
  readonly project?: string;
  /** Namespace of the emitted objects. @default 'argocd', with flux 'flux-system' */
  readonly namespace?: string;
  /** Cluster to apply to (Argo CD). @default - the cluster Argo CD runs in */
  readonly destination?: { readonly server?: string; readonly name?: string };
  /**
   * Source object (Flux); its kind is one of GitRepository, OCIRepository, Bucket, ExternalArtifact.
   * @default - of kind GitRepository, in the namespace of the emitted objects
   */
  readonly sourceRef?: { readonly kind?: string; readonly name: string; readonly namespace?: string };
  /**
   * How many Applications or Kustomizations share the namespaces, by a hash of the name.
   * @default 1
   */
  readonly shards?: number;
}

/** What a namespace needs, said by hand. */
export interface NamespaceSpec {
  /** Pull secrets of the default account. @default - only the derived ones */
  readonly pullSecrets?: readonly string[];
  /** Further accounts. @default - only the derived ones */
  readonly serviceAccounts?: Readonly<Record<string, ServiceAccountSpec>>;
  /**
   * The folder that the application of its workloads applies, relative to the config, where its file goes with
   * `placement: beside`.
   * @default - the folder of its workloads' manifests, or the one they were rendered from
   */
  readonly folder?: string;
  /**
   * Whether to write the Namespace object. `false`: an application that syncs earlier declares it.
   * @default - the cluster's `declareNamespaces`
   */
  readonly declare?: boolean;
  /** Labels of the Namespace, also for `for.labels`. @default - as its manifest declares */
  readonly labels?: Readonly<Record<string, string>>;
}

/** What a service account needs, said by hand. */
export interface ServiceAccountSpec {
  /** @default - only the derived ones */
  readonly pullSecrets?: readonly string[];
  /** Whether to write the account although no manifest declares it. @default - true for `default` only */
  readonly create?: boolean;
  /** Names that others put on its list and that must stay. @default - none */
  readonly keep?: readonly string[];
  /**
   * Labels and annotations of the account, where it is written.
   * @default - none
   */
  readonly metadata?: MetadataSpec;
}

/** An image-puller binding (OpenShift). */
export interface GrantSpec {
  /** The namespace of the images. */
  readonly from: string;
  /** The namespace of the pods. */
  readonly to: string;
  /**
   * The accounts that may pull.
   * @default - every account of `to`, as a group: it stands for the grants that images ask for
   */
  readonly serviceAccounts?: readonly string[];
}

/** A need or grant to take away. Every part that is given must match; one that names a pull secret matches no grant. */
export interface ExcludeSpec {
  /** Pattern of namespaces. */
  readonly namespace?: string;
  readonly serviceAccount?: string;
  readonly pullSecret?: string;
}

/**
 * Access that may leave. Every part that is given must match, and a pull secret or a namespace must be given. It names
 * what the files in the output folder have, so neither needs to be declared any more. An entry without a pull secret is
 * also about the grants to the namespace.
 */
export interface RetireSpec {
  /** Name of a pull secret. @default - every one */
  readonly pullSecret?: string;
  /** Pattern of namespaces. @default - every one */
  readonly namespace?: string;
  /** A service account: its list, and the pull secrets it listed that nothing else needs. @default - every one */
  readonly serviceAccount?: string;
  /** Names of clusters. @default - every one */
  readonly clusters?: readonly string[];
}
