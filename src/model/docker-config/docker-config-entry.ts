import { bytesOf, goQuote, textOf } from '../go/byte-string.js';
import { Words } from '../problem/shown.js';
import { normalizeKey } from './registry-key.js';
import { SecretValue } from './secret-value.js';

/** One credential of a docker config, as the kubelet would hand it to the container runtime. */
export interface DockerConfigEntry {
  /** The key as written. */
  readonly key: string;
  /** The key that the keyring files it under; undefined when the kubelet drops the entry. */
  readonly ringKey?: string;
  /** Why the kubelet drops the entry, in its words, with what may be a credential in the key masked. */
  readonly ignoredBecause?: string;
  readonly username: string;
  readonly password: SecretValue;
  readonly email?: string;
  /** True without user name or without password: the runtime pulls anonymously with it, or not at all. */
  readonly blank: boolean;
}

/** The parts of an entry. */
export interface DockerConfigEntryProps {
  readonly key: string;
  readonly username: string;
  readonly password: SecretValue | string;
  /** @default - none */
  readonly email?: string;
}

/** Makes an entry, with what the kubelet makes of its key. */
export function makeEntry(props: DockerConfigEntryProps): DockerConfigEntry {
  const password = typeof props.password === 'string' ? SecretValue.of(props.password) : props.password;
  const normalized = normalizeKey(props.key);
  return {
    key: props.key,
    ...('ringKey' in normalized
      ? { ringKey: textOf(normalized.ringKey) }
      : { ignoredBecause: maskedError(props.key, normalized.error, normalized.reason) }),
    username: props.username,
    password,
    ...(props.email ? { email: props.email } : {}),
    blank: props.username === '' || password.isEmpty,
  };
}

/** True if both entries hold the same user name and password. */
export function sameCredential(left: DockerConfigEntry, right: DockerConfigEntry): boolean {
  return left.username === right.username && left.password.equals(right.password);
}

/** A key for a message: quoted, cut to a readable length, what may be a credential in it masked. */
export function shownKey(key: string): Words {
  const masked = maskUser(key);
  const cut = masked.length > maxShownLength ? `${masked.slice(0, maxShownLength)}...` : masked;
  return new Words(goQuote(bytesOf(cut)));
}

const maxShownLength = 120;
const digest = /^[A-Za-z0-9+._-]+:[0-9A-Fa-f]*$/;

/** A key with what may be a password before an `@`, or a token after a `?` or `#`, masked. */
export function maskUser(key: string): string {
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.exec(key)?.[0] ?? '';
  const at = key.lastIndexOf('@');
  const mark = key.search(/[?#]/);
  // Which of the two is a part of the credential cannot be told.
  if (mark >= 0 && mark < at) return `${scheme}***`;
  const end = mark < 0 ? key.length : mark + 1;
  const tail = end < key.length ? '***' : '';
  const authority = key.slice(scheme.length).split('/', 1)[0] ?? '';
  // An `@` behind the first slash is that of a digest, or of a password that holds a slash.
  const isDigest = !authority.includes('@') && digest.test(key.slice(at + 1, end));
  if (at < 0 || isDigest) return `${key.slice(0, end)}${tail}`;
  return `${scheme}***${key.slice(at, end)}${tail}`;
}

function maskedError(key: string, error: string, reason: string): string {
  const masked = maskUser(key);
  if (masked === key) return error;
  return `parse ${goQuote(bytesOf(masked))}: ${reason.replace(/"(?:[^"\\]|\\.)*"/g, '"***"')}`;
}
