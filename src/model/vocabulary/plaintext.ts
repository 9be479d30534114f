import { DockerConfig } from '../docker-config/docker-config.js';
import { type DockerConfigEntryProps, maskUser, shownKey } from '../docker-config/docker-config-entry.js';
import { inspected, SecretValue } from '../docker-config/secret-value.js';
import { Keyring, type KeyringCredential, type KeyringLookup } from '../keyring/keyring.js';
import type { At } from '../problem/at.js';
import { Words, words } from '../problem/shown.js';
import type { Registry } from '../registry/registry.js';
import type { PlaintextSourceSpec, SourceSpec } from './spec.js';

/** A registry's credential out of a plaintext source. */
interface PlainCredential {
  readonly username: string;
  readonly password: SecretValue | string;
  readonly email?: string | undefined;
}

/** The source, with a password that `util.inspect` and JSON show as `***`: a spec is printed while somebody looks for a mistake. */
export function concealed<Given extends SourceSpec | undefined>(source: Given): Given {
  const plaintext = source?.plaintext;
  if (plaintext?.password === undefined) return source;
  const shown = () => ({ ...plaintext, password: SecretValue.of('') });
  const hidden = Object.defineProperties({ ...plaintext }, { [inspected]: { value: shown }, toJSON: { value: shown } });
  return { ...source, plaintext: hidden };
}

/** The docker config with an entry for each of the registries; those without a credential are left out. */
export function plaintextDockerConfig(source: PlaintextSourceSpec, registries: readonly Registry[]): DockerConfig {
  return DockerConfig.fromEntries(
    registries.flatMap((registry) => plaintextEntry(source, registry, registry.key) ?? []),
  );
}

/** The entry of a registry under a key; undefined where the source has no credential for it. */
export function plaintextEntry(
  source: PlaintextSourceSpec,
  registry: Registry,
  key: string,
): DockerConfigEntryProps | undefined {
  const credential = plainCredential(source, registry);
  if (!credential) return undefined;
  const { username, password, email } = credential;
  return { key, username, password, ...(email !== undefined && { email }) };
}

/** Whether both sources give the same user name and password; undefined where one of them gives none. */
export function haveSameCredential(
  first: PlaintextSourceSpec,
  ofFirst: Registry,
  second: PlaintextSourceSpec,
  ofSecond: Registry,
): boolean | undefined {
  const [a, b] = [plainCredential(first, ofFirst), plainCredential(second, ofSecond)];
  return a && b && a.username === b.username && secretOf(a.password).equals(secretOf(b.password));
}

function secretOf(password: SecretValue | string): SecretValue {
  return typeof password === 'string' ? SecretValue.of(password) : password;
}

/**
 * Checks a docker config that was read for a plaintext source: no key stands in it twice, and each registry has one
 * credential in it.
 *
 * @param at the source
 */
export function checkDockerConfigSource(source: PlaintextSourceSpec, registries: readonly Registry[], at: At): void {
  const { dockerConfig } = source;
  if (!dockerConfig) return;
  const file = source.file ?? 'the docker config';
  const repeated = dockerConfig.remarks.filter(({ code }) => code === 'auths-key-duplicate');
  for (const { message, hint = 'keep one of them' } of repeated)
    at.refuse('auths-key-duplicate', new Words(message), words`${hint}`);
  if (repeated.length > 0) return;
  for (const registry of registries) {
    const { credentials, ambiguous } = lookup(dockerConfig, registry);
    if (ambiguous)
      at.refuse(
        'auths-key-duplicate',
        words`${file} holds different credentials for ${registry.repository} under ${twinsOf(dockerConfig, credentials)}, which are one entry to the kubelet`,
      );
    else if (!credentials.some((credential) => !credential.blank))
      at.refuse(
        'docker-config-lacks-registry',
        words`${file} holds no credential for ${registry.repository}`,
        lackHint(dockerConfig),
      );
  }
}

/** The keys that are one to the kubelet. */
function twinsOf(config: DockerConfig, credentials: readonly KeyringCredential[]): Words[] {
  const rings = new Set(credentials.map(({ ringKey }) => ringKey));
  return [...rings]
    .map((ring) => config.entries.filter((entry) => entry.ringKey === ring).map(({ key }) => shownKey(key)))
    .filter((keys) => keys.length > 1)
    .flat();
}

function plainCredential(source: PlaintextSourceSpec, registry: Registry): PlainCredential | undefined {
  if (source.dockerConfig) return configCredential(source.dockerConfig, registry);
  const username = source.username ?? registry.fixedUsername;
  if (!username || !source.password) return undefined;
  return { username, password: source.password, email: source.email };
}

/** The first credential that the kubelet would offer for an image of the registry. */
function configCredential(config: DockerConfig, registry: Registry): PlainCredential | undefined {
  const credential = lookup(config, registry).credentials.find((each) => !each.blank);
  if (!credential) return undefined;
  const email = config.entries.find((entry) => entry.key === credential.key)?.email;
  return { username: credential.username, password: credential.password, ...(email !== undefined && { email }) };
}

function lookup(config: DockerConfig, registry: Registry): KeyringLookup {
  const data = { '.dockerconfigjson': config.toSecretData() };
  const keyring = Keyring.fromSecrets([{ name: 'config', type: 'kubernetes.io/dockerconfigjson', data }]);
  return keyring.lookup(`${registry.repository}/image`);
}

/** A key without dot, port or path is no host: it may be a token in the wrong place. */
function shownHost(key: string): string {
  return /[.:/]/.test(key) || key === 'localhost' ? maskUser(key) : '***';
}

function lackHint(config: DockerConfig): Words {
  const elsewhere = config.remarks.find(
    ({ code }) => code === 'docker-config-helper' || code === 'docker-config-token',
  );
  if (elsewhere?.hint) return words`${elsewhere.hint}`;
  const keys = config.entries.map((entry) => shownHost(entry.key));
  return keys.length > 0 ? words`it has entries for ${keys}` : words`it has no entries under auths`;
}
