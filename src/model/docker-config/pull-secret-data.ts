import { decodeBase64 } from '../go/go-base64.js';
import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import { DockerConfig } from './docker-config.js';
import type { DockerConfigType } from './docker-config-decode.js';

/** The parts of a Secret that matter to the kubelet when it pulls images. */
export interface PullSecretData {
  readonly name: string;
  readonly namespace?: string;
  /** @default Opaque */
  readonly type?: string;
  /** Values in base64. */
  readonly data?: Readonly<Record<string, string>>;
  /** Values as they are; they win over `data`. */
  readonly stringData?: Readonly<Record<string, string>>;
}

/** The docker config that the kubelet gets out of a Secret, or why there is none. */
export type PullSecretContent =
  | { readonly config: DockerConfig }
  | { readonly skipped: string }
  | { readonly problem: Problem };

/** The types of Secret that the kubelet reads. */
export const pullSecretTypes: ReadonlyMap<string, DockerConfigType> = new Map([
  ['kubernetes.io/dockerconfigjson', 'dockerconfigjson'],
  ['kubernetes.io/dockercfg', 'dockercfg'],
]);

/**
 * Reads a Secret as `secretsToTrackedDockerConfigs` of `pkg/credentialprovider/secrets/secrets.go` does: other types, and
 * a missing or empty key, are passed over; a document that does not decode is an error.
 */
export function readPullSecret(secret: PullSecretData): PullSecretContent {
  const type = pullSecretTypes.get(secret.type ?? '');
  if (type === undefined) return { skipped: `the kubelet does not read type ${secret.type || 'Opaque'}` };
  const payload = payloadOf(secret, `.${type}`);
  if (payload === undefined) return { skipped: `the key .${type} is missing` };
  if ('error' in payload) return { problem: base64Problem(secret, type, payload.error) };
  if (payload.length === 0) return { skipped: `the key .${type} is empty` };
  const config = DockerConfig.tryParse(payload, type);
  if (!('problem' in config)) return { config };
  const message = `Secret ${JSON.stringify(secret.name)} breaks every pull of its pods: ${config.problem.message}`;
  return { problem: { ...config.problem, message } };
}

/** The bytes under a key of a Secret; undefined where it has no such key. */
export function payloadOf(
  secret: Pick<PullSecretData, 'data' | 'stringData'>,
  key: string,
): Uint8Array | { readonly error: string } | undefined {
  const text = ownValue(secret.stringData, key);
  if (text !== undefined) return Buffer.from(text, 'utf8');
  const data = ownValue(secret.data, key);
  return data === undefined ? undefined : decodeBase64(data, 'std');
}

function ownValue(record: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** The API server refuses such a Secret, so the kubelet never meets it. */
function base64Problem(secret: PullSecretData, type: DockerConfigType, error: string): Problem {
  return At.of().refuse(
    'docker-config-invalid',
    words`Secret ${JSON.stringify(secret.name)} is no Secret to the API server: data[.${type}]: ${error}`,
    'Write the value in padded standard base64, or put it into stringData as it is',
  );
}
