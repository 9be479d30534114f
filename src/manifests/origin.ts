import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** The URL of the remote `origin` of a repository; undefined where it has none. */
export function originOf(root: string): string | undefined {
  const section = /^\s*\[remote "origin"\]\s*$([^[]*)/m.exec(gitText(root, 'config') ?? '');
  return /^\s*url\s*=\s*"?([^"\n]*?)"?\s*$/m.exec(section?.[1] ?? '')?.[1];
}

/** The branch that is checked out; undefined where it is none. */
export function branchOf(root: string): string | undefined {
  return /^ref: refs\/heads\/(\S+)\s*$/.exec(gitText(root, 'HEAD') ?? '')?.[1];
}

/** A file of Git. A worktree has a HEAD of its own, and all share one config. */
function gitText(root: string, file: 'config' | 'HEAD'): string | undefined {
  try {
    const folder = gitFolder(root);
    return readFileSync(path.join(folder, file === 'HEAD' ? '.' : commonOf(folder), file), 'utf8');
  } catch {
    return undefined;
  }
}

/** A worktree or a submodule has a file that names the folder. */
function gitFolder(root: string): string {
  const folder = path.join(root, '.git');
  if (statSync(folder).isDirectory()) return folder;
  const named = /^gitdir:\s*(.*)$/m.exec(readFileSync(folder, 'utf8'))?.[1] ?? '';
  return path.resolve(root, named);
}

function commonOf(folder: string): string {
  try {
    return readFileSync(path.join(folder, 'commondir'), 'utf8').trim();
  } catch {
    return '.';
  }
}
