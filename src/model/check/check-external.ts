import { labelError, subdomainError } from '../names/names.js';
import type { ModelPath, Problem } from '../problem/problem.js';
import type { Registry } from '../registry/registry.js';
import type { ExternalSourceSpec } from '../vocabulary/spec.js';
import { checkGenerator } from './check-generator.js';
import { checkRefresh } from './check-refresh.js';
import type { Say } from './say.js';
import { shareCredential } from './shared-credential.js';

/** Problems of an ExternalSecret: where its values come from, how often, and by what way. */
export function checkExternal(
  name: string,
  external: ExternalSourceSpec,
  registryNames: readonly string[],
  declared: ReadonlyMap<string, Registry>,
  path: ModelPath,
): Problem[] {
  const problems: Problem[] = [];
  const say: Say = (key, message, hint) =>
    problems.push({
      code: 'source-invalid',
      message: `pull secret ${name}: ${message}`,
      path: [...path, ...key.split('.')],
      ...(hint && { hint }),
    });
  const registries = registryNames.flatMap((each) => declared.get(each) ?? []);
  if (external.generator) checkGenerator(external, external.generator, registries, say);
  else {
    checkStore(external, registryNames, declared, say);
    problems.push(...danglingKeys(name, external, registryNames, path));
  }
  checkRefresh(external, say);
  checkHub(external, say);
  return problems;
}

function checkStore(
  external: ExternalSourceSpec,
  registries: readonly string[],
  declared: ReadonlyMap<string, Registry>,
  say: Say,
): void {
  const { store, key, keys, username } = external;
  if (store === undefined)
    return say(
      'store',
      'external needs a store or a generator',
      'store: <store>, or generator: { ecr: … } and the like',
    );
  const storeError = subdomainError(store);
  if (storeError) say('store', `store "${store}" ${storeError}`);
  if (key !== undefined && keys !== undefined) say('keys', 'key and keys exclude each other');
  if (key === undefined && keys === undefined) {
    say(
      'key',
      'external needs the remote key',
      registries.length > 1 ? 'keys: { <registry>: <remote key> }' : 'key: <remote key>',
    );
  }
  if (key !== undefined && !shareCredential(registries, declared)) {
    say(
      'key',
      'one key cannot hold the credentials of several registries, unless one is the auth host of the other',
      'keys: { <registry>: <remote key> }',
    );
  }
  if (keys !== undefined)
    for (const registry of registries)
      if (!Object.hasOwn(keys, registry)) say('keys', `keys lacks registry ${registry}`);
  if (username === '') say('username', 'the user name is empty');
  if (username?.includes(':')) say('username', 'the user name holds a ":", which ends it in the docker config');
  for (const [registry, each] of Object.entries(keys ?? {}))
    if (each === '') say('keys', `the remote key of ${registry} is empty`);
  if (key === '') say('key', 'the remote key is empty');
  if (Object.values(external.properties ?? {}).includes('')) say('properties', 'a property is empty');
}

function danglingKeys(
  name: string,
  { keys = {} }: ExternalSourceSpec,
  registries: readonly string[],
  path: ModelPath,
): Problem[] {
  return Object.keys(keys)
    .filter((key) => !registries.includes(key))
    .map((key) => ({
      code: 'name-dangling',
      message: `pull secret ${name} has no registry ${key}`,
      path: [...path, 'keys', key],
    }));
}

function checkHub({ fanOut }: ExternalSourceSpec, say: Say): void {
  if (fanOut === undefined || fanOut === 'hub' || fanOut.hub.namespace === undefined) return;
  const error = labelError(fanOut.hub.namespace);
  if (error) say('fanOut.hub.namespace', `the hub's namespace "${fanOut.hub.namespace}" ${error}`);
}
