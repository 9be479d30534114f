import type { MadeFrom } from '../manifests/made.js';
import type { ReleaseObject, ReleaseObjects } from '../manifests/release-object.js';
import { pathText } from '../model/inventory/tree-path.js';
import { isPending, listKey } from '../model/plan/declared-list.js';
import { placeText } from '../model/problem/problem.js';
import type { ChartProposal } from './chart-proposals.js';
import { foreignNames, type ListDemand, ownNames } from './list-demands.js';
import type { PendingList } from './pending.js';
import type { RenderedEdits } from './rendered-edits.js';

/** A GitOps object with all that is asked of the lists that its chart renders. */
interface Release {
  readonly object: ReleaseObject;
  readonly by: NonNullable<MadeFrom['by']>;
  readonly demands: ListDemand[];
}

/**
 * The values of HelmReleases and Applications that are edited where they stand: with the keys that were found by
 * rendering the chart, or on the lists that an earlier run has edited.
 */
export function releaseEdits(
  demands: readonly ListDemand[],
  objects: ReleaseObjects,
  proposals: ReadonlyMap<string, ChartProposal>,
  canEdit: (lists: readonly PendingList[]) => boolean,
): Pick<RenderedEdits, 'lists' | 'settled'> {
  const lists: PendingList[] = [];
  const settled = new Set<string>();
  for (const release of releasesOf(demands, objects).values()) {
    const own = valuesLists(release, proposals).filter(isPending);
    if (own.length === 0 || !canEdit(own)) continue;
    lists.push(...own);
    for (const demand of release.demands) {
      const isGiven = own.some((list) => ownNames(demand).every((name) => list.wanted.includes(name)));
      if (isGiven) settled.add(listKey(demand.object, demand.path));
    }
  }
  return { lists, settled };
}

function releasesOf(demands: readonly ListDemand[], objects: ReleaseObjects): Map<string, Release> {
  const releases = new Map<string, Release>();
  for (const demand of demands) {
    const { by, rendering } = demand.from ?? {};
    const object = rendering?.by === 'helm' ? objects.of(by) : undefined;
    if (!object || !by) continue;
    const release = releases.get(placeText(object.place)) ?? { object, by, demands: [] };
    release.demands.push(demand);
    releases.set(placeText(object.place), release);
  }
  return releases;
}

function valuesLists({ object, by, demands }: Release, proposals: ReadonlyMap<string, ChartProposal>): PendingList[] {
  const { place, values, marked } = object;
  const needed = [...new Set(demands.flatMap(ownNames))];
  const isSame = isSameForAll(demands);
  const list = (path: string, named: boolean, there: readonly string[], wanted = needed): PendingList => ({
    owner: `${by.kind} ${by.namespace === undefined ? '' : `${by.namespace}/`}${by.name}`,
    ...{ apiVersion: '', kind: by.kind, name: by.name, namespace: by.namespace, object: place, path, place },
    ...{ names: there, wanted, source: undefined, item: named ? 'name' : 'text' },
    missing: wanted.filter((name) => !there.includes(name)),
    surplus: there.filter((name) => !wanted.includes(name)),
  });
  if (marked.length > 0)
    return marked.map(({ path, named, names }) =>
      // Where renderings differ nothing is added that not all of them need.
      list(path, named, names, isSame ? needed : needed.filter((name) => names.includes(name))),
    );
  const found = demands.flatMap((demand) => proposals.get(demand.object.file) ?? []);
  const [first] = found;
  // A list in values takes the place of what the chart has there, and all renderings of the object get it.
  const isPlain = demands.every((demand) => ownNames(demand).length === 0 || foreignNames(demand).length === 0);
  const isOne = new Set(found.map(({ keys }) => JSON.stringify(keys))).size === 1 && isSame;
  if (!values || !first?.keys || !isPlain || !isOne) return [];
  return first.keys.map(({ path, named }) => list(pathText([...values, ...path]), named, []));
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
