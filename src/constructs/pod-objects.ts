import type { ApiObject } from 'cdk8s';
import { labelsOf } from './foreign-account.js';
import { inventoryOf, type PodInventory, podKindsOf } from './pod-inventory.js';
import type { ClusterScope, NamespaceScope } from './scopes.js';

/** The objects with pods of a namespace of an app. */
export interface PodObjects {
  readonly namespace: Pick<NamespaceScope, 'name' | 'labels' | 'cluster'>;
  readonly objects: readonly ApiObject[];
  /** Objects of the cluster that lend their pods to those of namespaces. */
  readonly lenders: readonly ApiObject[];
}

/**
 * The objects with pods among some, by namespace.
 *
 * @param fallback the namespace of objects that name none; without one they are `homeless`
 */
export function podObjects(
  cluster: ClusterScope,
  objects: readonly ApiObject[],
  fallback: string | undefined,
): { readonly namespaces: readonly PodObjects[]; readonly homeless: readonly ApiObject[] } {
  const kinds = podKindsOf(cluster);
  const lenders: ApiObject[] = [];
  const homeless: ApiObject[] = [];
  const byNamespace = new Map<string, ApiObject[]>();
  for (const object of objects) {
    const found = kinds.find(object.apiVersion, object.kind);
    if (!found) continue;
    const name = object.metadata.namespace ?? fallback;
    const known = name === undefined ? undefined : byNamespace.get(name);
    if (found.kind.lends === 'cluster') lenders.push(object);
    else if (known) known.push(object);
    else if (name === undefined) homeless.push(object);
    else byNamespace.set(name, [object]);
  }
  const namespaces = [...byNamespace].map(([name, own]) => {
    const namespace = { name, labels: labelsIn(cluster, name), cluster };
    return { namespace, objects: own, lenders };
  });
  return { namespaces, homeless };
}

/** The pods of some of the objects; all of them are read, as they may name each other. */
export function podsOf({ namespace, objects, lenders }: PodObjects, some: readonly ApiObject[]): PodInventory {
  const inventory = inventoryOf([...objects, ...lenders], namespace);
  const keys = new Set(some.map(keyOf));
  return { ...inventory, workloads: inventory.workloads.filter((workload) => keys.has(keyOf(workload))) };
}

function keyOf({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind}/${name}`;
}

/** The labels of a namespace: as it was asked for, else as the app declares it. */
function labelsIn(cluster: ClusterScope, name: string): ReadonlyMap<string, string> {
  const known = cluster.knownNamespace(name);
  if (known) return known.labels;
  const declared = cluster.foreign.find('Namespace', undefined, name);
  return declared ? labelsOf(declared) : new Map();
}
