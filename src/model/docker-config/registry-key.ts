import { type ByteString, bytesOf } from '../go/byte-string.js';
import { matchGlob } from '../go/go-glob.js';
import { type GoUrlError, parseUrl, splitHostPort } from '../go/go-url.js';

/** The ring key of Docker Hub credentials, tried for Hub images when no other key matches. */
export const hubFallbackKey = 'index.docker.io';

/**
 * Makes of a key of a docker config what the kubelet files it under in its keyring: scheme, user, query and fragment
 * are dropped, the path is percent-decoded, `/v1` and `/v2` are cut off where a slash follows. A key that Go does not
 * parse is dropped with its entry. From `BasicDockerKeyring.Add` in `pkg/credentialprovider/keyring.go`.
 */
export function normalizeKey(key: string): { readonly ringKey: ByteString } | GoUrlError {
  const bytes = bytesOf(key);
  const url = parseUrl(/^https?:\/\//.test(bytes) ? bytes : `https://${bytes}`);
  if ('error' in url) return url;
  const path = /^\/v[12]\//.test(url.path) ? url.path.slice(3) : url.path;
  return { ringKey: path === '/' ? url.host : url.host + path };
}

/** A host and a path as the kubelet compares them: a ring key, or the name of an image. */
export class RegistryUrl {
  readonly #labels: readonly ByteString[];
  readonly #port: ByteString;
  readonly #path: ByteString;

  private constructor(labels: readonly ByteString[], port: ByteString, path: ByteString) {
    this.#labels = labels;
    this.#port = port;
    this.#path = path;
  }

  /** Reads a URL without scheme; undefined if Go does not parse it, which matches nothing. */
  static parse(text: ByteString): RegistryUrl | undefined {
    const url = parseUrl(`https://${text}`);
    if ('error' in url) return undefined;
    const { host, port } = splitHostPort(url.host);
    return new RegistryUrl(host.split('.'), port, url.path);
  }

  /**
   * True if this, as a key, covers the target: equal port, as many host labels, each of them matched as a glob, and the
   * path a plain prefix. From `URLsMatchStr` in `pkg/credentialprovider/keyring.go`.
   */
  covers(target: RegistryUrl): boolean {
    return (
      this.#port === target.#port &&
      this.#labels.length === target.#labels.length &&
      target.#path.startsWith(this.#path) &&
      this.#labels.every((label, index) => matchGlob(label, target.#labels[index] ?? '') === true)
    );
  }

  /** True if the path of this key ends inside a segment of the path of a target that it covers. */
  cutsSegmentOf(target: RegistryUrl): boolean {
    if (this.#path === '' || this.#path.endsWith('/')) return false;
    return target.#path.length > this.#path.length && target.#path.charAt(this.#path.length) !== '/';
  }
}

/**
 * True for a name that the kubelet takes for an image of Docker Hub. That includes hosts without dot and port, such as
 * `localhost`. From `isDefaultRegistryMatch` in `pkg/credentialprovider/keyring.go`.
 */
export function isHubName(name: string): boolean {
  const slash = name.indexOf('/');
  if (slash < 0) return name !== '';
  const first = name.slice(0, slash);
  return first !== '' && (first === 'docker.io' || first === hubFallbackKey || !/[.:]/.test(first));
}
