import path from 'node:path';
import { type BesideFile, besideFiles } from '../manifests/beside-files.js';
import { manifestTextOf } from '../manifests/manifest-text.js';
import { renderedSource } from '../manifests/rendered-source.js';
import { repositoryOf } from '../manifests/repository.js';
import type { AccessPlan } from '../model/access/access-plan.js';
import { besideFolders } from '../model/access/beside-folders.js';
import type { PlannedCluster } from '../model/access/disagreements.js';
import type { Inventory } from '../model/pods/workload.js';
import { besideCluster, besideFileName } from '../model/problem/header.js';
import type { ClusterModel } from '../model/spec/cluster.js';
import type { Output } from '../synth/output.js';
import { type Plan, planOutput } from '../synth/plan.js';
import { readFormerOutput } from './former-output.js';

/** A cluster with its plan, what it was made from, and the files that an earlier run put beside its workloads. */
export interface ReadCluster extends PlannedCluster {
  readonly former: readonly BesideFile[];
}

/** What `placement: beside` needs to know of the folders of a cluster's workloads. */
export class BesideWorkloads {
  readonly #base: string;
  readonly #cluster: ClusterModel;
  readonly #inventory: Inventory;
  /** The files that an earlier run put there for this cluster. */
  readonly former: readonly BesideFile[];

  constructor(base: string, cluster: ClusterModel, inventory: Inventory) {
    this.#base = base;
    this.#cluster = cluster;
    this.#inventory = inventory;
    const files = cluster.placement === 'beside' ? besideFiles(base, foldersOf(inventory, cluster)) : [];
    this.former = files.filter((file) => file.cluster === cluster.name);
  }

  /**
   * The inventory without what stands in these files. What is rendered from a folder holds it too, and comments, which
   * would tell, are gone there.
   */
  get inventory(): Inventory {
    if (this.former.length === 0) return this.#inventory;
    const own = this.#ownObjects();
    const isForeign = (each: { namespace?: string; name: string; source?: { from?: string } }) =>
      each.source?.from === undefined || !own.has(`${each.source.from} ${each.namespace}/${each.name}`);
    const { accounts, secrets } = this.#inventory;
    return { ...this.#inventory, accounts: accounts.filter(isForeign), secrets: secrets.filter(isForeign) };
  }

  /** The plan with the folders of its namespaces. */
  placed(plan: AccessPlan): AccessPlan {
    const { folders, problems } = besideFolders(this.#inventory, this.#cluster, {
      former: new Map(this.former.map(({ namespace, folder }) => [namespace, folder])),
      isChart: (folder) => renderedSource(this.#base, folder).kind === 'helm',
    });
    return { ...plan, folders, problems: [...plan.problems, ...problems] };
  }

  #ownObjects(): Set<string> {
    const own = new Set<string>();
    for (const { path: file, folder, cluster } of this.former) {
      const text = manifestTextOf(this.#base, file, undefined)?.text ?? '';
      const { accounts = [], secrets = [] } =
        readFormerOutput([{ path: `${cluster}/${file}`, text }]).get(cluster) ?? {};
      for (const { namespace, name } of [...accounts, ...secrets]) own.add(`${folder} ${namespace}/${name}`);
    }
    return own;
  }
}

function foldersOf({ workloads }: Inventory, { namespaces }: ClusterModel): Set<string> {
  const folders = new Set<string>();
  for (const { place, source } of workloads) {
    const folder = source ? source.from : place && path.posix.dirname(place.file);
    if (folder !== undefined) folders.add(folder);
  }
  for (const { folder } of namespaces.values()) if (folder !== undefined) folders.add(folder);
  return folders;
}

/** The files beside workloads, and what writing them would change. */
export interface BesideChanges {
  /** The folder that the paths of the changes are relative to: the repository, which the config may lie deep in. */
  readonly root: string;
  readonly changes: Plan;
}

/** Compares the files that belong beside workloads with what is there. */
export function planBeside(base: string, beside: Output, clusters: readonly ReadCluster[]): BesideChanges {
  const root = repositoryOf(base);
  const fromRoot = (file: string) => path.relative(root, path.resolve(base, file)).split(path.sep).join('/');
  const output = new Map(
    [...beside.values()].map((file) => [fromRoot(file.path), { ...file, path: fromRoot(file.path) }]),
  );
  const former = clusters.flatMap((cluster) => cluster.former.map((file) => fromRoot(file.path)));
  return { root, changes: planOutput(root, output, { within: [], former }) };
}

/** What is written, with what lies beside workloads under the name of its cluster, as if it lay in the output folder. */
export function withBeside({ changes, beside }: { readonly changes: Plan; readonly beside: BesideChanges }): Plan {
  const { replace, prune, unchanged } = beside.changes;
  const moved = (path: string, text: string) => `${besideCluster(text.split('\n', 1)[0] ?? '')}/${path}`;
  return {
    ...changes,
    replace: [
      ...changes.replace,
      ...replace.map(({ file, before }) => ({ file: { ...file, path: moved(file.path, before) }, before })),
    ],
    prune: [...changes.prune, ...prune.map(({ path, before }) => ({ path: moved(path, before), before }))],
    unchanged: [...changes.unchanged, ...unchanged],
  };
}

/** Where the file of a namespace lies beside its workloads, relative to the config; undefined if it does not. */
export function besideFileOf({ folders }: AccessPlan, namespace: string): string | undefined {
  const folder = folders.get(namespace);
  return folder === undefined ? undefined : path.posix.join(folder, besideFileName(namespace));
}
