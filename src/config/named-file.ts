import { readFileSync, statSync } from 'node:fs';

const maxSize = 1024 * 1024;

/** The content of a file that the config names, or why there is none. */
export function bytesOf(path: string): Uint8Array | string {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return 'is not a file';
    if (stat.size > maxSize) return 'is larger than a Secret may be (1 MiB)';
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'does not exist' : `cannot be read${reasonText(code)}`;
  }
}

function reasonText(code: string | undefined): string {
  return code === 'EACCES' || code === 'EPERM' ? ': permission denied' : '';
}
