import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { sentence, words } from '../problem/shown.js';
import { type Ciphertext, readCiphertext } from './ciphertext.js';

/** Content of a place for a ciphertext: one that can be read, or what is wrong with it. */
export type FoundCiphertext = { readonly ciphertext: Ciphertext } | { readonly problem: Problem };

/**
 * The ciphertexts of a pull secret, by namespace. Each is read when it is asked for: there may be thousands.
 */
export class Ciphertexts {
  readonly #find: (cluster: string, namespace: string) => FoundCiphertext | undefined;

  private constructor(find: (cluster: string, namespace: string) => FoundCiphertext | undefined) {
    this.#find = find;
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
  static from(find: (cluster: string, namespace: string) => FoundCiphertext | undefined): Ciphertexts {
    const found = new Map<string, FoundCiphertext | undefined>();
    return new Ciphertexts((cluster, namespace) => {
      const key = `${cluster}/${namespace}`;
      if (!found.has(key)) found.set(key, find(cluster, namespace));
      return found.get(key);
    });
  }

  /** The ciphertext for a namespace of a cluster; undefined where there is none. */
  find(cluster: string, namespace: string): FoundCiphertext | undefined {
    return this.#find(cluster, namespace);
  }
}

/** The problem of a ciphertext that cannot be used. `reason` goes on after the name of the file. */
export function unusable(shown: string, reason: string): Problem {
  const glue = reason.startsWith(':') ? '' : ' ';
  return At.of().find('sealed-invalid', words`${shown}${glue}${sentence(reason)}`);
}
