import { compareText } from '../names/names.js';
import { isExactPattern, matchesAnyNamespace, matchesNamespace } from '../names/namespace-pattern.js';
import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import type { Registry } from '../registry/registry.js';
import type { ClusterModel, ClusterPullSecret } from '../vocabulary/cluster.js';

/** The labels of namespaces, as manifests and the spec declare them. */
export type NamespaceLabels = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The pull secrets for a registry in a namespace: none, one, or the two of an overlap, in order. */
export interface PullSecretChoice {
  readonly pullSecrets: readonly ClusterPullSecret[];
  /** Set when several are left and no overlap allows it. */
  readonly problem?: Problem;
}

/** Chooses pull secrets; every answer is worked out once per registry and namespace. */
export class PullSecretChooser {
  readonly #cluster: ClusterModel;
  readonly #labels: NamespaceLabels;
  readonly #byRegistry = new Map<string, ClusterPullSecret[]>();
  /** By registry and namespace where `for` names namespaces, by the registry alone where it does not. */
  readonly #candidates = new Map<string, ClusterPullSecret[]>();
  readonly #cache = new Map<string, PullSecretChoice>();

  constructor(cluster: ClusterModel, labels: NamespaceLabels) {
    this.#cluster = cluster;
    this.#labels = labels;
    for (const pullSecret of cluster.pullSecrets.values()) {
      for (const registry of pullSecret.registries) {
        add(this.#byRegistry, registry.name, pullSecret);
        const { namespaces } = pullSecret.spec.for ?? {};
        if (!namespaces?.every(isExactPattern)) add(this.#candidates, registry.name, pullSecret);
        else for (const name of new Set(namespaces)) add(this.#candidates, `${registry.name} ${name}`, pullSecret);
      }
    }
  }

  /** The names of all pull secrets with this registry, wherever they are for. */
  names(registry: Registry): string[] {
    return (this.#byRegistry.get(registry.name) ?? []).map((pullSecret) => pullSecret.name);
  }

  /** The pull secrets for images of this registry in this namespace. */
  choose(registry: Registry, namespace: string): PullSecretChoice {
    const key = `${registry.name} ${namespace}`;
    const known = this.#cache.get(key);
    if (known) return known;
    const choice = this.#choose(registry, namespace);
    this.#cache.set(key, choice);
    return choice;
  }

  #choose(registry: Registry, namespace: string): PullSecretChoice {
    const candidates = [registry.name, `${registry.name} ${namespace}`]
      .flatMap((key) => this.#candidates.get(key) ?? [])
      .filter((candidate) => this.#isFor(candidate, namespace));
    if (candidates.length < 2) return { pullSecrets: candidates };
    const names = candidates.map((candidate) => candidate.name);
    const pair = this.#cluster.overlap.find(([first, second]) => names.includes(first) && names.includes(second));
    if (pair && candidates.length === 2) {
      return { pullSecrets: candidates.sort((a, b) => pair.indexOf(a.name) - pair.indexOf(b.name)) };
    }
    return { pullSecrets: [], problem: ambiguity(registry, namespace, names.sort(compareText)) };
  }

  /** True if `allow` lets the namespace have it. */
  isAllowed(pullSecret: ClusterPullSecret, namespace: string): boolean {
    return pullSecret.spec.allow === undefined || matchesAnyNamespace(pullSecret.spec.allow, namespace);
  }

  /** True if an entry of `exclude` takes the need away. */
  isExcluded(pullSecret: string, namespace: string, serviceAccount: string): boolean {
    return this.#cluster.exclude.some(
      (exclude) =>
        (exclude.namespace === undefined || matchesNamespace(exclude.namespace, namespace)) &&
        (exclude.serviceAccount === undefined || exclude.serviceAccount === serviceAccount) &&
        (exclude.pullSecret === undefined || exclude.pullSecret === pullSecret),
    );
  }

  /**
   * The pull secrets that an overlap attaches together with this one, in order, this one included. A partner comes along
   * only where it is for the namespace and allowed there.
   */
  withPartner(pullSecret: ClusterPullSecret, namespace: string): ClusterPullSecret[] {
    const pair = this.#cluster.overlap.find((names) => names.includes(pullSecret.name)) ?? [pullSecret.name];
    return pair
      .flatMap((name) => this.#cluster.pullSecrets.get(name) ?? [])
      .filter((each) => each === pullSecret || (this.#isFor(each, namespace) && this.isAllowed(each, namespace)));
  }

  #isFor(pullSecret: ClusterPullSecret, namespace: string): boolean {
    const { namespaces, labels } = pullSecret.spec.for ?? {};
    if (namespaces && !matchesAnyNamespace(namespaces, namespace)) return false;
    if (!labels) return true;
    const actual = this.#labels.get(namespace);
    return Object.entries(labels).every(([key, value]) => actual?.get(key) === value);
  }
}

function add(lists: Map<string, ClusterPullSecret[]>, key: string, pullSecret: ClusterPullSecret): void {
  const list = lists.get(key);
  if (list) list.push(pullSecret);
  else lists.set(key, [pullSecret]);
}

/** Names in the order of a list: by name, but the first of an overlap before the second. */
export function inListOrder(names: Iterable<string>, overlap: ClusterModel['overlap']): string[] {
  const list = [...new Set(names)].sort(compareText);
  for (const [first, second] of overlap) {
    const from = list.indexOf(first);
    const to = list.indexOf(second);
    if (from > to && to >= 0) list.splice(to, 0, ...list.splice(from, 1));
  }
  return list;
}

function ambiguity(registry: Registry, namespace: string, names: readonly string[]): Problem {
  return At.of({ path: ['pullSecrets', names[names.length - 1] ?? '', 'registries'] }).refuse(
    'pull-secret-ambiguous',
    words`namespace ${namespace} could use ${names.join(' or ')} for registry ${registry.name}`,
  );
}
