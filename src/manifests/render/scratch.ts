import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder for what programs are handed, outside of the repository, that nobody else can read. */
export class Scratch {
  /** Without links, as kustomize counts from there. */
  readonly folder: string;
  #folders = 0;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes a folder, hands it to some work, and removes it, however the work ends. */
  static async use<T>(work: (scratch: Scratch) => Promise<T>): Promise<T> {
    // mkdtemp gives a folder that only its owner can enter.
    const scratch = new Scratch(realpathSync(mkdtempSync(path.join(tmpdir(), 'image-pull-'))));
    try {
      return await work(scratch);
    } finally {
      scratch.remove();
    }
  }

  /** A folder of its own inside. */
  below(name = String(this.#folders++)): string {
    const folder = path.join(this.folder, name);
    mkdirSync(folder, { mode: 0o700 });
    return folder;
  }

  /** Removes the folder, or one of those inside. */
  remove(folder = this.folder): void {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // A program has made a folder of its own that cannot be removed; what we wrote is gone.
    }
  }
}

/** Writes a file that only its owner can read. */
export function writePrivate(file: string, text: string | Uint8Array): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, text, { mode: 0o600 });
}
