import type { PodKindSpec } from '../inventory/pod-kind.js';
import type { RegistrySpec } from '../registry/registry-presets.js';
import type { ClusterSpec } from './cluster-spec.js';
import type { AcknowledgeSpec, RenderersSpec } from './coverage-spec.js';
import type { GrantSpec } from './grant-spec.js';
import type { NamespaceSpec } from './namespace-spec.js';
import type { PullSecretSpec } from './pull-secret-spec.js';
import type { ExcludeSpec, RetireSpec } from './retire-spec.js';
import type { WorkloadsSpec } from './workloads-spec.js';

export type * from './bootstrap-spec.js';
export type * from './cluster-spec.js';
export type * from './coverage-spec.js';
export type * from './global-pull-secret-spec.js';
export type * from './grant-spec.js';
export type * from './namespace-spec.js';
export type * from './nodes-spec.js';
export type * from './pull-secret-spec.js';
export type * from './retire-spec.js';
export type * from './sealing-spec.js';
export type * from './source-spec.js';
export type * from './workloads-spec.js';

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
   * Needs and grants to take away; an entry that names a pull secret takes no grant.
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
   * Access that may leave, in two steps: with the entry, lists are shortened and pull secrets stay; without it, they
   * go. Every part that is given must match.
   * @default - none: whatever would leave stops the run
   */
  readonly retire?: readonly RetireSpec[];
  /**
   * The folder with the charts of others, relative to the config: `<name>-<version>.tgz`, or unpacked.
   * @default - charts of others are not rendered
   */
  readonly charts?: string;
  /**
   * The versions that renderers must have, so that the same content of Git gives the same bytes.
   * @default - whatever is on PATH
   */
  readonly renderers?: RenderersSpec;
  /**
   * Git URLs that stand for a folder of this repository, relative to the config.
   * @default - the URL of the remote `origin` stands for the repository
   */
  readonly repositories?: Readonly<Record<string, string>>;
  /**
   * The branches of this repository that the config is on, as GitOps objects name them, beside HEAD, main and master.
   * @default - none: an object that names another revision is finding `revision-not-read`
   */
  readonly branches?: readonly string[];
  /**
   * Fate of what was not seen: `strict` makes findings of it, `lenient` warnings.
   * @default 'strict'
   */
  readonly coverage?: 'strict' | 'lenient';
  /**
   * Things that need not be seen, with the reason. An entry that nothing matches is a finding.
   * @default - none
   */
  readonly acknowledge?: readonly AcknowledgeSpec[];
  /**
   * Further kinds that hold pods.
   * @default - none
   */
  readonly podKinds?: readonly PodKindSpec[];
}
