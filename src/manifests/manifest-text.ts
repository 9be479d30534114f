import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ManifestText } from '../yaml/documents.js';
import { textOf } from '../yaml/text.js';
import { stdinName } from './inventory.js';

/** The text of a manifest that was read before, by its name in messages; undefined if it is gone. */
export function manifestTextOf(base: string, file: string, stdin: Uint8Array | undefined): ManifestText | undefined {
  try {
    const bytes = file === stdinName ? stdin : readFileSync(path.resolve(base, file));
    const text = bytes && textOf(bytes);
    return text === undefined ? undefined : { file, text };
  } catch {
    return undefined;
  }
}
