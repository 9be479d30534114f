import type { DockerConfigType } from './docker-config-decode.js';
import { type PullSecretData, payloadOf, pullSecretTypes } from './pull-secret-data.js';

/** The docker config of a Secret. */
export interface SecretContent {
  readonly content: Uint8Array;
  readonly shape: DockerConfigType;
  /** The type of the Secret, where the kubelet passes over it in silence. */
  readonly inertType?: string;
}

/** Under which keys people keep docker configs: `kubectl create secret generic --from-file` takes the name of the file. */
const knownKeys = ['.dockerconfigjson', '.dockercfg', 'auth.json', 'config.json'];

/** The type of a Secret, where the kubelet passes over it in silence; undefined where it reads it. */
export function inertType(type: string | undefined): string | undefined {
  const effective = type || 'Opaque';
  return pullSecretTypes.has(effective) ? undefined : effective;
}

/** A type for messages: what cannot be the name of one may be anything, a value included. */
export function shownType(type: string): string {
  return /^[\w./-]{1,100}$/.test(type) ? `type ${type}` : 'another type';
}

/**
 * The docker config that a Secret of any type holds, or what is wrong with it: a sentence that goes on after the name
 * of the file and shows no value.
 */
export function dockerConfigOf(secret: Omit<PullSecretData, 'name'>): SecretContent | string {
  const inert = inertType(secret.type);
  const type = pullSecretTypes.get(secret.type ?? '');
  const keys = type ? [`.${type}`] : knownKeys;
  const held = keys.flatMap((key) => {
    const payload = payloadOf(secret, key);
    return payload ? [{ key, payload }] : [];
  });
  const [first, second] = held;
  if (!first) return `is a Secret without the key ${keys.join(', ')}`;
  if (second) return `is a Secret with several docker configs: ${held.map(({ key }) => key).join(', ')}`;
  if ('error' in first.payload) return `is a Secret whose value under ${first.key} is not base64`;
  return {
    content: first.payload,
    shape: first.key === '.dockercfg' ? 'dockercfg' : 'dockerconfigjson',
    ...(inert && { inertType: inert }),
  };
}
