import { readFileSync } from 'node:fs';
import { ImagePullError } from '../model/problem/problem.js';

/** All of standard input. */
export function readStdin(): Uint8Array {
  try {
    return readFileSync(0);
  } catch (error) {
    const isFolder = (error as NodeJS.ErrnoException).code === 'EISDIR';
    throw new ImagePullError({
      code: 'usage',
      message: `standard input ${isFolder ? 'is a folder' : 'cannot be read: it may be closed'}`,
      hint: 'pipe manifests into the command where - stands for standard input',
    });
  }
}
