import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** The folder of the Git repository that a folder lies in; the folder itself where there is none. No links in it. */
export function repositoryOf(folder: string): string {
  const real = realpathSync(folder);
  for (let at = real; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, '.git'))) return at;
    if (path.dirname(at) === at) return real;
  }
}

/** True if a path lies in a folder or is it. */
export function liesIn(folder: string, file: string): boolean {
  if (file.startsWith(folder) && file.charAt(folder.length) === path.sep && !file.includes('..')) return true;
  const relative = path.relative(folder, file);
  return relative === '' || (!path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..');
}
