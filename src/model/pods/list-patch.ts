import type { Tree } from './tree.js';

/** An operation of a JSON patch (RFC 6902). */
export interface PatchOperation {
  readonly op: 'add';
  /** A JSON pointer (RFC 6901). */
  readonly path: string;
  readonly value: unknown;
}

/** The operations that put names on the list of pull secrets at a path; the list, and maps on the way, are made. */
export function listPatch(
  object: Tree,
  path: readonly (string | number)[],
  names: readonly string[],
): readonly PatchOperation[] {
  const entries = names.map((name) => ({ name }));
  const list = at(object, path);
  if (!list || list.items().length === 0) return [settingAt(object, path, entries)];
  return entries.map((value) => ({ op: 'add', path: `${jsonPointer(path)}/-`, value }));
}

/** The operation that sets the value at a path; maps on the way that are not there are made. */
export function settingAt(object: Tree, path: readonly (string | number)[], value: unknown): PatchOperation {
  let there = path.length - 1;
  while (there > 0 && isAbsent(at(object, path.slice(0, there)))) there--;
  const made = path.slice(there + 1).reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
  return { op: 'add', path: jsonPointer(path.slice(0, there + 1)), value: made };
}

function jsonPointer(path: readonly (string | number)[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function at(object: Tree, path: readonly (string | number)[]): Tree | undefined {
  let found: Tree | undefined = object;
  for (const key of path) found = typeof key === 'number' ? found?.items()[key] : found?.get(key);
  return found;
}

function isAbsent(tree: Tree | undefined): boolean {
  return tree === undefined || tree.kind === 'null';
}
