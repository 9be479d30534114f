import { type InventoryRead, readInventory } from '../manifests/inventory.js';
import { nothingMade } from '../manifests/made.js';
import { manifestTextOf } from '../manifests/manifest-text.js';
import type { Inventory } from '../model/inventory/found-inventory.js';
import { type Problem, placeOf } from '../model/problem/problem.js';
import type { KnownCluster } from '../model/topology/known-cluster.js';
import { mayMention } from '../yaml/mention.js';

/** The manifests below a folder that are as they are applied, as far as they can be read. */
export interface PlainManifests {
  readonly inventory: Inventory;
  /** Folders and files, relative to the base, that hold manifests, or what may be some. */
  readonly paths: readonly string[];
  /** Files and folders among them that are no manifests, as patterns of exclusions. */
  readonly exclusions: readonly string[];
  /** The files that were left out of them, folder by folder. */
  readonly leftOut: readonly LeftOut[];
  /** Problems of what was not seen and may run pods; nothing of it is left out, so that `synth` goes on saying so. */
  readonly unseen: readonly Problem[];
}

/** Parts of a repository that a config leads to already. */
export interface KnownParts {
  /** The folders and files that are seen by what is rendered, absolute and without links. */
  readonly reached: ReadonlySet<string>;
  /** Those of them that could not be rendered. */
  readonly unrendered: ReadonlySet<string>;
  /** The patterns that are left out. */
  readonly exclusions: readonly string[];
  readonly repositories?: Readonly<Record<string, string>>;
  readonly branches?: readonly string[];
  /** The folder with the charts of others. */
  readonly charts?: string;
  /** The clusters that Argo CD knows. */
  readonly clusters?: readonly KnownCluster[];
}

/** Files of one folder that hold no Kubernetes object. */
export interface LeftOut {
  /** A file, or a folder with all that lies in it. */
  readonly path: string;
  readonly files: number;
}

/** As many files of a folder are left out one by one. */
const mostFiles = 2;

/**
 * Reads what can be read and leaves out what holds neither objects nor images. Paths are taken literally.
 *
 * @param config the name of the config, which is no manifest either
 * @param known what is seen by entries that are rendered or followed, and what is left out on purpose
 */
