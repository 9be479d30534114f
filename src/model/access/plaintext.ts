import { DockerConfig } from '../docker-config/docker-config.js';
import { maskUser } from '../docker-config/docker-config-entry.js';
import { Keyring } from '../docker-config/keyring.js';
import type { SecretValue } from '../docker-config/secret-value.js';
import type { ModelPath, Problem } from '../problem/problem.js';
import type { Registry } from '../registry/registry.js';
import type { PlaintextSourceSpec } from '../spec/spec.js';

/** A registry's credential out of a plaintext source. */
interface PlainCredential {
  readonly username: string;
  readonly password: SecretValue | string;
  readonly email?: string | undefined;
}

/** The docker config with an entry for each of the registries; those without a credential are left out. */
export function plaintextDockerConfig(source: PlaintextSourceSpec, registries: readonly Registry[]): DockerConfig {
  const entries = registries.flatMap((registry) => {
    const credential = plainCredential(source, registry);
    return credential ? [{ key: registry.key, ...credential }] : [];
  });
  return DockerConfig.fromEntries(entries);
}

/** Problems of a docker config that was read for a plaintext source: a registry without a credential in it. */
export function checkDockerConfigSource(
  name: string,
  source: PlaintextSourceSpec,
  registries: readonly Registry[],
  path: ModelPath,
): Problem[] {
  const { dockerConfig } = source;
  if (!dockerConfig) return [];
  const file = source.file ?? 'the docker config';
  return registries
    .filter((registry) => !plainCredential(source, registry))
    .map((registry) => ({
      code: 'docker-config-lacks-registry' as const,
      message: `pull secret ${name}: ${file} holds no credential for ${registry.repository}`,
      path,
      hint: lackHint(dockerConfig),
    }));
}

function plainCredential(source: PlaintextSourceSpec, registry: Registry): PlainCredential | undefined {
  if (source.dockerConfig) return configCredential(source.dockerConfig, registry);
  const username = source.username ?? registry.fixedUsername;
  if (!username || !source.password) return undefined;
  return { username, password: source.password, email: source.email };
}

/** The first credential that the kubelet would offer for an image of the registry. */
function configCredential(config: DockerConfig, registry: Registry): PlainCredential | undefined {
  const data = { '.dockerconfigjson': config.toSecretData() };
  const keyring = Keyring.fromSecrets([{ name: 'config', type: 'kubernetes.io/dockerconfigjson', data }]);
  const { credentials } = keyring.lookup(`${registry.repository}/image`);
  const credential = credentials.find((each) => !each.blank);
  if (!credential) return undefined;
  const email = config.entries.find((entry) => entry.key === credential.key)?.email;
  return { username: credential.username, password: credential.password, ...(email !== undefined && { email }) };
}

function lackHint(config: DockerConfig): string {
  const helper = config.remarks.find((remark) => /credsStore|credHelpers|identitytoken/.test(remark.message));
  if (helper) {
    return 'docker login left the credential in a credential store of this machine: log in with an empty credsStore, or use kubectl create secret docker-registry --dry-run=client -o yaml';
  }
  const keys = config.entries.map((entry) => maskUser(entry.key));
  return keys.length > 0 ? `it has entries for ${keys.join(', ')}` : 'it has no entries under auths';
}
