import path from 'node:path';
import type { Included, Overlay } from '../manifests/included-objects.js';
import { type OwnPatch, patchEntry, patchFileName, patchText } from '../manifests/own-patch.js';
import { groupOf } from '../model/inventory/pod-kind-index.js';
import { pathKeys } from '../model/inventory/tree-path.js';
import { compareText, sortedUnique } from '../model/names/names.js';
import type { ListDemand } from './list-demands.js';
import type { PendingList } from './pending.js';

/** Names that a patch of an overlay is to put on one list that is rendered from it. */
export interface PatchNeed {
  readonly demand: ListDemand;
  readonly names: readonly string[];
  /** Whether the list has other names without the patch. */
  readonly isAppended: boolean;
}

/** Texts for a kustomization and for the files beside it. */
export interface OverlayEdit {
  readonly list: PendingList;
  /** The texts of files of ours by their names; undefined for one that is to go. */
  readonly files: ReadonlyMap<string, string | undefined>;
}

/** The kustomization that a patch for a list belongs into, if one is possible. */
export function overlayFor({ hasOwn, overlays }: Included, { path: way }: ListDemand): Overlay | undefined {
  return hasOwn && pathKeys(way).every((key) => typeof key === 'string') ? overlays[0] : undefined;
}

/** One patch for all objects of a kind that get the same, in order. */
export function patchesFor({ prefix, suffix }: Overlay, needs: readonly PatchNeed[]): OwnPatch[] {
  const patches = new Map<string, OwnPatch & { readonly objects: string[] }>();
  for (const { demand, names, isAppended } of needs) {
    const { apiVersion, kind, name, path: way } = demand;
    const inner = name.slice(prefix.length, name.length - suffix.length);
    const key = JSON.stringify([kind, apiVersion, way, names, isAppended]);
    const patch = patches.get(key) ?? {
      ...{ apiVersion, group: groupOf(apiVersion), kind, objects: [], path: pathKeys(way).map(String) },
      ...{ pullSecrets: names, isAppended },
    };
    if (!patch.objects.includes(inner)) patch.objects.push(inner);
    patches.set(key, patch);
  }
  return [...patches]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, patch]) => ({ ...patch, objects: patch.objects.sort(compareText) }));
}

/** Edits an overlay, so that it holds these patches and no others of ours. */
export function overlayEdit(overlay: Overlay, patches: readonly OwnPatch[]): OverlayEdit {
  const files = new Map<string, string | undefined>(overlay.patches.map(({ file }) => [file, undefined]));
  const entries: string[] = [];
  for (const patch of patches) {
    let index = 0;
    while (entries.some((entry) => fileIn(entry) === patchFileName(patch, index))) index++;
    const file = patchFileName(patch, index);
    entries.push(patchEntry(file, patch));
    files.set(file, patchText(patch));
  }
  for (const { file, text } of overlay.patches) if (files.get(file) === text) files.delete(file);
  return { list: overlayList(overlay, entries), files };
}

function overlayList({ folder, file, place, entries }: Overlay, wanted: readonly string[]): PendingList {
  const named = (all: readonly string[], others: readonly string[]) =>
    sortedUnique(all.filter((entry) => !others.includes(entry)).map(fileIn));
  return {
    owner: `the kustomization of ${folder}`,
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    ...{ kind: 'Kustomization', name: file, namespace: undefined, object: place, path: 'patches', place },
    ...{ names: [], wanted, source: undefined, item: 'json' },
    missing: named(wanted, entries),
    surplus: named(entries, wanted),
  };
}

/** The file that an entry names, or the value of a parameter. */
export function fileIn(entry: string): string {
  const { path: file, value } = JSON.parse(entry) as { path?: string; value?: string };
  return file === undefined ? (value ?? '') : path.basename(file);
}
