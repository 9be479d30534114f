import path from 'node:path';
import { readInventory } from '../manifests/inventory.js';
import { type Made, type MadeFrom, type MadeManifest, nothingMade } from '../manifests/made.js';
import type { Trial } from '../manifests/trial.js';
import type { ImagePullSpec } from '../model/vocabulary/spec.js';
import type { ManifestChange } from '../output/manifest-writer.js';
import { identityOf, type ListDemand, seenLists } from './list-demands.js';

/** Renders what changed files are part of, and compares its lists with what they are to be. */
export class RenderingProof {
  readonly #base: string;
  readonly #podKinds: ImagePullSpec['podKinds'] | undefined;
  readonly #made: ReadonlyMap<string, Made>;
  readonly #trial: Trial;

  constructor(
    { base, podKinds }: { readonly base: string; readonly podKinds: ImagePullSpec['podKinds'] | undefined },
    made: ReadonlyMap<string, Made>,
    trial: Trial,
  ) {
    this.#base = base;
    this.#podKinds = podKinds;
    this.#made = made;
    this.#trial = trial;
  }

  /** The lists that would be rendered with other names than they are to have. */
  async misled(
    demands: readonly ListDemand[],
    expected: (demand: ListDemand) => readonly string[],
    changes: readonly ManifestChange[],
  ): Promise<ListDemand[]> {
    const texts = await this.#texts(new Map(changes.map(({ path, after }) => [path, after])));
    return [...this.#made].flatMap(([cluster, { manifests }]) => {
      const names = this.#namesIn(manifests, texts);
      return demands.filter((demand) => {
        if (demand.cluster !== cluster || !demand.from || !texts.has(demand.from)) return false;
        return names.get(identityOf(demand)) !== nameText(expected(demand));
      });
    });
  }

  /** Texts that would be rendered; undefined where nothing is. */
  async #texts(files: ReadonlyMap<string, string | undefined>): Promise<ReadonlyMap<MadeFrom, string | undefined>> {
    const touched = new Set<MadeFrom>();
    // A new file is part of what is made of its folder.
    const changed = new Set([...files.keys()].flatMap((file) => [file, path.dirname(file)]));
    for (const { manifests } of this.#made.values())
      for (const { from } of manifests) if (from?.reached.some((file) => changed.has(file))) touched.add(from);
    const rendered = [...touched];
    const outcomes = await this.#trial.render(rendered, files);
    return new Map(rendered.map((from, index) => [from, outcomes[index]?.texts[0]?.text]));
  }

  #namesIn(manifests: readonly MadeManifest[], texts: ReadonlyMap<MadeFrom, string | undefined>): Map<string, string> {
    const again = manifests.flatMap((manifest) => {
      const text = manifest.from && texts.get(manifest.from);
      return text === undefined ? [] : [{ ...manifest, text }];
    });
    const made = { ...nothingMade, manifests: again };
    const podKinds = this.#podKinds;
    const { inventory } = readInventory({ base: this.#base, workloads: [], made, ...(podKinds && { podKinds }) });
    return new Map(seenLists(inventory).map((list) => [identityOf(list), nameText(list.names)]));
  }
}

function nameText(names: readonly string[]): string {
  return JSON.stringify([...names].sort());
}
