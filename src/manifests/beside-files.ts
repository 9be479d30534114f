import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { besideCluster, besideFileName, namespaceOfBesideFile } from '../model/problem/header.js';
import { slashed } from './file-pattern.js';

/** A file that an earlier run put beside workloads. */
export interface BesideFile {
  /** Relative to the base folder. */
  readonly path: string;
  readonly folder: string;
  readonly cluster: string;
  readonly namespace: string;
}

/** The files that an earlier run put into folders or the folders around them, up to the base; sorted by path. */
export function besideFiles(base: string, folders: Iterable<string>): BesideFile[] {
  const around = new Set<string>();
  for (const folder of folders) {
    for (let at = folder; !around.has(at); at = path.posix.dirname(at)) {
      around.add(at);
      if (at === '.' || /(^|\/)\.\.$/.test(at)) break;
    }
  }
  return [...around].sort().flatMap((folder) => filesIn(base, folder));
}

function filesIn(base: string, folder: string): BesideFile[] {
  return namesIn(path.resolve(base, folder)).flatMap((name) => {
    const namespace = namespaceOfBesideFile(name);
    if (namespace === undefined) return [];
    const cluster = besideCluster(firstLine(path.resolve(base, folder, name)));
    return cluster === undefined
      ? []
      : [{ path: slashed(path.join(folder, besideFileName(namespace))), folder, cluster, namespace }];
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    // What cannot be listed holds nothing that could be removed either.
    return [];
  }
}

function firstLine(file: string): string {
  try {
    return statSync(file).isFile() ? (readFileSync(file, 'utf8').split('\n', 1)[0] ?? '') : '';
  } catch {
    return '';
  }
}
