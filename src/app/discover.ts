import { type EntryContext, type Proposal, proposeEntries } from '../manifests/entries.js';
import { readInventory } from '../manifests/inventory.js';
import { type Layout, layoutOf } from '../manifests/layout.js';
import type { Made } from '../manifests/made.js';
import { ManifestMaker, vendoredCharts, type Workshop } from '../manifests/make.js';
import { branchOf } from '../manifests/origin.js';
import { repositoryOf } from '../manifests/repository.js';
import type { Inventory } from '../model/inventory/found-inventory.js';
import type { Problem } from '../model/problem/problem.js';
import type { WorkloadsSpec } from '../model/vocabulary/spec.js';
import { type FoundCluster, foundClusters } from './found-clusters.js';
import { type KnownParts, type LeftOut, plainManifests } from './plain-manifests.js';

/** A repository as a config would read it. */
export interface Discovery {
  readonly inventory: Inventory;
  readonly clusters: readonly FoundCluster[];
  /** Entries of all clusters. */
  readonly workloads: readonly WorkloadsSpec[];
  /** Charts whose namespace nobody knows: they stay among the folders that are not seen. */
  readonly charts: readonly string[];
  /** The folder with charts of others, relative to the config. @default - there is none */
  readonly vendored?: string;
  /** URLs that seem to be this repository. */
  readonly repositories: readonly string[];
  /** The folder of the repository, relative to the config. */
  readonly root: string;
  /** The branch that is checked out, where GitOps objects name it. */
  readonly branches: readonly string[];
  /** The files that were left out, folder by folder. */
  readonly leftOut: readonly LeftOut[];
  /** Problems of what was not seen and may run pods; nothing of it is left out, so that `synth` goes on saying so. */
  readonly unseen: readonly Problem[];
}

const nothingKnown: KnownParts = { reached: new Set(), unrendered: new Set(), exclusions: [] };

/** Entries that are rendered or followed below folders, and the maker of what they lead to. */
interface Proposed {
  readonly maker: ManifestMaker;
  readonly proposal: Proposal;
  readonly layout: Layout;
  /** The charts of others, absolute. */
  readonly others: readonly string[];
  readonly vendored: string | undefined;
  readonly repositories: readonly string[];
}

/** The parts of a repository that are rendered or followed, without its plain manifests. */
export interface RenderedEntries extends Pick<Discovery, 'clusters' | 'workloads' | 'vendored' | 'repositories'> {
  /** The folders of single clusters, by the name of the cluster. */
  readonly folders: ReadonlyMap<string, readonly string[]>;
}

/** Proposes the fewest entries that lead to what is rendered or followed below folders, and reads no plain manifests. */
export async function renderedEntries(
  base: string,
  asked: readonly string[],
  workshop: Workshop,
): Promise<RenderedEntries> {
  const { maker, proposal, layout, vendored, repositories } = await propose(base, asked, workshop, nothingKnown);
  const fromBase = (folder: string) => maker.fromBase(folder);
  const { clusters, workloads } = foundClusters(proposal, layout.clusters.map(fromBase), fromBase);
  return {
    clusters: clusters.map((each) => ({ ...each, workloads: each.workloads.filter((entry) => !isPath(entry)) })),
    workloads: workloads.filter((entry) => !isPath(entry)),
    folders: new Map(clusters.map((each) => [each.name, each.workloads.filter(isPath)])),
    repositories,
    ...(vendored !== undefined && { vendored }),
  };
}

function isPath(entry: WorkloadsSpec): entry is string {
  return typeof entry === 'string';
}

/**
 * Reads what can be read below folders and proposes the fewest entries that lead to it.
 *
 * @param config the name of the config, which is no manifest
 */
