import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { repositoryOf } from './repository.js';

/** Files that hold credentials or keys, as the docs and the programs call them. */
const credentialFiles = ['seal.key', '*.agekey', 'keys.txt', '.docker/config.json', '.dockerconfigjson'];

/** Patterns of files that must not come into Git, and that no .gitignore from a folder up to its repository has. */
export function unignored(base: string): string[] {
  const root = repositoryOf(base);
  if (!existsSync(path.join(root, '.git'))) return [];
  const known = new Set(foldersUp(realpathSync(base), root).flatMap(linesIn));
  return credentialFiles.filter((each) => !known.has(each) && !known.has(`**/${each}`));
}

function foldersUp(base: string, root: string): string[] {
  const folders = [base];
  for (let folder = base; folder !== root && folder !== path.dirname(folder); ) {
    folder = path.dirname(folder);
    folders.push(folder);
  }
  return folders;
}

/** The patterns of a .gitignore, wherever they are anchored. */
function linesIn(folder: string): string[] {
  try {
    const text = readFileSync(path.join(folder, '.gitignore'), 'utf8');
    return text.split(/\r?\n/).map((line) => line.trim().replace(/^\//, ''));
  } catch {
    // There is none, or nobody can read it: then the advice is given.
    return [];
  }
}
