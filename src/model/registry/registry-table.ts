import type { Access, PresetName, RegistrySpec } from './registry-presets.js';

/** A key of a registry's spec that only some presets read. */
export type RegistryOption = 'account' | 'region' | 'name' | 'location' | 'hosts';

/** Everything that is known of a registry by itself, for presets, `init` and generators; who is public on a shared host stands beside. */
export interface RegistryRow {
  /** One line for docs. */
  readonly title: string;
  /** The name that `init` gives it; what the host says of a region, location or name comes behind. */
  readonly name: string;
  /** The preset that stands for it in a spec. @default - none, it is a host */
  readonly preset?: PresetName;
  /** Names of one and the same registry; a preset has the first as its host and answers to all of them. */
  readonly hosts?: readonly string[];
  /** Further hosts by which it is recognised; a named group is the option of that name. */
  readonly pattern?: RegExp;
  /** The host of a spec that names none, or the option that the spec lacks. */
  readonly hostOf?: (spec: RegistrySpec) => string | { readonly missing: RegistryOption };
  /** The options that its preset reads. @default - none */
  readonly options?: readonly RegistryOption[];
  /** True where organisations share the host, so that the first path segment belongs to the registry. */
  readonly isShared?: boolean;
  /** @default 'private' */
  readonly access?: Access;
  /** The user name where it is the same for everybody, and the form of user names. */
  readonly username?: { readonly fixed?: string; readonly convention: string };
  /** The generator of External Secrets that makes its tokens, and the user name that these take. */
  readonly tokens?: { readonly generator: TokenGenerator; readonly username: string };
}

type TokenGenerator = 'ecr' | 'gcr' | 'acr' | 'github' | 'quay';

const google = {
  isShared: true,
  options: ['location'],
  username: { convention: '_json_key with the key file as password' },
  tokens: { generator: 'gcr', username: 'oauth2accesstoken' },
} as const;

const amazon = {
  username: { fixed: 'AWS', convention: 'AWS, with a token of 12 hours as password: it must be renewed' },
  tokens: { generator: 'ecr', username: 'AWS' },
} as const;

/** The host of ECR's public gallery. */
export const ecrPublicHost = 'public.ecr.aws';

/** The domains of Azure's clouds (go-autorest, autorest/azure/environments.go, ContainerRegistryDNSSuffix). */
export const acrDomains = {
  PublicCloud: 'azurecr.io',
  USGovernmentCloud: 'azurecr.us',
  ChinaCloud: 'azurecr.cn',
} as const;

