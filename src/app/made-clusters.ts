import type { LoadedConfig } from '../config/load.js';
import { type Made, type MadeNamespace, nothingMade } from '../manifests/made.js';
import type { Workshop } from '../manifests/make.js';
import { compareText } from '../model/names/names.js';
import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import type { Destination } from '../model/topology/applied.js';
import { isDestination, isOwnCluster } from '../model/topology/cluster-match.js';
import type { KnownCluster } from '../model/topology/known-cluster.js';
import { workloadsOf } from '../model/vocabulary/cluster.js';
import { capabilitiesOf } from '../model/vocabulary/cluster-capabilities.js';
import type { ImagePullSpec, WorkloadsSpec } from '../model/vocabulary/spec.js';
import { isFileEntry, type RenderedEntry } from '../model/vocabulary/workloads.js';

/** Manifests of each cluster that its entries lead to, besides files that are read as they are. */
export type MadeClusters = ReadonlyMap<string, Made>;

/** Makes the manifests of clusters. Nothing is loaded or started where all entries name files. */
export async function makeManifests(
  { spec, base }: Pick<LoadedConfig, 'spec' | 'base'>,
  workshop: Workshop,
  clusters: readonly string[] = Object.keys(spec.clusters),
): Promise<MadeClusters> {
  const wanted = clusters.filter((name) => Object.hasOwn(spec.clusters, name));
  const entries = new Map(wanted.map((name) => [name, renderedEntries(spec, name)]));
  if ([...entries.values()].every((own) => own.length === 0)) return new Map();
  // Loaded only where something is to be made.
  const { ManifestMaker } = require('../manifests/make.js') as typeof import('../manifests/make.js');
  const { charts, renderers, repositories, branches } = spec;
  const maker = new ManifestMaker({
    base,
    ...workshop,
    ...(charts !== undefined && { charts }),
    ...(renderers && { renderers }),
    ...(repositories && { repositories }),
    ...(branches && { branches }),
    knownClusters: knownClusters(spec),
  });
  const made = new Map<string, Made>();
  for (const [name, own] of entries) {
    const all = await maker.make(own, (destination) =>
      capabilitiesOf(spec.clusters[clusterAt(spec, name, destination)]),
    );
    made.set(name, ofCluster(all, spec, name));
  }
  return made;
}

/** The cluster that a destination is: the one that its GitOps objects lie in, unless it is said to be another one. */
function clusterAt({ clusters }: ImagePullSpec, own: string, destination: Destination | undefined): string {
  const named = Object.keys(clusters).filter((each) => isNamed(clusters[each]?.match));
  return named.find((each) => destination && isDestination(clusters[each]?.match ?? {}, destination)) ?? own;
}

/** The clusters that a config gives a name or an address, as the engines know them. */
export function knownClusters({ clusters }: ImagePullSpec): KnownCluster[] {
  return Object.entries(clusters).flatMap(([called, { match }]) => {
    if (!isNamed(match)) return [];
    const { path: _, ...cluster } = match;
    return [{ called, ...cluster }];
  });
}

/** The entries of a cluster that are rendered, narrowed to the folder that its GitOps objects lie in. */
function renderedEntries(spec: ImagePullSpec, name: string): RenderedEntry[] {
  const folder = spec.clusters[name]?.match?.path;
  return workloadsOf(spec, name)
    .filter((entry: WorkloadsSpec): entry is RenderedEntry => !isFileEntry(entry))
    .map((entry) => {
      if (folder === undefined) return entry;
      if ('argocd' in entry && isAround(entry.argocd, folder)) return { argocd: folder };
      return 'flux' in entry && isAround(entry.flux, folder) ? { flux: folder } : entry;
    });
}

function isAround(outer: string, inner: string): boolean {
  const [around, folder] = [outer, inner].map((each) => each.replace(/^\.\/|\/+$/g, '') || '.');
  return around === '.' || folder === around || folder?.startsWith(`${around}/`) === true;
}

/** Takes the part of one cluster of all that was made; findings about what is of no cluster that the config knows. */
function ofCluster(made: Made, { clusters }: ImagePullSpec, name: string): Made {
  const named = Object.keys(clusters).filter((each) => isNamed(clusters[each]?.match));
  const isOf = (cluster: string, destination: Destination) =>
    isDestination(clusters[cluster]?.match ?? {}, destination);
  const others = named.filter((each) => each !== name);
  const own = isNamed(clusters[name]?.match);
  const isOfSome = (destination: Destination) => named.some((each) => isOf(each, destination));
  const isMine = ({ destination }: { readonly destination?: Destination }) => {
    // Of the engine's own cluster, which the config need not know where nothing else is said.
    if (destination === undefined || (!isNamed(destination) && !isOfSome(destination))) return true;
    return isOf(name, destination) && (own || !others.some((other) => isOf(other, destination)));
  };
  const unmatched = new Map<string, Destination>();
  for (const { destination } of [...made.manifests, ...made.namespaces]) {
    if (!destination || isMine({ destination }) || others.some((other) => isOf(other, destination))) continue;
    unmatched.set(JSON.stringify(destination), destination);
  }
  if (made === nothingMade) return made;
  const manifests = made.manifests.filter(isMine);
  return {
    ...made,
    manifests,
    namespaces: made.namespaces.filter((each: MadeNamespace) => isMine(each)),
    problems: [
      ...made.problems,
      ...[...unmatched.values()].map(unmatchedProblem),
      ...(own ? [] : severalClusters(manifests, name)),
    ],
  };
}

/** A cluster that does not say which it is can be only one. */
function severalClusters(manifests: Made['manifests'], cluster: string): Problem[] {
  const names = new Map(
    manifests.flatMap(({ destination }) =>
      isNamed(destination)
        ? [[isOwnCluster(destination) ? '' : JSON.stringify(destination), destination] as const]
        : [],
    ),
  );
  if (names.size < 2) return [];
  const shown = [...names.values()].map((each) =>
    isOwnCluster(each) ? 'in-cluster' : (each.server ?? each.name ?? ''),
  );
  return [
    At.of({ path: ['clusters', cluster] }).find(
      'destination-unmatched',
      words`GitOps objects apply manifests to several clusters, ${shown.sort(compareText)}, and nothing says which of them ${cluster} is`,
      words`give it a match, and the others clusters of their own: match: { name: ${shown[0]} }, or { server: … }`,
    ),
  ];
}

function isNamed<M extends Destination>(match: M | undefined): match is M {
  return match?.server !== undefined || match?.name !== undefined;
}

function unmatchedProblem({ server, name }: Destination): Problem {
  const [key, value] = server === undefined ? ['name', name] : ['server', server];
  return At.of().find(
    'destination-unmatched',
    words`GitOps objects apply manifests to the cluster ${value}, which no cluster of the config stands for`,
    words`say which cluster it is: match: { ${key}: ${value} }`,
  );
}
