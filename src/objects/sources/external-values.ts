import { deliveryName } from '../../model/reach/delivery-names.js';
import type { Registry } from '../../model/registry/registry.js';
import type { ClusterPullSecret } from '../../model/vocabulary/cluster.js';
import { externalOf, type Generator, type Store } from '../../model/vocabulary/sources.js';
import { type TemplateEntry, valueKeys } from './docker-config-template.js';

/** The fields of an ExternalSecret that say what it reads, and from where. */
export type ExternalValues = Readonly<Record<string, unknown>>;

/** The entries of the docker config for these registries, and the keys of their values. */
export function entriesOf(pullSecret: ClusterPullSecret, registries: readonly Registry[]): TemplateEntry[] {
  const { from } = externalOf(pullSecret);
  if ('generator' in from) return registries.map(({ key }) => generatedEntry(key, from));
  // One key for a registry and its auth host holds one credential.
  const alone = pullSecret.spec.registries.length === 1 || from.key !== undefined;
  return registries.map((registry) => storedEntry(registry, from, alone ? '' : prefixOf(registry)));
}

/** One token opens all registries of a generator. */
function generatedEntry(authsKey: string, { credential }: Generator): TemplateEntry {
  if ('auth' in credential) return { authsKey, auth: credential.auth };
  const { password } = credential;
  const username = 'fixedUsername' in credential ? { fixed: credential.fixedUsername } : { key: credential.username };
  return { authsKey, username, password };
}

/** The entry of a registry whose values are in a store, and a prefix of their keys. */
export function storedEntry(
  registry: Registry,
  { username }: Store,
  prefix: string,
  authsKey: string = registry.key,
): TemplateEntry {
  const fixed = username ?? registry.fixedUsername;
  return {
    authsKey,
    username: fixed === undefined ? { key: `${prefix}username` } : { fixed },
    password: `${prefix}password`,
  };
}

/** Registry names are DNS labels, so no two of them become the same identifier. */
export function prefixOf({ name }: Registry): string {
  return `${name.replaceAll('-', '_')}_`;
}

/**
 * Values as the provider gives them.
 *
 * @param isAlone true where one ExternalSecret of the cluster reads the provider: its generator is in its namespace
 */
export function providerValues(
  pullSecret: ClusterPullSecret,
  registries: readonly Registry[],
  isAlone: boolean,
): ExternalValues {
  const { from } = externalOf(pullSecret);
  if ('generator' in from)
    return { dataFrom: [{ sourceRef: { generatorRef: generatorRef(pullSecret.name, from, isAlone) } }] };
  const entries = entriesOf(pullSecret, registries);
  const refs = registries.flatMap((registry, index) => remoteRefs(entries[index], registry, from));
  // A registry and its auth host may share one credential.
  const data = [...new Map(refs.map((ref) => [ref.secretKey, ref])).values()];
  return { data, secretStoreRef: { kind: from.storeKind, name: from.store } };
}

/** The same values as the hub has them, by the same keys. */
export function hubValues(pullSecret: ClusterPullSecret, registries: readonly Registry[]): ExternalValues {
  const name = deliveryName('source', pullSecret.name);
  const keys = valueKeys(entriesOf(pullSecret, registries));
  return {
    data: keys.map((key) => ({ remoteRef: { key: name, property: key }, secretKey: key })),
    secretStoreRef: { kind: 'ClusterSecretStore', name },
  };
}

function generatorRef(pullSecret: string, { kind }: Generator, isAlone: boolean): Record<string, string> {
  return {
    apiVersion: 'generators.external-secrets.io/v1alpha1',
    kind: isAlone ? kind : 'ClusterGenerator',
    name: deliveryName('source', pullSecret),
  };
}

/** Value that is read from a store, and the key of the value in the template. */
export interface RemoteRef {
  readonly remoteRef: { readonly key: string; readonly property?: string };
  readonly secretKey: string;
}

/** Values that an entry reads from a store. */
export function remoteRefs(
  entry: TemplateEntry | undefined,
  { name }: Registry,
  { key, keys, properties: { username, password } }: Store,
): RemoteRef[] {
  if (!entry || 'auth' in entry) return [];
  const ref = (secretKey: string, property: string): RemoteRef => ({
    remoteRef: { key: keys[name] ?? key ?? '', property },
    secretKey,
  });
  const forPassword = ref(entry.password, password);
  return 'key' in entry.username ? [ref(entry.username.key, username), forPassword] : [forPassword];
}
