import { gitopsAnnotations } from '../../gitops/annotations.js';
import { compareVersions } from '../../model/names/version.js';
import type { ClusterModel, ClusterPullSecret } from '../../model/vocabulary/cluster.js';
import { cloneEngineOf } from '../../model/vocabulary/distributions.js';
import type { MetadataSpec } from '../../model/vocabulary/spec.js';
import { copyAnnotations } from '../distributions/index.js';

/**
 * The labels and annotations of a Secret that a controller makes. Copies carry the metadata of the Secret that they are
 * made from, so what protects them stands on it.
 */
export function secretMetadata(
  cluster: ClusterModel,
  pullSecret: ClusterPullSecret,
  isSource: boolean,
): MetadataSpec | undefined {
  const { metadata } = pullSecret.spec;
  if (!isSource) return metadata;
  const protection = gitopsAnnotations(cluster.gitops, 'sourceSecret');
  const annotations = { ...protection, ...metadata?.annotations, ...copyAnnotations(pullSecret, cluster) };
  return { ...metadata, annotations };
}

/**
 * Whether a controller may own the Secret that it makes. Before Kyverno 1.19 a GeneratingPolicy clones ownerReferences
 * too, which dangle in another namespace: the garbage collector then takes the clone (kyverno#15444, kyverno#16716).
 */
export function mayBeOwned(
  { versions: { kyverno } }: ClusterModel,
  pullSecret: ClusterPullSecret,
  isSource: boolean,
): boolean {
  const isCloned = isSource && cloneEngineOf(pullSecret) === 'kyverno';
  return !isCloned || (kyverno !== undefined && compareVersions(kyverno, '1.19') >= 0);
}
