import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

const usual = 64 * 1024;

/** Reads files one after the other, the usual ones into the same memory: most are small, and there are thousands. */
export class ManifestBytes {
  readonly #buffer = Buffer.allocUnsafeSlow(usual);

  /** The bytes of a file, which are good until the next one is read; undefined if there are more than the limit. */
  read(path: string, limit: number): Uint8Array | undefined {
    const file = openSync(path, 'r');
    try {
      const stats = fstatSync(file);
      // The size is judged before the file is in memory.
      if (stats.size > limit) return undefined;
      if (!stats.isFile() || stats.size >= usual) return readFileSync(file);
      return this.#small(file);
    } finally {
      closeSync(file);
    }
  }

  #small(file: number): Uint8Array {
    let length = 0;
    for (;;) {
      const read = readSync(file, this.#buffer, length, usual - length, length);
      length += read;
      if (read === 0) return this.#buffer.subarray(0, length);
      // It has grown since.
      if (length === usual) return readFileSync(file);
    }
  }
}
