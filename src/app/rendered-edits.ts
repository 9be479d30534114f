import { readInventory } from '../manifests/inventory.js';
import { type Made, type MadeFrom, type MadeManifest, nothingMade } from '../manifests/made.js';
import type { Trial } from '../manifests/trial.js';
import { isPending, listKey } from '../model/plan/declared-list.js';
import type { PlannedCluster } from '../model/plan/disagreements.js';
import type { ImagePullSpec } from '../model/vocabulary/spec.js';
import type { ManifestChange } from '../output/manifest-writer.js';
import { foreignNames, identityOf, type ListDemand, listDemands, seenLists } from './list-demands.js';
import type { PendingList } from './pending.js';
import { type SourceGroup, sourceGroups, sourceList, sourceNames } from './source-groups.js';

/** What edits in the sources of rendered manifests are worked out with. */
export interface RenderedEditsOptions {
  readonly base: string;
  readonly clusters: readonly PlannedCluster[];
  readonly made: ReadonlyMap<string, Made>;
  readonly podKinds: ImagePullSpec['podKinds'] | undefined;
  readonly trial: Trial;
  /** The files that editing these lists changes; undefined where one of them cannot be edited. */
  readonly edit: (lists: readonly PendingList[]) => readonly ManifestChange[] | undefined;
}

/** Lists in sources that are right to edit, and the rendered lists that are what they must be by that. */
export interface RenderedEdits {
  readonly lists: readonly PendingList[];
  readonly settled: ReadonlySet<string>;
}

/**
 * What is done to a source: it gets what all want, or only what nobody wants is taken back, or it is left as it is.
 * What does not prove right falls to the next.
 */
type Way = 'edit' | 'take-back' | 'leave';

const next: Readonly<Record<Way, Way>> = { edit: 'take-back', 'take-back': 'leave', leave: 'leave' };

/** Works out which plain manifests to edit for lists that are rendered from them, and proves it by rendering again. */
export async function renderedEdits(options: RenderedEditsOptions): Promise<RenderedEdits> {
  return new Prover(options).edits();
}

class Prover {
  readonly #options: RenderedEditsOptions;
  readonly #demands: readonly ListDemand[];
  readonly #groups: readonly SourceGroup[];
  readonly #groupOf = new Map<ListDemand, SourceGroup>();
  readonly #ways = new Map<SourceGroup, Way>();

  constructor(options: RenderedEditsOptions) {
    const { base, clusters, made } = options;
    this.#options = options;
    this.#demands = clusters.flatMap((each) => listDemands(each, made.get(each.plan.cluster.name)));
    this.#groups = sourceGroups(base, this.#demands, made);
    for (const group of this.#groups) {
      const isShared = group.demands.some(({ from }) => !from);
      this.#ways.set(group, group.isAgreed ? 'edit' : isShared ? 'leave' : 'take-back');
      for (const demand of group.demands) this.#groupOf.set(demand, group);
    }
  }

  async edits(): Promise<RenderedEdits> {
    for (;;) {
      const lists = this.#lists();
      const changes = this.#options.edit(lists) ?? [];
      const wrong = changes.length === 0 ? [] : await this.#wrong(changes);
      if (wrong.length === 0) return { lists, settled: this.#settled() };
      for (const group of wrong) this.#fall(group);
    }
  }

  #fall(group: SourceGroup): void {
    this.#ways.set(group, next[this.#ways.get(group) ?? 'leave']);
  }

  /** Those that can be edited at all. */
  #lists(): PendingList[] {
    return this.#groups.flatMap((group) => {
      for (;;) {
        const way = this.#ways.get(group);
        if (way === 'leave') return [];
        const list = sourceList(group, sourceNames(group, way === 'edit'));
        if (!isPending(list)) return [];
        if (this.#options.edit([list])) return [list];
        this.#fall(group);
      }
    });
  }

  #settled(): Set<string> {
    const edited = this.#demands.filter((demand) => this.#wayOf(demand) === 'edit');
    return new Set(edited.map(({ object, path }) => listKey(object, path)));
  }

  #wayOf(demand: ListDemand): Way {
    const group = this.#groupOf.get(demand);
    return (group && this.#ways.get(group)) ?? 'leave';
  }

  /** The groups whose edit does not make of the rendered lists what it is for. */
  async #wrong(changes: readonly ManifestChange[]): Promise<SourceGroup[]> {
    const files = new Map(changes.map(({ path, after }) => [path, after]));
    const touched = new Set<MadeFrom>();
    for (const { manifests } of this.#options.made.values())
      for (const { from } of manifests) if (from?.reached.some((file) => files.has(file))) touched.add(from);
    const rendered = [...touched];
    const outcomes = await this.#options.trial.render(rendered, files);
    const texts = new Map(rendered.map((from, index) => [from, textOf(outcomes[index])]));
    const wrong = new Set<SourceGroup>();
    for (const demand of this.#misled(texts)) {
      const own = this.#groupOf.get(demand);
      const around = this.#demands
        .filter(({ from }) => from === demand.from)
        .flatMap((each) => this.#groupOf.get(each) ?? []);
      for (const group of own && this.#ways.get(own) !== 'leave' ? [own] : around) wrong.add(group);
    }
    return [...wrong].filter((group) => this.#ways.get(group) !== 'leave');
  }

  /** What lists would be rendered with other names than they are to have. */
  #misled(texts: ReadonlyMap<MadeFrom, string | undefined>): ListDemand[] {
    return this.#options.clusters.flatMap(({ plan }) => {
      const cluster = plan.cluster.name;
      const manifests = this.#options.made.get(cluster)?.manifests ?? [];
      const names = this.#namesIn(manifests, texts);
      return this.#demands.filter((demand) => {
        if (demand.cluster !== cluster || !demand.from || !texts.has(demand.from)) return false;
        return names.get(identityOf(demand)) !== nameText(this.#expected(demand));
      });
    });
  }

  #namesIn(manifests: readonly MadeManifest[], texts: ReadonlyMap<MadeFrom, string | undefined>): Map<string, string> {
    const { base, podKinds } = this.#options;
    const again = manifests.flatMap((manifest) => {
      const text = manifest.from && texts.get(manifest.from);
      return text === undefined ? [] : [{ ...manifest, text }];
    });
    const made = { ...nothingMade, manifests: again };
    const { inventory } = readInventory({ base, workloads: [], made, ...(podKinds && { podKinds }) });
    return new Map(seenLists(inventory).map((list) => [identityOf(list), nameText(list.names)]));
  }

  #expected(demand: ListDemand): readonly string[] {
    const group = this.#groupOf.get(demand);
    const way = this.#wayOf(demand);
    if (!group || way === 'leave') return demand.names;
    return [...new Set([...foreignNames(demand), ...sourceNames(group, way === 'edit')])];
  }
}

function nameText(names: readonly string[]): string {
  return JSON.stringify([...names].sort());
}

function textOf(outcome: { texts: readonly { text: string }[] } | undefined): string | undefined {
  return outcome?.texts[0]?.text;
}
