import { plaintextDockerConfig } from '../../model/vocabulary/plaintext.js';
import { plaintextOf } from '../../model/vocabulary/sources.js';
import { copyAnnotations } from '../distributions/index.js';
import type { SecretWriter } from './secret-writer.js';

/**
 * Writes a Secret with the credential in it. `data`, never `stringData`: with the latter a removed key stays in the
 * cluster (kubernetes#108008).
 */
export const plaintextSecret: SecretWriter = (cluster, pullSecret, { namespace, isSource, registries }) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  name: pullSecret.name,
  namespace,
  role: isSource ? 'sourceSecret' : 'secret',
  annotations: isSource ? copyAnnotations(pullSecret, cluster) : undefined,
  fields: {
    data: () => {
      const config = plaintextDockerConfig(plaintextOf(pullSecret), registries());
      return { '.dockerconfigjson': config.toSecretData() };
    },
    type: () => 'kubernetes.io/dockerconfigjson',
  },
});
