import { ImageReference } from '../image/image-reference.js';
import type { Registry } from '../registry/registry.js';
import type { ClusterModel, ClusterPullSecret } from '../vocabulary/cluster.js';
import type { TextCondition } from './text-condition.js';

/**
 * When an image as a pod names it lies in a registry of the pull secret, by whole path segments and by the longest
 * declared path, as needs are derived: what lies in a longer path of another pull secret, or of a public registry, does
 * not. An overlap attaches two pull secrets together, so each of them counts the registries of both.
 */
export function imageCondition(cluster: ClusterModel, pullSecret: ClusterPullSecret): TextCondition {
  const partners = cluster.overlap.find((pair) => pair.includes(pullSecret.name)) ?? [];
  const pullSecrets = [pullSecret, ...partners.flatMap((name) => cluster.pullSecrets.get(name) ?? [])];
  const own = new Set(pullSecrets.flatMap((each) => each.registries).filter(({ access }) => access !== 'public'));
  const others = [...cluster.registries.values()].filter((registry) => !own.has(registry));
  return { any: [...own].map((registry) => inOnly(registry, others)) };
}

function inOnly(registry: Registry, others: readonly Registry[]): TextCondition {
  const nested = others.filter((other) => isInside(other, registry));
  const inside = inRegistry(registry);
  return nested.length === 0 ? inside : { all: [inside, ...nested.map((other) => ({ not: inRegistry(other) }))] };
}

function isInside(inner: Registry, outer: Registry): boolean {
  if (!inner.hosts.some((host) => outer.hosts.includes(host))) return false;
  return inner.path !== outer.path && (outer.path === '' || inner.path.startsWith(`${outer.path}/`));
}

/** When an image lies in the registry, by the text alone. */
function inRegistry({ hosts, path }: Registry): TextCondition {
  return {
    any: hosts.flatMap((host): TextCondition[] => {
      if (host === 'docker.io') return onHub(path);
      return path === '' ? [{ startsWith: `${host}/` }] : below(`${host}/${path}`);
    }),
  };
}

const hubPrefixes = ['docker.io/', 'index.docker.io/'];

/**
 * The spellings of an image on Docker Hub (distribution/reference v0.6.0, splitDockerDomain): with either host or none,
 * and without `library/` where one name is all there is.
 */
function onHub(path: string): TextCondition[] {
  const [first = '', ...rest] = path.split('/');
  if (path === '') return [...hubPrefixes.map((startsWith) => ({ startsWith })), { not: { startsWithHost: true } }];
  if (path === 'library') {
    const oneName = hubPrefixes.map((startsWith) => ({ all: [{ startsWith }, { segments: 2 }] }));
    return [
      { segments: 1 },
      ...oneName,
      ...['', ...hubPrefixes].map((prefix) => ({ startsWith: `${prefix}library/` })),
    ];
  }
  const prefixes = isHost(first) ? hubPrefixes : ['', ...hubPrefixes];
  if (rest.length === 0) return prefixes.map((prefix) => ({ startsWith: `${prefix}${path}/` }));
  const official = first === 'library' && rest.length === 1 ? officialImage(rest[0] ?? '') : [];
  return [...official, ...prefixes.flatMap((prefix) => below(prefix + path))];
}

/** An official image without `library/`. Alone, what follows a ":" is only a tag where no "/" comes after it. */
function officialImage(name: string): TextCondition[] {
  return [
    { all: [{ segments: 1 }, { any: exactly(name) }] },
    ...hubPrefixes.flatMap((prefix) => exactly(prefix + name)),
  ];
}

/** The repository itself, whatever its tag and digest, and everything below it. */
function below(repository: string): TextCondition[] {
  return [...exactly(repository), { startsWith: `${repository}/` }];
}

function exactly(repository: string): TextCondition[] {
  return [{ is: repository }, { startsWith: `${repository}:` }, { startsWith: `${repository}@` }];
}

/** True if a first segment is read as the host of a registry. */
function isHost(segment: string): boolean {
  const reference = ImageReference.tryParse(`${segment}/x`);
  return !('error' in reference) && reference.domain !== 'docker.io';
}
