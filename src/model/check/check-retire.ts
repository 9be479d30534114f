import { subdomainError } from '../names/names.js';
import { namespacePatternError } from '../names/namespace-pattern.js';
import type { At } from '../problem/at.js';
import type { ImagePullSpec, RetireSpec } from '../vocabulary/spec.js';

/** Checks `retire`: its form and its names. What it names may be gone from the spec; clusters may not. */
export function checkRetire(spec: ImagePullSpec, root: At): void {
  const clusters = Object.keys(spec.clusters);
  for (const [index, entry] of (spec.retire ?? []).entries()) checkEntry(entry, clusters, root.key('retire', index));
}

function checkEntry(entry: RetireSpec, clusters: readonly string[], at: At): void {
  const { pullSecret, namespace, serviceAccount } = entry;
  if (pullSecret === undefined && namespace === undefined)
    at.refuse('retire-invalid', 'an entry of retire names neither a pull secret nor a namespace');
  if (pullSecret !== undefined) at.key('pullSecret').name('pull secret', pullSecret, subdomainError(pullSecret));
  if (serviceAccount !== undefined)
    at.key('serviceAccount').name('service account', serviceAccount, subdomainError(serviceAccount));
  if (namespace !== undefined) at.key('namespace').name('pattern', namespace, namespacePatternError(namespace));
  at.key('clusters').danglingItems('cluster', entry.clusters, clusters);
}
