import path from 'node:path';
import { type IncludedObject, type IncludedObjects, objectKey } from '../manifests/included-objects.js';
import type { Made } from '../manifests/made.js';
import { groupOf } from '../model/inventory/pod-kind-index.js';
import { pathKeys, pathText } from '../model/inventory/tree-path.js';
import { isPending, listKey } from '../model/plan/declared-list.js';
import type { Place } from '../model/problem/problem.js';
import { foreignNames, type ListDemand, ownNames } from './list-demands.js';
import { ownersText } from './owners-text.js';
import type { PendingList } from './pending.js';

/** A list in a plain manifest, and everything that is made of it. */
export interface SourceGroup {
  readonly key: string;
  /** The object in its file. */
  readonly object: Place;
  readonly path: string;
  /** The names that `attach` put on it. */
  readonly marks: readonly string[];
  /** Demands of clusters on the list itself, and on the lists that are rendered from it. */
  readonly demands: ListDemand[];
  /** Whether an edit of it is right for all of them. */
  readonly isAgreed: boolean;
}

/** Finds the plain manifests that rendered lists come from. A list that comes of several objects has none. */
export function sourceGroups(
  base: string,
  demands: readonly ListDemand[],
  made: ReadonlyMap<string, Made>,
  included: IncludedObjects,
): SourceGroup[] {
  const groups = new Map<string, Omit<SourceGroup, 'isAgreed'>>();
  for (const demand of demands) {
    const source = sourceOf(demand, included);
    if (!source) continue;
    const key = listKey(source.place, demand.path);
    const marks = source.marks.get(pathText(pathKeys(demand.path))) ?? [];
    const group = groups.get(key) ?? { key, object: source.place, path: demand.path, marks, demands: [] };
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
): IncludedObject | undefined {
  if (from?.rendering.by !== 'kustomize') return undefined;
  const key = objectKey({ group: groupOf(apiVersion), kind, name });
  const all = included.of(from.rendering).objects.get(key) ?? [];
  const near = all.length < 2 ? all : all.filter((each) => each.namespace === namespace);
  return near.length === 1 ? near[0] : undefined;
}

/** Whether nobody gets a name by an edit of the source that is not wanted there. */
function areAgreed(demands: readonly ListDemand[]): boolean {
  const names = demands.flatMap(ownNames);
  return demands.every((demand) => {
    const fine = [...demand.wanted, ...foreignNames(demand)];
    return names.every((name) => fine.includes(name));
  });
}

/** A source as the list that is edited there. */
export function sourceList(group: SourceGroup, wanted: readonly string[]): PendingList {
  const rendered = group.demands.filter(({ from }) => from !== undefined);
  const first = rendered.find(({ list }) => list && isPending(list)) ?? rendered[0];
  const { apiVersion = '', kind = '', name = '', namespace } = first ?? {};
  return {
    owner: ownersText(group.demands.map((each) => `${each.kind} ${each.namespace}/${each.name}`)),
    ...{ apiVersion, kind, name, namespace, object: group.object, path: group.path, place: group.object },
    ...{ names: first?.names ?? [], wanted, source: undefined },
    missing: wanted.filter((each) => !group.marks.includes(each)),
    surplus: group.marks.filter((each) => !wanted.includes(each)),
  };
}
