import fs from 'node:fs';
import { KnownCredentials } from '../model/exposure/known-credentials.js';
import { At } from '../model/problem/at.js';
import { type Problem, throwErrors } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { refuseExposed } from './guard.js';
import { makeTogether, Staging } from './staging.js';

/** A manifest of the user with its new text. */
export interface ManifestChange {
  /** As it stands in messages. */
  readonly file: string;
  readonly path: string;
  /** The text that was read; undefined for a file that is not there yet. */
  readonly before: string | undefined;
  /** Undefined for one of ours that is to go. */
  readonly after: string | undefined;
}

/**
 * Writes manifests: all of them or none. Throws `manifest-changed` for what is no longer what was read, `output-exposed`,
 * and `output-not-writable`.
 *
 * @param root the folder that all of them lie in
 * @param known credentials that must stand in none of what is new
 */
export function writeManifests(root: string, changes: readonly ManifestChange[], known = KnownCredentials.none): void {
  refuseExposed(
    changes.map(({ file: shown, before, after = '' }) => ({ shown, text: after, before })),
    known,
  );
  const files = new Map(changes.map(({ path, file }) => [path, file]));
  const staging = new Staging(root, (path) => files.get(path) ?? path);
  makeTogether([staging], () => {
    for (const { path, before, after } of changes) {
      if (after === undefined) staging.remove(path);
      else if (before === undefined) staging.create(path, after);
      else staging.edit(path, after);
    }
    throwErrors(changes.filter(hasChanged).map(changedProblem));
  });
}

function hasChanged({ path, before }: ManifestChange): boolean {
  // What is not there yet is not overwritten either.
  if (before === undefined) return false;
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
