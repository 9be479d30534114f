import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { textOf } from '../yaml/text.js';

const usual = 64 * 1024;

/** The text of a file, or why there is none that is read. */
export type FoundText = { readonly text: string } | 'too large' | 'not text';

/** The text of bytes that are in memory. */
export function textIn(bytes: Uint8Array, limit: number): FoundText {
  if (bytes.byteLength > limit) return 'too large';
  const text = textOf(bytes);
  return text === undefined ? 'not text' : { text };
}

/**
 * Reads files one after the other, the usual ones into the same memory: most are small, and there are thousands. The
 * bytes of a large one are let go before its text is parsed.
 */
export class DiskText {
  readonly #buffer = Buffer.allocUnsafeSlow(usual);

  /** The text of a file. Throws what the system says. */
  read(path: string, limit: number): FoundText {
    const bytes = this.bytes(path, limit);
    return typeof bytes === 'string' ? bytes : textIn(bytes, limit);
  }

  /** The bytes of a file, which stay what they are until the next one is read. Throws what the system says. */
  bytes(path: string, limit: number): Uint8Array | 'too large' {
    const file = openSync(path, 'r');
    try {
      const stats = fstatSync(file);
      // The size is judged before the file is in memory.
      if (stats.size > limit) return 'too large';
      return stats.isFile() && stats.size < usual ? this.#small(file, stats.size) : readFileSync(file);
    } finally {
      closeSync(file);
    }
  }

  #small(file: number, size: number): Uint8Array {
    let length = 0;
    for (;;) {
      const read = readSync(file, this.#buffer, length, usual - length, length);
      length += read;
      if (read === 0 || length === size) return this.#buffer.subarray(0, length);
      // It has grown since.
      if (length === usual) return readFileSync(file);
    }
  }
}
