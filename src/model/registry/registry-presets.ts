/** The registries that are known by name. */
export const presetNames = [
  'docker-hub',
  'ghcr',
  'quay',
  'gcr',
  'gar',
  'ecr',
  'acr',
  'gitlab',
  'harbor',
  'artifactory',
  'openshift',
] as const;

export type PresetName = (typeof presetNames)[number];

/** Whether a pull must, may or need not have a credential. */
export type Access = 'private' | 'optional' | 'public';

/** A registry: a host with an optional path. */
export interface RegistrySpec {
  /**
   * Name of a registry that is known; gives the host where the host is fixed.
   * @default - a plain host
   */
  readonly preset?: PresetName;
  /**
   * Host name with an optional port. Required without a preset, and for harbor and artifactory.
   * @default - the preset's
   */
  readonly host?: string;
  /**
   * The leading path of the repositories, such as `acme` or `project/repo`, by whole segments.
   * @default - the whole host
   */
  readonly path?: string;
  /**
   * `private`: a pull must have a credential. `optional`: it takes one if there is one. `public`: it needs none.
   * @default 'private', for docker-hub without a path 'optional'
   */
  readonly access?: Access;
  /**
   * The key in the docker config, for readers with other rules than the kubelet's.
   * @default - made of host and path, see docs/pull-resolution.md
   */
  readonly key?: string;
  /**
   * The name of the registry of another host that issues its tokens (delegated authentication), such as that of
   * sso.redhat.com for registry.redhat.io: its credential is put into the same namespaces.
   * @default - the host issues its own tokens
   */
  readonly auth?: string;
  /** AWS account, twelve digits (ecr). */
  readonly account?: string;
  /** AWS region (ecr). */
  readonly region?: string;
  /** Name of the registry (acr). */
  readonly name?: string;
  /** Location such as `europe-west1` (gar), or `eu`, `us`, `asia` (gcr, gar). */
  readonly location?: string;
  /** Further host names of the same registry, such as an exposed route (openshift). */
  readonly hosts?: readonly string[];
}
