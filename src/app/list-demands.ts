import type { Made, MadeFrom } from '../manifests/made.js';
import type { Inventory } from '../model/inventory/found-inventory.js';
import { type DeclaredList, declaredLists, listKey } from '../model/plan/declared-list.js';
import type { PlannedCluster } from '../model/plan/disagreements.js';
import type { Place } from '../model/problem/problem.js';

/** A list of pull secrets that an inventory has seen, whether something is wanted on it or not. */
export interface SeenList {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly object: Place;
  readonly path: string;
  readonly names: readonly string[];
  /** The names on it that `attach` put there. */
  readonly marks: readonly string[];
}

/** A demand of one cluster on a list. */
export interface ListDemand extends SeenList {
  readonly cluster: string;
  /** Every name that must be on it; others of its names are not ours. */
  readonly wanted: readonly string[];
  /** The list of the plan; undefined where nothing is wanted on it. */
  readonly list: DeclaredList | undefined;
  /** How its object is rendered. @default - it stands in a file */
  readonly from: MadeFrom | undefined;
}

/** Works out the demands of a cluster on each of its lists. */
export function listDemands({ plan, inventory }: PlannedCluster, made: Made | undefined): ListDemand[] {
  const planned = new Map<string, DeclaredList>();
  for (const list of declaredLists(plan))
    if (list.object && list.path !== undefined) planned.set(listKey(list.object, list.path), list);
  const from = new Map((made?.manifests ?? []).map((manifest) => [manifest.file, manifest.from]));
  return seenLists(inventory).map((seen) => {
    const list = planned.get(listKey(seen.object, seen.path));
    const wanted = list?.wanted ?? [];
    return { ...seen, cluster: plan.cluster.name, wanted, list, from: from.get(seen.object.file) };
  });
}

/** The lists of an inventory, each once. */
export function seenLists({ accounts, workloads }: Inventory): SeenList[] {
  const seen = new Map<string, SeenList>();
  const add = (list: Omit<SeenList, 'object' | 'path'> & { object: Place | undefined; path: string | undefined }) => {
    const { object, path } = list;
    if (object && path !== undefined) seen.set(listKey(object, path), { ...list, object, path });
  };
  for (const { name, namespace, place, pullSecrets, marks = [] } of accounts)
    add({
      ...{ apiVersion: 'v1', kind: 'ServiceAccount', name, namespace, object: place, path: 'imagePullSecrets' },
      ...{ names: pullSecrets, marks },
    });
  for (const { apiVersion, kind, name, namespace, place, listPath, pullSecrets } of workloads)
    add({
      ...{ apiVersion, kind, name, namespace, object: place, path: listPath },
      ...{ names: pullSecrets.names, marks: pullSecrets.marks ?? [] },
    });
  return [...seen.values()];
}

/** The names on a list that `attach` did not put there. */
export function foreignNames({ names, marks }: SeenList): string[] {
  return names.filter((name) => !marks.includes(name));
}

/** The names that `attach` is to put on a list. */
export function ownNames(demand: ListDemand): string[] {
  const foreign = foreignNames(demand);
  return demand.wanted.filter((name) => !foreign.includes(name));
}

/** Text that tells a list from others of the same cluster, wherever it is rendered. */
export function identityOf({ kind, namespace, name, path }: SeenList): string {
  return `${kind} ${namespace}/${name} ${path}`;
}
