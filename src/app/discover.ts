import { readInventory } from '../manifests/inventory.js';
import type { Problem } from '../model/problem.js';
import type { Inventory } from '../model/workload.js';

/** The manifests below a folder, as far as they can be read. */
export interface Discovery {
  readonly inventory: Inventory;
  /** Folders and files, relative to the base, that hold manifests. */
  readonly paths: readonly string[];
  /** Files among them that are no manifests, as exclusions. */
  readonly exclusions: readonly string[];
  /** Folders that must be rendered first, and other things that were left out. */
  readonly leftOut: readonly Problem[];
}

/** How often leaving out files may bring up others: a folder that is a base may hold another one. */
const rounds = 4;

/** Reads what can be read and leaves out the rest, file by file. */
export function discover(base: string, paths: readonly string[]): Discovery {
  const exclusions = new Set<string>();
  const leftOut: Problem[] = [];
  for (let round = 0; ; round++) {
    const workloads = [...paths, ...[...exclusions].map((path) => `!${path}`)];
    const { inventory, problems } = readInventory({ base, workloads });
    const errors = problems.filter(
      (problem) => problem.code !== 'manifest-wrong-type' && problem.code !== 'no-manifests',
    );
    const found = errors.flatMap(exclusionOf).filter((path) => !exclusions.has(path));
    if (found.length === 0 || round === rounds) return result(inventory, exclusions, leftOut, paths);
    leftOut.push(...errors);
    for (const path of found) exclusions.add(path);
  }
}

function exclusionOf(problem: Problem): string[] {
  if (!problem.place) return [];
  if (problem.code !== 'manifest-is-a-base') return [problem.place.file];
  const folder = problem.place.file.replace(/\/[^/]*$/, '');
  return [folder === problem.place.file ? '**' : `${folder}/**`];
}

function result(
  inventory: Inventory,
  exclusions: ReadonlySet<string>,
  leftOut: readonly Problem[],
  paths: readonly string[],
): Discovery {
  const files = [...inventory.workloads, ...inventory.accounts, ...inventory.namespaces, ...inventory.secrets].flatMap(
    (each) => each.place?.file ?? [],
  );
  const asked = paths.length === 1 && paths[0] === '.' ? undefined : paths;
  const tops = [...new Set(asked ?? files.map((file) => file.split('/')[0] ?? file))].sort();
  const inside = [...exclusions].filter((path) => tops.some((top) => path === top || path.startsWith(`${top}/`)));
  return { inventory, paths: tops, exclusions: inside.sort(), leftOut };
}
