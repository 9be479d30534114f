import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { type Aliases, isMergeKey } from './aliases.js';
import type { EditContext } from './edit-context.js';
import type { ListRequest } from './list-request.js';
import { ownPair, startOf, textOf } from './nodes.js';
import { Obstacle } from './obstacle.js';

const deepestList = 8;
const collectionTags: readonly string[] = ['tag:yaml.org,2002:map', 'tag:yaml.org,2002:seq'];

/** One key on the way to a list, with the map that it stands in. */
export interface Level {
  readonly map: YAMLMap;
  readonly pair: Pair;
}

/** Where a list is, or will be. */
export interface Target {
  /** From the root of the document to the object. */
  readonly objectPath: readonly (string | number)[];
  /** The keys from the object on, as far as they are there; undefined for a step into a list. */
  readonly levels: readonly (Level | undefined)[];
  /** The list, if it is there. */
  readonly list?: YAMLSeq;
  /** The value of the last level where that is null. */
  readonly isNull: boolean;
  /** The map that the first missing key goes into, if there is one. */
  readonly map?: YAMLMap;
  /** The keys that are not there. */
  readonly missing: readonly string[];
}

/** An object of a document: the document itself, or an item of a list of objects. */
export interface FoundObject {
  readonly path: readonly (string | number)[];
  /** The nodes from the root to the object. */
  readonly way: readonly Node[];
}

/** The object that begins at an offset. */
export function objectAt(node: Node, offset: number, aliases: Aliases, depth = 0): FoundObject | undefined {
  if (startOf(node) === offset) return { path: [], way: [node] };
  const list = depth < deepestList && isMap(node) ? ownPair(node, 'items', aliases)?.value : undefined;
  if (!isSeq(list)) return undefined;
  const index = list.items.findLastIndex((item) => startOf(item) <= offset);
  const found = index < 0 ? undefined : objectAt(list.items[index] as Node, offset, aliases, depth + 1);
  return found && { path: ['items', index, ...found.path], way: [node, list, ...found.way] };
}

/**
 * Follows the path of a request.
 *
 * @throws Obstacle where the way leads through something that has other users, or that is no map or list
 */
export function locate(object: FoundObject, path: ListRequest['path'], { aliases, used }: EditContext): Target {
  for (const node of object.way) check(node, used);
  const levels: (Level | undefined)[] = [];
  const base = { objectPath: object.path, levels };
  let node: unknown = object.way.at(-1);
  for (const [index, key] of path.entries()) {
    if (typeof key === 'number') {
      node = itemOf(node, key);
      levels.push(undefined);
    } else {
      if (!isMap(node)) throw new Obstacle('list-not-editable', 'lies in something that is no map', startOf(node));
      const pair = ownPair(node, key, aliases);
      if (!pair) return { ...base, isNull: false, map: node, missing: missingFrom(node, path, index, aliases) };
      levels.push({ map: node, pair });
      node = pair.value;
    }
    if (isNothing(node) && typeof key === 'number')
      throw new Obstacle('list-not-editable', 'lies in an item that is null', startOf(node));
    if (isNothing(node)) return { ...base, isNull: true, missing: texts(path.slice(index + 1), startOf(node)) };
    check(node, used);
  }
  if (!isSeq(node)) throw new Obstacle('list-not-editable', 'is no list', startOf(node));
  return { ...base, list: node, isNull: false, missing: [] };
}

function itemOf(node: unknown, index: number): unknown {
  const item = isSeq(node) ? node.items[index] : undefined;
  if (item === undefined)
    throw new Obstacle('list-not-editable', 'lies in a list that has no such item', startOf(node));
  return item;
}

function check(node: unknown, used: ReadonlySet<Node>): void {
  if (isAlias(node)) throw new Obstacle('list-shared', 'is reached through an alias', startOf(node));
  if (used.has(node as Node))
    throw new Obstacle('list-shared', 'lies under an anchor that an alias stands for elsewhere', startOf(node));
  const tag = (node as Partial<YAMLSeq> | null)?.tag;
  if ((isMap(node) || isSeq(node)) && tag !== undefined && !collectionTags.includes(tag))
    throw new Obstacle('list-not-editable', 'has a tag of its own on its way', startOf(node));
}

function missingFrom(map: YAMLMap, path: ListRequest['path'], index: number, aliases: Aliases): string[] {
  const key = path[index];
  for (const { key: merge, value } of map.items) {
    if (isMergeKey(merge) && mergedMaps(value, aliases).some((merged) => hasKey(merged, String(key), aliases)))
      throw new Obstacle('list-shared', 'comes through a merge key "<<"', startOf(merge));
  }
  return texts(path.slice(index), startOf(map));
}

function hasKey(map: YAMLMap, key: string, aliases: Aliases): boolean {
  return map.items.some(
    (pair) =>
      (textOf(pair.key, aliases) === key && !isMergeKey(pair.key)) ||
      (isMergeKey(pair.key) && mergedMaps(pair.value, aliases).some((merged) => hasKey(merged, key, aliases))),
  );
}

function mergedMaps(value: unknown, aliases: Aliases): YAMLMap[] {
  const target = isAlias(value) ? aliases.get(value) : value;
  const all = isSeq(target) ? target.items.map((item) => (isAlias(item) ? aliases.get(item) : item)) : [target];
  return all.filter((each) => isMap(each));
}

function isNothing(node: unknown): boolean {
  return (
    node === null || (isScalar(node) && node.type === 'PLAIN' && /^(?:|~|null|Null|NULL)$/.test(String(node.value)))
  );
}

function texts(keys: ListRequest['path'], offset: number): string[] {
  return keys.map((key) => {
    if (typeof key === 'string') return key;
    throw new Obstacle('list-not-editable', 'lies in a list that is not there', offset);
  });
}
