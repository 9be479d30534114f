import { ListNode, MapNode, type TreeNode, targetOf } from '../nodes.js';
import type { Outcome } from './list-edit.js';
import type { ItemForm } from './list-request.js';

/** A value with its aliases written out; scalars as their type and text. */
export type PlainValue = string | readonly PlainValue[] | ReadonlyMap<string, PlainValue>;

/** Value of a node, to compare documents by. */
export function plainValue(node: TreeNode): PlainValue {
  const target = targetOf(node);
  if (target instanceof MapNode) return new Map(target.entries().map(([key, value]) => [key, plainValue(value)]));
  if (target instanceof ListNode) return target.values.map(plainValue);
  return target.kind === 'null' ? 'null' : `${target.kind} ${target.value}`;
}

/** Value as it is to be after an edit. */
export function afterEdit(value: PlainValue, { path, ...outcome }: Outcome, item: ItemForm): PlainValue {
  if ('becomes' in outcome)
    return changed(value, path, () => (outcome.becomes === 'null' ? 'null' : undefined)) ?? 'null';
  const added = outcome.added.map((name) => plainItem(name, item));
  const list = (old: PlainValue | undefined): PlainValue => [
    ...outcome.kept.map((index) => (Array.isArray(old) ? (old as readonly PlainValue[])[index]! : 'null')),
    ...added,
  ];
  return changed(value, path, list) ?? 'null';
}

function plainItem(name: string, item: ItemForm): PlainValue {
  if (item === 'json') return plainJson(JSON.parse(name));
  return item === 'text' ? `text ${name}` : new Map([['name', `text ${name}`]]);
}

function plainJson(value: unknown): PlainValue {
  if (typeof value !== 'object' || value === null) return `text ${value}`;
  return new Map(Object.entries(value).map(([key, each]) => [key, plainJson(each)]));
}

/** True if two values are the same; the order of keys does not count. */
export function isSameValue(a: PlainValue | undefined, b: PlainValue | undefined): boolean {
  if (a === undefined || b === undefined || typeof a === 'string' || typeof b === 'string') return a === b;
  if (a instanceof Map && b instanceof Map)
    return a.size === b.size && [...a].every(([key, value]) => isSameValue(value, b.get(key)));
  const [first, second] = [a as readonly PlainValue[], b as readonly PlainValue[]];
  return (
    Array.isArray(a) &&
    Array.isArray(b) &&
    first.length === second.length &&
    first.every((value, index) => isSameValue(value, second[index]))
  );
}

function changed(
  value: PlainValue | undefined,
  path: readonly (string | number)[],
  change: (old: PlainValue | undefined) => PlainValue | undefined,
): PlainValue | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (typeof key === 'number') {
    const list = Array.isArray(value) ? (value as readonly PlainValue[]) : [];
    return list.map((each, index) => (index === key ? (changed(each, rest, change) ?? 'null') : each));
  }
  const map = new Map(value instanceof Map ? (value as ReadonlyMap<string, PlainValue>) : []);
  const next = changed(map.get(key), rest, change);
  if (next === undefined) map.delete(key);
  else map.set(key, next);
  return map;
}
