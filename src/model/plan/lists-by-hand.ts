import type { Need } from '../needs/need.js';
import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { sentence, words } from '../problem/shown.js';
import type { ClusterModel } from '../vocabulary/cluster.js';
import { accountListRules } from '../vocabulary/compatibility.js';
import type { AccountPlan } from './account-plan.js';

/**
 * Warnings of attachment `serviceAccount` on OpenShift, which hold as well for a pull secret with another attachment that
 * `namespaces` puts on a list by hand: whoever names an account has asked for it. Each pull secret is said once, where it is first asked for.
 */
export function byHandWarnings(cluster: ClusterModel, accounts: readonly AccountPlan[]): Problem[] {
  if (cluster.platform !== 'openshift') return [];
  const first = new Map<string, Need>();
  for (const { owner, needs } of accounts) {
    if (owner !== 'write') continue;
    for (const need of needs) {
      const { name, attachment } = need.pullSecret;
      if ('byHand' in need.why && attachment.name !== 'serviceAccount' && !first.has(name)) first.set(name, need);
    }
  }
  const { reason } = accountListRules[cluster.gitops];
  return [...first.values()].map(({ pullSecret, why }) =>
    At.of('byHand' in why ? { path: why.byHand } : undefined).warn(
      'combination-warned',
      words`pull secret ${pullSecret.name} on cluster ${cluster.name}, on a list by hand: ${sentence(reason)}`,
    ),
  );
}