export function plainManifests(
  base: string,
  asked: readonly string[],
  config: string,
  { reached, unrendered, exclusions }: KnownParts,
): PlainManifests {
  const folders = asked.map(literalPath);
  const workloads = [...folders, ...exclusions.map((each) => `!${each}`)];
  const made = { ...nothingMade, reached, unrendered };
  const { inventory, problems, withObjects } = readInventory({ base, workloads, made });
  const files = filesWithoutObjects(base, { problems, withObjects });
  const gone = new Set(files);
  const unseen = problems.filter((each) => {
    const file = placeOf(each)?.file ?? '';
    return each.code !== 'no-manifests' && !gone.has(file) && file !== config;
  });
  const tops = topsOf(inventory, unseen, folders);
  const isKept = (file: string) => tops.some((top) => top === '.' || isWithin(file, top.replace(/^\.\//, '')));
  const told = new Set(unseen.flatMap((problem) => placeOf(problem)?.file ?? []));
  const leftOut = gathered(files.filter(isKept), (folder) =>
    [...withObjects, ...told].some((file) => isWithin(file, folder)),
  );
  const read = {
    ...inventory,
    files: inventory.files - gone.size,
    unread: inventory.unread.filter(({ file }) => !gone.has(file)),
  };
  return {
    inventory: read,
    paths: tops,
    exclusions: [...leftOut.map(({ path }) => path), ...(isKept(config) ? [config] : [])].map(exclusionPattern),
    leftOut,
    unseen: unseen.filter((problem) => isKept(placeOf(problem)?.file ?? '')),
  };
}

/** Files of YAML and JSON that are no manifests and name no images: nothing is to be seen in them. */
export function filesWithoutObjects(
  base: string,
  { problems, withObjects }: Pick<InventoryRead, 'problems' | 'withObjects'>,
): string[] {
  const strange = new Set(
    problems.flatMap((problem) => (problem.code === 'manifest-not-an-object' ? (placeOf(problem)?.file ?? []) : [])),
  );
  return [...strange].filter((file) => !withObjects.has(file) && !mayHoldImages(base, file));
}

/** Files that say where npm and the like find sources, under the same key that names images elsewhere. */
const packageFiles = /(?:^|\/)package(?:-lock)?\.json$/;

/** Values, compositions and the like are no manifests, but say what runs: to leave them out is for people to decide. */
function mayHoldImages(base: string, file: string): boolean {
  if (packageFiles.test(file)) return false;
  return mayMention(manifestTextOf(base, file)?.text ?? '', /image|repository/i);
}

/** The first folders of all that is in an inventory or in doubt; what was asked for, where it was. */
function topsOf(inventory: Inventory, unseen: readonly Problem[], asked: readonly string[]): string[] {
  if (asked.length !== 1 || asked[0] !== '.') return [...new Set(asked)].sort();
  const { workloads, accounts, namespaces, secrets, imageStreams, mirrors, unseen: standIns } = inventory;
  const placed = [workloads, accounts, namespaces, secrets, imageStreams, mirrors, standIns].flat();
  const places = [...placed.map(({ place }) => place), ...unseen.map(placeOf)];
  const files = new Set(places.flatMap((place) => place?.file ?? []));
  const found = [...new Set([...files].map(topOf))];
  const tops = new Set(found.filter((top) => !found.some((other) => top !== other && isWithin(top, other))));
  for (const type of manifestTypes) {
    const loose = [...tops].filter((top) => files.has(top) && !top.includes('/') && top.endsWith(type));
    if (loose.length <= mostLoose) continue;
    for (const file of loose) tops.delete(file);
    tops.add(`*${type}`);
  }
  return [...tops].map((top) => (isTypeGlob(top) ? top : literalPath(top))).sort();
}

/** As many files that lie in no folder are listed one by one. */
const mostLoose = 5;
const manifestTypes = ['.yaml', '.yml', '.json'];

/** True for the glob that takes the place of many files in no folder. */
function isTypeGlob(path: string): boolean {
  return manifestTypes.some((type) => path === `*${type}`);
}

/** Many files of a folder as the folder, where nothing else lies in it. */
function gathered(files: readonly string[], holdsMore: (folder: string) => boolean): LeftOut[] {
  const byFolder = new Map<string, string[]>();
  for (const file of files) {
    const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), file]);
  }
  return [...byFolder]
    .flatMap(([folder, own]): LeftOut[] =>
      folder === '' || own.length <= mostFiles || holdsMore(folder)
        ? own.map((path) => ({ path, files: 1 }))
        : [{ path: `${folder}/**`, files: own.length }],
    )
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function isWithin(path: string, folder: string): boolean {
  if (isTypeGlob(folder)) return !path.includes('/') && path.endsWith(folder.slice(1));
  return path === folder || path.startsWith(`${folder}/`);
}

/** The first folder of a path that does not lead upwards; below `clusters` the folder of the cluster. */
function topOf(file: string): string {
  return /^(?:\.\.\/)*(?:(?:[^/]+\/)*?clusters\/[^/]+(?=\/)|[^/]+)/.exec(file)?.[0] ?? file;
}

/** A path that means itself: `!` begins an exclusion, and `-` is standard input. */
export function literalPath(path: string): string {
  return /^[!-]/.test(path) ? `./${path}` : path;
}

/** A pattern for this path; a final `/**` stays one. */
export function exclusionPattern(path: string): string {
  const [, up = '', name = '', folder = ''] = /^((?:\.\.\/)*)([\s\S]*?)((?:(?:^|\/)\*\*)?)$/.exec(path) ?? [];
  const escaped = (text: string) => text.replace(/[\\*?[\](){}!+@|^$"']/g, '\\$&');
  if (escaped(name) === name) return path;
  // Escapes only count from the first wildcard on, so the first character becomes one.
  const first = name.slice(0, 1);
  return `${up}${/\w/.test(first) ? `[${first}]` : '?'}${escaped(name.slice(1))}${folder}`;
}
