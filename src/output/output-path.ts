import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { type Words, words } from '../model/problem/shown.js';

/** Text of a path by which paths are equal on disks that ignore case and ways of composing letters. */
export function foldPath(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/** True for a relative path with forward slashes that stays in its folder and means the same on every system. */
function isInside(path: string): boolean {
  if (/^[A-Za-z]:|[\\\0]/.test(path)) return false;
  return path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}

/** Paths that leave the folder, and paths that collide. */
export function pathProblems(paths: readonly string[]): Problem[] {
  return [...outsideProblems(paths), ...collisions(paths.filter(isInside))];
}

/** Paths that leave the folder. */
export function outsideProblems(paths: readonly string[]): Problem[] {
  const outside = paths.filter((path) => !isInside(path));
  return outside.map((path) =>
    At.of().refuse('output-path-outside', words`the path ${JSON.stringify(path)} leaves the output folder`),
  );
}

function collisions(paths: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  const known = new Map<string, string>();
  for (const path of paths) {
    const other = known.get(foldPath(path));
    if (other !== undefined)
      problems.push(collision(words`${other} and ${path} are one file where case does not count`));
    known.set(foldPath(path), path);
  }
  for (const path of paths) {
    const file = parentsOf(foldPath(path)).find((parent) => known.has(parent));
    if (file !== undefined) problems.push(collision(words`${known.get(file)} is a file and the folder of ${path}`));
  }
  return problems;
}

function collision(message: Words): Problem {
  return At.of().refuse('output-collision', message);
}

/** `a/b/c` gives `a` and `a/b`. */
function parentsOf(path: string): string[] {
  const parents: string[] = [];
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    parents.push(path.slice(0, slash));
  }
  return parents;
}
