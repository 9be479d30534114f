import fs from 'node:fs';
import path from 'node:path';
import { KnownCredentials } from '../model/exposure/known-credentials.js';
import { throwErrors } from '../model/problem/problem.js';
import { diskCode } from './disk-error.js';
import { type GuardedText, refuseExposed } from './guard.js';
import type { Plan } from './plan.js';
import { makeTogether, Staging } from './staging.js';
import { temporaryPath } from './temporary.js';

/** A plan and the folder that it is for. */
export interface FolderPlan {
  readonly folder: string;
  readonly plan: Plan;
  /** True for a folder of the user: nothing of ours was ever prepared beside it. @default false */
  readonly isUsers?: boolean;
}

/**
 * Does what plans say: the only code that changes output. First every new text is written beside its place, for all
 * folders, then all of them are renamed into it, then files are pruned. If any of it fails, what was there is given
 * back; each file is whole at any time; a run after one that was killed ends in the same state.
 * Throws an {@link ImagePullError}: the plans' own problems, `output-exposed`, or `output-not-writable`.
 *
 * @param known credentials that must stand in none of it
 */
export function applyPlans(plans: readonly FolderPlan[], known = KnownCredentials.none): void {
  throwErrors(plans.flatMap(({ plan }) => plan.problems));
  refuseExposed(plans.flatMap(guardedTexts), known);
  const stagings = plans.map(({ folder }) => stagingOf(folder));
  makeTogether(stagings, () => {
    for (const [index, each] of plans.entries()) prepare(each, stagings[index]!);
  });
  for (const { folder, plan } of plans) removeEmptied(folder, plan);
}

/** Texts of a plan; what the charts of others hold is theirs to know. */
function guardedTexts({ folder, plan: { create, replace } }: FolderPlan): GuardedText[] {
  return [...create, ...replace.map(({ file }) => file)]
    .filter(({ stock }) => !stock)
    .map(({ path: file, text, secret }) => ({ shown: path.join(folder, file), text, secret }));
}

/** {@link applyPlans} for one folder. */
export function applyPlan(folder: string, plan: Plan, known = KnownCredentials.none): void {
  applyPlans([{ folder, plan }], known);
}

/** Writes one file that must not exist yet, whole or not at all. Throws `output-exposed` and `output-not-writable`. */
export function createFile(file: string, text: string): void {
  refuseExposed([{ shown: file, text }], KnownCredentials.none);
  const staging = stagingOf(path.dirname(file));
  makeTogether([staging], () => staging.create(path.resolve(file), text));
}

/** A file that somebody names, and its whole text. */
export interface NamedFile {
  readonly path: string;
  readonly text: string;
}

/** Writes files that may be there already: all of them whole, or none. Throws `output-exposed` and `output-not-writable`. */
export function writeNamedFiles(files: readonly NamedFile[]): void {
  refuseExposed(
    files.map(({ path: shown, text }) => ({ shown, text })),
    KnownCredentials.none,
  );
  const stagings = files.map(({ path: file }) => stagingOf(path.dirname(file)));
  makeTogether(stagings, () => {
    for (const [index, { path: named, text }] of files.entries()) {
      const file = path.resolve(named);
      const isThere = fs.lstatSync(file, { throwIfNoEntry: false }) !== undefined;
      if (isThere) stagings[index]?.replace(file, text);
      else stagings[index]?.create(file, text);
    }
  });
}

function stagingOf(folder: string): Staging {
  const root = path.resolve(folder);
  return new Staging(root, (file) => path.join(folder, path.relative(root, file)));
}

function prepare({ folder, plan, isUsers = false }: FolderPlan, staging: Staging): void {
  const root = path.resolve(folder);
  const at = (file: string) => `${root}${path.sep}${file}`;
  for (const leftover of plan.leftovers) staging.clear(at(leftover));
  if (!isUsers) staging.clear(temporaryPath(root));
  for (const { path: file, text, secret } of plan.create) staging.create(at(file), text, secret);
  for (const { file } of plan.replace) staging.replace(at(file.path), file.text);
  for (const { path: file } of plan.prune) staging.remove(at(file));
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
