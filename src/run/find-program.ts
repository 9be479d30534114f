import { accessSync, constants, statSync } from 'node:fs';
import { platform } from 'node:os';
import path from 'node:path';

/** The names that a program may have in a folder of PATH. */
const endings = platform() === 'win32' ? ['.exe'] : [''];

/**
 * Where a program lies, by the folders of PATH. Folders that are relative are passed over: what they name depends on the
 * folder that a run begins in, and may be the repository itself.
 */
export function findProgram(name: string, searchPath: string | undefined): string | undefined {
  const folders = (searchPath ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return folders
    .flatMap((folder) => endings.map((ending) => path.join(folder, `${name}${ending}`)))
    .find((file) => isExecutable(file));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
