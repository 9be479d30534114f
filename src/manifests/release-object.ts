import { valueAt } from '../model/inventory/list-patch.js';
import { groupOf } from '../model/inventory/pod-kind-index.js';
import type { Tree } from '../model/inventory/tree.js';
import { pathKeys, pathText } from '../model/inventory/tree-path.js';
import { type Place, placeText } from '../model/problem/problem.js';
import type { Applier } from '../model/topology/applied.js';
import type { ChartSource } from '../model/topology/rendering.js';
import { pathBelow } from '../model/topology/repository-path.js';
import { objectsAt } from '../yaml/objects-at.js';
import { type IncludedObjects, markedLists, objectKey } from './included-objects.js';
import type { Made } from './made.js';
import { manifestTextOf } from './manifest-text.js';
import { markedJson } from './own-patch.js';

/** A GitOps object in a plain manifest that says what a chart is rendered with. */
export interface ReleaseObject {
  readonly place: Place;
  /** Where values of the chart can be added; undefined where nobody knows. */
  readonly values: ValuesPlace | undefined;
  /** The lists with names that `attach` put there for this chart. */
  readonly marked: readonly MarkedValues[];
}

/** A place of values: a map of them, or the list of an Application's parameters, which lie over values that are a text. */
export interface ValuesPlace {
  readonly as: 'map' | 'parameters';
  readonly path: readonly (string | number)[];
}

/** A list among the values that `attach` has edited. */
export interface MarkedValues {
  readonly path: string;
  /** Its entries as the editor takes them: names, of parameters their JSON. */
  readonly entries: readonly string[];
  readonly pullSecrets: readonly string[];
  /** Form of its items: maps with a name, names alone, or parameters. */
  readonly item: 'name' | 'text' | 'json';
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

  /** The object that asks for a chart. */
  of(by: Applier | undefined, chart: ChartSource): ReleaseObject | undefined {
    const place = by && this.#source(by);
    if (!place) return undefined;
    const key = JSON.stringify([by.kind, placeText(place), chart]);
    if (!this.#known.has(key)) this.#known.set(key, this.#read(by, place, chart));
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

  #read({ kind }: Applier, place: Place, chart: ChartSource): ReleaseObject | undefined {
    const manifest = manifestTextOf(this.#base, place.file);
    const read = (object: Tree): ReleaseObject | undefined => {
      const own = object.get('kind')?.string() ?? '';
      // The Applications of an ApplicationSet stand in its template.
      const isIt = own === kind || (kind === 'Application' && own === 'ApplicationSet');
      if (!isIt || groupOf(object.get('apiVersion')?.string() ?? '') !== groups[kind]) return undefined;
      const around = kind === 'HelmRelease' ? ['spec'] : helmPath(object, own, chart);
      return around && { place, values: valuesPlace(object, kind, around), marked: markedIn(object, around) };
    };
    return manifest && objectsAt(manifest, [place], read).get(placeText(place));
  }
}

/** Where the source of a chart says what helm is given; undefined where none or several of them may be it. */
function helmPath(object: Tree, kind: string, chart: ChartSource): readonly (string | number)[] | undefined {
  const spec = kind === 'ApplicationSet' ? ['spec', 'template', 'spec'] : ['spec'];
  const sources = valueAt(object, [...spec, 'sources'])?.items() ?? [];
  if (sources.length === 0) return [...spec, 'source', 'helm'];
  const [only, ...others] = [...sources.keys()].filter((index) => isSourceOf(sources[index]!, chart));
  return only === undefined || others.length > 0 ? undefined : [...spec, 'sources', only, 'helm'];
}

function isSourceOf(source: Tree, chart: ChartSource): boolean {
  if ('name' in chart) return source.get('chart')?.string() === chart.name;
  return pathBelow('.', source.get('path')?.string() ?? '') === chart.folder;
}

function valuesPlace(object: Tree, kind: string, around: readonly (string | number)[]): ValuesPlace {
  if (kind === 'HelmRelease') return { as: 'map', path: [...around, 'values'] };
  const helm = valueAt(object, [...around]);
  const isText = helm?.get('valuesObject') === undefined && helm?.get('values') !== undefined;
  return isText
    ? { as: 'parameters', path: [...around, 'parameters'] }
    : { as: 'map', path: [...around, 'valuesObject'] };
}

function markedIn(object: Tree, around: readonly (string | number)[]): MarkedValues[] {
  const parameters = pathText([...around, 'parameters']);
  return [...markedLists(object)]
    .filter(([path]) => path.startsWith(`${pathText(around)}.`))
    .map(([path, names]) => {
      const list = valueAt(object, pathKeys(path));
      if (path !== parameters)
        return { path, entries: names, pullSecrets: names, item: list?.items()[0]?.kind === 'map' ? 'name' : 'text' };
      const entries = list ? markedJson(list) : [];
      return { path, entries, pullSecrets: entries.map(parameterValue), item: 'json' };
    });
}

/** One parameter of an Application, as JSON. */
export function parameterEntry(name: string, value: string): string {
  return JSON.stringify({ name, value });
}

export function parameterValue(entry: string): string {
  return (JSON.parse(entry) as { readonly value?: string }).value ?? '';
}
