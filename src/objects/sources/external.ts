import { gitopsAnnotations } from '../../gitops/annotations.js';
import type { ObjectRole } from '../../gitops/object-role.js';
import { compareVersions } from '../../model/names/version.js';
import type { ClusterModel, ClusterPullSecret } from '../../model/vocabulary/cluster.js';
import { cloneEngineOf } from '../../model/vocabulary/distributions.js';
import { hubOf } from '../../model/vocabulary/sources.js';
import type { MetadataSpec } from '../../model/vocabulary/spec.js';
import { copyAnnotations } from '../distributions/index.js';
import { pullSecretExternal } from './external-secret.js';
import type { SecretWriter } from './secret-writer.js';

/** Writes the ExternalSecret that makes the pull secret of a namespace. */
export const externalSecret: SecretWriter = (cluster, pullSecret, { namespace, isSource, registries }) => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  name: pullSecret.name,
  namespace,
  role: roleOf(pullSecret, isSource),
  fields: {
    spec: () =>
      pullSecretExternal(pullSecret, {
        registries: registries(),
        metadata: isSource ? sourceMetadata(cluster, pullSecret) : pullSecret.spec.metadata,
        isAlone: isSource,
        creationPolicy: isSource && !mayOwnSource(cluster, pullSecret) ? 'Orphan' : 'Owner',
      }),
  },
});

function roleOf(pullSecret: ClusterPullSecret, isSource: boolean): ObjectRole {
  if (isSource) return 'sourceExternalSecret';
  return hubOf(pullSecret) ? 'hubCopy' : 'externalSecret';
}

/** Copies carry the metadata of the Secret that they are made from, so what protects them stands on it. */
function sourceMetadata(cluster: ClusterModel, pullSecret: ClusterPullSecret): MetadataSpec {
  const { metadata } = pullSecret.spec;
  const protection = gitopsAnnotations(cluster.gitops, 'sourceSecret');
  const annotations = { ...protection, ...metadata?.annotations, ...copyAnnotations(pullSecret, cluster) };
  return { ...metadata, annotations };
}

/**
 * Before Kyverno 1.19 a GeneratingPolicy clones ownerReferences too, which dangle in another namespace: the garbage
 * collector then takes the clone (kyverno#15444, kyverno#16716).
 */
function mayOwnSource({ versions: { kyverno } }: ClusterModel, pullSecret: ClusterPullSecret): boolean {
  return cloneEngineOf(pullSecret) !== 'kyverno' || (kyverno !== undefined && compareVersions(kyverno, '1.19') >= 0);
}
