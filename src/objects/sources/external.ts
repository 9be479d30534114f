import type { ObjectRole } from '../../gitops/object-role.js';
import type { ClusterPullSecret } from '../../model/vocabulary/cluster.js';
import { hubOf } from '../../model/vocabulary/sources.js';
import { pullSecretExternal } from './external-secret.js';
import { mayBeOwned, secretMetadata } from './secret-metadata.js';
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
        metadata: secretMetadata(cluster, pullSecret, isSource),
        isAlone: isSource,
        creationPolicy: mayBeOwned(cluster, pullSecret, isSource) ? 'Owner' : 'Orphan',
      }),
  },
});

function roleOf(pullSecret: ClusterPullSecret, isSource: boolean): ObjectRole {
  if (isSource) return 'sourceExternalSecret';
  return hubOf(pullSecret) ? 'hubCopy' : 'externalSecret';
}