/** The known registries; presets in the order of the docs. */
export const registryTable: readonly RegistryRow[] = [
  {
    title: 'Docker Hub',
    name: 'hub',
    preset: 'docker-hub',
    hosts: ['docker.io'],
    // Names that it answers to, and by which the kubelet finds no credential of docker.io.
    pattern: /^(?:(?:index|registry-1)\.docker\.io|registry\.hub\.docker\.com)$/,
    access: 'optional',
    username: { convention: 'Docker ID or organisation, with a personal or organisation access token as password' },
  },
  {
    title: 'GitHub Container Registry',
    name: 'ghcr',
    preset: 'ghcr',
    hosts: ['ghcr.io'],
    isShared: true,
    username: {
      convention: 'any, with a classic token (read:packages) as password; fine-grained tokens are not accepted',
    },
    tokens: { generator: 'github', username: 'x-access-token' },
  },
  {
    title: 'Quay.io',
    name: 'quay',
    preset: 'quay',
    hosts: ['quay.io'],
    isShared: true,
    username: { convention: 'organisation+robot' },
    tokens: { generator: 'quay', username: 'the robot account' },
  },
  {
    ...google,
    title: 'Google Container Registry hosts (served by Artifact Registry)',
    name: 'gcr',
    preset: 'gcr',
    pattern: /^(?:(?<location>[a-z0-9-]+)\.)?gcr\.io$/,
    hostOf: ({ location }) => (location ? `${location}.gcr.io` : 'gcr.io'),
  },
  {
    ...google,
    title: 'Google Artifact Registry',
    name: 'gar',
    preset: 'gar',
    // The regional endpoints are docker.<location>.rep.pkg.dev.
    pattern: /^(?:(?<location>[a-z0-9-]+)-docker|[a-z0-9-]+|docker\.[a-z0-9-]+\.rep)\.pkg\.dev$/,
    hostOf: ({ location }) => (location ? `${location}-docker.pkg.dev` : { missing: 'location' }),
  },
  {
    ...amazon,
    title: 'Amazon Elastic Container Registry',
    name: 'ecr',
    preset: 'ecr',
    // cloud-provider-aws, cmd/ecr-credential-provider/main.go, ecrPrivateHostPattern.
    pattern:
      /^(?<account>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9][a-z0-9-]*)\.(?:amazonaws\.com(?:\.cn)?|on\.(?:aws|amazonwebservices\.com\.cn)|sc2s\.sgov\.gov|c2s\.ic\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/,
    hostOf: ecrHost,
    options: ['account', 'region'],
  },
  {
    title: 'Azure Container Registry',
    name: 'acr',
    preset: 'acr',
    // cloud-provider-azure, pkg/credentialprovider/azure_credentials.go, acrRE; Azure Germany is gone from acrDomains.
    pattern: /^(?<name>[a-z0-9-]+)\.azurecr\.(?:io|us|cn|de)$/,
    hostOf: ({ name }) => (name ? `${name.toLowerCase()}.${acrDomains.PublicCloud}` : { missing: 'name' }),
    options: ['name'],
    username: {
      convention: 'service principal id or token name; 00000000-0000-0000-0000-000000000000 with a refresh token',
    },
    tokens: { generator: 'acr', username: '00000000-0000-0000-0000-000000000000' },
  },
  {
    title: 'GitLab Container Registry',
    name: 'gitlab',
    preset: 'gitlab',
    hosts: ['registry.gitlab.com'],
    isShared: true,
    username: { convention: 'deploy token name, such as gitlab+deploy-token-1, with scope read_registry' },
  },
  {
    title: 'Harbor',
    name: 'harbor',
    preset: 'harbor',
    username: { convention: 'robot$project+name' },
  },
  {
    title: 'JFrog Artifactory',
    name: 'artifactory',
    preset: 'artifactory',
    username: { convention: 'the user that the token belongs to' },
  },
  {
    title: "OpenShift's internal registry",
    name: 'internal',
    preset: 'openshift',
    hosts: [
      'image-registry.openshift-image-registry.svc:5000',
      'image-registry.openshift-image-registry.svc.cluster.local:5000',
      'docker-registry.default.svc:5000',
    ],
    options: ['hosts'],
    username: { convention: 'none: service accounts pull with their own token and a grant' },
  },
  { ...amazon, title: "ECR's public gallery", name: 'ecr-public', hosts: [ecrPublicHost], access: 'public' },
  { title: "Red Hat's registry with login", name: 'redhat', hosts: ['registry.redhat.io'] },
  {
    title: "Red Hat's registry without login",
    name: 'redhat-access',
    hosts: ['registry.access.redhat.com'],
    access: 'public',
  },
  { title: 'Kubernetes', name: 'k8s', hosts: ['registry.k8s.io'], access: 'public' },
  { title: "Kubernetes' former host", name: 'k8s-gcr', hosts: ['k8s.gcr.io'], access: 'public' },
  { title: "Google's cache of Docker Hub", name: 'mirror-gcr', hosts: ['mirror.gcr.io'], access: 'public' },
  { title: 'Microsoft Artifact Registry', name: 'mcr', hosts: ['mcr.microsoft.com'], access: 'public' },
  { title: 'Elastic', name: 'elastic', hosts: ['docker.elastic.co'], access: 'public' },
  { title: 'Istio', name: 'istio', hosts: ['registry.istio.io'], access: 'public' },
  { title: 'Linkerd', name: 'linkerd', hosts: ['cr.l5d.io'], access: 'public' },
  { title: 'Fluent Bit', name: 'fluentbit', hosts: ['cr.fluentbit.io'], access: 'public' },
  { title: 'LinuxServer.io', name: 'linuxserver', hosts: ['lscr.io'], access: 'public' },
  { title: 'Crossplane', name: 'crossplane', hosts: ['xpkg.crossplane.io'], access: 'public' },
];

/** The row of a preset. */
export function presetRow(preset: PresetName | undefined): RegistryRow | undefined {
  return preset && registryTable.find((row) => row.preset === preset);
}

/** A known registry, and the options that its host says. */
export interface RecognisedRegistry {
  readonly row: RegistryRow;
  readonly options: Readonly<Partial<Record<Exclude<RegistryOption, 'hosts'>, string>>>;
}

/** The known registry of a host; a host that a row names is not another one's by its pattern. */
export function recognise(host: string): RecognisedRegistry | undefined {
  const named = registryTable.find(({ hosts }) => hosts?.includes(host));
  const row = named ?? registryTable.find(({ pattern }) => pattern?.test(host));
  if (!row) return undefined;
  const groups = named ? {} : (row.pattern?.exec(host)?.groups ?? {});
  return { row, options: Object.fromEntries(Object.entries(groups).filter(([, value]) => value !== undefined)) };
}

/** The user name of the tokens that a generator makes. */
export function tokenUsername(generator: TokenGenerator): string {
  return registryTable.find(({ tokens }) => tokens?.generator === generator)?.tokens?.username ?? '';
}

function ecrHost({ account, region }: RegistrySpec): string | { readonly missing: RegistryOption } {
  if (!account) return { missing: 'account' };
  if (!region) return { missing: 'region' };
  return `${account}.dkr.ecr.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}
