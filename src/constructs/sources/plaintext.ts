import { ApiObject, Lazy } from 'cdk8s';
import { gitopsAnnotations } from '../../gitops/annotations.js';
import { plaintextDockerConfig } from '../../model/plaintext.js';
import { metadataOf } from '../metadata.js';
import type { NamespacedPullSecret } from '../namespaced-pull-secret.js';

/**
 * A Secret with the credential in it. `data`, never `stringData`: with the latter a removed key stays in the cluster
 * (kubernetes#108008).
 */
export function plaintextSecret(at: NamespacedPullSecret): ApiObject {
  const { name, spec } = at.pullSecret;
  return new ApiObject(at, 'Resource', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadataOf({
      name,
      namespace: at.namespace.name,
      labels: spec.metadata?.labels,
      annotations: {
        ...gitopsAnnotations(at.namespace.cluster.model().gitops, 'secret'),
        ...spec.metadata?.annotations,
      },
    }),
    type: 'kubernetes.io/dockerconfigjson',
    data: {
      '.dockerconfigjson': Lazy.any({
        produce: () => plaintextDockerConfig(spec.source.plaintext ?? {}, at.registries).toSecretData(),
      }),
    },
  });
}
