import { resolve } from 'node:path';

/** A relative path is shown as it was given; it is read from the working folder. */
export function shownPath(cwd: string, file: string): string {
  return cwd === process.cwd() ? file : resolve(cwd, file);
}
