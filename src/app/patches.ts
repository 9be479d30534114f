import { stringify } from 'yaml';
import { manifestTextOf } from '../manifests/manifest-text.js';
import { objectsAt } from '../manifests/objects-at.js';
import { type RenderedSource, renderedSource } from '../manifests/rendered-source.js';
import type { DeclaredList } from '../model/access/declared-list.js';
import { listPatch, type PatchOperation } from '../model/pods/list-patch.js';
import type { Tree } from '../model/pods/tree.js';
import { pathKeys } from '../model/pods/tree-path.js';
import { placeText } from '../model/problem/problem.js';
import { compareText, sortedUnique } from '../model/spec/names.js';
import { chartValues } from './chart-values.js';
import type { PlanOptions } from './plan.js';

/** What belongs into something that cannot be edited in place. */
export interface Patch {
  /** Where it belongs, and what it is. */
  readonly title: string;
  /** Ready to be pasted. */
  readonly text: string;
  /** The lists that lack something until it is there. */
  readonly lists: readonly DeclaredList[];
}

/** The patches for lists in rendered manifests and in JSON, by what they were rendered from, else by file. */
export function patchesOf({ config: { base }, stdin }: PlanOptions, lists: readonly DeclaredList[]): Patch[] {
  const groups = new Map<string, DeclaredList[]>();
  for (const list of lists) {
    if (list.missing.length === 0 || !list.object || list.path === undefined) continue;
    const key = list.source ? `from ${list.source.from ?? list.source.rendered}` : `file ${list.object.file}`;
    groups.set(key, [...(groups.get(key) ?? []), list]);
  }
  const operations = (list: DeclaredList) => operationsOf(list, base, stdin);
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, group]) => patchOf(group as [DeclaredList, ...DeclaredList[]], base, operations));
}

type OperationsOf = (list: DeclaredList) => readonly PatchOperation[];

function patchOf(lists: readonly [DeclaredList, ...DeclaredList[]], base: string, operations: OperationsOf): Patch {
  const [{ source, object }] = lists;
  if (!source && object && /\.json$/i.test(object.file)) return jsonPatch(object.file, lists, operations);
  const from = source?.from;
  const what: RenderedSource = source ? renderedSource(base, from) : { kind: 'unknown' };
  switch (what.kind) {
    case 'helm':
      return {
        title: `values of the chart ${from}`,
        text: chartValues(what.values, sortedUnique(lists.flatMap((list) => list.missing))),
        lists,
      };
    case 'kustomize':
      return { title: what.file, text: kustomizePatches(lists, operations), lists };
    case 'unknown':
      return {
        title: `kustomize patches for ${from ?? source?.rendered ?? object?.file}`,
        text: kustomizePatches(lists, operations),
        lists,
      };
  }
}

/** One JSON patch per object, each under the place of its object. */
function jsonPatch(file: string, lists: readonly DeclaredList[], operations: OperationsOf): Patch {
  const text = lists.map((list) => `${JSON.stringify(operations(list), null, 2)}\n`).join('');
  const owners = lists.map((list) => `${list.owner} at line ${list.object?.line}`).join(', ');
  return { title: `JSON patch for ${file}: ${owners}`, text, lists };
}

/**
 * Entries of `patches`. The target names no namespace: kustomize sets it after the patches. It says nothing about the
 * version either, which a base may bump.
 */
function kustomizePatches(lists: readonly DeclaredList[], operations: OperationsOf): string {
  const patches = lists.map((list) => {
    const group = list.apiVersion.includes('/') ? { group: list.apiVersion.split('/')[0] } : {};
    return {
      target: { ...group, kind: list.kind, name: list.name },
      patch: stringify(operations(list), { lineWidth: 0 }),
    };
  });
  return stringify({ patches }, { lineWidth: 0, blockQuote: 'literal' });
}

function operationsOf(list: DeclaredList, base: string, stdin: Uint8Array | undefined): readonly PatchOperation[] {
  if (!list.object || list.path === undefined) return [];
  const path = pathKeys(list.path);
  const entries = list.missing.map((name) => ({ name }));
  const take = (object: Tree) => listPatch(object, path, entries) ?? [];
  const manifest = manifestTextOf(base, list.object.file, stdin);
  return (manifest && objectsAt(manifest, [list.object], take).get(placeText(list.object))) ?? [];
}
