import { ImageReference } from '../model/image/image-reference.js';
import type { Inventory } from '../model/inventory/workload.js';
import { compareText } from '../model/names/names.js';
import { importsOf } from '../model/needs/image-streams.js';
import { InternalImages } from '../model/needs/internal-images.js';
import type { Access, RegistrySpec } from '../model/registry/registry-presets.js';
import { clusterModel } from '../model/vocabulary/cluster.js';

/** A registry that images suggest. */
export interface RegistryGuess {
  readonly name: string;
  readonly spec: RegistrySpec;
  readonly access: Access;
  /** `ghcr.io/acme`. */
  readonly repository: string;
  /** How many different images lie in it. */
  readonly images: number;
}

/** Hosts that give everything to everybody. */
const publicHosts = new Set([
  'registry.k8s.io',
  'k8s.gcr.io',
  'mcr.microsoft.com',
  'public.ecr.aws',
  'docker.elastic.co',
  'registry.access.redhat.com',
]);

interface HostRule {
  readonly matches: RegExp;
  readonly name: (match: RegExpExecArray) => string;
  readonly spec: (match: RegExpExecArray) => RegistrySpec;
  /** True where organisations share the host, so that the first path segment belongs to the registry. */
  readonly shared: boolean;
}

const rules: readonly HostRule[] = [
  { matches: /^docker\.io$/, name: () => 'hub', spec: () => ({ preset: 'docker-hub' }), shared: false },
  { matches: /^ghcr\.io$/, name: () => 'ghcr', spec: () => ({ preset: 'ghcr' }), shared: true },
  { matches: /^quay\.io$/, name: () => 'quay', spec: () => ({ preset: 'quay' }), shared: true },
  { matches: /^registry\.gitlab\.com$/, name: () => 'gitlab', spec: () => ({ preset: 'gitlab' }), shared: true },
  { matches: /^gcr\.io$/, name: () => 'gcr', spec: () => ({ preset: 'gcr' }), shared: true },
  {
    matches: /^(eu|us|asia)\.gcr\.io$/,
    name: ([, at]) => `gcr-${at}`,
    spec: ([, at]) => ({ preset: 'gcr', location: at ?? '' }),
    shared: true,
  },
  {
    matches: /^([a-z0-9-]+)-docker\.pkg\.dev$/,
    name: ([, at]) => `gar-${at}`,
    spec: ([, at]) => ({ preset: 'gar', location: at ?? '' }),
    shared: true,
  },
  {
    matches: /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/,
    name: ([, , region]) => `ecr-${region}`,
    spec: ([, account, region]) => ({ preset: 'ecr', account: account ?? '', region: region ?? '' }),
    shared: false,
  },
  {
    matches: /^([a-z0-9]+)\.azurecr\.io$/,
    name: ([, name]) => `acr-${name}`,
    spec: ([, name]) => ({ preset: 'acr', name: name ?? '' }),
    shared: false,
  },
  {
    matches: /^image-registry\.openshift-image-registry\.svc(\.cluster\.local)?:5000$/,
    name: () => 'internal',
    spec: () => ({ preset: 'openshift' }),
    shared: false,
  },
];

/** Every image that pods pull or image streams import, streams followed to where they lead. */
function imagesOf(inventory: Inventory): string[] {
  // Without image streams this reads as on Kubernetes.
  const openshift = clusterModel({ version: 1, clusters: { any: { openshift: '4' } } }, 'any');
  const internal = new InternalImages(inventory, openshift);
  const pulled = inventory.workloads.flatMap((workload) =>
    workload.images.flatMap((image) => {
      const meaning = internal.meaningOf(workload, workload.namespace ?? '', image);
      if ('reference' in meaning) return [meaning.reference];
      return meaning.origins.flatMap((origin) => ('image' in origin ? [origin.image] : []));
    }),
  );
  return [...pulled, ...inventory.imageStreams.flatMap((stream) => importsOf(stream).map(({ name }) => name))];
}

/** The registries of all images that can be read, by how many images they hold. */
export function guessRegistries(inventory: Inventory): RegistryGuess[] {
  const groups = new Map<string, { host: string; path: string | undefined; images: Set<string> }>();
  for (const image of imagesOf(inventory)) {
    const reference = ImageReference.tryParse(image);
    if ('error' in reference) continue;
    const rule = rules.find((each) => each.matches.test(reference.domain));
    const shared = rule?.shared === true;
    const path = shared && reference.path.includes('/') ? reference.path.split('/')[0] : undefined;
    // Two hosts may be names of one registry.
    const match = rule?.matches.exec(reference.domain);
    const host = rule && match ? JSON.stringify(rule.spec(match)) : reference.domain;
    const key = `${host}/${path ?? ''}`;
    const group = groups.get(key) ?? { host: reference.domain, path, images: new Set<string>() };
    group.images.add(image);
    groups.set(key, group);
  }
  const sorted = [...groups.values()].sort(
    (a, b) => b.images.size - a.images.size || compareText(repositoryOf(a), repositoryOf(b)),
  );
  const hosts = sorted.map((group) => group.host);
  const names = new Set<string>();
  return sorted.map((group) => {
    const several = hosts.filter((host) => host === group.host).length > 1;
    return guess(group.host, group.path, group.images.size, several, names);
  });
}

function guess(
  host: string,
  path: string | undefined,
  images: number,
  several: boolean,
  names: Set<string>,
): RegistryGuess {
  const rule = rules.find((each) => each.matches.test(host));
  const match = rule?.matches.exec(host);
  const base = rule && match ? rule.name(match) : host.replace(/^(registry|docker|images?)\./, '').split(/[.:]/)[0];
  const name = uniqueName(several && path !== undefined ? `${base}-${path}` : (base ?? 'registry'), names);
  const isPublic = publicHosts.has(host);
  const spec: RegistrySpec = {
    ...(rule && match ? rule.spec(match) : { host }),
    ...(path !== undefined && { path }),
    ...(isPublic && { access: 'public' }),
  };
  const access = isPublic ? 'public' : host === 'docker.io' ? 'optional' : 'private';
  return { name, spec, access, repository: repositoryOf({ host, path }), images };
}

function repositoryOf({ host, path }: { readonly host: string; readonly path: string | undefined }): string {
  return path === undefined ? host : `${host}/${path}`;
}

/** A name that `check` accepts and that no other registry has. */
function uniqueName(wanted: string, names: Set<string>): string {
  const plain =
    wanted
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 50)
      .replace(/^-+|-+$/g, '') || 'registry';
  let name = plain;
  for (let count = 2; names.has(name); count++) name = `${plain}-${count}`;
  names.add(name);
  return name;
}
