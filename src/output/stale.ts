import fs from 'node:fs';
import { stages } from '../model/vocabulary/file-place.js';
import type { DiskTree } from './disk-tree.js';
import { headerPrefix } from './header.js';
import { isTemporaryName } from './temporary.js';

/** A file of ours that nothing keeps, with its text. */
interface StaleFile {
  readonly path: string;
  readonly before: string;
}

/**
 * The files of ours below some folders that are not kept. Folders that are not of our layout and whatever lies behind a
 * link are left alone. `refused` hears of files that cannot be read.
 */
export function staleFiles(
  tree: DiskTree,
  within: readonly string[],
  kept: ReadonlySet<string>,
  refused: (file: string, error: unknown) => void,
): StaleFile[] {
  const stale = new Map<string, StaleFile>();
  const visited = new Set<string>();
  const folders = [...within].reverse();
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    if (visited.has(folder)) continue;
    visited.add(folder);
    for (const found of tree.entries(folder)) {
      if (found.kind === 'folder' && isOfLayout(found.path)) folders.push(found.path);
      if (found.kind !== 'file' || kept.has(found.path) || isTemporaryName(nameOf(found.path))) continue;
      try {
        const before = readIfOurs(tree.shown(found.path));
        if (before !== undefined) stale.set(found.path, { path: found.path, before });
      } catch (error) {
        refused(found.path, error);
      }
    }
  }
  return [...stale.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Files of ours lie in `<cluster>/` and `<cluster>/<stage>/`; other trees below the output folder are not looked into. */
function isOfLayout(folder: string): boolean {
  const [cluster = '', stage] = folder.split('/');
  if (cluster.startsWith('.') || cluster === 'node_modules') return false;
  return stage === undefined || (stages as readonly string[]).includes(stage);
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** Looks at the first bytes before it reads the rest: what is not ours may be huge. */
function readIfOurs(file: string): string | undefined {
  const expected = Buffer.from(headerPrefix);
  const descriptor = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0));
  try {
    const head = Buffer.alloc(expected.length);
    fs.readSync(descriptor, head, 0, head.length, 0);
    return head.equals(expected) ? fs.readFileSync(descriptor, 'utf8') : undefined;
  } finally {
    fs.closeSync(descriptor);
  }
}
