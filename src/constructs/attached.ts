import type { ApiObject } from 'cdk8s';
import type { ClusterScope } from './scopes.js';

const clusters = new WeakMap<ApiObject, Set<ClusterScope>>();

/** Notes that a cluster gave an object what its images need. */
export function noteAttached(cluster: ClusterScope, object: ApiObject): void {
  const known = clusters.get(object);
  if (known) known.add(cluster);
  else clusters.set(object, new Set([cluster]));
}

/**
 * True for an object that was attached.
 *
 * @param cluster the cluster that must have done it. @default - any
 */
export function isAttached(object: ApiObject, cluster?: ClusterScope): boolean {
  const known = clusters.get(object);
  return known !== undefined && (cluster === undefined || known.has(cluster));
}
