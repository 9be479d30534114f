import type { AttachmentSpec, DistributionSpec } from './picks.js';
import type { SourceSpec } from './source-spec.js';

/** A pull secret: which registries it opens, where the value comes from, how it travels and how pods come to use it. */
export interface PullSecretSpec {
  /** Names of registries. */
  readonly registries: readonly string[];
  /** Where the credential's value comes from: exactly one key. */
  readonly source: SourceSpec;
  /**
   * How it reaches namespaces. `perNamespace`: an object in each; `clusterExternalSecret`: chosen by labels; `kyverno`,
   * `reflector`, `replicator` and `patcher` copy one source Secret; `globalPullSecret`: on every node of OpenShift.
   * @default - the cluster's, else `perNamespace`
   */
  readonly distribution?: DistributionSpec;
  /**
   * How a pod comes to use it: on the lists of service accounts, in the templates of pods, by a policy that adds it to pods or
   * to accounts, by the patcher, or from the node.
   * @default - the cluster's, else `serviceAccount` on kubernetes and `podTemplate` on openshift; `patcher` with distribution patcher
   */
  readonly attachment?: AttachmentSpec;
  /**
   * The day on which the credential expires, such as "2027-01-31". A day that was recorded when it was sealed counts, too.
   * `verify` and `seal --status` say what is due; `synth` never looks at a clock.
   * @default - what is recorded
   */
  readonly expires?: string;
  /**
   * How many days before that a rotation is due, such as "14d".
   * @default '14d'
   */
  readonly rotateBefore?: string;
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
  /** Labels. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations. */
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
