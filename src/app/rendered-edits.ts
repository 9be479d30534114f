import { type Included, IncludedObjects, type Overlay, patchedNames } from '../manifests/included-objects.js';
import type { Made, MadeFrom } from '../manifests/made.js';
import type { OwnPatch } from '../manifests/own-patch.js';
import { groupOf } from '../model/inventory/pod-kind-index.js';
import { pathKeys, pathText } from '../model/inventory/tree-path.js';
import { isPending, listKey } from '../model/plan/declared-list.js';
import type { PlannedCluster } from '../model/plan/disagreements.js';
import type { ManifestChange } from '../output/manifest-writer.js';
import { foreignNames, type ListDemand, listDemands, ownNames } from './list-demands.js';
import { overlayEdit, overlayFor, type PatchNeed, patchesFor } from './overlay-patches.js';
import type { PendingList } from './pending.js';
import { type SourceGroup, sourceGroups, sourceList } from './source-groups.js';

/** Input for edits in the sources of rendered manifests. */
export interface RenderedEditsOptions {
  readonly base: string;
  readonly clusters: readonly PlannedCluster[];
  readonly made: ReadonlyMap<string, Made>;
  /** The files that editing these lists changes; undefined where one of them cannot be edited. */
  readonly edit: (lists: readonly PendingList[]) => readonly ManifestChange[] | undefined;
  /** A file of ours as it is to be; undefined where what is there is not ours to write to. */
  readonly own: (file: string, after: string | undefined) => ManifestChange | undefined;
  /** The lists that would be rendered with other names, were these files changed. */
  readonly misled: (
    demands: readonly ListDemand[],
    expected: (demand: ListDemand) => readonly string[],
    changes: readonly ManifestChange[],
  ) => Promise<readonly ListDemand[]>;
}

/** Lists in sources that are right to edit, and the rendered lists that are what they must be by that. */
export interface RenderedEdits {
  readonly lists: readonly PendingList[];
  /** Files of ours beside kustomizations. */
  readonly files: readonly ManifestChange[];
  readonly settled: ReadonlySet<string>;
}

/**
 * The way of editing a source: it gets what all want, or only what nobody relies on is taken back, or it is left as it
 * is. What does not prove right falls to the next.
 */
type Way = 'edit' | 'take-back' | 'leave';

const next: Readonly<Record<Way, Way>> = { edit: 'take-back', 'take-back': 'leave', leave: 'leave' };

/**
 * Works out what to edit for lists that kustomize renders: the plain manifest where that is right for all that is made
 * of it, else a patch in the overlay. Each edit is proven by rendering again, and falls to the next where it is not
 * right.
 */
export async function renderedEdits(options: RenderedEditsOptions): Promise<RenderedEdits> {
  return new Prover(options).edits();
}

class Prover {
  readonly #options: RenderedEditsOptions;
  readonly #included: IncludedObjects;
  readonly #demands: readonly ListDemand[];
  readonly #groups: readonly SourceGroup[];
  readonly #groupOf = new Map<ListDemand, SourceGroup>();
  readonly #ways = new Map<SourceGroup, Way>();
  /** By the file; two renderings of one folder share it. */
  readonly #overlays = new Map<string, Overlay>();
  /** The lists that a patch in an overlay would be for, by its file. */
  readonly #byOverlay = new Map<string, ListDemand[]>();
  readonly #overlayOf = new Map<ListDemand, Overlay>();
  /** The files of overlays that are left as they are. */
  readonly #left = new Set<string>();

