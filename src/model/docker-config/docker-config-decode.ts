import { decodeAuth } from '../go/go-base64.js';
import { fieldNamed, readJson, typeErrorText } from '../go/go-json.js';
import type { JsonValue } from '../go/json-value.js';

/** The two types of Secret that the kubelet reads, by the last part of their names. */
export type DockerConfigType = 'dockerconfigjson' | 'dockercfg';

/** An entry as Go fills its struct, and the JSON it came from. */
export interface DecodedEntry {
  readonly key: string;
  readonly username: string;
  readonly password: string;
  readonly email: string;
  readonly source: JsonValue;
}

/** A document as the kubelet reads it. */
export interface DecodedConfig {
  /** In the order of the document; of keys that occur twice, the last. */
  readonly entries: readonly DecodedEntry[];
  /** The first key that occurs again. */
  readonly repeated: RepeatedKey | undefined;
  readonly root: JsonValue;
}

/** A key that occurs twice, letter by letter, and the bytes at which it begins. */
export interface RepeatedKey {
  readonly key: string;
  readonly offsets: readonly [first: number, again: number];
}

/** Why the kubelet does not read a document. */
export interface DecodeError {
  /** The words of the kubelet. */
  readonly error: string;
  /** The key of the entry at fault, if it is one. */
  readonly key?: string;
  /** How many bytes were read, if it is not JSON. */
  readonly offset?: number;
}

/**
 * Reads a document as the kubelet does: `json.Unmarshal` into `DockerConfigJSON` or `DockerConfig`, whose entries decode
 * themselves (`pkg/credentialprovider/config.go`).
 */
export function decodeDockerConfig(text: string | Uint8Array, type: DockerConfigType): DecodedConfig | DecodeError {
  const result = readJson(text);
  if ('error' in result) return result;
  const decoder = new Decoder(type);
  const error = decoder.decode(result.value);
  return error ?? { entries: decoder.entries, repeated: decoder.repeated, root: result.value };
}

const goPackage = 'credentialprovider';

class Decoder {
  readonly #type: DockerConfigType;
  repeated: RepeatedKey | undefined;
  readonly #entries = new Map<string, DecodedEntry & { readonly offset: number }>();
  /** Go goes on after a value of the wrong kind and reports the first one, unless an entry fails. */
  #savedError: DecodeError | undefined;

  constructor(type: DockerConfigType) {
    this.#type = type;
  }

  get entries(): DecodedEntry[] {
    return [...this.#entries.values()];
  }

  decode(root: JsonValue): DecodeError | undefined {
    const failed = this.#type === 'dockercfg' ? this.#entryMap(root) : this.#configJson(root);
    return failed ?? this.#savedError;
  }

  #configJson(root: JsonValue): DecodeError | undefined {
    if (root.kind !== 'object') {
      this.#saveTypeError(root, `${goPackage}.DockerConfigJSON`);
      return undefined;
    }
    for (const [key, value] of root.members) {
      const field = fieldNamed(key, ['auths', 'HttpHeaders']);
      if (field === 'HttpHeaders') this.#httpHeaders(value);
      const failed = field === 'auths' ? this.#entryMap(value, 'DockerConfigJSON.auths') : undefined;
      if (failed) return failed;
    }
    return undefined;
  }

  /** Go fills one map, however often the field occurs, and a null empties it. */
  #entryMap(value: JsonValue, field?: string): DecodeError | undefined {
    if (value.kind === 'null') this.#entries.clear();
    if (value.kind !== 'object') {
      this.#saveTypeError(value, `${goPackage}.DockerConfig`, field);
      return undefined;
    }
    for (const [key, member, offset] of value.members) {
      const entry = decodeEntry(key, member, field);
      if ('error' in entry) return entry;
      const former = this.#entries.get(key);
      if (former) this.repeated ??= { key, offsets: [former.offset, offset] };
      this.#entries.delete(key);
      this.#entries.set(key, { ...entry, offset });
    }
    return undefined;
  }

  #httpHeaders(value: JsonValue): void {
    const field = 'DockerConfigJSON.HttpHeaders';
    if (value.kind !== 'object') {
      this.#saveTypeError(value, 'map[string]string', field);
      return;
    }
    for (const [, header] of value.members) {
      if (header.kind !== 'string') this.#saveTypeError(header, 'string', field);
    }
  }

  #saveTypeError(value: JsonValue, goType: string, field?: string): void {
    if (value.kind !== 'null') this.#savedError ??= { error: typeErrorText(value, goType, field) };
  }
}

const entryFields = ['username', 'password', 'email', 'auth'] as const;

/** `DockerConfigEntry.UnmarshalJSON`: the fields, then `auth` over user name and password. */
function decodeEntry(key: string, source: JsonValue, field: string | undefined): DecodedEntry | DecodeError {
  const fields = { username: '', password: '', email: '', auth: '' };
  if (source.kind !== 'object') {
    if (source.kind !== 'null')
      return { key, error: typeErrorText(source, `${goPackage}.dockerConfigEntryWithAuth`, field) };
    return { key, username: '', password: '', email: '', source };
  }
  let typeError: DecodeError | undefined;
  for (const [name, value] of source.members) {
    const target = fieldNamed(name, entryFields);
    if (target === undefined || value.kind === 'null') continue;
    if (value.kind === 'string') fields[target] = value.value;
    else
      typeError ??= { key, error: typeErrorText(value, 'string', `${field ?? 'dockerConfigEntryWithAuth'}.${target}`) };
  }
  if (typeError) return typeError;
  const { auth, ...plain } = fields;
  if (auth === '') return { key, ...plain, source };
  const decoded = decodeAuth(auth);
  return 'error' in decoded ? { key, error: decoded.error } : { key, ...plain, ...decoded, source };
}
