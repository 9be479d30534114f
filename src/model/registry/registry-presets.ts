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
   * What the registry is; gives the host where the host is fixed.
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
   * @default - see docs/pull-resolution.md
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

/** What a preset knows. */
export interface RegistryPreset {
  /** One line for docs. */
  readonly title: string;
  /** The host, or why it cannot be told from the spec. */
  readonly host: (spec: RegistrySpec) => string | { readonly missing: string };
  /** Keys of the spec, besides host, path, access and key, that this preset reads. */
  readonly options: readonly ('account' | 'region' | 'name' | 'location' | 'hosts')[];
  /** Further hosts that are the same registry. */
  readonly aliases?: readonly string[];
  /** The user name where it is fixed, or what user names look like. */
  readonly username: { readonly fixed?: string; readonly convention: string };
  /**
   * What the registry is called in a policy, per engine. Kyverno's legacy `images` object says docker.io, the CEL image
   * library (go-containerregistry) says index.docker.io.
   */
  readonly policyHost?: { readonly kyvernoLegacy: string; readonly kyverno: string };
  readonly access?: Access;
}

const fixedHost = (host: string) => (spec: RegistrySpec) => spec.host ?? host;
const needHost = (spec: RegistrySpec) => spec.host ?? { missing: 'host' };

/** All presets. */
export const registryPresets: Readonly<Record<PresetName, RegistryPreset>> = {
  'docker-hub': {
    title: 'Docker Hub',
    host: fixedHost('docker.io'),
    options: [],
    username: { convention: 'Docker ID or organisation, with a personal or organisation access token as password' },
    policyHost: { kyvernoLegacy: 'docker.io', kyverno: 'index.docker.io' },
    access: 'optional',
  },
  ghcr: {
    title: 'GitHub Container Registry',
    host: fixedHost('ghcr.io'),
    options: [],
    username: {
      convention: 'any, with a classic token (read:packages) as password; fine-grained tokens are not accepted',
    },
  },
  quay: {
    title: 'Quay.io',
    host: fixedHost('quay.io'),
    options: [],
    username: { convention: 'organisation+robot' },
  },
  gcr: {
    title: 'Google Container Registry hosts (served by Artifact Registry)',
    host: (spec) => spec.host ?? (spec.location ? `${spec.location}.gcr.io` : 'gcr.io'),
    options: ['location'],
    username: {
      convention: '_json_key with the key file as password',
    },
  },
  gar: {
    title: 'Google Artifact Registry',
    host: (spec) => spec.host ?? (spec.location ? `${spec.location}-docker.pkg.dev` : { missing: 'location' }),
    options: ['location'],
    username: {
      convention: '_json_key with the key file as password',
    },
  },
  ecr: {
    title: 'Amazon Elastic Container Registry',
    host: ecrHost,
    options: ['account', 'region'],
    username: { fixed: 'AWS', convention: 'AWS, with a token of 12 hours as password: it must be renewed' },
  },
  acr: {
    title: 'Azure Container Registry',
    host: (spec) => spec.host ?? (spec.name ? `${spec.name.toLowerCase()}.azurecr.io` : { missing: 'name' }),
    options: ['name'],
    username: {
      convention: 'service principal id or token name; 00000000-0000-0000-0000-000000000000 with a refresh token',
    },
  },
  gitlab: {
    title: 'GitLab Container Registry',
    host: fixedHost('registry.gitlab.com'),
    options: [],
    username: { convention: 'deploy token name, such as gitlab+deploy-token-1, with scope read_registry' },
  },
  harbor: {
    title: 'Harbor',
    host: needHost,
    options: [],
    username: { convention: 'robot$project+name' },
  },
  artifactory: {
    title: 'JFrog Artifactory',
    host: needHost,
    options: [],
    username: { convention: 'the user that the token belongs to' },
  },
  openshift: {
    title: "OpenShift's internal registry",
    host: fixedHost('image-registry.openshift-image-registry.svc:5000'),
    options: ['hosts'],
    aliases: ['image-registry.openshift-image-registry.svc.cluster.local:5000', 'docker-registry.default.svc:5000'],
    username: { convention: 'none: service accounts pull with their own token and a grant' },
  },
};

function ecrHost(spec: RegistrySpec): string | { missing: string } {
  if (spec.host) return spec.host;
  if (!spec.account) return { missing: 'account' };
  if (!spec.region) return { missing: 'region' };
  return `${spec.account}.dkr.ecr.${spec.region}.amazonaws.com${spec.region.startsWith('cn-') ? '.cn' : ''}`;
}
