import { valueAt } from '../model/inventory/list-patch.js';
import { groupOf } from '../model/inventory/pod-kind-index.js';
import type { Tree } from '../model/inventory/tree.js';
import { pathKeys } from '../model/inventory/tree-path.js';
import { type Place, placeText } from '../model/problem/problem.js';
import type { Applier } from '../model/topology/applied.js';
import { objectsAt } from '../yaml/objects-at.js';
import { type IncludedObjects, markedLists, objectKey } from './included-objects.js';
import type { Made } from './made.js';
import { manifestTextOf } from './manifest-text.js';

/** A GitOps object in a plain manifest that says what a chart is rendered with. */
export interface ReleaseObject {
  readonly place: Place;
  /** Where its values stand; undefined where they are a text, or several. */
  readonly values: readonly string[] | undefined;
  /** The lists with names that `attach` put there. */
  readonly marked: readonly MarkedValues[];
}

/** A list among the values that `attach` has edited. */
export interface MarkedValues {
  readonly path: string;
  readonly names: readonly string[];
  /** Whether its items are maps with a name. */
  readonly named: boolean;
}

const groups: Readonly<Record<string, string>> = {
  Application: 'argoproj.io',
  HelmRelease: 'helm.toolkit.fluxcd.io',
};

/** Finds the plain manifests of the objects that charts are rendered for, also where kustomize renders these. */
export class ReleaseObjects {
  readonly #base: string;
  readonly #included: IncludedObjects;
  readonly #made: readonly Pick<Made, 'manifests'>[];
  readonly #known = new Map<string, ReleaseObject | undefined>();

  constructor(base: string, included: IncludedObjects, made: readonly Pick<Made, 'manifests'>[]) {
    this.#base = base;
    this.#included = included;
    this.#made = made;
  }

  of(by: Applier | undefined): ReleaseObject | undefined {
    const place = by && this.#source(by);
    if (!place) return undefined;
    const key = `${by.kind} ${placeText(place)}`;
    if (!this.#known.has(key)) this.#known.set(key, this.#read(by, place));
    return this.#known.get(key);
  }

  /** The place of the object in a file; through the kustomization where it was rendered. */
  #source({ kind, name, place }: Applier): Place | undefined {
    const group = groups[kind];
    if (!place || group === undefined) return undefined;
    const rendered = this.#made.flatMap(({ manifests }) => manifests).find(({ file }) => file === place.file);
    if (!rendered?.from) return place;
    const { rendering } = rendered.from;
    if (rendering.by !== 'kustomize') return undefined;
    const all = this.#included.of(rendering).objects.get(objectKey({ group, kind, name })) ?? [];
    return all.length === 1 ? all[0]?.place : undefined;
  }

  #read({ kind }: Applier, place: Place): ReleaseObject | undefined {
    const manifest = manifestTextOf(this.#base, place.file);
    const read = (object: Tree) => {
      if (object.get('kind')?.string() !== kind || groupOf(object.get('apiVersion')?.string() ?? '') !== groups[kind])
        return undefined;
      const marked = [...markedLists(object)].map(([path, names]) => {
        const [item] = valueAt(object, pathKeys(path))?.items() ?? [];
        return { path, names, named: item?.kind === 'map' };
      });
      return { place, values: valuesPath(object, kind), marked };
    };
    return manifest && objectsAt(manifest, [place], read).get(placeText(place));
  }
}

function valuesPath(object: Tree, kind: string): readonly string[] | undefined {
  const spec = object.get('spec');
  if (kind === 'HelmRelease') return ['spec', 'values'];
  const helm = spec?.get('source')?.get('helm');
  const isText = helm?.get('valuesObject') === undefined && helm?.get('values') !== undefined;
  return isText || spec?.get('sources') !== undefined ? undefined : ['spec', 'source', 'helm', 'valuesObject'];
}