export async function discover(
  base: string,
  asked: readonly string[],
  config: string,
  workshop: Workshop,
  known: KnownParts = nothingKnown,
): Promise<Discovery> {
  const { maker, proposal, others, vendored, repositories } = await propose(base, asked, workshop, known);
  const broken = [...proposal.broken.keys()].map((folder) => maker.at(folder));
  const all = mergedMade(proposal.made);
  const reached = new Set([...known.reached, ...others, ...broken, ...all.reached]);
  const unrendered = new Set([...known.unrendered, ...broken, ...all.unrendered]);
  const plain = plainManifests(base, asked, config, { ...known, reached, unrendered });
  const paths = [...plain.paths, ...plain.exclusions.map((each) => `!${each}`)];
  const { workloads, clusters } = foundClusters(proposal, paths, (folder) => maker.fromBase(folder));
  const inventory = readInventory({ base, workloads: paths, made: all }).inventory;
  return {
    inventory: { ...inventory, files: plain.inventory.files },
    clusters,
    workloads,
    charts: proposal.charts.map((folder) => maker.fromBase(folder)),
    repositories,
    root: maker.fromBase('.'),
    branches: maker.namedBranches().filter((each) => known.branches?.includes(each) !== true),
    ...(vendored !== undefined && { vendored }),
    leftOut: plain.leftOut,
    unseen: [...proposal.broken.values(), ...proposal.made.flatMap(({ problems }) => problems), ...plain.unseen],
  };
}

async function propose(
  base: string,
  asked: readonly string[],
  workshop: Workshop,
  known: KnownParts,
): Promise<Proposed> {
  const vendored = known.charts ?? vendoredCharts(base);
  const branch = branchOf(repositoryOf(base));
  const maker = new ManifestMaker({
    ...{ base, ...workshop, repositories: known.repositories ?? {} },
    branches: [...(known.branches ?? []), ...(branch === undefined ? [] : [branch])],
    ...(vendored !== undefined && { charts: vendored }),
    ...(known.clusters && { knownClusters: known.clusters }),
  });
  const { layout, others } = withoutCharts(layoutsOf(maker, asked), maker, vendored);
  const proposed = () => proposeEntries(layout, contextOf(maker), known.reached);
  const open = await proposed();
  const repositories = maker.ownUrls();
  // What is said to be another repository may be this one under another name.
  maker.takeForOwn(repositories);
  const proposal = repositories.length === 0 ? open : await proposed();
  return { maker, proposal, layout, others, vendored, repositories };
}

/** The layout without the charts of others, which are rendered by whoever asks for them. */
function withoutCharts(
  layout: Layout,
  maker: ManifestMaker,
  vendored: string | undefined,
): { readonly layout: Layout; readonly others: readonly string[] } {
  const folder = vendored === undefined ? undefined : maker.inRepository(vendored);
  const isOther = (chart: string) => folder !== undefined && chart.startsWith(`${folder}/`);
  return {
    layout: { ...layout, charts: layout.charts.filter((chart) => !isOther(chart)) },
    others: layout.charts.filter(isOther).map((chart) => maker.at(chart)),
  };
}

function layoutsOf(maker: ManifestMaker, asked: readonly string[]): Layout {
  const layouts = asked.flatMap((each) => {
    const folder = maker.inRepository(each);
    return folder !== undefined && maker.view.isFolder(folder) ? [layoutOf(maker.view, folder)] : [];
  });
  const folders = (key: 'kustomizations' | 'charts' | 'clusters') => [
    ...new Set(layouts.flatMap((layout) => layout[key])),
  ];
  const gitops = (key: 'argocd' | 'flux') => [
    ...new Map(layouts.flatMap((layout) => layout[key]).map((each) => [each.folder, each])).values(),
  ];
  return {
    kustomizations: folders('kustomizations'),
    charts: folders('charts'),
    argocd: gitops('argocd'),
    flux: gitops('flux'),
    clusters: folders('clusters'),
  };
}

function contextOf(maker: ManifestMaker): EntryContext {
  return {
    at: (folder) => maker.at(folder),
    // What a proposal names is relative to the repository, an entry to the config.
    make: (entries) => maker.make(entries.map((entry) => maker.entryFromBase(entry))),
    includedBy: (folder) => maker.includedBy(folder),
    isComponent: (folder) => maker.isComponent(folder),
    brokenBy: (folder) => maker.brokenBy(folder),
  };
}

function mergedMade(all: readonly Made[]): Made {
  return {
    manifests: all.flatMap(({ manifests }) => manifests),
    namespaces: all.flatMap(({ namespaces }) => namespaces),
    reached: new Set(all.flatMap(({ reached }) => [...reached])),
    unrendered: new Set(all.flatMap(({ unrendered }) => [...unrendered])),
    followed: new Set(all.flatMap(({ followed }) => [...followed])),
    failed: new Set(all.flatMap(({ failed }) => [...failed])),
    idle: () => [],
    problems: [],
    missingCharts: all.flatMap(({ missingCharts }) => missingCharts),
  };
}
