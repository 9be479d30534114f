import { attachmentOf } from '../vocabulary/attachments.js';
import type { ClusterPullSecret } from '../vocabulary/cluster.js';
import { distributionOf } from '../vocabulary/distributions.js';
import { attachingName, deliveryName } from './delivery-names.js';

/** Copier that brings a pull secret into namespaces that have no object of their own, as messages name it. */
export function copierOf(pullSecret: Pick<ClusterPullSecret, 'name' | 'distribution'>): string {
  const { title, delivery } = distributionOf(pullSecret);
  return title(delivery ? deliveryName(delivery.purpose, pullSecret.name) : '');
}

/** Policy or program that attaches a pull secret in the cluster, as messages name it; undefined where lists in Git do. */
export function attacherOf(pullSecret: ClusterPullSecret): string | undefined {
  if (attachmentOf(pullSecret).purpose === 'copy') return copierOf(pullSecret);
  const policy = attachingName(pullSecret, pullSecret.name);
  return policy === undefined ? undefined : `policy ${policy}`;
}

/** How a namespace comes into the scope of what copies a pull secret. */
export function scopeHint(pullSecret: Pick<ClusterPullSecret, 'name' | 'distribution'>): string {
  const { skipAnnotation } = distributionOf(pullSecret);
  return skipAnnotation === undefined
    ? `widen \`for\` of ${pullSecret.name}, or give the namespace its labels`
    : `take it out of \`exclude\`, or the annotation ${skipAnnotation} off the namespace`;
}
