import type { ClusterPullSecret } from '../vocabulary/cluster.js';
import { patcherExcludeAnnotation } from '../vocabulary/patcher.js';
import type { DistributionName } from '../vocabulary/picks.js';
import { attachingName, deliveryName } from './delivery-names.js';

const copiers: Readonly<Record<DistributionName, (pullSecret: string) => string>> = {
  perNamespace: () => 'nothing',
  clusterExternalSecret: (pullSecret) => `ClusterExternalSecret ${deliveryName('copy', pullSecret)}`,
  kyverno: (pullSecret) => `policy ${deliveryName('clone', pullSecret)}`,
  reflector: () => 'reflector',
  replicator: () => 'kubernetes-replicator',
  patcher: () => 'imagepullsecret-patcher',
  globalPullSecret: () => 'the global pull secret',
};

/** What brings a pull secret into namespaces that have no object of their own, as messages name it. */
export function copierOf({ name, distribution }: Pick<ClusterPullSecret, 'name' | 'distribution'>): string {
  return copiers[distribution](name);
}

/** What attaches a pull secret in the cluster, as messages name it; undefined where lists in Git do. */
export function attacherOf(pullSecret: ClusterPullSecret): string | undefined {
  if (pullSecret.attachment === 'patcher') return copierOf(pullSecret);
  const policy = attachingName(pullSecret, pullSecret.name);
  return policy === undefined ? undefined : `policy ${policy}`;
}

/** How a namespace comes into the scope of what copies a pull secret. */
export function scopeHint({ name, patcher }: Pick<ClusterPullSecret, 'name' | 'patcher'>): string {
  return patcher
    ? `take it out of \`exclude\`, or the annotation ${patcherExcludeAnnotation} off the namespace`
    : `widen \`for\` of ${name}, or give the namespace its labels`;
}
