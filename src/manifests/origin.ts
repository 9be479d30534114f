import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** The URL of the remote `origin` of a repository; undefined where it has none. */
export function originOf(root: string): string | undefined {
  const section = /^\s*\[remote "origin"\]\s*$([^[]*)/m.exec(configText(root) ?? '');
  return /^\s*url\s*=\s*"?([^"\n]*?)"?\s*$/m.exec(section?.[1] ?? '')?.[1];
}

function configText(root: string): string | undefined {
  try {
    const folder = path.join(root, '.git');
    if (statSync(folder).isDirectory()) return readFileSync(path.join(folder, 'config'), 'utf8');
    // A worktree or a submodule: the file names the folder, and that of a worktree the one that all share.
    const named = /^gitdir:\s*(.*)$/m.exec(readFileSync(folder, 'utf8'))?.[1] ?? '';
    const own = path.resolve(root, named);
    return readFileSync(path.join(path.resolve(own, commonOf(own)), 'config'), 'utf8');
  } catch {
    return undefined;
  }
}

function commonOf(folder: string): string {
  try {
    return readFileSync(path.join(folder, 'commondir'), 'utf8').trim();
  } catch {
    return '.';
  }
}
