import { statSync } from 'node:fs';
import path from 'node:path';

/** Kinds of what a path of the command line leads to: a glob is none that exists. */
export type AskedPath = 'file' | 'folder' | 'standard input' | 'glob' | 'missing';

/** Tells what a path of the command line leads to, relative to a folder. */
export function askedPath(base: string, text: string): AskedPath {
  if (text === '-') return 'standard input';
  try {
    return statSync(path.resolve(base, text)).isDirectory() ? 'folder' : 'file';
  } catch {
    return /[*?[{]/.test(text) ? 'glob' : 'missing';
  }
}
