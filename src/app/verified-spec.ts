import path from 'node:path';
import { configFileName, type LoadedConfig } from '../config/load.js';
import { askedPath } from '../manifests/asked-path.js';
import type { Workshop } from '../manifests/make.js';
import { At } from '../model/problem/at.js';
import { ImagePullError } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { unnamedCluster } from '../model/proof/proven-cluster.js';
import type { ClusterSpec, ImagePullSpec, WorkloadsSpec } from '../model/vocabulary/spec.js';
import { isFileEntry, patternOf } from '../model/vocabulary/workloads.js';
import type { RenderedEntries } from './discover.js';
import { exclusionPattern, literalPath } from './plain-manifests.js';

/** The spec that is verified: of a config, or of what paths lead to. */
export interface VerifiedSpec extends Pick<LoadedConfig, 'spec' | 'base' | 'locate' | 'problems'> {
  /** The output folder, in which each cluster has its own; undefined where output is read as any manifest. */
  readonly output?: string;
  /** The config that it is of, or whose registries count. @default - none */
  readonly config?: LoadedConfig | undefined;
  /** True where nobody has said which files are no manifests. @default false */
  readonly isUncurated?: boolean;
}

/** Paths that somebody asks about. */
export interface AskedPaths {
  /** The folder that paths are relative to. */
  readonly base: string;
  /** Files, folders, globs, and `-` for standard input. */
  readonly paths: readonly string[];
  /** The namespace of objects that name none. */
  readonly namespace?: string | undefined;
  /** The config whose registries and pull secrets count, where there is one. */
  readonly config?: LoadedConfig | undefined;
  /** The cluster of the config that they are of. @default - the only one */
  readonly cluster?: string | undefined;
}

/**
 * A spec that reads paths: folders as `init` would have them read, with all that is rendered and followed; files as they
 * are.
 *
 * @throws ImagePullError `usage` for a path that leads nowhere.
 */
export async function specOfPaths(asked: AskedPaths, workshop: Workshop): Promise<VerifiedSpec> {
  const { base, paths, config } = asked;
  const kinds = new Map(paths.map((each) => [each, askedPath(base, each)]));
  const missing = paths.filter((each) => kinds.get(each) === 'missing');
  if (missing.length > 0)
    throw new ImagePullError(
      missing.map((each) => At.of().refuse('usage', words`${JSON.stringify(each)} matches no file`, null)),
    );
  const folders = paths.filter((each) => kinds.get(each) === 'folder').map((each) => path.posix.normalize(each));
  const files = paths.filter((each) => !folders.includes(path.posix.normalize(each)));
  const found = folders.length > 0 ? await renderedBelow(base, folders, workshop) : undefined;
  const workloads = [
    ...files.map((each) => (kinds.get(each) === 'file' ? literalPath(each) : each)),
    ...(found?.workloads ?? []),
    ...folders.map(literalPath),
    ...(folders.length > 0
      ? [`!${configFileName}`, ...(found?.vendored === undefined ? [] : [`!${found.vendored}`])]
      : []),
  ].map((entry) => placed(entry, asked.namespace));
  const spec = { ...withoutEntries(config?.spec), ...settingsOf(found), workloads, clusters: clustersOf(asked, found) };
  return {
    spec,
    base,
    locate: config?.locate ?? ((problem) => problem),
    problems: config?.problems ?? [],
    config,
    isUncurated: true,
  };
}

/** Loaded only where folders are looked through. */
function renderedBelow(base: string, folders: readonly string[], workshop: Workshop): Promise<RenderedEntries> {
  const { renderedEntries } = require('./discover.js') as typeof import('./discover.js');
  return renderedEntries(base, folders, workshop);
}

/** An entry with the namespace of objects that name none, where it gives none itself. */
function placed(entry: WorkloadsSpec, namespace: string | undefined): WorkloadsSpec {
  if (namespace === undefined || patternOf(entry)?.startsWith('!')) return entry;
  if (typeof entry === 'string') return { path: entry, namespace };
  return isFileEntry(entry) || 'kustomize' in entry ? { namespace, ...entry } : entry;
}

/** Takes from a config all but where it reads. */
function withoutEntries(spec: ImagePullSpec | undefined): Omit<ImagePullSpec, 'clusters'> {
  const { workloads: _workloads, clusters: _clusters, ...rest } = spec ?? { version: 1 as const, clusters: {} };
  return rest;
}

function settingsOf(found: RenderedEntries | undefined): Pick<ImagePullSpec, 'charts' | 'repositories'> {
  const { vendored, repositories = [] } = found ?? {};
  return {
    ...(vendored !== undefined && { charts: vendored }),
    ...(repositories.length > 0 && { repositories: Object.fromEntries(repositories.map((url) => [url, '.'])) }),
  };
}

/** The clusters that were found, each as the config has the one that is asked about. */
function clustersOf({ config, cluster }: AskedPaths, found: RenderedEntries | undefined): ImagePullSpec['clusters'] {
  const known: Readonly<Record<string, ClusterSpec>> = config?.spec.clusters ?? {};
  const [only, second] = Object.keys(known);
  const name = cluster ?? (second === undefined ? only : undefined);
  const { workloads: _workloads, match: _match, ...settings } = known[name ?? ''] ?? {};
  const clusters =
    found && found.clusters.length > 1 ? found.clusters : [{ ...found?.clusters[0], name: name ?? unnamedCluster }];
  return Object.fromEntries(
    clusters.map(({ name: each, match, workloads = [] }) => {
      const own = [...workloads, ...foldersOfOthers(each, found)];
      return [each, { ...settings, ...(match && { match }), ...(own.length > 0 && { workloads: own }) }];
    }),
  );
}

/** The folders of other clusters, as patterns that leave them out: what lies there is nothing of this one. */
function foldersOfOthers(cluster: string, found: RenderedEntries | undefined): string[] {
  if (!found || found.clusters.length < 2) return [];
  return [...found.folders].flatMap(([name, folders]) =>
    name === cluster ? [] : folders.map((folder) => `!${exclusionPattern(folder)}`),
  );
}
