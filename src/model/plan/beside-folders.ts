import type { Inventory } from '../inventory/found-inventory.js';
import type { Workload } from '../inventory/workload.js';
import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import type { ClusterModel } from '../vocabulary/cluster.js';

/** Where the files of namespaces go with `placement: beside`. */
export interface BesideFolders {
  /** The folder of each namespace, relative to the config; a namespace without one stays in the central tree. */
  readonly folders: ReadonlyMap<string, string>;
  /** Findings about namespaces whose folder is not clear, which count where something is written for them. */
  readonly problems: readonly { readonly namespace: string; readonly problem: Problem }[];
}

/** Facts about folders besides the manifests. */
export interface FolderFacts {
  /** The folder in which an earlier run put the file of a namespace. */
  readonly former: ReadonlyMap<string, string>;
  /** True for a folder that is a chart: what lies in it is a template, so nothing can be put there. */
  readonly isChart: (folder: string) => boolean;
}

/**
 * The folder of the workloads of each namespace: that of their manifests, or what they were rendered from; of several
 * folders the one around them. So the application that applies the workloads applies the file too, and its waves order
 * both. Pure.
 */
export function besideFolders(inventory: Inventory, cluster: ClusterModel, facts: FolderFacts): BesideFolders {
  const folders = new Map<string, string>();
  const problems: { namespace: string; problem: Problem }[] = [];
  if (cluster.placement !== 'beside') return { folders, problems };
  for (const [namespace, folder] of facts.former) folders.set(namespace, folder);
  for (const [namespace, workloads] of byNamespace(inventory.workloads)) {
    const folder = folderOf(workloads, facts);
    if (typeof folder === 'string') folders.set(namespace, folder);
    else if (cluster.namespaces.get(namespace)?.folder === undefined)
      problems.push({ namespace, problem: unclear(namespace, workloads[0]!, folder) });
  }
  for (const [namespace, { folder }] of cluster.namespaces) if (folder !== undefined) folders.set(namespace, folder);
  return { folders, problems };
}

/** Why there is no one folder. */
interface Unclear {
  readonly reason: string;
}

function byNamespace(workloads: readonly Workload[]): Map<string, Workload[]> {
  const groups = new Map<string, Workload[]>();
  for (const workload of workloads) {
    if (workload.namespace === undefined) continue;
    const group = groups.get(workload.namespace);
    if (group) group.push(workload);
    else groups.set(workload.namespace, [workload]);
  }
  return groups;
}

function folderOf(workloads: readonly Workload[], { isChart }: FolderFacts): string | Unclear {
  const found = new Set<string>();
  for (const { source, place } of workloads) {
    const folder = source ? source.from : place && parentOf(place.file);
    if (folder === undefined) return { reason: 'come from a text of which nobody knows what it was rendered from' };
    if (source && isChart(folder)) return { reason: `come from the chart ${folder}, where only templates can be` };
    found.add(folder);
  }
  const common = commonFolder([...found]);
  return common ?? { reason: `lie in ${[...found].sort().join(', ')}, which no folder of their own is around` };
}

/** `<stdin>` is no file. */
function parentOf(file: string): string | undefined {
  if (file.startsWith('<')) return undefined;
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.';
}

/** The deepest folder around all of them; the folder of the config itself only where it is the only one. */
function commonFolder(folders: readonly string[]): string | undefined {
  const [first = '.', ...others] = folders;
  if (others.length === 0) return first;
  const parts = first.split('/');
  const shared = others.reduce((length, other) => {
    const own = other.split('/');
    const end = parts.slice(0, length).findIndex((part, index) => part !== own[index]);
    return end < 0 ? length : end;
  }, parts.length);
  const common = parts.slice(0, shared).join('/');
  return common === '' || common === '.' || /^(\.\.\/?)*$/.test(common) ? undefined : common;
}

function unclear(namespace: string, { place }: Workload, { reason }: Unclear): Problem {
  return At.of(place).find(
    'folder-unclear',
    words`the workloads of namespace ${namespace} ${reason}: what is written for it stays in the central tree`,
    words`name a folder that their application applies: namespaces: { ${namespace}: { folder: <folder> } }`,
  );
}
