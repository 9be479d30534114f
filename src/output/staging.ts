import fs from 'node:fs';
import path from 'node:path';
import { ImagePullError } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { diskCode, diskProblem, notWritable } from './disk-error.js';
import { creation, type FileChange, giveLooks, overwriting, removal, replacement, writeNew } from './file-change.js';
import { clearLeftover, removeTemporary, temporaryPath } from './temporary.js';

/**
 * Lets changes be prepared beside their places, then makes all of them. If anything fails, what was made is taken back
 * and what was prepared is removed.
 */
export function makeTogether(stagings: readonly Staging[], prepare: () => void): void {
  try {
    prepare();
    for (const staging of stagings) staging.make();
  } catch (error) {
    const stuck = stagings.toReversed().flatMap((staging) => staging.takeBack());
    if (stuck.length === 0 || !ImagePullError.is(error)) throw error;
    const others = stuck.length === 1 ? '' : ` and ${stuck.length - 1} more`;
    const message = `${stuck[0]}${others} changed before that, and what was there could not be given back`;
    throw new ImagePullError([
      ...error.problems,
      notWritable(message, words`Run it again once the disk can be written`),
    ]);
  }
  for (const staging of stagings) staging.finish();
}

/**
 * Changes to a folder, for {@link makeTogether}. A folder that does not exist yet is prepared whole, as one temporary
 * folder, and renamed once; that is as fast as writing it directly. Throws `output-not-writable`.
 */
export class Staging {
  /** For every folder of the output the folder that its new files are written to. */
  readonly #places = new Map<string, string>();
  readonly #changes: FileChange[] = [];
  #made = 0;

  /** @param shown a path as it stands in messages */
  constructor(
    private readonly root: string,
    private readonly shown: (file: string) => string,
  ) {}

  /**
   * Prepares a file that must not exist yet.
   *
   * @param isSecret whether nobody but its owner may read it
   */
  create(file: string, text: string, isSecret = false): void {
    this.#on(file, () => {
      const folder = path.dirname(file);
      const place = this.#placeOf(folder);
      if (place !== folder) writeNew(place + file.slice(folder.length), text, isSecret);
      else if (fs.lstatSync(file, { throwIfNoEntry: false })) throw changed('EEXIST', 'it was not there before');
      else this.#changes.push(creation(file, prepared(file, text, isSecret)));
    });
  }

  /** Prepares a file of ours that takes the place of another. */
  replace(file: string, text: string): void {
    this.#on(file, () => {
      const stats = this.#existing(file);
      const temporary = prepared(file, text, isOwnersAlone(stats));
      this.#changes.push(replacement(file, temporary, stats));
      giveLooks(temporary, stats);
    });
  }

  /** Prepares another text for a file of the user, which keeps its owner, its mode and its hard links. */
  edit(file: string, text: string): void {
    this.#on(file, () => {
      const stats = this.#existing(file);
      const temporary = prepared(file, text, isOwnersAlone(stats));
      this.#changes.push(replacement(file, temporary, stats));
      if (!giveLooks(temporary, stats) || stats.nlink > 1)
        this.#changes.splice(-1, 1, overwriting(file, temporary, text));
    });
  }

  /** Notes that a file is to go. */
  remove(file: string): void {
    this.#on(file, () => {
      this.#existing(file);
      const temporary = temporaryPath(file);
      if (!clearLeftover(temporary)) throw inTheWay(temporary);
      this.#changes.push(removal(file, temporary));
    });
  }

  /** Removes a temporary file or folder of a run that was killed; what else stands there stays. */
  clear(leftover: string): void {
    this.#on(leftover, () => clearLeftover(leftover));
  }

  /** Makes all changes. */
  make(): void {
    for (const change of this.#changes) {
      this.#on(change.file, () => change.make());
      this.#made++;
    }
  }

  /** Gives back what was, and removes what was prepared. Answers with the files that stay changed. */
  takeBack(): string[] {
    const stuck: string[] = [];
    while (this.#changes.length > 0) {
      const isMade = this.#changes.length === this.#made;
      const { file, temporary, takeBack } = this.#changes.pop()!;
      try {
        if (isMade) {
          this.#made--;
          takeBack();
        }
        removeTemporary(temporary);
      } catch {
        // The error that led here says more; the next run clears what is left.
        if (isMade) stuck.push(this.shown(file));
      }
    }
    return stuck;
  }

  /** Removes what was kept until all changes were made. */
  finish(): void {
    for (const { temporary, keeps } of this.#changes) if (keeps) this.#on(temporary, () => removeTemporary(temporary));
  }

  #on(file: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      throw new ImagePullError(diskProblem(this.shown(file), 'cannot be written', error));
    }
  }

  #existing(file: string): fs.Stats {
    const folder = path.dirname(file);
    const stats = this.#placeOf(folder) === folder ? fs.lstatSync(file, { throwIfNoEntry: false }) : undefined;
    if (!stats?.isFile()) throw changed('ENOENT', 'the file is gone');
    return stats;
  }

  #placeOf(folder: string): string {
    let place = this.#places.get(folder);
    if (place === undefined) {
      place = this.#isFolder(folder) ? folder : this.#newFolder(folder);
      this.#places.set(folder, place);
    }
    return place;
  }

  /** Up to the output folder links are the user's choice; below it nothing is written through one. */
  #isFolder(folder: string): boolean {
    const stat = folder.length > this.root.length ? fs.lstatSync : fs.statSync;
    const stats = stat(folder, { throwIfNoEntry: false });
    if (stats !== undefined && !stats.isDirectory())
      throw changed('ENOTDIR', `${path.basename(folder)} is not a folder`);
    return stats !== undefined;
  }

  #newFolder(folder: string): string {
    const parent = path.dirname(folder);
    const place = this.#placeOf(parent);
    if (place !== parent) {
      const made = place + folder.slice(parent.length);
      fs.mkdirSync(made);
      return made;
    }
    const temporary = temporaryPath(folder);
    makeAnew(temporary, '', () => fs.mkdirSync(temporary));
    this.#changes.push(creation(folder, temporary));
    return temporary;
  }
}

/** Writes a text beside the place that it is for. */
function prepared(file: string, text: string, isSecret: boolean): string {
  const temporary = temporaryPath(file);
  makeAnew(temporary, text, () => {
    try {
      writeNew(temporary, text, isSecret);
    } catch (error) {
      if (diskCode(error) !== 'EEXIST') removeTemporary(temporary);
      throw error;
    }
  });
  return temporary;
}

/** A file that others cannot read is not readable for a moment either. */
function isOwnersAlone({ mode }: fs.Stats): boolean {
  return (mode & 0o077) === 0;
}

/** Makes a temporary file or folder; what a killed run left in its place is cleared first. */
function makeAnew(temporary: string, text: string, make: () => void): void {
  try {
    make();
  } catch (error) {
    if (diskCode(error) !== 'EEXIST') throw error;
    if (!clearLeftover(temporary, text)) throw inTheWay(temporary);
    make();
  }
}

function inTheWay(temporary: string): Error {
  return changed('EEXIST', `${path.basename(temporary)} is in the way and was not written by this tool`);
}

/** The folder is not what the plan saw. */
function changed(code: string, message: string): Error {
  return Object.assign(new Error(`${code}: ${message}`), { code });
}
