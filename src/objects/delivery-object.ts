import { compareText } from '../model/names/names.js';
import type { PolicyScope } from '../model/reach/policy-scope.js';
import type { ClusterModel, ClusterPullSecret } from '../model/vocabulary/cluster.js';
import type { ObjectDraft } from './written-object.js';

/** Input that the objects of a delivery are made from. */
export interface DeliveryContext {
  readonly pullSecret: ClusterPullSecret;
  readonly cluster: ClusterModel;
  readonly scope: PolicyScope;
  /** The namespaces with an object that reads what the source brings along, sorted. */
  readonly fed: readonly string[];
}

/**
 * An object that a pull secret brings along once per cluster: a policy, its binding, a ClusterRole, and what copies
 * without a policy.
 */
export interface DeliveryObject extends ObjectDraft {
  /**
   * The folder that its file lies in.
   * @default 'policies'
   */
  readonly stage?: 'sources' | 'policies';
}

/**
 * Writes the objects of one policy, or of what copies without one.
 *
 * @param name name of the policy
 */
export type DeliveryWriter = (name: string, context: DeliveryContext) => readonly DeliveryObject[];

/** The value with the keys of every map in order. */
export function inKeyOrder<T>(value: T): T {
  return ordered(value) as T;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => compareText(a, b)).map(([key, each]) => [key, ordered(each)]));
}
