import { fault, isList, unknown, type Value, ValueMap } from '../language/value.js';

/** The names of a list after a change: `fault` where the change fails. */
export type Changed = readonly string[] | typeof unknown | typeof fault;

/** How an engine applies JSON patches. */
export interface PatchOptions {
  /** Whether an operation on a list that is not there makes it. */
  readonly makesList: boolean;
}

/** The names of the list at a path after a JSON patch (RFC 6902) on the object around it. */
export function patched(
  operations: Value,
  listPath: readonly string[],
  names: readonly string[],
  options: PatchOptions,
): Changed {
  if (operations === unknown || operations === fault) return operations;
  if (!isList(operations)) return fault;
  let list: readonly string[] | undefined = names.length === 0 ? undefined : names;
  for (const operation of operations) {
    if (!(operation instanceof ValueMap)) return unknown;
    const place = placeOf(operation, listPath);
    if (place === unknown) return unknown;
    if (place === undefined) continue;
    const next = apply(operation, place, list, options);
    if (next === unknown || next === fault) return next;
    list = next;
  }
  return list ?? [];
}

/** Where an operation acts: on the list itself, or at a place in it; undefined where it does elsewhere. */
function placeOf(operation: ValueMap, listPath: readonly string[]): readonly string[] | typeof unknown | undefined {
  const path = operation.get('path');
  const kind = operation.get('op');
  if (typeof path !== 'string' || typeof kind !== 'string') return unknown;
  const keys = path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const shared = listPath.findIndex((key, index) => keys[index] !== key);
  if (shared < 0) return keys.slice(listPath.length);
  // What changes something around the list changes the list, and a test of something else may fail.
  return keys.length <= shared || kind === 'test' || kind === 'move' || kind === 'copy' ? unknown : undefined;
}

function apply(
  operation: ValueMap,
  place: readonly string[],
  list: readonly string[] | undefined,
  { makesList }: PatchOptions,
): readonly string[] | undefined | typeof unknown | typeof fault {
  const kind = operation.get('op');
  const value = operation.get('value') ?? fault;
  const [at, ...deeper] = place;
  if (deeper.length > 0 || (kind !== 'add' && kind !== 'replace' && kind !== 'remove')) return unknown;
  if (at === undefined) {
    if (kind !== 'add' && list === undefined) return fault;
    return kind === 'remove' ? undefined : namesOf(value);
  }
  if (list === undefined && !makesList) return fault;
  const before = list ?? [];
  const index = at === '-' ? before.length : Number(at);
  const last = kind === 'add' ? before.length : before.length - 1;
  if (!Number.isInteger(index) || index < 0 || index > last) return fault;
  if (kind === 'remove') return before.toSpliced(index, 1);
  const name = nameOf(value);
  if (typeof name !== 'string') return name;
  return before.toSpliced(index, kind === 'add' ? 0 : 1, name);
}

/** The names of a list of entries. */
export function namesOf(value: Value): readonly string[] | typeof unknown | typeof fault {
  if (value === unknown) return unknown;
  if (!isList(value)) return fault;
  const names: string[] = [];
  for (const each of value) {
    const name = nameOf(each);
    if (typeof name !== 'string') return name;
    names.push(name);
  }
  return names;
}

function nameOf(entry: Value): string | typeof unknown | typeof fault {
  if (entry === unknown) return unknown;
  if (!(entry instanceof ValueMap)) return fault;
  const name = entry.get('name');
  if (name === undefined) return '';
  return typeof name === 'string' ? name : name === unknown ? unknown : fault;
}
