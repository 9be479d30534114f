import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { sentence, words } from '../problem/shown.js';
import { type Ciphertext, readCiphertext } from './ciphertext.js';

/** Content of a place for a ciphertext: one that can be read, or what is wrong with it. */
export type FoundCiphertext = { readonly ciphertext: Ciphertext } | { readonly problem: Problem };

/** For whom the config says that is encrypted, as far as it can be read. */
export interface SealingTarget {
  /** The fingerprint of the certificate. */
  readonly certificate?: string | undefined;
  /** The age recipients. */
  readonly recipients?: readonly string[] | undefined;
}

/**
 * The ciphertexts of a pull secret, by namespace. Each is read when it is asked for: there may be thousands.
 */
export class Ciphertexts {
  readonly #find: (cluster: string, namespace: string) => FoundCiphertext | undefined;
  readonly #target: (cluster: string, namespace: string) => SealingTarget;

  private constructor(
    find: (cluster: string, namespace: string) => FoundCiphertext | undefined,
    target: (cluster: string, namespace: string) => SealingTarget,
  ) {
    this.#find = find;
    this.#target = target;
  }

  /** Ciphertexts by namespace, as plain data. */
  static of(manifests: Readonly<Record<string, unknown>>): Ciphertexts {
    return Ciphertexts.from((_cluster, namespace) => {
      if (!Object.hasOwn(manifests, namespace)) return undefined;
      const read = readCiphertext(manifests[namespace]);
      return typeof read === 'string'
        ? { problem: unusable(`ciphertext of namespace ${namespace}`, read) }
        : { ciphertext: read };
    });
  }

  /** Ciphertexts that something else finds; each is looked for once. */
  static from(
    find: (cluster: string, namespace: string) => FoundCiphertext | undefined,
    target: (cluster: string, namespace: string) => SealingTarget = () => ({}),
  ): Ciphertexts {
    const clusters = new Map<string, Map<string, FoundCiphertext | 'none'>>();
    return new Ciphertexts((cluster, namespace) => {
      const known = clusters.get(cluster) ?? new Map<string, FoundCiphertext | 'none'>();
      if (known.size === 0) clusters.set(cluster, known);
      const found = known.get(namespace) ?? find(cluster, namespace) ?? 'none';
      known.set(namespace, found);
      return found === 'none' ? undefined : found;
    }, target);
  }

  /** The ciphertext for a namespace of a cluster; undefined where there is none. */
  find(cluster: string, namespace: string): FoundCiphertext | undefined {
    return this.#find(cluster, namespace);
  }

  /** For whom ciphertext of a namespace of a cluster is to be. */
  target(cluster: string, namespace: string): SealingTarget {
    return this.#target(cluster, namespace);
  }
}

/** The problem of a ciphertext that cannot be used. `reason` goes on after the name of the file. */
export function unusable(shown: string, reason: string, pullSecret?: string): Problem {
  const glue = reason.startsWith(':') ? '' : ' ';
  const hint =
    pullSecret === undefined
      ? undefined
      : words`take the file back from Git, or delete it and run image-pull seal ${pullSecret}`;
  return At.of().find('sealed-invalid', words`${shown}${glue}${sentence(reason)}`, hint);
}
