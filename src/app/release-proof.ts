import type { LoadedConfig } from '../config/load.js';
import { readInventory } from '../manifests/inventory.js';
import type { Made } from '../manifests/made.js';
import type { Workshop } from '../manifests/make.js';
import type { Trial } from '../manifests/trial.js';
import type { ManifestChange } from '../output/manifest-writer.js';
import { isHeldBy } from './chart-proposals.js';
import { identityOf, type ListDemand, type SeenList, seenLists } from './list-demands.js';
import { makeManifests } from './made-clusters.js';
import type { ReleaseEdit } from './release-edits.js';

/** Makes everything once more of a copy of the repository in which GitOps objects are edited, and compares. */
export class ReleaseProof {
  readonly #config: LoadedConfig;
  readonly #workshop: Workshop;
  readonly #trial: Trial;

  constructor(config: LoadedConfig, workshop: Workshop, trial: Trial) {
    this.#config = config;
    this.#workshop = workshop;
    this.#trial = trial;
  }

  /** Those of the edits by which every pod has what it needs, and nothing else changes. */
  async proven(
    edits: readonly ReleaseEdit[],
    demands: readonly ListDemand[],
    changesOf: (edits: readonly ReleaseEdit[]) => readonly ManifestChange[],
  ): Promise<readonly ReleaseEdit[]> {
    let left = edits;
    while (left.length > 0) {
      const misled = await this.#misled(left, demands, changesOf(left));
      if (misled.size === 0) break;
      const right = left.filter((edit) => !edit.demands.some((demand) => misled.has(demand)));
      // What goes wrong elsewhere may come of any of them.
      left = right.length < left.length ? right : [];
    }
    return left;
  }

  async #misled(
    edits: readonly ReleaseEdit[],
    demands: readonly ListDemand[],
    changes: readonly ManifestChange[],
  ): Promise<ReadonlySet<ListDemand>> {
    const edited = new Set(edits.flatMap((edit) => edit.demands));
    const made = await this.#makeWith(changes);
    const misled = new Set<ListDemand>();
    for (const [cluster, own] of made) {
      const { base, spec } = this.#config;
      const { podKinds } = spec;
      const { inventory } = readInventory({ base, workloads: [], made: own, ...(podKinds && { podKinds }) });
      const asked = demands.filter((each) => each.cluster === cluster && each.from);
      const lists = seenLists(inventory);
      const names = new Map(lists.map((list) => [identityOf(list), [...list.names].sort().join()]));
      const isHeld = isHeldBy(inventory);
      const isRenamed = renamedIn(asked, lists);
      for (const demand of asked) {
        const seen = names.get(identityOf(demand));
        if (seen === undefined && isRenamed(demand)) continue;
        const isRight = edited.has(demand)
          ? !demand.list || isHeld(demand.list)
          : seen === [...demand.names].sort().join();
        if (seen === undefined || !isRight) misled.add(demand);
      }
    }
    return misled;
  }

  #makeWith(changes: readonly ManifestChange[]): Promise<ReadonlyMap<string, Made>> {
    const { spec } = this.#config;
    return this.#trial.inRepository(new Map(changes.map(({ path, after }) => [path, after])), (copy) =>
      makeManifests(
        { base: copy.base, spec: { ...spec, repositories: { ...copy.repositories, ...spec.repositories } } },
        { ...this.#workshop, keptIn: copy.keptIn },
      ),
    );
  }
}

/**
 * Tells lists that nothing is on, nor asked of, and whose objects have other names each time their chart is rendered: there
 * are as many of their kind as before.
 */
function renamedIn(before: readonly ListDemand[], after: readonly SeenList[]): (demand: ListDemand) => boolean {
  const [was, is] = [before, after].map(countsByKind);
  return (demand) =>
    !demand.list && demand.names.length === 0 && was?.get(kindKey(demand)) === is?.get(kindKey(demand));
}

function countsByKind(lists: readonly SeenList[]): ReadonlyMap<string, number> {
  const identities = new Map(lists.map((list) => [identityOf(list), kindKey(list)]));
  const counts = new Map<string, number>();
  for (const key of identities.values()) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function kindKey({ kind, namespace, path }: SeenList): string {
  return `${kind} ${namespace} ${path}`;
}
