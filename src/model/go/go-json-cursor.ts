import { goQuote } from './byte-string.js';

/** Why a text is not JSON; thrown inside the reader only. */
export class JsonSyntaxFault extends Error {}

/** A place in the bytes of a JSON text. */
export class JsonCursor {
  /** The index of the byte that is read next. */
  position = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The byte at the position. Go's scanner sees a space at the end, which is why its errors there name one. */
  get here(): number {
    return this.#bytes[this.position] ?? 0x20;
  }

  get atEnd(): boolean {
    return this.position >= this.#bytes.length;
  }

  /** Goes to the first byte that is no white space, which must exist. */
  next(): number {
    this.skipSpace();
    if (this.atEnd) throw this.endFault();
    return this.here;
  }

  skipSpace(): void {
    while (!this.atEnd && isSpace(this.here)) this.position++;
  }

  /** The bytes from a place up to the position. */
  since(start: number): Uint8Array {
    return this.#bytes.subarray(start, this.position);
  }

  /** The fault that the byte at the position is. */
  fault(context: string): JsonSyntaxFault {
    return new JsonSyntaxFault(`invalid character ${quotedByte(this.here)} ${context}`);
  }

  /** The fault of a text that ends too early. */
  endFault(): JsonSyntaxFault {
    return new JsonSyntaxFault('unexpected end of JSON input');
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** `quoteChar` of `encoding/json/scanner.go`: the byte is taken for a char of Latin-1. */
function quotedByte(byte: number): string {
  const char = String.fromCharCode(byte);
  if (char === "'") return "'\\''";
  if (char === '"') return "'\"'";
  return `'${goQuote(Buffer.from(char, 'utf8').toString('latin1')).slice(1, -1)}'`;
}
