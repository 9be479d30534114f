import { valueAt } from '../../model/inventory/list-patch.js';
import type { Tree } from '../../model/inventory/tree.js';
import type { ListRequest } from './list-request.js';

/** What a list lacks and has too much of. */
export interface ListNeed {
  /** The names that are on it. */
  readonly names: readonly string[];
  readonly add: readonly string[];
  /** Marked names that are not wanted. */
  readonly takeBack: readonly string[];
}

/** Compares a request with what an object says, aliases and merge keys written out; undefined if nothing is to be done. */
export function listNeed(object: Tree, { path, wanted }: Pick<ListRequest, 'path' | 'wanted'>): ListNeed | undefined {
  const list = valueAt(object, path);
  const names = (list?.items() ?? []).map(entryName);
  const add = [...new Set(wanted)].filter((name) => !names.includes(name));
  const takeBack = (list?.marks() ?? []).filter((name) => !wanted.includes(name));
  return add.length + takeBack.length > 0 ? { names, add, takeBack } : undefined;
}

/** The name of an entry: that of a map, or the entry itself. */
export function entryName(item: Tree): string {
  return (item.get('name') ?? item).string() ?? '';
}
