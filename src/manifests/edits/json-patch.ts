import type { Tree } from '../../model/pods/tree.js';
import { listNeed, valueAt } from './list-need.js';
import type { ListRequest } from './list-request.js';

/** An operation of RFC 6902. */
export interface JsonPatchOperation {
  readonly op: 'add';
  /** A JSON pointer (RFC 6901) from the object. */
  readonly path: string;
  readonly value: unknown;
}

/**
 * The operations that make a list of an object hold what a request wants, for texts that no mark can stand in. Maps and
 * the list are made where they are absent or null. Nothing is taken back.
 *
 * @returns none if nothing is missing; undefined where the path leads through something that is no map or list
 */
export function jsonPatchFor(
  object: Tree,
  request: Pick<ListRequest, 'path' | 'wanted' | 'item'>,
): readonly JsonPatchOperation[] | undefined {
  const add = listNeed(object, request)?.add ?? [];
  if (add.length === 0) return [];
  const operations: JsonPatchOperation[] = [];
  for (const length of request.path.keys()) {
    const path = request.path.slice(0, length + 1);
    const isList = length === request.path.length - 1 || typeof request.path[length + 1] === 'number';
    const kind = valueAt(object, path)?.kind ?? 'null';
    if (kind === (isList ? 'list' : 'map')) continue;
    if (kind !== 'null' || typeof path.at(-1) === 'number' || (isList && length < request.path.length - 1))
      return undefined;
    operations.push({ op: 'add', path: pointer(path), value: isList ? [] : {} });
  }
  const end = pointer([...request.path, '-']);
  for (const name of add) operations.push({ op: 'add', path: end, value: request.item === 'text' ? name : { name } });
  return operations;
}

function pointer(path: ListRequest['path']): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
