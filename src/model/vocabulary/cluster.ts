import type { Gitops } from '../inventory/declared-object.js';
import type { ModelPath } from '../problem/problem.js';
import { Registry, RegistryIndex } from '../registry/registry.js';
import type { Platform, Versions } from './compatibility.js';
import { Nodes } from './nodes.js';
import { impliedAttachment, type Picks, picksOfSpecs } from './picks.js';
import { resolvedSource, type Source } from './sources.js';
import type {
  BootstrapSpec,
  ExcludeSpec,
  GlobalPullSecretSpec,
  GrantSpec,
  ImagePullSpec,
  NamespaceSpec,
  PullSecretSpec,
  SealingSpec,
  WorkloadsSpec,
} from './spec.js';

/** A pull secret as one cluster uses it: overrides applied, defaults filled in. */
export interface ClusterPullSecret extends Picks {
  readonly name: string;
  readonly spec: PullSecretSpec;
  readonly source: Source;
  readonly registries: readonly Registry[];
}

/** Everything that holds for one cluster: overrides applied, defaults filled in, names looked up. */
export interface ClusterModel {
  readonly name: string;
  readonly platform: Platform;
  readonly versions: Versions;
  readonly gitops: Gitops;
  readonly placement: 'central' | 'beside';
  /** Whether the namespaces of workloads are declared. */
  readonly declareNamespaces: boolean;
  /** Whether the namespaces of originals and hubs are, which no workload's application makes. */
  readonly declareSourceNamespaces: boolean;
  readonly kustomization: boolean;
  readonly bootstrap: BootstrapSpec | undefined;
  /** Statement of the cluster about its global pull secret. */
  readonly globalPullSecret: GlobalPullSecretSpec | undefined;
  readonly sealing: SealingSpec;
  /** Credentials that the nodes have of their own. */
  readonly nodes: Nodes;
  readonly registries: ReadonlyMap<string, Registry>;
  readonly registryIndex: RegistryIndex;
  /** Those whose `for.clusters` names this cluster. */
  readonly pullSecrets: ReadonlyMap<string, ClusterPullSecret>;
  readonly workloads: readonly WorkloadsSpec[];
  readonly namespaces: ReadonlyMap<string, NamespaceSpec>;
  /** The path of the cluster where it says itself what this namespace needs; empty where the top level does. */
  readonly namespacePath: (namespace: string) => ModelPath;
  readonly grants: readonly GrantSpec[];
  readonly share: ReadonlyMap<string, readonly string[]>;
  readonly exclude: readonly ExcludeSpec[];
  /** Pairs, first and second. */
  readonly overlap: readonly (readonly [string, string])[];
}

/** The model of one cluster of a spec that `check` accepts. */
export function clusterModel(spec: ImagePullSpec, name: string): ClusterModel {
  const cluster = spec.clusters[name];
  if (!cluster) throw new RangeError(`the spec has no cluster ${name}`);
  const registries = registriesOf(spec);
  const placement = cluster.placement ?? 'central';
  return {
    name,
    platform: cluster.openshift === undefined ? 'kubernetes' : 'openshift',
    versions: {
      kubernetes: cluster.kubernetes,
      openshift: cluster.openshift,
      kyverno: cluster.kyverno,
      externalSecrets: cluster.externalSecrets,
    },
    gitops: cluster.gitops ?? 'argocd',
    placement,
    declareNamespaces: cluster.declareNamespaces ?? placement === 'central',
    declareSourceNamespaces: cluster.declareNamespaces ?? true,
    kustomization: cluster.kustomization ?? false,
    bootstrap: cluster.bootstrap,
    globalPullSecret: cluster.globalPullSecret,
    sealing: cluster.sealing ?? {},
    nodes: new Nodes(cluster.nodes ?? {}, registries),
    registries,
    registryIndex: new RegistryIndex(registries.values()),
    pullSecrets: pullSecretsOf(spec, name, registries),
    workloads: workloadsOf(spec, name),
    namespaces: new Map([...Object.entries(spec.namespaces ?? {}), ...Object.entries(cluster.namespaces ?? {})]),
    namespacePath: (namespace) => (cluster.namespaces?.[namespace] ? ['clusters', name] : []),
    grants: [...(spec.grants ?? []), ...(cluster.grants ?? [])],
    share: new Map(Object.entries(spec.share ?? {})),
    exclude: spec.exclude ?? [],
    overlap: overlapPairs(spec.overlap),
  };
}

