import type { Tree } from './tree.js';

/** An operation of a JSON patch (RFC 6902). */
export interface PatchOperation {
  readonly op: 'add';
  /** A JSON pointer (RFC 6901). */
  readonly path: string;
  readonly value: unknown;
}

type Path = readonly (string | number)[];

/**
 * The operations that put entries on the list at a path; the list, and maps on the way, are made where they are absent
 * or null.
 *
 * @param entries `{ name: x }` for a list of pull secrets
 * @returns undefined where the path leads through something that is no map or list
 */
export function listPatch(
  object: Tree,
  path: Path,
  entries: readonly unknown[],
): readonly PatchOperation[] | undefined {
  if (!canHold(object, path)) return undefined;
  const list = valueAt(object, path);
  if (!list || list.items().length === 0) return [settingAt(object, path, entries)];
  return entries.map((value) => ({ op: 'add', path: `${jsonPointer(path)}/-`, value }));
}

/** The operation that sets the value at a path; maps on the way that are not there are made. */
export function settingAt(object: Tree, path: Path, value: unknown): PatchOperation {
  let there = path.length - 1;
  while (there > 0 && isAbsent(valueAt(object, path.slice(0, there)))) there--;
  const made = path.slice(there + 1).reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
  return { op: 'add', path: jsonPointer(path.slice(0, there + 1)), value: made };
}

/** The value that a path leads to. */
export function valueAt(tree: Tree, path: Path): Tree | undefined {
  let at: Tree | undefined = tree;
  for (const key of path) at = typeof key === 'number' ? at?.items()[key] : at?.get(key);
  return at;
}

/** Maps for keys, lists for indices, and nothing is missing in a list. */
function canHold(object: Tree, path: Path): boolean {
  return path.every((key, index) => {
    const holder = valueAt(object, path.slice(0, index));
    if (typeof key === 'number') return holder?.items()[key] !== undefined;
    const value = holder?.get(key);
    const isLast = index === path.length - 1;
    const expected = isLast || typeof path[index + 1] === 'number' ? 'list' : 'map';
    return isAbsent(value) || value?.kind === expected;
  });
}

function jsonPointer(path: Path): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function isAbsent(tree: Tree | undefined): boolean {
  return tree === undefined || tree.kind === 'null';
}
