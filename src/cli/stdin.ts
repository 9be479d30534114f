import { readFileSync } from 'node:fs';
import { At } from '../model/problem/at.js';
import { ImagePullError } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';

/** All of standard input. */
export function readStdin(): Uint8Array {
  try {
    return readFileSync(0);
  } catch (error) {
    const isFolder = (error as NodeJS.ErrnoException).code === 'EISDIR';
    throw new ImagePullError(
      At.of().refuse(
        'usage',
        words`standard input ${isFolder ? 'is a folder' : 'cannot be read: it may be closed'}`,
        'pipe manifests into the command where - stands for standard input',
      ),
    );
  }
}
