import { join, relative, resolve } from 'node:path';

/** A relative path is shown as it was given; it is read from the working folder. */
export function shownPath(cwd: string, file: string): string {
  return cwd === process.cwd() ? file : resolve(cwd, file);
}

/** A folder as the user would name it in messages, by which it is found, too. */
export function shownFolder(cwd: string, absolute: string): string {
  return cwd === process.cwd() ? relative(cwd, absolute) || '.' : absolute;
}

/** The output folder that is asked for; by default `dist` beside the config. */
export function outputFolder(cwd: string, base: string, output: string | undefined): string {
  return output === undefined ? join(base, 'dist') : resolve(cwd, output);
}
