import path from 'node:path';
import { entryGlobs, type Proposal } from '../manifests/entries.js';
import { folderOfCluster } from '../manifests/layout.js';
import type { Made } from '../manifests/made.js';
import { PodKindIndex } from '../model/inventory/pod-kind-index.js';
import type { Destination } from '../model/topology/applied.js';
import { isOwnCluster, ownCluster } from '../model/topology/cluster-match.js';
import type { ClusterMatch, WorkloadsSpec } from '../model/vocabulary/spec.js';
import { readDocuments } from '../yaml/documents.js';

/** A cluster that a repository is for. */
export interface FoundCluster {
  readonly name: string;
  readonly match?: ClusterMatch;
  /** Entries of its own. */
  readonly workloads: readonly WorkloadsSpec[];
}

/** The clusters of a repository, and the entries of all of them. */
export interface FoundClusters {
  readonly clusters: readonly FoundCluster[];
  readonly workloads: readonly WorkloadsSpec[];
}

/** Gives the cluster that a path is of; undefined for one that is of all. */
type ClusterOf = (path: string) => string | undefined;

/**
 * Tells which entries are of which cluster: by the destinations of Applications, by folders such as `clusters/prod`, and by
 * overlays that cannot be of one cluster, as they have one workload in the same namespace.
 *
 * @param paths the files and folders that are read as they are, and exclusions
 */
export function foundClusters(
  proposal: Proposal,
  paths: readonly string[],
  fromBase: (folder: string) => string,
): FoundClusters {
  const named = namedClusters(destinationsOf(proposal.made));
  const clusterOf = named ? clustersByName(named) : clustersByPath(proposal);
  // Destinations tell where it goes.
  const clusterOfGitops = named ? () => undefined : clusterOf;
  const groups = new Map<string | undefined, WorkloadsSpec[]>();
  const add = (name: string | undefined, entry: WorkloadsSpec) =>
    groups.set(name, [...(groups.get(name) ?? []), entry]);
  for (const folder of proposal.flux) add(clusterOfGitops(folder), { flux: fromBase(folder) });
  for (const folder of proposal.argocd) add(clusterOfGitops(folder), { argocd: fromBase(folder) });
  for (const [name, globs] of globsOf(proposal, clusterOf))
    for (const each of globs) add(name, { kustomize: fromBase(each) });
  for (const each of paths) add(clusterOf(each), each);
  const workloads = groups.get(undefined) ?? [];
  groups.delete(undefined);
  if (named) {
    const own = named.map((each) => ({ ...each, workloads: groups.get(each.name) ?? [] }));
    return { workloads, clusters: own.filter((each) => each.isApplied || each.workloads.length > 0) };
  }
  if (groups.size === 0) return { workloads, clusters: [{ name: 'prod', workloads: [] }] };
  const names = uniqueNames([...groups.keys()].map((name) => name ?? ''));
  const clusters = [...groups.values()].map((own, index) => ({ name: names[index] ?? '', workloads: own }));
  return { workloads, clusters };
}

/** The kustomizations of each cluster, as few globs as possible. */
function globsOf(
  { kustomize, kustomizations, broken }: Proposal,
  clusterOf: ClusterOf,
): Map<string | undefined, string[]> {
  const names = new Set(kustomize.map(clusterOf));
  return new Map(
    [...names].map((name) => {
      const isOther = (folder: string) =>
        broken.has(folder) || (kustomize.includes(folder) && clusterOf(folder) !== name);
      const own = kustomize.filter((folder) => clusterOf(folder) === name);
      return [name, entryGlobs(own, kustomizations, isOther)] as const;
    }),
  );
}

function destinationsOf(made: readonly Made[]): Destination[] {
  const all = made
    .flatMap(({ manifests }) => manifests.flatMap(({ destination }) => destination ?? []))
    .filter(({ server, name }) => server !== undefined || name !== undefined);
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}

interface NamedCluster extends FoundCluster {
  /** Whether a GitOps object applies something to it. */
  readonly isApplied: boolean;
}

