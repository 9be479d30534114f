import type { AcrGeneratorSpec, GeneratorSpec } from './generator-spec.js';

/** The keys of `generator`. */
export const generatorNames = ['ecr', 'gcr', 'acr', 'github', 'quay'] as const;

export type GeneratorName = (typeof generatorNames)[number];

/** What a generator gives: user name and password, or `auth` that is made of both. Values are keys of its output. */
export type GeneratedCredential =
  | { readonly username: string; readonly password: string }
  | { readonly fixedUsername: string; readonly password: string }
  | { readonly auth: string };

/** What is known of a kind of generator. */
export interface GeneratorKind {
  readonly kind: string;
  /** The key of its spec in a ClusterGenerator. */
  readonly field: string;
  /** How long a token lasts. */
  readonly lifetime: string;
  /** How often a token is made, where nothing else is said. */
  readonly refreshInterval: string;
  /** With `fanOut: hub`, how often each namespace fetches it. */
  readonly copyInterval: string;
  readonly credential: GeneratedCredential;
  /** Who its tokens are for, in words. */
  readonly user: string;
  /** What it may refer to, in words. */
  readonly references: string;
  /** The hosts that its tokens are for, in words. */
  readonly hostText: (spec: GeneratorSpec) => string;
  /** True if its tokens are for this host. */
  readonly opens: (spec: GeneratorSpec, host: string) => boolean;
}

/**
 * Output keys as in pkg/generator/<name>. Lifetimes: ECR GetAuthorizationToken 12 hours; an access token of Google,
 * an installation token of GitHub and a federated robot's token of Quay one hour; a refresh token of ACR three hours
 * (Azure/acr, docs/AAD-OAuth.md). Each is renewed early enough that a failed attempt or two do no harm.
 */
export const generatorKinds: Readonly<Record<GeneratorName, GeneratorKind>> = {
  ecr: {
    kind: 'ECRAuthorizationToken',
    field: 'ecrAuthorizationTokenSpec',
    lifetime: '12h',
    refreshInterval: '8h0m0s',
    copyInterval: '1h0m0s',
    credential: { username: 'username', password: 'password' },
    user: 'AWS',
    references:
      "nothing (the operator's own identity), a service account with a role (IRSA), or a Secret with access keys",
    hostText: ({ ecr }) =>
      ecr?.scope === 'public' ? 'public.ecr.aws' : `<account>.dkr.ecr.${ecr?.region ?? '<region>'}.amazonaws.com`,
    opens: ({ ecr }, host) =>
      ecr?.scope === 'public' ? host === 'public.ecr.aws' : ecrHost.exec(host)?.[1] === ecr?.region,
  },
  gcr: {
    kind: 'GCRAccessToken',
    field: 'gcrAccessTokenSpec',
    lifetime: '1h',
    refreshInterval: '30m0s',
    copyInterval: '10m0s',
    credential: { username: 'username', password: 'password' },
    user: 'oauth2accesstoken',
    references:
      "nothing (the operator's own identity), a service account (workload identity), or a Secret with a key file",
    hostText: () => '<location>-docker.pkg.dev and gcr.io',
    opens: (_, host) => /^([a-z0-9-]+\.)?gcr\.io$|^[a-z0-9-]+\.pkg\.dev$/.test(host),
  },
  acr: {
    kind: 'ACRAccessToken',
    field: 'acrAccessTokenSpec',
    lifetime: '3h',
    refreshInterval: '2h0m0s',
    copyInterval: '30m0s',
    credential: { username: 'username', password: 'password' },
    user: '00000000-0000-0000-0000-000000000000',
    references:
      "nothing (a managed identity, the operator's own workload identity), a service account (workload identity), or a Secret of a service principal",
    hostText: ({ acr }) => acr?.registry.toLowerCase() ?? '',
    opens: ({ acr }, host) => acr?.registry.toLowerCase() === host,
  },
  github: {
    kind: 'GithubAccessToken',
    field: 'githubAccessTokenSpec',
    lifetime: '1h',
    refreshInterval: '30m0s',
    copyInterval: '10m0s',
    credential: { fixedUsername: 'x-access-token', password: 'token' },
    user: 'x-access-token',
    references: 'a Secret with the private key of a GitHub App',
    hostText: githubRegistry,
    opens: (spec, host) => githubRegistry(spec) === host,
  },
  quay: {
    kind: 'QuayAccessToken',
    field: 'quayAccessTokenSpec',
    lifetime: '1h',
    refreshInterval: '30m0s',
    copyInterval: '10m0s',
    credential: { auth: 'auth' },
    user: 'the robot account',
    references: 'the service account that the robot account is federated with',
    hostText: quayHost,
    opens: (spec, host) => quayHost(spec) === host,
  },
};

/** The one generator that a spec names; undefined if it names none or several. */
export function generatorName(spec: GeneratorSpec): GeneratorName | undefined {
  const [name, second] = generatorNames.filter((each) => spec[each] !== undefined);
  return second === undefined ? name : undefined;
}

/** The domains of Azure's clouds (go-autorest, autorest/azure/environments.go, ContainerRegistryDNSSuffix). */
export const acrDomains: Readonly<Record<NonNullable<AcrGeneratorSpec['environmentType']>, string>> = {
  PublicCloud: 'azurecr.io',
  USGovernmentCloud: 'azurecr.us',
  ChinaCloud: 'azurecr.cn',
};

/** The region of a host of ECR (cloud-provider-aws, cmd/ecr-credential-provider/main.go, ecrPrivateHostPattern). */
const ecrHost =
  /^\d{12}\.dkr[.-]ecr(?:-fips)?\.([a-z0-9][a-z0-9-]*)\.(?:amazonaws\.com(?:\.cn)?|on\.(?:aws|amazonwebservices\.com\.cn)|sc2s\.sgov\.gov|c2s\.ic\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/;

/** GitHub Enterprise serves images from `containers.` and its own host. */
function githubRegistry({ github }: GeneratorSpec): string {
  const host = github?.url === undefined ? undefined : hostOfUrl(github.url);
  return host === undefined ? 'ghcr.io' : `containers.${host.replace(/^api\./, '')}`;
}

function quayHost({ quay }: GeneratorSpec): string {
  return quay?.url?.replace(/^https:\/\//, '').toLowerCase() ?? 'quay.io';
}

/** The host of an https URL that holds no credential; undefined for anything else. */
export function hostOfUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, username, password, search, hash, host } = new URL(text);
  return protocol === 'https:' && username + password + search + hash === '' ? host : undefined;
}
