import path from 'node:path';
import { type Insertion, withInsertions } from '../config/insertion.js';
import { type LoadedConfig, parseConfig } from '../config/load.js';
import type { Workshop } from '../manifests/make.js';
import { throwErrors } from '../model/problem/problem.js';
import { RegistryIndex } from '../model/registry/registry.js';
import { registriesOf, workloadsOf } from '../model/vocabulary/cluster.js';
import type { ImagePullSpec, WorkloadsSpec } from '../model/vocabulary/spec.js';
import { patternOf } from '../model/vocabulary/workloads.js';
import { type Discovery, discover } from './discover.js';
import { flow } from './flow-text.js';
import { clusterFolderOf, type FoundCluster } from './found-clusters.js';
import { knownClusters, makeManifests } from './made-clusters.js';
import { readClusters } from './read-clusters.js';
import { guessRegistries } from './registry-guess.js';

/** News of a repository against its config. */
export interface Update {
  readonly discovery: Discovery;
  /** The text of the config with it. */
  readonly text: string;
  /** Texts that were added, in order. */
  readonly insertions: readonly Insertion[];
}

/** Adds what a repository has and its config does not name yet; comments and order of the config stay. */
export async function updatedConfig(
  config: LoadedConfig,
  text: string,
  file: string,
  workshop: Workshop,
): Promise<Update> {
  const { spec, base } = config;
  throwErrors(config.problems);
  const made = await makeManifests(config, workshop);
  const names = Object.keys(spec.clusters);
  const read = [...readClusters({ config, made }, names).values()];
  const entries = names.flatMap((name) => workloadsOf(spec, name));
  const discovery = await discover(base, ['.'], path.basename(file), workshop, {
    reached: new Set([
      ...[...made.values()].flatMap((own) => [...own.reached]),
      ...read.flatMap(({ selected }) => [...selected]),
    ]),
    unrendered: new Set([...made.values()].flatMap((own) => [...own.unrendered])),
    exclusions: entries.flatMap((entry) => exclusionOf(entry)),
    ...(spec.repositories && { repositories: spec.repositories }),
    ...(spec.branches && { branches: spec.branches }),
    ...(spec.charts !== undefined && { charts: spec.charts }),
    clusters: knownClusters(spec),
  });
  const insertions = [
    ...workloadInsertions(config, discovery, entries),
    ...registryInsertions(
      config,
      discovery,
      read.map(({ inventory }) => inventory),
    ),
  ];
  const after = withInsertions(text, insertions);
  throwErrors(parseConfig(after, file, base).problems);
  return { discovery, text: after, insertions };
}

function exclusionOf(entry: WorkloadsSpec): string[] {
  const pattern = patternOf(entry);
  return pattern?.startsWith('!') ? [pattern.slice(1)] : [];
}

/** Entries of the top level, and of clusters that have some of their own. */
function workloadInsertions(
  { spec }: LoadedConfig,
  { workloads, clusters, repositories, root, branches, inventory }: Discovery,
  known: readonly WorkloadsSpec[],
): Insertion[] {
  const isKnown = new Set(known.map((entry) => JSON.stringify(entry)));
  const isNew = (entry: WorkloadsSpec) => !isKnown.has(JSON.stringify(entry));
  const gitops = inventory.gitops[0] ?? Object.values(spec.clusters)[0]?.gitops;
  const ofCluster = ({ name, workloads: own }: FoundCluster): Insertion[] => {
    const entries = own.filter(isNew);
    const there = knownCluster(spec, name, entries);
    if (there !== undefined)
      return entries.map((entry) => ({ into: ['clusters', there, 'workloads'], value: flow(entry) }));
    if (entries.length === 0) return [];
    return [{ into: ['clusters'], key: name, value: flow({ ...(gitops && { gitops }), workloads: entries }) }];
  };
  return [
    ...repositories.map((url): Insertion => ({ into: ['repositories'], key: flow(url), value: flow(root) })),
    ...branches.map((branch): Insertion => ({ into: ['branches'], value: flow(branch) })),
    ...clusters.flatMap(ofCluster),
    ...workloads.filter(isNew).map((entry): Insertion => ({ into: ['workloads'], value: flow(entry) })),
  ];
}

/** The cluster of the config that new entries are of: by their name, or by where its other entries lie. */
function knownCluster(
  { clusters }: ImagePullSpec,
  name: string,
  entries: readonly WorkloadsSpec[],
): string | undefined {
  if (Object.hasOwn(clusters, name)) return name;
  const folders = new Set(entries.flatMap((entry) => clusterFolderOf(entry) ?? []));
  return Object.keys(clusters).find((each) =>
    clusters[each]?.workloads?.some((entry) => folders.has(clusterFolderOf(entry) ?? '')),
  );
}

/** Registries of images that no declared one has, with a pull secret for each that may need one. */
function registryInsertions(
  { spec }: LoadedConfig,
  { inventory }: Discovery,
  read: readonly Discovery['inventory'][],
): Insertion[] {
  const index = new RegistryIndex(registriesOf(spec).values());
  const taken = [
    ...Object.keys(spec.registries ?? {}),
    ...Object.keys(spec.pullSecrets ?? {}).map((name) => name.replace(/-pull$/, '')),
  ];
  const found = guessRegistries([inventory, ...read], {
    isKnown: (reference) => index.find(reference) !== undefined,
    taken,
  });
  return found.flatMap(({ name, spec: registry, access }): Insertion[] => [
    { into: ['registries'], key: name, value: flow(registry) },
    ...(access === 'private' && registry.preset !== 'openshift'
      ? [
          {
            into: ['pullSecrets'] as const,
            key: `${name}-pull`,
            value: flow({ registries: [name], source: { existing: {} } }),
          },
        ]
      : []),
  ]);
}
