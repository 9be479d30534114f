import fs from 'node:fs';
import { ImagePullError, type Problem } from '../model/problem/problem.js';
import { diskProblem } from './disk-error.js';
import { Staging } from './staging.js';

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
 * Writes manifests: all of them or none, each replaced at once. Throws `manifest-changed` for what is no longer what
 * was read, and `output-not-writable`.
 *
 * @param root the folder that all of them lie in
 */
export function writeManifests(root: string, changes: readonly ManifestChange[]): void {
  const staging = new Staging(root);
  try {
    for (const { path, after } of changes) staging.replace(path, after);
    const changed = changes.filter(hasChanged);
    if (changed.length > 0) throw new ImagePullError(changed.map(changedProblem));
    staging.commit();
  } catch (error) {
    staging.discard();
    if (ImagePullError.is(error)) throw error;
    takeBack(root, changes);
    const file = changes.find(({ path }) => path === staging.current)?.file ?? staging.current;
    throw new ImagePullError(diskProblem(file, 'cannot be written', error));
  }
}

/** Renaming may fail in the middle: what was replaced already gets its former text again. */
function takeBack(root: string, changes: readonly ManifestChange[]): void {
  const staging = new Staging(root);
  try {
    for (const { path, before, after } of changes) {
      if (fs.readFileSync(path).equals(Buffer.from(after))) staging.replace(path, before);
    }
    staging.commit();
  } catch {
    // The error that led here says more, and Git shows what was edited.
    staging.discard();
  }
}

function hasChanged({ path, before }: ManifestChange): boolean {
  return !fs.readFileSync(path).equals(Buffer.from(before));
}

function changedProblem({ file }: ManifestChange): Problem {
  return {
    code: 'manifest-changed',
    message: `${file} changed while it was being edited`,
    place: { file, line: 1, column: 1 },
    hint: 'run attach again',
  };
}
