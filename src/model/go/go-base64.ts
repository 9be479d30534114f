import { textOf } from './byte-string.js';

/** `std`: with padding; `raw`: without. Both ignore line ends and nothing else. */
export type Base64Variant = 'std' | 'raw';

const invalid = 0xff;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const pad = 0x3d;
const digits = decodeMap('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');

/**
 * Decodes base64 by the rules, and with the errors, of Go's `base64.StdEncoding` and `base64.RawStdEncoding`
 * (`encoding/base64/base64.go`): no URL-safe alphabet, no spaces, no missing padding; spare bits are not looked at.
 */
export function decodeBase64(text: string, variant: Base64Variant): Uint8Array | { readonly error: string } {
  const source = Buffer.from(text, 'utf8');
  const decoder = new Decoder(source, variant);
  return decoder.run();
}

/**
 * Splits the `auth` field of a docker config into user name and password, as `decodeDockerConfigFieldAuth` of
 * `pkg/credentialprovider/config.go` does: padded or not by the look of the end, cut at the first colon, nothing trimmed.
 */
export function decodeAuth(
  text: string,
): { readonly username: string; readonly password: string } | { readonly error: string } {
  const decoded = decodeBase64(text, trimSpaceEnd(text).endsWith('=') ? 'std' : 'raw');
  if (!(decoded instanceof Uint8Array)) return decoded;
  const colon = decoded.indexOf(0x3a);
  if (colon < 0) return { error: 'unable to parse auth field, must be formatted as base64(username:password)' };
  return { username: textOf(decoded.subarray(0, colon)), password: textOf(decoded.subarray(colon + 1)) };
}

class Decoder {
  readonly #source: Uint8Array;
  readonly #padded: boolean;
  readonly #target: Uint8Array;
  #read = 0;
  #written = 0;

  constructor(source: Uint8Array, variant: Base64Variant) {
    this.#source = source;
    this.#padded = variant === 'std';
    this.#target = new Uint8Array(Math.ceil(source.length / 4) * 3);
  }

  run(): Uint8Array | { readonly error: string } {
    while (this.#read < this.#source.length) {
      const offset = this.#quantum();
      if (offset !== undefined) return { error: `illegal base64 data at input byte ${offset}` };
    }
    return this.#target.subarray(0, this.#written);
  }

  /** Reads up to four digits; answers the offset of the offending byte, if there is one. */
  #quantum(): number | undefined {
    let bits = 0;
    let count = 0;
    while (count < 4) {
      if (this.#read === this.#source.length) {
        if (count === 0) return undefined;
        if (count === 1 || this.#padded) return this.#read - count;
        break;
      }
      const byte = this.#source[this.#read++] ?? 0;
      const digit = digits[byte] ?? invalid;
      if (digit !== invalid) {
        bits = (bits << 6) | digit;
        count++;
      } else if (!isLineEnd(byte)) {
        const offset = byte === pad && this.#padded ? this.#padding(count) : this.#read - 1;
        if (offset !== undefined) return offset;
        break;
      }
    }
    this.#write(bits << (6 * (4 - count)), count - 1);
    return undefined;
  }

  /** After the first `=`: the second one where it is due, then nothing but line ends. */
  #padding(count: number): number | undefined {
    if (count < 2) return this.#read - 1;
    if (count === 2) {
      this.#skipLineEnds();
      if (this.#read === this.#source.length) return this.#read;
      if (this.#source[this.#read] !== pad) return this.#read - 1;
      this.#read++;
    }
    this.#skipLineEnds();
    return this.#read < this.#source.length ? this.#read : undefined;
  }

  #skipLineEnds(): void {
    while (isLineEnd(this.#source[this.#read] ?? 0)) this.#read++;
  }

  #write(bits: number, bytes: number): void {
    for (let index = 0; index < bytes; index++) this.#target[this.#written++] = (bits >> (16 - 8 * index)) & 0xff;
  }
}

function isLineEnd(byte: number): boolean {
  return byte === lineFeed || byte === carriageReturn;
}

function decodeMap(alphabet: string): Uint8Array {
  const map = new Uint8Array(256).fill(invalid);
  for (let index = 0; index < alphabet.length; index++) map[alphabet.charCodeAt(index)] = index;
  return map;
}

/** Go's `strings.TrimSpace` at the end: next line counts as space and the byte order mark does not, unlike in `trimEnd`. */
function trimSpaceEnd(text: string): string {
  let end = text.length;
  while (
    end > 0 &&
    /^[\t\n\v\f\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]$/.test(text.charAt(end - 1))
  )
    end--;
  return text.slice(0, end);
}
