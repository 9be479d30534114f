import { stringify } from 'yaml';
import { type KustomizationFile, kustomizationFile } from '../manifests/kustomization-file.js';
import { manifestTextOf, type OtherTexts } from '../manifests/manifest-text.js';
import { targetNames } from '../manifests/own-patch.js';
import { type RenderedSource, renderedSource } from '../manifests/rendered-source.js';
import { listPatch, type PatchOperation } from '../model/inventory/list-patch.js';
import { groupOf } from '../model/inventory/pod-kind-index.js';
import type { Tree } from '../model/inventory/tree.js';
import { pathKeys } from '../model/inventory/tree-path.js';
import { compareText, sortedUnique } from '../model/names/names.js';
import type { DeclaredList } from '../model/plan/declared-list.js';
import { placeText } from '../model/problem/problem.js';
import { objectsAt } from '../yaml/objects-at.js';
import type { ChartProposal } from './chart-proposals.js';
import { chartValues, valuesYaml } from './chart-values.js';
import type { PlanOptions } from './plan.js';

/** Lines for something that cannot be edited in place. */
export interface Patch {
  /** Where it belongs, and what it is. */
  readonly title: string;
  /** Ready to be pasted. */
  readonly text: string;
  /** The lists that lack something until it is there. */
  readonly lists: readonly DeclaredList[];
}

/** The patches for lists in rendered manifests and in JSON, by what they were rendered from, else by file. */
export function patchesOf(
  { config: { base }, stdin, made }: PlanOptions,
  lists: readonly DeclaredList[],
  inJson: readonly DeclaredList[],
  proposals: ReadonlyMap<string, ChartProposal> = new Map(),
): Patch[] {
  const groups = new Map<string, DeclaredList[]>();
  for (const list of [...lists, ...inJson]) {
    if (list.missing.length === 0 || !list.object || list.path === undefined) continue;
    const key = proposals.has(list.object.file)
      ? `chart ${list.object.file}`
      : list.source
        ? `from ${list.source.from ?? list.source.rendered}`
        : `file ${list.object.file}`;
    groups.set(key, [...(groups.get(key) ?? []), list]);
  }
  const operations = (list: DeclaredList) => operationsOf(list, base, { stdin, made });
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, group]) => {
      const [first] = group;
      const proposal = proposals.get(first?.object?.file ?? '');
      if (first && inJson.includes(first)) return jsonPatch(group, operations);
      return proposal ? chartPatch(group, proposal, operations) : patchOf(group, base, operations);
    });
}

type OperationsOf = (list: DeclaredList) => readonly PatchOperation[];

function patchOf(lists: readonly DeclaredList[], base: string, operations: OperationsOf): Patch {
  const { source, object } = lists[0] ?? {};
  const from = source?.from;
  const what: RenderedSource = source ? renderedSource(base, from) : { kind: 'unknown' };
  switch (what.kind) {
    case 'helm':
      return {
        title: `values of the chart ${from}`,
        // Values replace a list as a whole, so what is there already comes along.
        text: chartValues(what.values, sortedUnique(lists.flatMap(({ names, missing }) => [...names, ...missing]))),
        lists,
      };
    case 'kustomize':
      return { title: what.file, text: kustomizePatches(lists, operations, kustomizationFile(base, what.file)), lists };
    case 'unknown':
      return {
        title: `kustomize patches for ${from ?? source?.rendered ?? object?.file}`,
        text: kustomizePatches(lists, operations),
        lists,
      };
  }
}

/** The values that were found by rendering, else a patch of what the chart renders. */
function chartPatch(
  lists: readonly DeclaredList[],
  { keys, names, into }: ChartProposal,
  operations: OperationsOf,
): Patch {
  const { source, object } = lists[0] ?? {};
  const chart = source?.from ?? object?.file;
  if (keys) return { title: `values of the chart ${chart}, for ${into}`, text: valuesYaml(keys, names), lists };
  const title = `no value of the chart ${chart} gives its pods pull secrets: kustomize patches for what it renders`;
  return { title, text: kustomizePatches(lists, operations), lists };
}

/** One JSON patch per object, each under the place of its object. */
function jsonPatch(lists: readonly DeclaredList[], operations: OperationsOf): Patch {
  const text = lists.map((list) => `${JSON.stringify(operations(list), null, 2)}\n`).join('');
  const owners = lists.map((list) => `${list.owner} at line ${list.object?.line}`).join(', ');
  return { title: `JSON patch for ${lists[0]?.object?.file}: ${owners}`, text, lists };
}

/** The objects of one kind that get the same. */
interface PatchedObjects {
  readonly target: { readonly group?: string; readonly kind: string };
  readonly patch: string;
  readonly names: string[];
}

/**
 * Entries of `patches`, one for all objects of a kind that get the same. The target names no namespace, and has the
 * name without prefix and suffix: kustomize sets these after the patches. It says nothing about the version either,
 * which a base may bump.
 */
function kustomizePatches(
  lists: readonly DeclaredList[],
  operations: OperationsOf,
  { prefix, suffix }: Pick<KustomizationFile, 'prefix' | 'suffix'> = { prefix: '', suffix: '' },
): string {
  const targets = new Map<string, PatchedObjects>();
  for (const list of lists) {
    const group = groupOf(list.apiVersion);
    const target = { ...(group !== '' && { group }), kind: list.kind };
    const patch = stringify(operations(list), { lineWidth: 0 });
    const key = JSON.stringify([target, patch]);
    const known = targets.get(key) ?? { target, patch, names: [] };
    known.names.push(nameInside(list.name, prefix, suffix));
    targets.set(key, known);
  }
  const patches = [...targets.values()].map(({ target, patch, names }) => ({
    target: { ...target, name: targetNames(names) },
    patch,
  }));
  return stringify({ patches }, { lineWidth: 0, blockQuote: 'literal' });
}

/** The name in front of the renaming of a kustomization. */
function nameInside(name: string, prefix: string, suffix: string): string {
  const isRenamed = name.length > prefix.length + suffix.length && name.startsWith(prefix) && name.endsWith(suffix);
  return isRenamed ? name.slice(prefix.length, name.length - suffix.length) : name;
}

function operationsOf(list: DeclaredList, base: string, texts: OtherTexts): readonly PatchOperation[] {
  if (!list.object || list.path === undefined) return [];
  const path = pathKeys(list.path);
  const entries = list.missing.map((name) => ({ name }));
  const take = (object: Tree) => listPatch(object, path, entries) ?? [];
  const manifest = manifestTextOf(base, list.object.file, texts);
  return (manifest && objectsAt(manifest, [list.object], take).get(placeText(list.object))) ?? [];
}
