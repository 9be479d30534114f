import type { Need } from '../needs/need.js';
import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { sentence, words } from '../problem/shown.js';
import { engineOf } from '../vocabulary/attachments.js';
import type { ClusterModel, ClusterPullSecret } from '../vocabulary/cluster.js';
import { compatibility } from '../vocabulary/compatibility.js';
import type { AccountPlan } from './account-plan.js';

/**
 * Warnings of attachment `serviceAccount`, which hold as well for a pull secret with another attachment that `namespaces`
 * puts on a list by hand. Each pull secret is said once, where it is first asked for.
 */
export function byHandWarnings(cluster: ClusterModel, accounts: readonly AccountPlan[]): Problem[] {
  const first = new Map<string, Need>();
  for (const { owner, needs } of accounts) {
    if (owner !== 'write') continue;
    for (const need of needs) {
      const { name, attachment } = need.pullSecret;
      if ('byHand' in need.why && attachment.name !== 'serviceAccount' && !first.has(name)) first.set(name, need);
    }
  }
  return [...first.values()].flatMap(({ pullSecret, why }) =>
    reasonsOf(cluster, pullSecret).map((reason) =>
      At.of('byHand' in why ? { path: why.byHand } : undefined).warn(
        'combination-warned',
        words`pull secret ${pullSecret.name} on cluster ${cluster.name}, on a list by hand: ${sentence(reason)}`,
      ),
    ),
  );
}

function reasonsOf(cluster: ClusterModel, pullSecret: ClusterPullSecret): string[] {
  const { platform, gitops, versions } = cluster;
  const { source, distribution, attachment } = pullSecret;
  const own = { source: source.name, distribution: distribution.name, platform, gitops, versions };
  const known = compatibility({ ...own, attachment: attachment.name, engine: engineOf(pullSecret) }).reasons;
  const { verdict, reasons } = compatibility({ ...own, attachment: 'serviceAccount' });
  return verdict === 'warned' ? reasons.filter((reason) => !known.includes(reason)) : [];
}
