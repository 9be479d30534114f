import fs from 'node:fs';
import path from 'node:path';
import { ImagePullError, throwErrors } from '../model/problem/problem.js';
import { diskCode, diskProblem } from './disk-error.js';
import type { Plan } from './plan.js';
import { Staging } from './staging.js';
import { temporaryPath } from './temporary.js';

/**
 * Does what a plan says: the only code that changes the output folder. First every new text is written beside its
 * place, then all of them are renamed into it, then files are pruned. If the first part fails, nothing has changed;
 * each file is whole at any time; a run after one that was killed ends in the same state.
 * Throws an {@link ImagePullError}: the plan's own problems, or `output-not-writable`.
 */
export function applyPlan(folder: string, plan: Plan): void {
  throwErrors(plan.problems);
  const root = path.resolve(folder);
  const at = (file: string) => `${root}${path.sep}${file}`;
  const staging = new Staging(root);
  try {
    for (const leftover of plan.leftovers) staging.clear(at(leftover));
    staging.clear(temporaryPath(root));
    for (const { path: file, text } of plan.create) staging.create(at(file), text);
    for (const { file } of plan.replace) staging.replace(at(file.path), file.text);
    for (const { path: file } of plan.prune) staging.remove(at(file));
    staging.commit();
  } catch (error) {
    staging.discard();
    const shown = path.join(folder, path.relative(root, staging.current));
    throw new ImagePullError(diskProblem(shown, 'cannot be written', error));
  }
  removeEmptied(root, plan);
}

/** Removes the folders that held nothing but pruned files; the output folder itself stays. */
function removeEmptied(root: string, plan: Plan): void {
  for (const emptied of new Set(plan.prune.map((file) => path.posix.dirname(file.path)))) {
    let folder = emptied;
    while (folder !== '.' && removeIfEmpty(path.join(root, folder))) folder = path.posix.dirname(folder);
  }
}

function removeIfEmpty(folder: string): boolean {
  try {
    fs.rmdirSync(folder);
    return true;
  } catch (error) {
    // Not empty, or not ours to remove: either way it stays, and nothing is lost.
    if (diskCode(error) === undefined) throw error;
    return false;
  }
}
