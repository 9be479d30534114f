import fs from 'node:fs';
import { At } from '../model/problem/at.js';
import { type Problem, throwErrors } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { makeTogether, Staging } from './staging.js';

/** A manifest of the user with its new text. */
export interface ManifestChange {
  /** As it stands in messages. */
  readonly file: string;
  readonly path: string;
  /** The text that was read. */
  readonly before: string;
  readonly after: string;
}

/**
 * Writes manifests: all of them or none. Throws `manifest-changed` for what is no longer what was read, and
 * `output-not-writable`.
 *
 * @param root the folder that all of them lie in
 */
export function writeManifests(root: string, changes: readonly ManifestChange[]): void {
  const files = new Map(changes.map(({ path, file }) => [path, file]));
  const staging = new Staging(root, (path) => files.get(path) ?? path);
  makeTogether([staging], () => {
    for (const { path, after } of changes) staging.edit(path, after);
    throwErrors(changes.filter(hasChanged).map(changedProblem));
  });
}

function hasChanged({ path, before }: ManifestChange): boolean {
  try {
    return !fs.readFileSync(path).equals(Buffer.from(before));
  } catch {
    return true;
  }
}

function changedProblem({ file }: ManifestChange): Problem {
  return At.of({ file, line: 1, column: 1 }).refuse(
    'manifest-changed',
    words`${file} changed while it was being edited`,
  );
}
