import { bytesOf } from '../go/byte-string.js';
import { At } from '../problem/at.js';
import { ImagePullError, type Problem } from '../problem/problem.js';
import { type Words, words } from '../problem/shown.js';
import {
  type DecodeError,
  type DockerConfigType,
  decodeDockerConfig,
  type RepeatedKey,
} from './docker-config-decode.js';
import { type DockerConfigEntry, type DockerConfigEntryProps, makeEntry, shownKey } from './docker-config-entry.js';
import { configRemarks } from './docker-config-remarks.js';

/**
 * A docker config as the kubelet reads it: `config.json`, podman's `auth.json`, or the older `.dockercfg`.
 *
 * @example
 * ```ts
 * import { DockerConfig } from 'cdk8s-image-pull/model';
 *
 * const written = DockerConfig.fromEntries([{ key: 'quay.io/acme/', username: 'acme+pull', password: 'a token' }]);
 * const data = { '.dockerconfigjson': written.toSecretData() }; // of a Secret of type kubernetes.io/dockerconfigjson
 *
 * const read = DockerConfig.parse('{ "auths": {}, "credsStore": "desktop" }');
 * const remarks = read.remarks.map(({ message }) => message); // that the kubelet reads no credential store
 * ```
 */
export class DockerConfig {
  /** In the order of the document; of keys that occur twice, the last. */
  readonly entries: readonly DockerConfigEntry[];
  readonly #remarksOf: () => readonly Problem[];
  #remarks: readonly Problem[] | undefined;

  private constructor(entries: readonly DockerConfigEntry[], remarksOf: () => readonly Problem[]) {
    this.entries = entries;
    this.#remarksOf = remarksOf;
  }

  /**
   * Remarks on what the kubelet passes over in silence or reads otherwise than it looks: warnings, but for a key that
   * occurs twice (`auths-key-duplicate`), of which the kubelet takes the last and a source is refused.
   */
  get remarks(): readonly Problem[] {
    this.#remarks ??= this.#remarksOf();
    return this.#remarks;
  }

  /**
   * Reads a document.
   *
   * @param text - the document, as text or as the bytes of a file
   * @param options.type - the type of Secret it is meant for; @default dockerconfigjson
   * @throws ImagePullError `docker-config-invalid` where the kubelet answers an error, with its words.
   */
  static parse(text: string | Uint8Array, options: { readonly type?: DockerConfigType } = {}): DockerConfig {
    const config = DockerConfig.tryParse(text, options.type ?? 'dockerconfigjson');
    if ('problem' in config) throw new ImagePullError(config.problem);
    return config;
  }

  /** Reads a document, or says why the kubelet does not. */
  static tryParse(text: string | Uint8Array, type: DockerConfigType): DockerConfig | { readonly problem: Problem } {
    const config = decodeDockerConfig(text, type);
    if ('error' in config) return { problem: decodeProblem(config, text, type) };
    const entries = config.entries.map(makeEntry);
    const repeated = config.repeated ? [repeatedProblem(config.repeated, text)] : [];
    return new DockerConfig(entries, () => [...repeated, ...configRemarks(entries, { config, type })]);
  }

  /** Makes a config of credentials; of keys that occur twice, the last counts. */
  static fromEntries(entries: readonly DockerConfigEntryProps[]): DockerConfig {
    const made = [...new Map(entries.map((entry) => [entry.key, makeEntry(entry)])).values()];
    return new DockerConfig(made, () => configRemarks(made));
  }

  /**
   * The document for a Secret of type kubernetes.io/dockerconfigjson: compact, keys sorted. Holds the passwords. An
   * entry whose user name holds a colon has no `auth`, which could not carry it.
   */
  toJson(): string {
    const sorted = [...this.entries].sort((left, right) => compareBytes(left.key, right.key));
    // Text by hand, because a key such as __proto__ is no usual key of an object.
    return `{"auths":{${sorted.map((entry) => `${JSON.stringify(entry.key)}:${entryJson(entry)}`).join(',')}}}`;
  }

  /** {@link toJson} as it stands in the `data` of a Secret. */
  toSecretData(): string {
    return Buffer.from(this.toJson(), 'utf8').toString('base64');
  }
}

/** The error for a document that the kubelet does not read. */
function decodeProblem(fault: DecodeError, text: string | Uint8Array, type: DockerConfigType): Problem {
  return At.of().refuse(
    'docker-config-invalid',
    words`the kubelet cannot read the docker config: ${fault.error}`,
    decodeHint(fault, text, type),
  );
}

function decodeHint(fault: DecodeError, text: string | Uint8Array, type: DockerConfigType): Words {
  if (fault.offset !== undefined) return words`${syntaxHint(bytesOfText(text), fault.offset)}`;
  if (fault.key === undefined) return words`Write {"auths": {"<registry>": {"username": ..., "password": ...}}}`;
  const entry = words`the entry ${shownKey(fault.key)}`;
  if (fault.error.startsWith('json:')) {
    const isField = type === 'dockercfg' && /^(credsStore|currentContext|detachKeys)$/.test(fault.key);
    return isField
      ? words`The document is a config.json: use type kubernetes.io/dockerconfigjson`
      : words`Make ${entry} an object whose username, password, email and auth are strings`;
  }
  return words`Make the auth of ${entry} the base64 of user:password, padded, in the standard alphabet, or leave it out`;
}

function syntaxHint(bytes: Buffer, offset: number): string {
  if (bytes.length === 0) return 'The document is empty';
  if (bytes[0] === 0xef && bytes[1] === 0xbb) return 'Save the document without a byte order mark';
  if (bytes.subarray(0, 3).toString('latin1') === 'eyJ') return 'The document is base64: it was encoded once too often';
  return `Correct the JSON at ${placeIn(bytes, offset)}`;
}

/** The problem of a key that occurs twice. */
function repeatedProblem({ key, offsets }: RepeatedKey, text: string | Uint8Array): Problem {
  const [first, again] = offsets.map((offset) => placeIn(bytesOfText(text), offset));
  return At.of().refuse(
    'auths-key-duplicate',
    words`the docker config has the entry ${shownKey(key)} twice, at ${first} and at ${again}`,
    'keep one of them; the kubelet would take the last',
  );
}

function placeIn(bytes: Buffer, offset: number): string {
  const before = bytes.subarray(0, offset);
  const line = before.filter((byte) => byte === 0x0a).length + 1;
  return `line ${line}, column ${offset - before.lastIndexOf(0x0a)}`;
}

function bytesOfText(text: string | Uint8Array): Buffer {
  return typeof text === 'string' ? Buffer.from(text, 'utf8') : Buffer.from(text);
}

/** An entry as it stands in a document, without its key. Holds the password. */
export function entryJson(entry: DockerConfigEntry): string {
  const { username, email } = entry;
  const password = entry.password.reveal();
  const auth = Buffer.from(bytesOf(`${username}:${password}`), 'latin1').toString('base64');
  return JSON.stringify({
    ...(username.includes(':') ? {} : { auth }),
    ...(email === undefined ? {} : { email }),
    password,
    username,
  });
}

function compareBytes(left: string, right: string): number {
  const [a, b] = [bytesOf(left), bytesOf(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}