/** Where the manifests of a cluster are read from. */
export function workloadsOf(spec: ImagePullSpec, cluster: string): readonly WorkloadsSpec[] {
  return [...(spec.workloads ?? []), ...(spec.clusters[cluster]?.workloads ?? [])];
}

/** The registries of a spec by name; those without a host are left out. */
export function registriesOf(spec: ImagePullSpec): Map<string, Registry> {
  const result = new Map<string, Registry>();
  for (const [name, registrySpec] of Object.entries(spec.registries ?? {})) {
    const registry = Registry.of(name, registrySpec);
    if (registry) result.set(name, registry);
  }
  return result;
}

/** The names of the pull secrets that a cluster may use: those of the top level and its own. */
export function pullSecretNames(spec: ImagePullSpec, cluster: string): string[] {
  return [
    ...new Set([...Object.keys(spec.pullSecrets ?? {}), ...Object.keys(spec.clusters[cluster]?.pullSecrets ?? {})]),
  ];
}

/** A pull secret's spec on one cluster: the keys given there win. One given there alone must be whole. */
export function pullSecretOn(spec: ImagePullSpec, cluster: string, name: string): PullSecretSpec | undefined {
  const base = spec.pullSecrets?.[name];
  const override = spec.clusters[cluster]?.pullSecrets?.[name];
  const merged = { ...base, ...override };
  return merged.registries && merged.source
    ? { ...merged, registries: merged.registries, source: merged.source }
    : undefined;
}

/** The pairs of `overlap`, however they were written. */
export function overlapPairs(overlap: ImagePullSpec['overlap']): (readonly [string, string])[] {
  const lists = (overlap ?? []) as readonly (string | readonly string[])[];
  const pairs = lists.every((entry) => typeof entry === 'string') ? [lists as readonly string[]] : lists;
  return pairs.flatMap(([first, second]) =>
    first !== undefined && second !== undefined ? [[first, second] as const] : [],
  );
}

function pullSecretsOf(
  spec: ImagePullSpec,
  cluster: string,
  registries: ReadonlyMap<string, Registry>,
): Map<string, ClusterPullSecret> {
  const result = new Map<string, ClusterPullSecret>();
  for (const name of pullSecretNames(spec, cluster)) {
    const pullSecret = pullSecretOn(spec, cluster, name);
    if (!pullSecret || pullSecret.for?.clusters?.includes(cluster) === false) continue;
    result.set(name, {
      name,
      spec: pullSecret,
      ...picksOf(spec, cluster, pullSecret),
      registries: pullSecret.registries.flatMap((registry) => registries.get(registry) ?? []),
    });
  }
  return result;
}

/** The three choices for a pull secret on a cluster: pull secret over cluster over platform default. */
export function picksOf(
  spec: ImagePullSpec,
  cluster: string,
  pullSecret: PullSecretSpec,
): Picks & Pick<ClusterPullSecret, 'source'> {
  const clusterSpec = spec.clusters[cluster];
  const platformDefault = clusterSpec?.openshift === undefined ? 'serviceAccount' : 'podTemplate';
  // A distribution that leaves no choice is not beaten by an attachment that was chosen for more than it.
  const attachment =
    pullSecret.attachment ??
    impliedAttachment(pullSecret.distribution) ??
    clusterSpec?.attachment ??
    (pullSecret.distribution === undefined ? impliedAttachment(clusterSpec?.distribution) : undefined);
  return {
    source: resolvedSource(pullSecret.source),
    ...picksOfSpecs(
      pullSecret.distribution ?? clusterSpec?.distribution ?? 'perNamespace',
      attachment ?? platformDefault,
    ),
  };
}
