import { hostOf } from '../registry/registry.js';
import type { RegistrySpec } from '../registry/registry-presets.js';
import { ecrPublicHost, recognise, tokenUsername } from '../registry/registry-table.js';
import type { GeneratorSpec } from './generator-spec.js';

/** The keys of `generator`. */
export const generatorNames = ['ecr', 'gcr', 'acr', 'github', 'quay'] as const;

export type GeneratorName = (typeof generatorNames)[number];

/** Output of a generator: user name and password, or `auth` that is made of both. Values are keys of its output. */
export type GeneratedCredential =
  | { readonly username: string; readonly password: string }
  | { readonly fixedUsername: string; readonly password: string }
  | { readonly auth: string };

/** Facts of a kind of generator. */
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
  /** Things that it may refer to, in words. */
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
    user: tokenUsername('ecr'),
    references:
      "nothing (the operator's own identity), a service account with a role (IRSA), or a Secret with access keys",
    hostText: ({ ecr }) =>
      ecr?.scope === 'public'
        ? ecrPublicHost
        : madeHost({ preset: 'ecr', account: '<account>', region: ecr?.region ?? '<region>' }),
    opens: ({ ecr }, host) =>
      ecr?.scope === 'public' ? host === ecrPublicHost : regionOf(host) === (ecr?.region ?? ''),
  },
  gcr: {
    kind: 'GCRAccessToken',
    field: 'gcrAccessTokenSpec',
    lifetime: '1h',
    refreshInterval: '30m0s',
    copyInterval: '10m0s',
    credential: { username: 'username', password: 'password' },
    user: tokenUsername('gcr'),
    references:
      "nothing (the operator's own identity), a service account (workload identity), or a Secret with a key file",
    hostText: () => `${madeHost({ preset: 'gar', location: '<location>' })} and ${madeHost({ preset: 'gcr' })}`,
    opens: (_, host) => recognise(host)?.row.tokens?.generator === 'gcr',
  },
  acr: {
    kind: 'ACRAccessToken',
    field: 'acrAccessTokenSpec',
    lifetime: '3h',
    refreshInterval: '2h0m0s',
    copyInterval: '30m0s',
    credential: { username: 'username', password: 'password' },
    user: tokenUsername('acr'),
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
    credential: { fixedUsername: tokenUsername('github'), password: 'token' },
    user: tokenUsername('github'),
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
    user: tokenUsername('quay'),
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

/** The region of a private registry of ECR. */
function regionOf(host: string): string | undefined {
  const { row, options } = recognise(host) ?? {};
  return row?.preset === 'ecr' ? options?.region : undefined;
}

/** The host that a preset makes of options. */
function madeHost(spec: RegistrySpec): string {
  const host = hostOf(spec);
  return typeof host === 'string' ? host : '';
}

/** GitHub Enterprise serves images from `containers.` and its own host. */
function githubRegistry({ github }: GeneratorSpec): string {
  const host = github?.url === undefined ? undefined : hostOfUrl(github.url);
  return host === undefined ? madeHost({ preset: 'ghcr' }) : `containers.${host.replace(/^api\./, '')}`;
}

function quayHost({ quay }: GeneratorSpec): string {
  return quay?.url?.replace(/^https:\/\//, '').toLowerCase() ?? madeHost({ preset: 'quay' });
}

/** The host of an https URL that holds no credential; undefined for anything else. */
export function hostOfUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, username, password, search, hash, host } = new URL(text);
  return protocol === 'https:' && username + password + search + hash === '' ? host : undefined;
}
