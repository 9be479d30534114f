import { labelError, subdomainError } from '../names/names.js';
import type { At } from '../problem/at.js';
import { holdsCredential } from '../problem/credential-mask.js';
import { words } from '../problem/shown.js';
import type { Registry } from '../registry/registry.js';
import type { ExternalSourceSpec } from '../vocabulary/spec.js';
import { checkGenerator } from './check-generator.js';
import { checkRefresh } from './check-refresh.js';
import { shareCredential } from './shared-credential.js';

/** Checks an ExternalSecret: where its values come from, how often, and by what way. */
export function checkExternal(
  external: ExternalSourceSpec,
  registryNames: readonly string[],
  declared: ReadonlyMap<string, Registry>,
  at: At,
): void {
  const registries = registryNames.flatMap((each) => declared.get(each) ?? []);
  if (external.generator) checkGenerator(external, external.generator, registries, at);
  else {
    checkStore(external, at);
    checkKeys(external, registryNames, declared, at);
  }
  checkRefresh(external, at);
  checkHub(external, at);
}

function checkStore({ store, username, properties = {} }: ExternalSourceSpec, at: At): void {
  if (store === undefined)
    at.key('store').refuse(
      'source-incomplete',
      'external needs a store or a generator',
      'store: <store>, or generator: { ecr: … } and the like',
    );
  else at.key('store').name('store', store, subdomainError(store));
  if (username === '') at.key('username').refuse('credential-invalid', 'the user name is empty', 'leave it out');
  if (username?.includes(':'))
    at.key('username').refuse(
      'credential-invalid',
      'the user name holds a ":", which ends it in the docker config',
      'write the part before the ":", and leave the password in the store',
    );
  if (Object.values(properties).includes(''))
    at.key('properties').refuse(
      'source-incomplete',
      'a property is empty',
      'name the field of the remote value, or leave it out: username and password are the default',
    );
}

/** Either one remote key for all registries, or one for each. */
function checkKeys(
  { store, key, keys }: ExternalSourceSpec,
  registries: readonly string[],
  declared: ReadonlyMap<string, Registry>,
  at: At,
): void {
  const perRegistry = 'keys: { <registry>: <remote key> }';
  if (store !== undefined && key === undefined && keys === undefined)
    at.key('key').refuse(
      'source-incomplete',
      'external needs the remote key',
      registries.length > 1 ? perRegistry : 'key: <remote key>',
    );
  if (key !== undefined && keys !== undefined)
    at.key('keys').refuse('options-exclude-each-other', 'key and keys exclude each other');
  if (key !== undefined) checkKey('the remote key', key, at.key('key'));
  if (key !== undefined && !shareCredential(registries, declared))
    at.key('key').refuse(
      'credential-shared',
      'one key cannot hold the credentials of several registries, unless one is the auth host of the other',
      perRegistry,
    );
  for (const registry of keys === undefined ? [] : registries)
    if (!Object.hasOwn(keys ?? {}, registry))
      at.key('keys').refuse(
        'source-incomplete',
        words`keys lacks registry ${registry}`,
        words`keys: { ${registry}: <remote key> }`,
      );
  for (const [registry, each] of Object.entries(keys ?? {})) {
    const isOwn = registries.includes(registry);
    if (!isOwn)
      at.key('keys', registry).refuse(
        'name-dangling',
        words`it has no registry ${registry}`,
        words`known: ${registries}`,
      );
    checkKey(isOwn ? `the remote key of ${registry}` : 'a remote key', each, at.key('keys'));
  }
}

function checkKey(what: string, key: string, at: At): void {
  if (key === '') at.refuse('source-incomplete', words`${what} is empty`, 'name the value in the store');
  if (holdsCredential(key))
    at.refuse(
      'credential-in-address',
      words`${what} holds a user, a password, a token or a query`,
      'it is the path of a value in the store, such as registries/ghcr; what signs in to the store belongs to the store',
    );
}

function checkHub({ fanOut }: ExternalSourceSpec, at: At): void {
  if (fanOut === undefined || fanOut === 'hub' || fanOut.hub.namespace === undefined) return;
  const { namespace } = fanOut.hub;
  at.key('fanOut', 'hub', 'namespace').name("the hub's namespace", namespace, labelError(namespace));
}