  constructor(options: RenderedEditsOptions) {
    const { base, clusters, made } = options;
    this.#options = options;
    this.#included = new IncludedObjects(base);
    this.#demands = clusters.flatMap((each) => listDemands(each, made.get(each.plan.cluster.name)));
    this.#groups = sourceGroups(base, this.#demands, made, this.#included);
    for (const group of this.#groups) {
      const isShared = group.demands.some(({ from }) => !from);
      this.#ways.set(group, group.isAgreed ? 'edit' : isShared ? 'leave' : 'take-back');
      for (const demand of group.demands) this.#groupOf.set(demand, group);
    }
    for (const demand of this.#demands) {
      const included = this.#of(demand.from);
      const overlay = included && overlayFor(included, demand);
      if (!overlay) continue;
      this.#overlayOf.set(demand, overlay);
      const own = this.#byOverlay.get(overlay.file) ?? [];
      own.push(demand);
      this.#byOverlay.set(overlay.file, own);
    }
    for (const { manifests } of made.values())
      for (const { from } of manifests)
        for (const overlay of this.#of(from)?.overlays ?? []) this.#overlays.set(overlay.file, overlay);
  }

  async edits(): Promise<RenderedEdits> {
    for (;;) {
      const { lists, files } = this.#drafts();
      const changes = [...(this.#options.edit(lists) ?? []), ...files];
      const expected = (demand: ListDemand) => this.#expected(demand);
      const misled = changes.length === 0 ? [] : await this.#options.misled(this.#demands, expected, changes);
      if (misled.length === 0 || !this.#fallFor(misled)) return { lists, files, settled: this.#settled() };
    }
  }

  #drafts(): Pick<RenderedEdits, 'lists' | 'files'> {
    const lists: PendingList[] = [];
    const files: ManifestChange[] = [];
    // Overlays first: what they cannot hold must stay in sources.
    for (const overlay of this.#overlays.values()) {
      const edit = this.#overlayEdit(overlay);
      if (!edit) this.#left.add(overlay.file);
    }
    for (const group of this.#groups) lists.push(...this.#sourceEdit(group));
    for (const overlay of this.#overlays.values()) {
      const edit = this.#left.has(overlay.file) ? undefined : this.#overlayEdit(overlay);
      if (edit && isPending(edit.list)) lists.push(edit.list);
      files.push(...(edit?.files ?? []));
    }
    return { lists, files };
  }

  #sourceEdit(group: SourceGroup): PendingList[] {
    for (;;) {
      if (this.#ways.get(group) === 'leave') return [];
      const list = sourceList(group, this.#inSource(group));
      if (!isPending(list)) return [];
      if (this.#options.edit([list])) return [list];
      this.#fall(group);
    }
  }

  #overlayEdit(overlay: Overlay): { list: PendingList; files: ManifestChange[] } | undefined {
    const { list, files } = overlayEdit(overlay, this.#patches(overlay));
    if (isPending(list) && !this.#options.edit([list])) return undefined;
    const changes = [...files].map(([name, text]) => this.#options.own(`${overlay.folder}/${name}`, text));
    const possible = changes.filter((change) => change !== undefined);
    return possible.length < changes.length ? undefined : { list, files: possible };
  }

  /** Takes back what made lists of others; false where nothing is left to take back. */
  #fallFor(misled: readonly ListDemand[]): boolean {
    const before = JSON.stringify([[...this.#ways.values()], [...this.#left]]);
    for (const demand of misled) {
      const group = this.#groupOf.get(demand);
      const overlay = this.#overlayOf.get(demand);
      if (group && this.#ways.get(group) === 'edit') this.#fall(group);
      else if (overlay && !this.#left.has(overlay.file) && this.#given(demand).length > 0) this.#left.add(overlay.file);
      else this.#fallAround(demand);
    }
    return JSON.stringify([[...this.#ways.values()], [...this.#left]]) !== before;
  }

  #fallAround({ from }: ListDemand): void {
    for (const { file } of this.#of(from)?.overlays ?? []) this.#left.add(file);
    for (const demand of this.#demands) {
      const group = this.#groupOf.get(demand);
      if (demand.from === from && group) this.#fall(group);
    }
  }

  #fall(group: SourceGroup): void {
    this.#ways.set(group, next[this.#wayOf(group)]);
  }

  #wayOf(group: SourceGroup): Way {
    return this.#ways.get(group) ?? 'leave';
  }

  #of(from: MadeFrom | undefined): Included | undefined {
    return from?.rendering.by === 'kustomize' ? this.#included.of(from.rendering) : undefined;
  }

  #isPatched(demand: ListDemand): boolean {
    const overlay = this.#overlayOf.get(demand);
    return overlay !== undefined && !this.#left.has(overlay.file);
  }

  /** The names that belong on the list in the source: what nothing else would give stays there. */
  #inSource(group: SourceGroup): readonly string[] {
    const way = this.#wayOf(group);
    if (way === 'leave') return group.marks;
    if (way === 'edit') return [...new Set(group.demands.flatMap(ownNames))];
    const relied = group.demands.filter((demand) => !this.#isPatched(demand)).flatMap(ownNames);
    return group.marks.filter((name) => relied.includes(name));
  }

  /** The names that the patch of its overlay is to put on a list. */
  #given(demand: ListDemand): string[] {
    const group = this.#groupOf.get(demand);
    const there = group ? this.#inSource(group) : [];
    return ownNames(demand).filter((name) => !there.includes(name));
  }

  #patches(overlay: Overlay): OwnPatch[] {
    const needs = new Map<string, PatchNeed>();
    for (const demand of this.#byOverlay.get(overlay.file) ?? []) {
      const names = this.#given(demand);
      const group = this.#groupOf.get(demand);
      const others = [...foreignNames(demand), ...(group ? this.#inSource(group) : [])];
      if (names.length > 0)
        needs.set(listKey(demand.object, demand.path), { demand, names, isAppended: others.length > 0 });
    }
    return patchesFor(overlay, [...needs.values()]);
  }

  #expected(demand: ListDemand): string[] {
    const group = this.#groupOf.get(demand);
    const included = this.#of(demand.from);
    if (!included) return [...demand.names];
    const overlays = included.overlays.map((overlay) =>
      this.#left.has(overlay.file)
        ? overlay
        : { ...overlay, patches: this.#patches(overlay).map((patch) => ({ ...patch, path: pathText(patch.path) })) },
    );
    const object = { ...demand, group: groupOf(demand.apiVersion) };
    const patched = patchedNames({ overlays }, object, pathText(pathKeys(demand.path)));
    return [...new Set([...foreignNames(demand), ...(group ? this.#inSource(group) : []), ...patched])];
  }

  #settled(): Set<string> {
    const settled = this.#demands.filter((demand) => {
      const names = this.#expected(demand);
      return demand.from?.rendering.by === 'kustomize' && demand.wanted.every((name) => names.includes(name));
    });
    return new Set(settled.map(({ object, path }) => listKey(object, path)));
  }
}
