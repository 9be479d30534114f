import { isDeepStrictEqual } from 'node:util';
import { InventoryBuilder } from '../../../src/model/inventory/inventory.js';
import { PodKindIndex } from '../../../src/model/inventory/pod-kind-index.js';
import type { Tree } from '../../../src/model/inventory/tree.js';
import { pathKeys } from '../../../src/model/inventory/tree-path.js';
import type { Place } from '../../../src/model/problem/problem.js';
import { readDocuments } from '../../../src/yaml/documents.js';
import { editLists } from '../../../src/yaml/edits/edit-lists.js';
import type { ListRequest, ManifestEdit } from '../../../src/yaml/edits/list-request.js';

export const file = 'x.yaml';

const kinds = new PodKindIndex();

/** The inventory of a text, and every object as a plain value. */
export function read(text: string) {
  const builder = new InventoryBuilder(kinds);
  const objects: unknown[] = [];
  const problems = readDocuments({ file, text: text.replace(/^\ufeff/, '') }, (object, hint) => {
    objects.push(plain(object));
    return builder.add(object, hint);
  });
  return { inventory: builder.build(), objects, problems };
}

/** A request for every list that the text has a place for. */
export function requestsFor(text: string, wanted: readonly string[]): ListRequest[] {
  const { accounts, workloads } = read(text).inventory;
  const lists = new Map<string, ListRequest>();
  const add = (object: Place | undefined, path: ListRequest['path']) => {
    if (object) lists.set(JSON.stringify([object, path]), { object, path, wanted });
  };
  for (const { place } of accounts) add(place, ['imagePullSecrets']);
  for (const { place, listPath } of workloads) if (listPath !== undefined) add(place, pathKeys(listPath));
  return [...lists.values()];
}

/** Edits every list of a text. */
export function attach(text: string, wanted: readonly string[]): ManifestEdit {
  return editLists({ file, text }, requestsFor(text, wanted));
}

/** The lines of a text with their line breaks. */
export function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}

/**
 * Says what an edit must not do, whatever the text: it names the first promise that is broken.
 *
 * @param wanted what every list must hold
 */
export function brokenPromise(text: string, wanted: readonly string[]): string | undefined {
  const edit = attach(text, wanted);
  const again = attach(edit.text, wanted);
  if (again.text !== edit.text || again.changes.length > 0) return 'a second edit changes something';
  if (attach(edit.text, []).text !== text) return 'taking all back does not give the text as it was';
  if (editLists({ file, text }, requestsFor(text, wanted).reverse()).text !== edit.text)
    return 'the order of requests shows';
  const [some] = wanted;
  if (some !== undefined && attach(edit.text, [some]).text !== attach(text, [some]).text) {
    return 'taking some back is not the same as adding the rest';
  }
  // Between brackets: the last item gets a comma, the line of the closing bracket the mark.
  const touched = edit.changes.length * 2 + (text.endsWith('\n') ? 0 : 1);
  if (lostLines(text, edit.text) > touched) return 'more lines change than lists';
  const without = (each: string) => withoutNames(read(each).objects, wanted);
  if (edit.problems.length === 0 && !isDeepStrictEqual(without(edit.text), without(text))) return 'other values change';
  if (edit.problems.length === 0 && !hasAll(edit.text, wanted)) return 'a name is missing';
  return undefined;
}

function hasAll(text: string, wanted: readonly string[]): boolean {
  const { accounts, workloads } = read(text).inventory;
  const lists = [
    ...accounts.map(({ pullSecrets }) => pullSecrets),
    ...workloads.flatMap(({ listPath, pullSecrets }) => (listPath === undefined ? [] : [pullSecrets.names])),
  ];
  return lists.every((names) => wanted.every((name) => names.includes(name)));
}

/** How many lines of a text are not, or not in this order, in another one. */
export function lostLines(before: string, after: string): number {
  const [first, second] = [linesOf(before), linesOf(after)];
  let row = new Array<number>(second.length + 1).fill(0);
  for (const line of first) {
    const next = [0];
    for (const [index, other] of second.entries()) {
      next.push(line === other ? row[index]! + 1 : Math.max(row[index + 1]!, next[index]!));
    }
    row = next;
  }
  return first.length - row.at(-1)!;
}

function withoutNames(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutNames(each, names));
  if (!(value instanceof Map)) return value;
  const rest = new Map<unknown, unknown>();
  for (const [key, each] of value) {
    const next = key === 'imagePullSecrets' ? withoutEntries(each, names) : withoutNames(each, names);
    const isEmpty =
      next === '(null)' || (next instanceof Map && next.size === 0) || (Array.isArray(next) && next.length === 0);
    if (!isEmpty) rest.set(key, next);
  }
  return rest;
}

function withoutEntries(list: unknown, names: readonly string[]): unknown {
  if (!Array.isArray(list)) return list;
  return list.filter((each) => !(each instanceof Map) || !names.includes(String(each.get('name'))));
}

/** What a tree says, as a plain value. */
function plain(tree: Tree): unknown {
  if (tree.kind === 'map') return new Map(tree.entries().map(([key, value]) => [key, plain(value)]));
  if (tree.kind === 'list') return tree.items().map(plain);
  return tree.string() ?? tree.boolean() ?? `(${tree.kind})`;
}
