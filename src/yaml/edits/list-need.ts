import { valueAt } from '../../model/inventory/list-patch.js';
import type { Tree } from '../../model/inventory/tree.js';
import { ListNode } from '../nodes.js';
import type { ItemForm, ListRequest } from './list-request.js';

/** Names that a list lacks, and those that it has too much. */
export interface ListNeed {
  /** The names that are on it. */
  readonly names: readonly string[];
  readonly add: readonly string[];
  /** Marked names that are not wanted. */
  readonly takeBack: readonly string[];
}

/**
 * Compares a request with what an object says, aliases and merge keys written out; undefined if nothing is to be done.
 */
export function listNeed(
  object: Tree,
  { path, wanted, item }: Pick<ListRequest, 'path' | 'wanted' | 'item'>,
): ListNeed | undefined {
  const list = valueAt(object, path);
  const names = (list?.items() ?? []).map((each) => entryName(each, item));
  const add = [...new Set(wanted)].filter((name) => !names.includes(name));
  const marked =
    list instanceof ListNode && item === 'json' ? list.markedItems().map((index) => names[index] ?? '') : list?.marks();
  const takeBack = (marked ?? []).filter((name) => !wanted.includes(name));
  return add.length + takeBack.length > 0 ? { names, add, takeBack } : undefined;
}

/** The name of an entry: that of a map, or the entry itself. */
export function entryName(item: Tree, form?: ItemForm): string {
  if (form === 'json') return JSON.stringify(jsonValue(item));
  return (item.get('name') ?? item).string() ?? '';
}

/** A value of maps and texts; anything else in it is null, which no entry of ours has. */
function jsonValue(tree: Tree): unknown {
  if (tree.kind !== 'map') return tree.string() ?? null;
  return Object.fromEntries(tree.entries().map(([key, value]) => [key, jsonValue(value)]));
}
