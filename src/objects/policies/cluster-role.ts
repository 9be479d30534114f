import { sortedUnique } from '../../model/names/names.js';
import { type DeliveryObject, inKeyOrder } from '../delivery-object.js';

/** Rights on resources of the core group. */
export interface RoleRule {
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Names that the rights are for; all where a `*` is among them, and where a verb knows no names. */
  readonly names?: readonly string[] | undefined;
}

/** Rights for Kyverno's background controller, which clones and changes what exists. */
export function backgroundRole(policy: string, rules: readonly RoleRule[]): DeliveryObject {
  return clusterRole(policy, 'background-controller', rules);
}

/** Rights for Kyverno's admission controller, which refuses some policies without. */
export function admissionRole(policy: string, rules: readonly RoleRule[]): DeliveryObject {
  return clusterRole(policy, 'admission-controller', rules);
}

/** Rights for Kyverno's reports controller: a policy is not ready while it could not read what the policy matches. */
export function reportsRole(policy: string, rules: readonly RoleRule[]): DeliveryObject {
  return clusterRole(policy, 'reports-controller', rules);
}

/**
 * A ClusterRole that Kyverno's own takes in by its label (kyverno, charts/kyverno/templates, aggregationRule).
 * RBAC compares names with the name in the request's path, which `create`, `list` and `watch` do not have.
 */
function clusterRole(policy: string, controller: string, rules: readonly RoleRule[]): DeliveryObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    name: `${policy}:${controller}`,
    role: 'policyRole',
    labels: { [`rbac.kyverno.io/aggregate-to-${controller}`]: 'true' },
    fields: { rules: () => inKeyOrder(rules.map(ruleOf)) },
  };
}

function ruleOf({ resources, verbs, names }: RoleRule): Record<string, unknown> {
  const named = names?.every((name) => !name.includes('*')) ? { resourceNames: sortedUnique(names) } : {};
  return { apiGroups: [''], resources, verbs, ...named };
}
