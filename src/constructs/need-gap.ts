import type { Need } from '../model/needs/need.js';
import { attachmentGap, copyGap, type NeedPlace } from '../model/plan/policy-gap.js';
import type { Problem } from '../model/problem/problem.js';
import type { NamespaceScope } from './scopes.js';

/**
 * Why a copy or policy does not answer a need; undefined if both do, or neither is to.
 *
 * @param byPolicy whether a policy is to attach it
 */
export function gapOf(
  namespace: Pick<NamespaceScope, 'name' | 'labels' | 'cluster' | 'labelledAccount'>,
  need: Need,
  byPolicy: boolean,
): Problem | undefined {
  const delivery = namespace.cluster.pullSecret(need.pullSecret.name)?.delivery;
  if (!delivery) return undefined;
  const scope = delivery.scopeWith(namespace.name);
  const at: NeedPlace = { scope, namespace, account: namespace.labelledAccount(need.serviceAccount) };
  return copyGap(need, at) ?? (byPolicy ? attachmentGap(need, at) : undefined);
}
