import type { MetadataSpec } from './pull-secret-spec.js';

/** Needs of a namespace, said by hand. */
export interface NamespaceSpec {
  /** Pull secrets of the default account. @default - only the derived ones */
  readonly pullSecrets?: readonly string[];
  /**
   * Whether they go on the list of the account. `false`: the Secrets are only in the namespace, for pods that mount them,
   * such as kaniko and buildah; keys of registries with a path have no slash at the end.
   * @default true
   */
  readonly onList?: boolean;
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

/** Needs of a service account, said by hand. */
export interface ServiceAccountSpec {
  /** Pull secrets of the account. @default - only the derived ones */
  readonly pullSecrets?: readonly string[];
  /** Whether they go on its list. `false`: as `onList` of the namespace. @default true */
  readonly onList?: boolean;
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
