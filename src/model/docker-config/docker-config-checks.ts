import { objectError } from '../go/go-json.js';
import type { DockerConfigType } from './docker-config-decode.js';

/** The API server's limit for the data of a Secret: `MaxSecretSize` of `pkg/apis/core/types.go`. */
export const maxSecretSize = 1024 * 1024;

/**
 * The error of the API server for a Secret of this type with this payload, after `Secret "x" is invalid: `; undefined
 * if it accepts it. It looks at the JSON as a whole, never at entries. From `ValidateSecret` in
 * `pkg/apis/core/validation/validation.go`.
 *
 * @param payload - the decoded value of the key; undefined if the key is missing
 */
export function apiServerError(type: DockerConfigType, payload: string | Uint8Array | undefined): string | undefined {
  const field = `data[.${type}]`;
  if (payload === undefined) return `${field}: Required value`;
  const size = typeof payload === 'string' ? Buffer.byteLength(payload, 'utf8') : payload.length;
  const jsonError = objectError(payload);
  const errors = [
    ...(size > maxSecretSize ? [`data: Too long: may not be more than ${maxSecretSize} bytes`] : []),
    ...(jsonError ? [`${field}: Invalid value: "<secret contents redacted>": ${jsonError}`] : []),
  ];
  return errors.length > 1 ? `[${errors.join(', ')}]` : errors[0];
}

/** The arguments of `kubectl create secret docker-registry NAME`. */
export interface KubectlSecretArguments {
  readonly name: string;
  /** The content of the file of `--from-file`. */
  readonly fromFile?: string | Uint8Array;
  readonly username?: string;
  readonly password?: string;
  /** @default https://index.docker.io/v1/ */
  readonly server?: string;
}

/**
 * The error that `kubectl create secret docker-registry` ends with, after `error: `; undefined if it makes the Secret.
 * kubectl itself looks only at which flags are set (`pkg/cmd/create/create_secret_docker.go`); what is wrong with the
 * content of a file is said by the API server, so not with `--dry-run=client`. `kubectl create secret generic` is the
 * same there.
 */
export function kubectlError(args: KubectlSecretArguments): string | undefined {
  const { name, fromFile, username, password, server = 'https://index.docker.io/v1/' } = args;
  if (fromFile !== undefined) {
    const error = apiServerError('dockerconfigjson', fromFile);
    return error && `failed to create secret Secret "${name}" is invalid: ${error}`;
  }
  if (username && password && server) return undefined;
  return 'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required';
}
