import type { ObjectRole } from '../gitops/object-role.js';
import { compareText } from '../model/names/names.js';
import type { PolicyScope } from '../model/reach/policy-scope.js';
import type { ClusterModel, ClusterPullSecret } from '../model/vocabulary/cluster.js';

/** What the objects of a delivery are made from, as it stands when they are rendered. */
export interface DeliveryContext {
  readonly pullSecret: ClusterPullSecret;
  readonly cluster: ClusterModel;
  readonly scope: PolicyScope;
  /** The namespaces with an object that reads what the source brings along, sorted. */
  readonly fed: readonly string[];
}

/** An object that a pull secret brings along once per cluster: a policy, its binding, a ClusterRole, and what copies without a policy. */
export interface DeliveryObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** @default - a kind that lives in no namespace */
  readonly namespace?: string;
  /** What it is to the GitOps engine. */
  readonly role: ObjectRole;
  /**
   * The folder that its file lies in.
   * @default 'policies'
   */
  readonly stage?: 'sources' | 'policies';
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Worked out when the object is rendered. */
  readonly fields: Readonly<Record<string, () => unknown>>;
}

/**
 * Writes the objects of one policy, or of what copies without one.
 *
 * @param name name of the policy
 * @param pullSecret the pull secret; what its spec says does not change any more
 * @param context everything else, asked for at rendering
 */
export type DeliveryWriter = (
  name: string,
  pullSecret: ClusterPullSecret,
  context: () => DeliveryContext,
) => readonly DeliveryObject[];

/** The value with the keys of every map in order. */
export function inKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKeyOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => compareText(a, b)).map(([key, each]) => [key, inKeyOrder(each)]),
  );
}
