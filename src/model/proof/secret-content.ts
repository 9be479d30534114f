import { DockerConfig } from '../docker-config/docker-config.js';
import { type PullSecretData, pullSecretTypes, readPullSecret } from '../docker-config/pull-secret-data.js';
import { shownType } from '../docker-config/secret-manifest.js';
import type { DeclaredSecret } from '../inventory/declared-object.js';
import { templateKeys } from './template-keys.js';
import type { SecretState } from './verdict.js';

/** Content of a Secret as the kubelet gets it, as far as it can be known from its manifest. */
export interface SecretContent {
  readonly state: Exclude<SecretState, 'absent'>;
  /** The docker config that the kubelet gets; keys whose values are not known come with values that stand for them. */
  readonly config?: DockerConfig;
  /** The Secret behind it. */
  readonly data?: PullSecretData;
  /** Whether there may be entries that are not in `data`. */
  readonly hasOthers: boolean;
  /** Why it is inert or broken: a sentence for messages, without values. */
  readonly reason?: string;
}

/**
 * Reads what a declared Secret gives the kubelet.
 *
 * @param known the keys that the config states for a Secret of this name, where its values are not to be read
 */
export function contentOf(secret: DeclaredSecret, known: readonly string[] = []): SecretContent {
  if (secret.kind === 'Secret' && !secret.encrypted) return contentIn(secret);
  const type = pullSecretTypes.get(secret.type ?? '');
  // What an operator makes of a Secret that others own is not known.
  const isOthers = secret.maker?.creationPolicy === 'Merge';
  if (!type && !isOthers)
    return {
      state: 'inert',
      hasOthers: false,
      reason: `the kubelet does not read ${shownType(secret.type || 'Opaque')}`,
    };
  const template = secret.templateData?.get(`.${type}`)?.reveal();
  const keys = type && template !== undefined ? templateKeys(template, type) : undefined;
  if (keys && keys.keys.length > 0) return keysKnown(secret, keys.keys, keys.hasOthers);
  return known.length > 0 ? keysKnown(secret, known, false) : { state: 'made-elsewhere', hasOthers: true };
}

/** The content of a Secret that is not declared, of which the config says what it holds. */
export function statedContent(name: string, keys: readonly string[]): SecretContent {
  return keysKnown({ name }, keys, false);
}

function keysKnown({ name }: { readonly name: string }, keys: readonly string[], hasOthers: boolean): SecretContent {
  const config = DockerConfig.fromEntries(keys.map((key) => ({ key, username: 'elsewhere', password: 'elsewhere' })));
  const data = { '.dockerconfigjson': config.toSecretData() };
  return { state: 'keys-known', config, data: { name, type: 'kubernetes.io/dockerconfigjson', data }, hasOthers };
}

/** Contents that were read: several proofs of one run, and what guards its output, ask for the same. */
const contents = new WeakMap<DeclaredSecret, SecretContent>();

function contentIn(secret: DeclaredSecret): SecretContent {
  const known = contents.get(secret);
  if (known) return known;
  const content = readContent(secret);
  contents.set(secret, content);
  return content;
}

function readContent(secret: DeclaredSecret): SecretContent {
  const data = dataOf(secret);
  const content = readPullSecret(data);
  if ('problem' in content) return { state: 'broken', data, hasOthers: false, reason: content.problem.message };
  if ('skipped' in content) return { state: 'inert', data, hasOthers: false, reason: content.skipped };
  return { state: 'read', config: content.config, data, hasOthers: false };
}

/** A Secret as the keyring takes it. */
export function dataOf({ name, type, data, stringData }: DeclaredSecret): PullSecretData {
  const reveal = (values: DeclaredSecret['data']) =>
    Object.fromEntries([...(values ?? [])].map(([key, value]) => [key, value.reveal()]));
  return {
    name,
    ...(type !== undefined && { type }),
    data: reveal(data),
    stringData: reveal(stringData),
  };
}
