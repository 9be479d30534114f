import path from 'node:path';
import { parseConfig } from '../config/load.js';
import type { Workshop } from '../manifests/make.js';
import type { Inventory } from '../model/inventory/found-inventory.js';
import { type Discovery, discover } from './discover.js';
import { flow } from './flow-text.js';
import { listedNames } from './listed-names.js';
import { makeManifests } from './made-clusters.js';
import { planClusters } from './plan.js';
import { guessRegistries, type RegistryGuess } from './registry-guess.js';

/** The findings of `init`, and the text that it would write. */
export interface Initial {
  readonly discovery: Discovery;
  readonly registries: readonly RegistryGuess[];
  /** The text of image-pull.yaml: valid as it is. */
  readonly text: string;
}

/** Reads the manifests below a folder and writes the text of a config that fits them. */
export async function initialConfig(
  base: string,
  paths: readonly string[],
  file: string,
  workshop: Workshop,
): Promise<Initial> {
  const discovery = await discover(base, paths, path.basename(file), workshop);
  const registries = guessRegistries([discovery.inventory]);
  const text = configText(discovery, registries);
  // What synth would refuse is not written.
  const config = parseConfig(text, file, base);
  planClusters({ config, made: await makeManifests(config, workshop) });
  return { discovery, registries, text };
}

/** Whether the manifests are of OpenShift: kinds and images that nothing else has. */
function isOpenShift(inventory: Inventory, registries: readonly RegistryGuess[]): boolean {
  return inventory.imageStreams.length > 0 || registries.some((registry) => registry.spec.preset === 'openshift');
}

function configText(discovery: Discovery, registries: readonly RegistryGuess[]): string {
  const credentials = registries.filter(
    (registry) => registry.access === 'private' && registry.spec.preset !== 'openshift',
  );
  const optional = registries.find((registry) => registry.access === 'optional');
  const parts = [
    '# yaml-language-server: $schema=./node_modules/cdk8s-image-pull/schema/image-pull.schema.json',
    'version: 1',
    '',
    ...registryLines(registries),
    ...pullSecretLines(credentials, optional, listedNames(discovery.inventory, registries)),
    ...clusterLines(discovery, registries),
    '',
    ...repositoryLines(discovery),
    ...(discovery.vendored === undefined ? [] : [`charts: ${flow(discovery.vendored)}`, '']),
    ...workloadLines(discovery),
  ];
  return `${parts.join('\n')}\n`;
}

/** The clusters, each with what is known of it. */
function clusterLines({ clusters, inventory }: Discovery, registries: readonly RegistryGuess[]): string[] {
  const platform = isOpenShift(inventory, registries)
    ? '    openshift: "4.20"         # your version'
    : '    # kubernetes: "1.35"      # your version, for picks that need one';
  return [
    'clusters:',
    ...clusters.flatMap(({ name, match, workloads }) => [
      `  ${name}:`,
      platform,
      gitopsLine(inventory),
      ...(match ? [`    match: ${flow(match)}`] : []),
      ...(workloads.length > 0 ? ['    workloads:', ...workloads.map((each) => `      - ${flow(each)}`)] : []),
    ]),
  ];
}

/** URLs that are taken for this repository, and branches for what is checked out. */
function repositoryLines({ repositories, root, branches }: Discovery): string[] {
  return [
    ...(repositories.length === 0
      ? []
      : [
          'repositories:',
          ...repositories.map((url) => `  ${flow(url)}: ${flow(root)}             # this repository`),
          '',
        ]),
    ...(branches.length === 0 ? [] : [`branches: ${flow(branches)}             # that GitOps objects name`, '']),
  ];
}

/** Who applies the manifests will apply the output too; Argo CD where they do not say. */
function gitopsLine({ gitops }: Inventory): string {
  if (gitops.length > 1) return '    gitops: argocd             # the manifests have objects of Flux too';
  return `    gitops: ${gitops[0] ?? 'argocd'}`;
}

function registryLines(registries: readonly RegistryGuess[]): string[] {
  if (registries.length === 0) return ['registries: {}                # no image was found', ''];
  const remarks = {
    private: 'if anybody may pull: access: public',
    optional: 'anonymous pulls are rate-limited',
    public: '',
  } as const;
  const entries = registries.map(({ name, spec }) => `  ${name}: ${flow(spec)}`);
  const width = Math.max(...entries.map((entry) => entry.length));
  return [
    'registries:',
    ...registries.map(({ access }, index) => {
      const entry = entries[index] ?? '';
      return remarks[access] === '' ? entry : `${entry.padEnd(width)}   # ${remarks[access]}`;
    }),
    '',
  ];
}

function pullSecretLines(
  credentials: readonly RegistryGuess[],
  optional: RegistryGuess | undefined,
  listed: ReadonlyMap<string, string>,
): string[] {
  const isListed = optional && listed.has(optional.name);
  const example =
    optional && !isListed
      ? [
          `  # ${optional.name}-pull: { registries: [${optional.name}], source: { external: { store: vault, key: registries/${optional.name} } } }`,
        ]
      : [];
  const wanted = [...credentials, ...(isListed ? [optional] : [])];
  if (wanted.length === 0) return ['pullSecrets: {}', ...example, ''];
  const registriesOf = new Map<string, string[]>();
  for (const { name } of wanted) {
    const pullSecret = listed.get(name) ?? `${name}-pull`;
    registriesOf.set(pullSecret, [...(registriesOf.get(pullSecret) ?? []), name]);
  }
  return [
    '# `existing` refers to a Secret that somebody else makes. To have it made from a store:',
    '#   source: { external: { store: <ClusterSecretStore>, key: <remote key> } }',
    'pullSecrets:',
    ...[...registriesOf].map(
      ([name, registries]) => `  ${name}: { registries: [${registries.join(', ')}], source: { existing: {} } }`,
    ),
    ...example,
    '',
  ];
}

function workloadLines({ workloads, clusters, charts }: Discovery): string[] {
  if (workloads.length === 0 && clusters.some((cluster) => cluster.workloads.length > 0)) return [];
  const isOfAll = workloads.some((each) => (typeof each === 'string' ? !each.startsWith('!') : !('argocd' in each)));
  const heading = isOfAll && clusters.length > 1 ? 'workloads:                    # of all clusters' : 'workloads:';
  return [
    workloads.length === 0 ? 'workloads: []                 # files, folders or globs of manifests' : heading,
    ...workloads.map((each) => `  - ${flow(each)}`),
    ...charts.map((helm) => `  # - { helm: ${flow(helm)}, release: <name>, namespace: <name> }`),
  ];
}
