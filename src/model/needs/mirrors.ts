import { ImageReference } from '../image/image-reference.js';
import type { DeclaredMirrors, MirrorLocation } from '../inventory/declared-object.js';
import type { Inventory } from '../inventory/found-inventory.js';
import { isFoundByCrio } from '../keyring/crio-lookup.js';
import type { Problem } from '../problem/problem.js';
import type { Registry } from '../registry/registry.js';
import type { ClusterModel } from '../vocabulary/cluster.js';
import { isOnNodes } from '../vocabulary/distributions.js';
import { FindingCollector, type MirrorGap } from './finding-collector.js';

/**
 * The mirrors of a cluster, as CRI-O takes them. Mirrors of all kinds are one table by source, of which the longest that
 * an image lies in counts (containers/image, pkg/sysregistriesv2; openshift/runtime-utils, pkg/registries). Where the
 * cluster is not OpenShift, such objects mean nothing.
 */
export class Mirrors {
  readonly #bySource = new Map<string, DeclaredMirrors[]>();

  constructor({ mirrors }: Pick<Inventory, 'mirrors'>, { platform }: Pick<ClusterModel, 'platform'>) {
    for (const each of platform === 'openshift' ? mirrors : []) {
      const known = this.#bySource.get(each.source);
      if (known) known.push(each);
      else this.#bySource.set(each.source, [each]);
    }
  }

  /** True if the image is pulled from mirrors alone: its own registry is never asked. */
  replace(image: ImageReference): boolean {
    const [source] = [...this.#bySource.keys()]
      .filter((each) => isWithin(image.name, each))
      .sort((a, b) => b.length - a.length);
    const all = source === undefined ? [] : (this.#bySource.get(source) ?? []);
    const pulls = image.digest === undefined ? 'tag' : 'digest';
    return all.some((each) => !each.contactsSource) && all.some((each) => each.pulls === pulls);
  }
}

/** `refMatchingPrefix` of containers/image, but that `host` does not hold `host:port`, which nobody shall rely on. */
function isWithin(name: string, source: string): boolean {
  if (!source.startsWith('*.')) return name === source || name.startsWith(`${source}/`);
  return (name.split('/')[0] ?? '').endsWith(source.slice(1));
}

/**
 * Findings about mirrors that need a credential. CRI-O hands the credential of a pod to the host that the pod names and
 * to no mirror; for mirrors it looks into the file of the node (cri-o, `global_auth_file`), by its own rules.
 */
export function mirrorProblems({ mirrors }: Pick<Inventory, 'mirrors'>, cluster: ClusterModel): Problem[] {
  if (cluster.platform !== 'openshift') return [];
  const findings = new FindingCollector();
  for (const each of mirrors) for (const location of each.mirrors) checkLocation(each, location, cluster, findings);
  return findings.all();
}

function checkLocation(
  mirrors: DeclaredMirrors,
  at: MirrorLocation,
  cluster: ClusterModel,
  findings: FindingCollector,
): void {
  const { location } = at;
  const repository = ImageReference.tryParse(location.includes('/') ? location : `${location}/x`);
  // The API server takes no other text.
  if ('error' in repository) return;
  const registry = cluster.registryIndex.find(repository);
  const registries = registry ? [registry] : registriesBelow(location, cluster);
  if (registries.length === 0) findings.mirrorUndeclared(mirrors, at, repository);
  for (const each of registries) {
    const gap = gapOf(each, registry ? location : each.repository, cluster);
    if (gap) findings.mirrorNotCovered(mirrors, at, each, gap);
  }
}

function gapOf(registry: Registry, name: string, { pullSecrets }: ClusterModel): MirrorGap | undefined {
  if (registry.access === 'public' || registry.preset === 'openshift') return undefined;
  const having = [...pullSecrets.values()].filter((each) => each.registries.includes(registry));
  if (!having.some(isOnNodes))
    return registry.access === 'optional' && having.length === 0
      ? undefined
      : { narrowed: having.map(({ name }) => name) };
  return isFoundByCrio(registry.segmentKey, name) ? undefined : { key: registry.segmentKey };
}

/** A mirror may be the whole of a host on which paths are declared. */
function registriesBelow(location: string, { registries }: ClusterModel): Registry[] {
  return [...registries.values()].filter((each) => each.repository.startsWith(`${location}/`));
}
