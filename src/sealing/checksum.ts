import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const shortestKey = 32;

/**
 * Tells whether a credential is the one that was sealed, without anything in Git that would let somebody guess: the
 * checksums are made with a key that is not there.
 */
export class Checksums {
  readonly #key: Uint8Array;
  /** Tells keys apart. Of 32 random bytes nobody learns anything by it. */
  readonly #id: string;

  private constructor(key: Uint8Array) {
    this.#key = key;
    this.#id = createHash('sha256').update('image-pull checksum key\0').update(key).digest('hex').slice(0, 8);
  }

  /** Checksums by a key, or why it is none. */
  static of(key: Uint8Array): Checksums | string {
    if (key.byteLength < shortestKey) return `has less than ${shortestKey} bytes`;
    if (new Set(key).size < 8) return 'is no random key';
    return new Checksums(key);
  }

  /** The checksum of a value. `use` keeps the checksums of one value apart where it is used twice. */
  of(value: string, use: readonly string[]): string {
    const mac = createHmac('sha256', this.#key)
      .update(JSON.stringify([...use, value]))
      .digest('hex');
    return `${this.#id}.${mac.slice(0, 32)}`;
  }

  /** Whether a recorded checksum is that of a value; undefined where another key made it. */
  matches(recorded: string | undefined, value: string, use: readonly string[]): boolean | undefined {
    if (recorded === undefined || !recorded.startsWith(`${this.#id}.`)) return undefined;
    const own = Buffer.from(this.of(value, use));
    const other = Buffer.from(recorded);
    return own.length === other.length && timingSafeEqual(own, other);
  }
}
