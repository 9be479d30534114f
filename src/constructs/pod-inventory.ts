import type { ApiObject } from 'cdk8s';
import type { Inventory } from '../model/inventory/found-inventory.js';
import { InventoryBuilder } from '../model/inventory/inventory.js';
import { mirrorKinds } from '../model/inventory/mirror-set.js';
import { PodKindIndex, podKindOf } from '../model/inventory/pod-kind-index.js';
import { plainTree } from '../model/inventory/tree.js';
import type { Problem } from '../model/problem/problem.js';
import type { ClusterScope, NamespaceScope } from './scopes.js';

/** Kinds of objects that say where a pull ends. */
const kindsBeside = ['ImageStream', ...[...mirrorKinds.keys()].map((key) => key.split('/')[1] ?? '')];

/** Pods of the objects of an app, and problems with them. */
export interface PodInventory extends Inventory {
  readonly problems: readonly Problem[];
}

/**
 * The pods of objects that are in a namespace, or name none.
 *
 * @param beside objects that say more about them. @default - those that say where a pull ends
 */
export function inventoryOf(
  objects: readonly ApiObject[],
  { name: namespace, labels, cluster }: Pick<NamespaceScope, 'name' | 'labels' | 'cluster'>,
  beside: readonly ApiObject[] = cluster.foreign.ofKinds(kindsBeside),
): PodInventory {
  const builder = new InventoryBuilder(podKindsOf(cluster));
  for (const each of [...objects, ...beside]) builder.add(plainTree(each.toJson()), { namespace });
  const inventory = builder.build();
  const workloads = inventory.workloads.map((workload) => ({ ...workload, namespace }));
  return { ...inventory, workloads, namespaces: [{ name: namespace, labels }], problems: builder.problems };
}

/** The kinds of a cluster that run pods. */
export function podKindsOf({ props }: ClusterScope): PodKindIndex {
  return new PodKindIndex((props.podKinds ?? []).flatMap((spec) => podKindOf(spec).kind ?? []));
}
