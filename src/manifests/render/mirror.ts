import { copyFileSync, lstatSync, mkdirSync, readlinkSync, realpathSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { liesIn } from '../repository.js';

/**
 * Copies a part of a repository, so that a file of it can be another one there: each path leads to the same as in the
 * repository, over the same links.
 */
export class Mirror {
  readonly #root: string;
  readonly #folder: string;
  readonly #done = new Set<string>();

  /** @param root the repository, without links */
  constructor(root: string, folder: string) {
    this.#root = root;
    this.#folder = folder;
  }

  /** Where a path of the repository lies in the copy. */
  at(file: string): string {
    return path.join(this.#folder, path.relative(this.#root, file));
  }

  /** Copies a file with the folders and links on the way to it; a folder is made, and what lies in it is not copied. */
  add(file: string): void {
    if (this.#done.has(file)) return;
    this.#done.add(file);
    let at = this.#root;
    const names = path.relative(this.#root, file).split(path.sep).filter(Boolean);
    for (const [index, name] of names.entries()) {
      at = path.join(at, name);
      const stats = lstatSync(at);
      if (stats.isSymbolicLink()) {
        const target = this.#link(at);
        return this.add(path.join(target, ...names.slice(index + 1)));
      }
      if (stats.isDirectory()) mkdirSync(this.at(at), { recursive: true, mode: 0o700 });
      else copyFileSync(at, this.at(at));
    }
  }

  #link(at: string): string {
    const next = path.resolve(path.dirname(at), readlinkSync(at));
    const target = liesIn(this.#root, next) ? next : realpathSync(at);
    if (!this.#done.has(`link ${at}`))
      symlinkSync(path.relative(path.dirname(this.at(at)), this.at(target)), this.at(at));
    this.#done.add(`link ${at}`);
    return target;
  }
}
