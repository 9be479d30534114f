import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { compareText } from '../model/names/names.js';
import { sealedFolder } from '../model/sealing/sealed-path.js';
import { askedPath } from './asked-path.js';
import { slashed } from './file-pattern.js';
import { selectFiles } from './files.js';
import type { InventoryRead } from './inventory.js';
import type { Made } from './made.js';

/**
 * The files that a run reads for its clusters, as messages name them, sorted: manifests, output, ciphertext, and what
 * renderings are made of, such as values of charts.
 */
export function seenFiles(
  base: string,
  reads: readonly Pick<InventoryRead, 'selected'>[],
  made: Iterable<Made>,
): string[] {
  const root = realpathSync(base);
  const shown = (file: string) => slashed(path.relative(root, file));
  const reached = [...made].flatMap((each) => [
    ...each.reached,
    ...each.manifests.flatMap(({ from }) => from?.reached ?? []),
  ]);
  const all = [...reads.flatMap(({ selected }) => [...selected]), ...reached.filter(isFile), ...ciphertexts(root)];
  return [...new Set(all.map(shown))].sort(compareText);
}

function ciphertexts(root: string): string[] {
  if (askedPath(root, sealedFolder) !== 'folder') return [];
  return selectFiles(root, [sealedFolder]).files.map((file) => file.path);
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}
