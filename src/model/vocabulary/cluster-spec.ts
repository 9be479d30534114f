import type { BootstrapSpec } from './bootstrap-spec.js';
import type { GlobalPullSecretSpec } from './global-pull-secret-spec.js';
import type { GrantSpec } from './grant-spec.js';
import type { NamespaceSpec } from './namespace-spec.js';
import type { NodesSpec } from './nodes-spec.js';
import type { AttachmentSpec, DistributionSpec } from './picks.js';
import type { PullSecretSpec } from './pull-secret-spec.js';
import type { SealingSpec } from './sealing-spec.js';
import type { WorkloadsSpec } from './workloads-spec.js';

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
  /** Who applies the output. @default 'argocd' */
  readonly gitops?: 'argocd' | 'flux';
  /**
   * `central`: a tree of its own that syncs before the workloads. `beside`: each namespace's file in the folder of its
   * workloads.
   * @default 'central'
   */
  readonly placement?: 'central' | 'beside';
  /** How pull secrets reach the namespaces of this cluster. @default 'perNamespace' */
  readonly distribution?: DistributionSpec;
  /**
   * How the pods of this cluster come to use pull secrets.
   * @default - `serviceAccount` on kubernetes, `podTemplate` on openshift; `patcher` with distribution patcher
   */
  readonly attachment?: AttachmentSpec;
  /**
   * Whether the namespaces that are served are declared too, protected from pruning and deletion.
   * @default - true with `placement: central`; with `beside` for the namespaces of originals and hubs only
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
  /** Manifests of this cluster. @default - the top-level ones; these are added */
  readonly workloads?: readonly WorkloadsSpec[];
  /**
   * Which of what Argo CD's and Flux's objects apply is of this cluster.
   * @default - all that the `argocd` and `flux` entries of the cluster lead to
   */
  readonly match?: ClusterMatch;
  /** Needs of this cluster said by hand. @default - the top-level ones; a namespace given here replaces the one there */
  readonly namespaces?: Readonly<Record<string, NamespaceSpec>>;
  /** Image-puller bindings of this cluster said by hand. @default - the top-level ones; these are added */
  readonly grants?: readonly GrantSpec[];
  /**
   * The pull secret that OpenShift puts on every node, for pull secrets with `distribution: globalPullSecret`.
   * @default - none is written
   */
  readonly globalPullSecret?: GlobalPullSecretSpec;
  /**
   * Keys that `seal` encrypts with for this cluster, and that Flux decrypts with.
   * @default - nothing can be sealed; what is sealed already is placed
   */
  readonly sealing?: SealingSpec;
  /** Credentials that the nodes have of their own. @default - none that anybody knows of */
  readonly nodes?: NodesSpec;
  /** Keys that differ from the top-level pull secret of that name. */
  readonly pullSecrets?: Readonly<Record<string, Partial<PullSecretSpec>>>;
}

/** A cluster as GitOps objects name it. What is given of `server` and `name` must match, and `path` narrows. */
export interface ClusterMatch {
  /** The address in `destination.server` of an Application. */
  readonly server?: string;
  /** The name in `destination.name` of an Application, or of the Secret in `kubeConfig` of a Kustomization. */
  readonly name?: string;
  /** The folder, relative to the config, that the GitOps objects of the cluster lie in. */
  readonly path?: string;
  /**
   * The labels of its Secret in Argo CD, for ApplicationSets whose generators ask for clusters; `{}` where there are none, as
   * for the cluster that Argo CD runs in.
   * @default - nobody says, and such an ApplicationSet is a finding
   */
  readonly labels?: Readonly<Record<string, string>>;
  /** The annotations of that Secret. @default - those of which a template asks are a finding */
  readonly annotations?: Readonly<Record<string, string>>;
}
