import type { MadeFrom } from '../manifests/made.js';
import {
  type MarkedValues,
  parameterEntry,
  parameterValue,
  type ReleaseObject,
  type ReleaseObjects,
  type ValuesPlace,
} from '../manifests/release-object.js';
import { pathText } from '../model/inventory/tree-path.js';
import { isPending } from '../model/plan/declared-list.js';
import { placeText } from '../model/problem/problem.js';
import type { ChartProposal } from './chart-proposals.js';
import type { ValuesKey } from './chart-values.js';
import { foreignNames, type ListDemand, ownNames } from './list-demands.js';
import { ownersText } from './owners-text.js';
import type { PendingList } from './pending.js';

/** The lists to edit in one GitOps object, and all that is asked of what its chart renders. */
export interface ReleaseEdit {
  readonly lists: readonly PendingList[];
  readonly demands: readonly ListDemand[];
}

/** A GitOps object with all that is asked of the lists that one chart of it renders. */
interface Release {
  readonly object: ReleaseObject;
  readonly by: NonNullable<MadeFrom['by']>;
  readonly owners: string[];
  readonly demands: ListDemand[];
}

/**
 * The values of HelmReleases and Applications that can be edited where they stand: with the keys that were found by
 * rendering the chart, or on the lists that an earlier run has edited.
 */
export function releaseEdits(
  demands: readonly ListDemand[],
  objects: ReleaseObjects,
  proposals: ReadonlyMap<string, ChartProposal>,
  canEdit: (lists: readonly PendingList[]) => boolean,
): ReleaseEdit[] {
  return [...releasesOf(demands, objects).values()]
    .map((release) => ({ lists: valuesLists(release, proposals).filter(isPending), demands: release.demands }))
    .filter(({ lists }) => lists.length > 0 && canEdit(lists));
}

/** Whether an edit gives a list all that is asked of it. */
export function isGivenBy({ lists }: ReleaseEdit, demand: ListDemand): boolean {
  return lists.some((list) => ownNames(demand).every((name) => namesOf(list).includes(name)));
}

function namesOf({ wanted, item }: PendingList): readonly string[] {
  return item === 'json' ? wanted.map(parameterValue) : wanted;
}

function releasesOf(demands: readonly ListDemand[], objects: ReleaseObjects): Map<string, Release> {
  const releases = new Map<string, Release>();
  for (const demand of demands) {
    const { by, rendering } = demand.from ?? {};
    if (rendering?.by !== 'helm') continue;
    const object = objects.of(by, rendering.chart);
    if (!object || !by) continue;
    const key = `${placeText(object.place)} ${JSON.stringify(object.values)}`;
    const release = releases.get(key) ?? { object, by, owners: [], demands: [] };
    release.owners.push(`${by.kind} ${by.namespace === undefined ? '' : `${by.namespace}/`}${by.name}`);
    release.demands.push(demand);
    releases.set(key, release);
  }
  return releases;
}

function valuesLists(
  { object, by, owners, demands }: Release,
  proposals: ReadonlyMap<string, ChartProposal>,
): PendingList[] {
  const { place, values, marked } = object;
  const needed = [...new Set(demands.flatMap(ownNames))];
  const isSame = isSameForAll(demands);
  const list = (
    path: string,
    item: MarkedValues['item'],
    there: readonly string[],
    wanted: readonly string[],
  ): PendingList => ({
    owner: ownersText(owners),
    ...{ apiVersion: '', kind: by.kind, name: by.name, namespace: by.namespace, object: place, path, place },
    ...{ names: there, wanted, source: undefined, item },
    missing: wanted.filter((name) => !there.includes(name)),
    surplus: there.filter((name) => !wanted.includes(name)),
  });
  if (marked.length > 0)
    return marked.map(({ path, item, entries, pullSecrets }) => {
      // Where renderings differ nothing is added that not all of them need.
      const wanted = isSame ? needed : needed.filter((name) => pullSecrets.includes(name));
      return list(path, item, entries, item === 'json' ? parametersAgain(entries, wanted) : wanted);
    });
  const found = demands.flatMap((demand) => proposals.get(demand.object.file) ?? []);
  const [first] = found;
  // A list in values takes the place of what the chart has there, and all renderings of the object get it.
  const isPlain = demands.every((demand) => ownNames(demand).length === 0 || foreignNames(demand).length === 0);
  const isOne = new Set(found.map(({ keys }) => JSON.stringify(keys))).size === 1 && isSame;
  if (!values || !first?.keys || !isPlain || !isOne) return [];
  return listsAt(values, first.keys, needed).map(({ path, item, wanted }) => list(path, item, [], wanted));
}

/** The lists by which keys of the chart are given names at a place of values. */
function listsAt(
  { as, path }: ValuesPlace,
  keys: readonly ValuesKey[],
  names: readonly string[],
): { readonly path: string; readonly item: MarkedValues['item']; readonly wanted: readonly string[] }[] {
  if (as === 'map')
    return keys.map(({ path: key, named }) => ({
      path: pathText([...path, ...key]),
      item: named ? 'name' : 'text',
      wanted: names,
    }));
  // helm takes other keys apart.
  if (!keys.every(({ path: key }) => key.every((step) => /^[\w-]+$/.test(step)))) return [];
  const wanted = keys.flatMap(({ path: key, named }) =>
    names.map((name, index) => parameterEntry(`${key.join('.')}[${index}]${named ? '.name' : ''}`, name)),
  );
  return [{ path: pathText(path), item: 'json', wanted }];
}

/** The parameters of an earlier run for other names, in the same lists. */
function parametersAgain(entries: readonly string[], names: readonly string[]): string[] {
  const forms = new Set(
    entries.map((entry) => (JSON.parse(entry) as { readonly name?: string }).name?.replace(/\[\d+\]/, '[]') ?? ''),
  );
  return [...forms].flatMap((form) =>
    names.map((name, index) => parameterEntry(form.replace('[]', `[${index}]`), name)),
  );
}

/** Whether every rendering of the object needs the same. */
function isSameForAll(demands: readonly ListDemand[]): boolean {
  const byRendering = new Map<string, Set<string>>();
  for (const demand of demands) {
    const key = `${demand.cluster} ${demand.object.file}`;
    const names = byRendering.get(key) ?? new Set<string>();
    for (const name of ownNames(demand)) names.add(name);
    byRendering.set(key, names);
  }
  return new Set([...byRendering.values()].map((names) => JSON.stringify([...names].sort()))).size === 1;
}
