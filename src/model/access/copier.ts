import { deliveryName } from '../policies/delivery-names.js';
import type { ClusterPullSecret } from '../spec/cluster.js';
import type { DistributionName } from '../spec/picks.js';

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
