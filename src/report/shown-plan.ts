import { join, relative } from 'node:path';
import { besideFileOf } from '../app/beside.js';
import type { Synthesis } from '../app/synthesize.js';
import type { Plan } from '../output/plan.js';
import type { FileOf } from './row.js';

/** Changes that writing would make, all paths as the user would write them. */
export type ShownPlan = Pick<Plan, 'create' | 'replace' | 'prune' | 'unchanged'>;

/** The changes of the output folder and of the files beside workloads, in one. */
export function shownPlan({ changes, beside }: Synthesis, folder: string, cwd: string): ShownPlan {
  const own = shownIn(changes, folder);
  const others = shownIn(beside.changes, relative(cwd, beside.root));
  return {
    create: [...own.create, ...others.create],
    replace: [...own.replace, ...others.replace],
    prune: [...own.prune, ...others.prune],
    unchanged: [...own.unchanged, ...others.unchanged],
  };
}

function shownIn({ create, replace, prune, unchanged }: Plan, folder: string): ShownPlan {
  const shown = (path: string) => (folder === '' ? path : `${folder}/${path}`);
  return {
    create: create.map((file) => ({ ...file, path: shown(file.path) })),
    replace: replace.map(({ file, before }) => ({ file: { ...file, path: shown(file.path) }, before })),
    prune: prune.map(({ path, before }) => ({ path: shown(path), before })),
    unchanged: unchanged.map(shown),
  };
}

/** The file of each namespace, wherever its shard or its folder put it. */
export function namespaceFiles({ plans, objects }: Synthesis, folder: string, base: string, cwd: string): FileOf {
  const files = new Map<string, string>();
  for (const path of objects.keys()) {
    const parts = path.split('/');
    if (parts[1] === 'namespaces' || parts[1] === 'sources')
      files.set(`${parts[0]}/${parts[parts.length - 1]}`, `${folder}/${path}`);
  }
  const byName = new Map(plans.map((plan) => [plan.cluster.name, plan]));
  return (cluster, namespace) => {
    const plan = byName.get(cluster);
    const beside = plan && besideFileOf(plan, namespace);
    if (beside !== undefined) return relative(cwd, join(base, beside));
    return files.get(`${cluster}/${namespace}.yaml`) ?? '';
  };
}
