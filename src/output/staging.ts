import fs from 'node:fs';
import path from 'node:path';
import { diskCode } from './disk-error.js';
import { temporaryPath } from './temporary.js';

interface Move {
  readonly from: string;
  readonly to: string;
}

/**
 * Changes to a folder that are prepared beside their places and then made by renaming. A folder that does not exist
 * yet is prepared whole, as one temporary folder, and renamed once; that is as fast as writing it directly.
 */
export class Staging {
  /** What is being dealt with, for messages. */
  current: string;
  /** For every folder of the output the folder that its new files are written to. */
  readonly #places = new Map<string, string>();
  readonly #moves: Move[] = [];
  readonly #removals: string[] = [];
  #moved = 0;
  /** The mode that new files get here, once it is known. */
  #newMode: number | undefined;

  constructor(private readonly root: string) {
    this.current = root;
  }

  /** Prepares a file that must not exist yet. */
  create(file: string, text: string): void {
    this.current = file;
    const folder = path.dirname(file);
    const place = this.#placeOf(folder);
    if (place !== folder) writeNew(place + file.slice(folder.length), text);
    else if (fs.lstatSync(file, { throwIfNoEntry: false })) throw changed('EEXIST', 'it was not there before');
    else this.#prepare(file, text);
  }

  /** Prepares a file that takes the place of another, and its mode. */
  replace(file: string, text: string): void {
    this.current = file;
    const { mode } = this.#existing(file);
    const temporary = this.#prepare(file, text);
    this.#newMode ??= fs.lstatSync(temporary).mode;
    // The file has just been made, exclusively, so this follows no link.
    if (mode !== this.#newMode) fs.chmodSync(temporary, mode & 0o7777);
  }

  /** Notes that a file is to go. */
  remove(file: string): void {
    this.current = file;
    this.#existing(file);
    this.#removals.push(file);
  }

  /** Removes a temporary file or folder of a run that was killed. */
  clear(leftover: string): void {
    this.current = leftover;
    removeTemporary(leftover);
  }

  /** Makes all changes. */
  commit(): void {
    for (const { from, to } of this.#moves) {
      this.current = to;
      fs.renameSync(from, to);
      this.#moved++;
    }
    for (const file of this.#removals) {
      this.current = file;
      fs.unlinkSync(file);
    }
  }

  /** Removes what was prepared and not yet moved. */
  discard(): void {
    for (const { from } of this.#moves.slice(this.#moved)) {
      try {
        removeTemporary(from);
      } catch {
        // The error that led here says more; the next run clears what is left.
      }
    }
  }

  #existing(file: string): fs.Stats {
    const folder = path.dirname(file);
    const stats = this.#placeOf(folder) === folder ? fs.lstatSync(file, { throwIfNoEntry: false }) : undefined;
    if (!stats?.isFile()) throw changed('ENOENT', 'the file is gone');
    return stats;
  }

  #prepare(file: string, text: string): string {
    const temporary = temporaryPath(file);
    makeAnew(temporary, () => {
      try {
        writeNew(temporary, text);
      } catch (error) {
        if (diskCode(error) !== 'EEXIST') removeTemporary(temporary);
        throw error;
      }
    });
    this.#moves.push({ from: temporary, to: file });
    return temporary;
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
    makeAnew(temporary, () => fs.mkdirSync(temporary));
    this.#moves.push({ from: temporary, to: folder });
    return temporary;
  }
}

function writeNew(file: string, text: string): void {
  fs.writeFileSync(file, text, { flag: 'wx', mode: 0o644 });
}

/** Makes a temporary file or folder; what a killed run left in its place is cleared first. */
function makeAnew(temporary: string, make: () => void): void {
  try {
    make();
  } catch (error) {
    if (diskCode(error) !== 'EEXIST') throw error;
    removeTemporary(temporary);
    make();
  }
}

/** Also a whole folder: the name is ours alone. A link is removed, never followed. */
function removeTemporary(temporary: string): void {
  fs.rmSync(temporary, { recursive: true, force: true });
}

/** The folder is not what the plan saw. */
function changed(code: string, message: string): Error {
  return Object.assign(new Error(`${code}: ${message}`), { code });
}
