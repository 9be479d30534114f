import type { DockerConfigEntry } from '../../docker-config/docker-config-entry.js';
import { pullSecretTypes } from '../../docker-config/pull-secret-data.js';
import type { DeclaredSecret } from '../../inventory/declared-object.js';
import type { SecretContent } from '../secret-content.js';
import type { ProofState } from '../state.js';
import { perState } from './per-state.js';

/** A Secret that something declares, with what the kubelet gets out of it. */
export interface ReadSecret {
  readonly secret: DeclaredSecret;
  readonly content: SecretContent;
}

/** The declared Secrets that are pull secrets by their type; of several of one name the one that counts. */
export const pullSecretsOf = perState(({ inventory, secrets, namespaceOf }: ProofState): readonly ReadSecret[] =>
  inventory.secrets.flatMap((secret) => {
    if (!pullSecretTypes.has(secret.type ?? '')) return [];
    const { declared, content } = secrets.find(namespaceOf(secret.namespace ?? ''), secret.name);
    return declared === secret && content ? [{ secret, content }] : [];
  }),
);

/** The entries that the kubelet gets out of a Secret, as far as its keys are known. */
export function entriesOf(content: SecretContent | undefined): readonly DockerConfigEntry[] {
  return content?.config?.entries ?? [];
}
