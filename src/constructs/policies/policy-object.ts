import type { PolicyScope } from '../../model/policies/policy-scope.js';
import type { ClusterModel, ClusterPullSecret } from '../../model/spec/cluster.js';
import { compareText } from '../../model/spec/names.js';

/** What a policy is made from, as it stands when the policy is rendered. */
export interface PolicyContext {
  readonly pullSecret: ClusterPullSecret;
  readonly cluster: ClusterModel;
  readonly scope: PolicyScope;
}

/** A cluster-scoped object of a policy: the policy, its binding or a ClusterRole. */
export interface PolicyObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly role: 'policy' | 'policyRole';
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Worked out when the object is rendered. */
  readonly fields: Readonly<Record<string, () => unknown>>;
}

/**
 * Writes the objects of one policy.
 *
 * @param name name of the policy
 * @param pullSecret the pull secret; what its spec says does not change any more
 * @param context everything else, asked for at rendering
 */
export type PolicyWriter = (
  name: string,
  pullSecret: ClusterPullSecret,
  context: () => PolicyContext,
) => readonly PolicyObject[];

/** The value with the keys of every map in order. */
export function inKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKeyOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => compareText(a, b)).map(([key, each]) => [key, inKeyOrder(each)]),
  );
}
