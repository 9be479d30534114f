import { readInventory } from '../manifests/inventory.js';
import type { Inventory } from '../model/inventory/workload.js';
import type { Problem } from '../model/problem/problem.js';

/** The manifests below a folder, as far as they can be read. */
export interface Discovery {
  readonly inventory: Inventory;
  /** Folders and files, relative to the base, that hold manifests. */
  readonly paths: readonly string[];
  /** Files among them that are no manifests, as patterns of exclusions. */
  readonly exclusions: readonly string[];
  /** What was left out of them: folders that must be rendered first, files that are no manifests. */
  readonly leftOut: readonly Problem[];
}

/** How often leaving out files may bring up others: a folder that is a base may hold another one. */
const rounds = 4;

/** Reads what can be read and leaves out the rest, file by file. Paths are taken literally. */
export function discover(base: string, asked: readonly string[]): Discovery {
  const paths = asked.map(literalPath);
  const exclusions = new Set<string>();
  const leftOut: Problem[] = [];
  for (let round = 0; ; round++) {
    const workloads = [...paths, ...[...exclusions].map((path) => `!${exclusionPattern(path)}`)];
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
  const { workloads, accounts, namespaces, secrets, imageStreams, mirrors } = inventory;
  const files = [workloads, accounts, namespaces, secrets, imageStreams, mirrors]
    .flat()
    .flatMap((each) => each.place?.file ?? []);
  const asked = paths.length === 1 && paths[0] === '.' ? undefined : paths;
  const tops = [...new Set(asked ?? files.map(topOf))].map(literalPath).sort();
  const isKept = (path: string) => tops.some((top) => top === '.' || isWithin(path, top.replace(/^\.\//, '')));
  return {
    inventory,
    paths: tops,
    exclusions: [...exclusions].filter(isKept).map(exclusionPattern).sort(),
    leftOut: leftOut.filter(({ place }) => place && isKept(place.file)),
  };
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** The first folder of a path that does not lead upwards. */
function topOf(file: string): string {
  return /^(?:\.\.\/)*[^/]+/.exec(file)?.[0] ?? file;
}

/** A path that means itself: `!` begins an exclusion, and `-` is standard input. */
function literalPath(path: string): string {
  return /^[!-]/.test(path) ? `./${path}` : path;
}

/** A pattern for this path; a final `/**` stays one. */
function exclusionPattern(path: string): string {
  const [, up = '', name = '', folder = ''] = /^((?:\.\.\/)*)([\s\S]*?)((?:(?:^|\/)\*\*)?)$/.exec(path) ?? [];
  const escaped = (text: string) => text.replace(/[\\*?[\](){}!+@|^$"']/g, '\\$&');
  if (escaped(name) === name) return path;
  // Escapes only count from the first wildcard on, so the first character becomes one.
  const first = name.slice(0, 1);
  return `${up}${/\w/.test(first) ? `[${first}]` : '?'}${escaped(name.slice(1))}${folder}`;
}
