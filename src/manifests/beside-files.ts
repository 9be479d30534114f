import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { besideCluster, namespaceOfBesideFile } from '../output/header.js';

const neverEntered = new Set(['node_modules']);

/** A file that an earlier run put beside workloads. */
export interface BesideFile {
  /** Relative to the base folder. */
  readonly path: string;
  readonly folder: string;
  readonly cluster: string;
  readonly namespace: string;
}

/**
 * The files that an earlier run put beside workloads: anywhere below the base, where workloads may have lain that are
 * gone, and directly in further folders outside of it. Links are not followed. Sorted by path.
 */
export function besideFiles(base: string, further: Iterable<string>): BesideFile[] {
  const outside = [...new Set(further)].filter((folder) => folder.startsWith('..')).sort();
  return [...filesBelow(base, '.'), ...outside.flatMap((folder) => filesOf(base, folder, entriesOf(base, folder)))];
}

function filesBelow(base: string, folder: string): BesideFile[] {
  const entries = entriesOf(base, folder);
  const below = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !neverEntered.has(entry.name))
    .flatMap(({ name }) => filesBelow(base, path.posix.join(folder, name)));
  return [...filesOf(base, folder, entries), ...below];
}

function filesOf(base: string, folder: string, entries: readonly Dirent[]): BesideFile[] {
  return entries.flatMap((entry) => {
    const namespace = entry.isFile() ? namespaceOfBesideFile(entry.name) : undefined;
    if (namespace === undefined) return [];
    const file = path.posix.join(folder, entry.name);
    const cluster = besideCluster(textOf(path.resolve(base, file)));
    return cluster === undefined ? [] : [{ path: file, folder, cluster, namespace }];
  });
}

function entriesOf(base: string, folder: string): Dirent[] {
  try {
    return readdirSync(path.resolve(base, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // What cannot be listed holds nothing that could be removed either.
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
