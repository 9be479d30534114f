import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ManifestText } from '../yaml/documents.js';
import { textOf } from '../yaml/text.js';
import { stdinName } from './inventory.js';
import type { Made } from './made.js';

/** Manifests that are no files. */
export interface OtherTexts {
  readonly stdin?: Uint8Array | undefined;
  /** Manifests that were made for each cluster. @default - nothing */
  readonly made?: ReadonlyMap<string, Made> | undefined;
}

/** The text of a manifest that was read before, by its name in messages; undefined if it is gone. */
export function manifestTextOf(base: string, file: string, { stdin, made }: OtherTexts = {}): ManifestText | undefined {
  for (const { manifests } of made?.values() ?? []) {
    const rendered = manifests.find((each) => each.file === file && each.source !== undefined);
    if (rendered) return { file, text: rendered.text };
  }
  try {
    const bytes = file === stdinName ? stdin : readFileSync(path.resolve(base, file));
    const text = bytes && textOf(bytes);
    return text === undefined ? undefined : { file, text };
  } catch {
    return undefined;
  }
}
