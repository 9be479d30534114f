import { sortedUnique } from '../model/names/names.js';
import type { AccessPlan } from '../model/plan/access-plan.js';
import { attachingPurpose, type DeliveryPurpose, deliveryName } from '../model/reach/delivery-names.js';
import { isPerNamespace, policyScope } from '../model/reach/policy-scope.js';
import { keptSecrets, keptTest, type Retired } from '../model/retire/retired.js';
import { engineOf } from '../model/vocabulary/attachments.js';
import type { ClusterModel, ClusterPullSecret } from '../model/vocabulary/cluster.js';
import { attachingPolicies } from './attachments/index.js';
import type { DeliveryContext, DeliveryObject, DeliveryWriter } from './delivery-object.js';
import { copyingObjects } from './distributions/index.js';
import { sourceWriter } from './sources/source-objects.js';

/** Namespaces of a cluster, and what they have of a pull secret. */
export interface Served {
  /** The namespaces that have it, or are to get it. */
  readonly served: readonly string[];
  /** Those with an object that reads what the source brings along. */
  readonly fed: readonly string[];
}

/** Where each pull secret of a plan is. */
export function servedBy({ secrets }: AccessPlan, retired: Retired): (pullSecret: string) => Served {
  const objects = keptSecrets(retired);
  const isKept = keptTest(objects);
  const served = new Map<string, { served: string[]; fed: string[] }>();
  const of = (name: string) => {
    const known = served.get(name) ?? { served: [], fed: [] };
    served.set(name, known);
    return known;
  };
  for (const { namespace, pullSecret, write } of secrets) {
    of(pullSecret).served.push(namespace);
    if (write && !isKept(namespace, pullSecret)) of(pullSecret).fed.push(namespace);
  }
  for (const { namespace, name, isSource } of objects) if (!isSource) of(name).fed.push(namespace);
  return of;
}

/** Gathers what the objects of a delivery are made from. */
export function deliveryContext(
  cluster: ClusterModel,
  pullSecret: ClusterPullSecret,
  { served, fed }: Served,
): DeliveryContext {
  return { cluster, pullSecret, scope: policyScope(pullSecret, served, cluster.exclude), fed: sortedUnique(fed) };
}

/**
 * Writes what a pull secret brings along once per cluster: its source and what that needs, what copies it, and its
 * policies. What is for listed namespaces comes with the first of them.
 */
export function deliveryObjects(context: DeliveryContext, { served, fed }: Served): DeliveryObject[] {
  const { pullSecret } = context;
  const isEverywhere = !isPerNamespace(pullSecret);
  const write = (purpose: DeliveryPurpose, writer: DeliveryWriter) =>
    writer(deliveryName(purpose, pullSecret.name), context);
  const source = isEverywhere || fed.length > 0 ? sourceWriter(pullSecret) : undefined;
  const copying = copyingObjects(pullSecret);
  const engine = engineOf(pullSecret);
  const attaching = isEverywhere || served.length > 0 ? attachingPurpose(pullSecret) : undefined;
  return [
    ...(copying ? write(copying.purpose, copying.writer) : []),
    ...(source ? write('source', source) : []),
    ...(attaching && engine ? write(attaching, attachingPolicies[attaching][engine]) : []),
  ];
}
