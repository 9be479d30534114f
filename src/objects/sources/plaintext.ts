import type { ApiObject } from 'cdk8s';
import { ManifestObject } from '../../constructs/manifest-object.js';
import { metadataOf } from '../../constructs/metadata.js';
import type { NamespacedPullSecret } from '../../constructs/namespaced-pull-secret.js';
import { gitopsAnnotations } from '../../gitops/annotations.js';
import { plaintextDockerConfig } from '../../model/vocabulary/plaintext.js';

/**
 * A Secret with the credential in it. `data`, never `stringData`: with the latter a removed key stays in the cluster
 * (kubernetes#108008).
 */
export function plaintextSecret(at: NamespacedPullSecret): ApiObject {
  const { name, spec } = at.pullSecret;
  return new ManifestObject(at.namespace, at.id, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadataOf({
      name,
      namespace: at.namespace.name,
      labels: spec.metadata?.labels,
      annotations: {
        ...gitopsAnnotations(at.namespace.cluster.model().gitops, at.isSource ? 'sourceSecret' : 'secret'),
        ...spec.metadata?.annotations,
        ...at.copyAnnotations,
      },
    }),
    fields: {
      data: () => ({
        '.dockerconfigjson': plaintextDockerConfig(spec.source.plaintext ?? {}, at.registries).toSecretData(),
      }),
      type: () => 'kubernetes.io/dockerconfigjson',
    },
  });
}
