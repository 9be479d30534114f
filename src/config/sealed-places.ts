import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../model/names/names.js';
import { sealedFolder } from '../model/sealing/sealed-path.js';

/** A place of which there is a file of ciphertext. */
export interface SealedPlace {
  readonly cluster: string;
  readonly pullSecret: string;
  readonly namespace: string;
}

/** The places of which there is a file of ciphertext, sorted; other files below the folder are somebody else's. */
export function sealedPlaces(base: string): SealedPlace[] {
  const root = join(base, sealedFolder);
  return foldersIn(root).flatMap((cluster) =>
    foldersIn(join(root, cluster)).flatMap((pullSecret) =>
      namesIn(join(root, cluster, pullSecret))
        .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
        .map(({ name }): SealedPlace => ({ cluster, pullSecret, namespace: name.slice(0, -'.yaml'.length) })),
    ),
  );
}

function foldersIn(folder: string): string[] {
  return namesIn(folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

function namesIn(folder: string): ReturnType<typeof readEntries> {
  try {
    return readEntries(folder).sort((a, b) => compareText(a.name, b.name));
  } catch {
    // None is there; what cannot be read is said where its ciphertext is looked for.
    return [];
  }
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}
