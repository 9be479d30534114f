import path from 'node:path';
import { IncludedObjects, objectKey } from '../manifests/included-objects.js';
import type { Made } from '../manifests/made.js';
import { groupOf } from '../model/inventory/pod-kind-index.js';
import { sortedUnique } from '../model/names/names.js';
import { listKey } from '../model/plan/declared-list.js';
import type { Place } from '../model/problem/problem.js';
import { foreignNames, type ListDemand, ownNames } from './list-demands.js';
import type { PendingList } from './pending.js';

/** A list in a plain manifest, and everything that is made of it. */
export interface SourceGroup {
  readonly key: string;
  /** The object in its file. */
  readonly object: Place;
  readonly path: string;
  /** What clusters ask of the list itself, and of the lists that are rendered from it. */
  readonly demands: ListDemand[];
  /** Whether an edit of it is right for all of them. */
  readonly isAgreed: boolean;
}

/** Finds the plain manifests that rendered lists come from. A list that comes of several objects has none. */
export function sourceGroups(
  base: string,
  demands: readonly ListDemand[],
  made: ReadonlyMap<string, Made>,
): SourceGroup[] {
  const included = new IncludedObjects(base);
  const groups = new Map<string, Omit<SourceGroup, 'isAgreed'>>();
  for (const demand of demands) {
    const object = sourceOf(demand, included);
    if (!object) continue;
    const key = listKey(object, demand.path);
    const group = groups.get(key) ?? { key, object, path: demand.path, demands: [] };
    group.demands.push(demand);
    groups.set(key, group);
  }
  const lost = new Set([...made.values()].flatMap(({ unrendered }) => [...unrendered]));
  for (const demand of demands) if (!demand.from) groups.get(listKey(demand.object, demand.path))?.demands.push(demand);
  return [...groups.values()].map((group) => ({
    ...group,
    isAgreed: !lost.has(path.resolve(base, group.object.file)) && areAgreed(group.demands),
  }));
}

function sourceOf(
  { apiVersion, kind, name, namespace, from }: ListDemand,
  included: IncludedObjects,
): Place | undefined {
  if (from?.rendering.by !== 'kustomize') return undefined;
  const key = objectKey({ group: groupOf(apiVersion), kind, name });
  const all = included.of(from.rendering).objects.get(key) ?? [];
  const near = all.length < 2 ? all : all.filter((each) => each.namespace === namespace);
  return near.length === 1 ? near[0]?.place : undefined;
}

/** Whether nobody gets a name by an edit of the source that is not wanted there. */
function areAgreed(demands: readonly ListDemand[]): boolean {
  const names = demands.flatMap(ownNames);
  return demands.every((demand) => {
    const fine = [...demand.wanted, ...foreignNames(demand)];
    return names.every((name) => fine.includes(name));
  });
}

/** The names that belong on the list in the source; where it cannot be right for all, those that somebody relies on. */
export function sourceNames({ demands }: SourceGroup, isEdited: boolean): string[] {
  const names = [...new Set(demands.flatMap(ownNames))];
  return isEdited ? names : names.filter((name) => demands.some(({ marks }) => marks.includes(name)));
}

/** A source as the list that is edited there. */
export function sourceList(group: SourceGroup, wanted: readonly string[]): PendingList {
  const [first] = group.demands.filter(({ from }) => from !== undefined);
  const { apiVersion = '', kind = '', name = '', namespace, list } = first ?? {};
  const marks = sortedUnique(group.demands.flatMap((demand) => demand.marks));
  return {
    owner: list?.owner ?? `${kind} ${namespace}/${name}`,
    ...{ apiVersion, kind, name, namespace, object: group.object, path: group.path, place: group.object },
    ...{ names: first?.names ?? [], wanted, source: undefined },
    missing: wanted.filter((each) => group.demands.some(({ names }) => !names.includes(each))),
    surplus: marks.filter((each) => !wanted.includes(each)),
  };
}
