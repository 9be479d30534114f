import path from 'node:path';
import type { BesideFile } from '../manifests/beside-files.js';
import { manifestTextOf } from '../manifests/manifest-text.js';
import { renderedSource } from '../manifests/rendered-source.js';
import { liesIn, repositoryOf } from '../manifests/repository.js';
import type { Inventory } from '../model/inventory/found-inventory.js';
import type { AccessPlan, JudgedPlan } from '../model/plan/access-plan.js';
import { besideFolders } from '../model/plan/beside-folders.js';
import type { PlannedCluster } from '../model/plan/disagreements.js';
import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { type Words, words } from '../model/problem/shown.js';
import type { ClusterModel } from '../model/vocabulary/cluster.js';
import { besideCluster, besideFileName } from '../output/header.js';
import type { Output } from '../output/output.js';
import { type Plan, planOutput } from '../output/plan.js';
import { readFormerOutput } from './former-output.js';

/** A cluster with its plan, what it was made from, and the files that an earlier run put beside its workloads. */
export interface ReadCluster extends PlannedCluster {
  readonly plan: JudgedPlan;
  readonly former: readonly BesideFile[];
}

/** Facts that `placement: beside` needs of the folders of a cluster's workloads. */
export class BesideWorkloads {
  readonly #base: string;
  readonly #cluster: ClusterModel;
  readonly #inventory: Inventory;
  /** The files that an earlier run put there for this cluster. */
  readonly former: readonly BesideFile[];

  constructor(base: string, cluster: ClusterModel, inventory: Inventory, files: readonly BesideFile[]) {
    this.#base = base;
    this.#cluster = cluster;
    this.#inventory = inventory;
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
  placed(plan: JudgedPlan): JudgedPlan {
    const { folders, problems } = besideFolders(this.#inventory, this.#cluster, {
      former: new Map(this.former.map(({ namespace, folder }) => [namespace, folder])),
      isChart: (folder) => renderedSource(this.#base, folder).kind === 'helm',
    });
    // Where nothing is written, it does not matter where.
    const served = new Set([
      ...[...plan.secrets, ...plan.accounts, ...plan.needs].map(({ namespace }) => namespace),
      ...plan.asked,
    ]);
    const unclear = problems.flatMap(({ namespace, problem }) => (served.has(namespace) ? [problem] : []));
    return { ...plan, folders, problems: [...plan.problems, ...unclear] };
  }

  #ownObjects(): Set<string> {
    const own = new Set<string>();
    for (const { path: file, folder, cluster } of this.former) {
      const text = manifestTextOf(this.#base, file)?.text ?? '';
      const { objects = [] } = readFormerOutput([{ path: `${cluster}/${file}`, text }]).get(cluster) ?? {};
      for (const { namespace, name } of objects) own.add(`${folder} ${namespace}/${name}`);
    }
    return own;
  }
}

/** The folders in which files may lie beside workloads. */
export function besideFoldersOf({ workloads }: Inventory, { namespaces }: ClusterModel): string[] {
  const ofWorkloads = workloads.map(({ place, source }) =>
    source ? source.from : place && path.posix.dirname(place.file),
  );
  const named = [...namespaces.values()].map(({ folder }) => folder);
  return [...ofWorkloads, ...named].flatMap((folder) => folder ?? []);
}

/** The files beside workloads, and what writing them would change. */
export interface BesideChanges {
  /** The folder that the paths are relative to: the repository, which the config may lie deep in. */
  readonly root: string;
  readonly output: Output;
  readonly changes: Plan;
}

/** The surroundings that {@link planBeside} compares with. */
export interface BesideContext {
  readonly base: string;
  /** The output folder, in which nothing can lie beside workloads. */
  readonly folder: string;
  /** The clusters of the config. */
  readonly clusters: readonly string[];
  /** Files of earlier runs that this run may replace or remove. */
  readonly former: readonly BesideFile[];
}

/** Compares the files that belong beside workloads with what is there. */
export function planBeside(beside: Output, { base, folder, clusters, former }: BesideContext): BesideChanges {
  const root = repositoryOf(base);
  const fromRoot = (file: string) => path.relative(root, path.resolve(base, file)).split(path.sep).join('/');
  const files = [...beside.values()].map((file) => ({ ...file, path: fromRoot(file.path) }));
  const output = new Map(files.map((file) => [file.path, file]));
  const plan = planOutput(root, output, { within: [], former: former.map((file) => fromRoot(file.path)) });
  const inside = files.filter((file) => liesIn(path.resolve(folder), path.join(root, file.path)));
  const taken = plan.replace.filter(({ file, before }) => isOfOther(before, file.text, clusters));
  const problems = [
    ...inside.map((file) => collision(words`${file.path} would lie in the output folder`, inFolder)),
    ...taken.map(({ file }) => collision(words`${file.path} was written for another cluster`, shared)),
  ];
  return { root, output, changes: { ...plan, problems: [...plan.problems, ...problems] } };
}

const inFolder = words`name a folder of workloads under namespaces.<namespace>.folder`;
const shared = words`clusters that share the manifests of workloads need placement central`;

function isOfOther(before: string, after: string, clusters: readonly string[]): boolean {
  const [old, now] = [before, after].map((text) => besideCluster(text));
  return old !== undefined && old !== now && clusters.includes(old);
}

function collision(message: Words, hint: Words): Problem {
  return At.of().refuse('output-collision', message, hint);
}

/**
 * Changes of the output, with what lies beside workloads under the name of its cluster, as if it lay in the output
 * folder.
 */
export function withBeside({ changes, beside }: { readonly changes: Plan; readonly beside: BesideChanges }): Plan {
  const { replace, prune, unchanged } = beside.changes;
  const moved = (path: string, text: string) => `${besideCluster(text)}/${path}`;
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