/** The clusters of destinations, that of the engine among them; undefined where there is only that one. */
function namedClusters(destinations: readonly Destination[]): NamedCluster[] | undefined {
  if (destinations.every(isOwnCluster)) return undefined;
  const isWithOwn = destinations.some(isOwnCluster);
  const all = isWithOwn ? destinations : [...destinations, { name: ownCluster.name }];
  const names = uniqueNames(all.map(clusterName));
  return all.map((match, index) => {
    const isApplied = isWithOwn || !isOwnCluster(match);
    return { name: names[index] ?? '', match, isApplied, workloads: [] };
  });
}

function clusterName(destination: Destination): string {
  const { server, name } = destination;
  if (isOwnCluster(destination)) return 'prod';
  return name ?? /^(?:[a-z]+:\/\/)?([^/.:]+)/.exec(server ?? '')?.[1] ?? 'cluster';
}

/** Entries that no GitOps object leads to are of the cluster that a folder is called like, else of that of the engine. */
function clustersByName(clusters: readonly NamedCluster[]): ClusterOf {
  const own = clusters.find(({ match = {} }) => isOwnCluster(match));
  return (entry) => {
    if (entry.startsWith('!')) return undefined;
    const steps = new Set(entry.split('/'));
    return (clusters.find(({ name }) => steps.has(name)) ?? own)?.name;
  };
}

/** The folder of a cluster that an entry lies in, such as `clusters/prod`. */
export function clusterFolderOf(entry: WorkloadsSpec): string | undefined {
  const [text] = typeof entry === 'string' ? [entry] : Object.values(entry).filter((each) => typeof each === 'string');
  return folderOfCluster(text ?? '');
}

/** Names of folders that no cluster is called by. */
const shared = /^(?:base|bases|common|components|default|shared|templates?)$/;

function clustersByPath({ flux, kustomize, made }: Proposal): ClusterOf {
  const isByFolder = flux.some((folder) => below('clusters', folder) !== undefined);
  const ofFlux = new Map(
    isByFolder ? [] : flux.map((folder) => [folder, flux.length > 1 ? path.posix.basename(folder) : 'prod']),
  );
  const isSplit = areOfSeveralClusters(kustomize, made);
  return (entry) => {
    if (entry.startsWith('!')) return undefined;
    return below('clusters', entry) ?? ofFlux.get(entry) ?? (isSplit ? below(overlays, entry) : undefined);
  };
}

const overlays = 'overlays|environments|envs?';

/** The folder below one that is called so. */
function below(parent: string, folder: string): string | undefined {
  const name = new RegExp(`(?:^|/)(?:${parent})/([^/]+)`).exec(folder)?.[1];
  return name === undefined || shared.test(name) ? undefined : name;
}

/** Whether overlays have one workload in the same namespace: then each is of a cluster of its own. */
function areOfSeveralClusters(kustomize: readonly string[], made: readonly Made[]): boolean {
  const names = new Set(kustomize.flatMap((folder) => below(overlays, folder) ?? []));
  if (names.size < 2) return false;
  const kinds = new PodKindIndex([]);
  const owners = new Map<string, string>();
  let isTwice = false;
  for (const { file, text, from, namespace } of made.flatMap(({ manifests }) => manifests)) {
    if (from?.rendering.by !== 'kustomize' || from.by) continue;
    const overlay = below(overlays, from.rendering.folder);
    if (overlay === undefined) continue;
    readDocuments({ file, text }, (object) => {
      const [apiVersion = '', kind = ''] = ['apiVersion', 'kind'].map((key) => object.get(key)?.string());
      if (!kinds.find(apiVersion, kind)) return [];
      const metadata = object.get('metadata');
      const key = JSON.stringify([
        kind,
        metadata?.get('namespace')?.string() ?? namespace,
        metadata?.get('name')?.string(),
      ]);
      isTwice ||= (owners.get(key) ?? overlay) !== overlay;
      owners.set(key, overlay);
      return [];
    });
  }
  return isTwice;
}

/** The names of clusters, in the letters that one may have. */
function uniqueNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>();
  return wanted.map((each) => {
    const plain = each
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 50);
    let name = plain || 'prod';
    for (let count = 2; taken.has(name); count++) name = `${plain || 'prod'}-${count}`;
    taken.add(name);
    return name;
  });
}
