import { hash } from 'node:crypto';
import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { compareText } from '../../model/names/names.js';
import { mayHoldMark } from '../../yaml/edits/marks.js';
import { textOf } from '../../yaml/text.js';
import { DiskText } from '../disk-text.js';
import { slashed } from '../file-pattern.js';
import { neverEntered, reasonOf } from '../folder-walk.js';
import { liesIn } from '../repository.js';

/** Kinds of what a path leads to, after links. */
export type Found =
  | { readonly is: 'file'; readonly real: string }
  | { readonly is: 'folder'; readonly real: string }
  | { readonly is: 'missing' }
  | { readonly is: 'outside' }
  | { readonly is: 'unreadable'; readonly reason: string };

/** Why something cannot be read. */
export interface Unreadable {
  readonly reason: string;
}

/** An entry of a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly found: Found;
}

/** A larger file is no part of a rendering. */
const largest = 64 * 1024 * 1024;
const tooLarge: Unreadable = { reason: 'it is larger than 64 MiB' };

/** The files of a repository, each asked for once in a run. Nothing outside of it is read, whatever links say. */
export class RepositoryFiles {
  /** Without links. */
  readonly root: string;
  readonly #base: string;
  readonly #found = new Map<string, Found>();
  /** The files and folders that folders hold, by names; undefined for what cannot be listed. */
  readonly #listings = new Map<string, ReadonlyMap<string, Dirent> | undefined>();
  readonly #disk = new DiskText();
  readonly #digests = new Map<string, string>();
  readonly #marked = new Set<string>();
  readonly #entries = new Map<string, readonly FolderEntry[] | Unreadable>();

  /** @param base the folder that paths in messages are relative to */
  constructor(root: string, base: string) {
    this.root = realpathSync(root);
    this.#base = realpathSync(base);
  }

  /** The absolute path of one that is relative to the root of the repository. */
  at(relative: string): string {
    return path.resolve(this.root, relative);
  }

  /** A path as it stands in messages. */
  shown(file: string): string {
    return relativeTo(this.#base, file);
  }

  /** A path relative to the root of the repository, with forward slashes. */
  inRepository(file: string): string {
    return relativeTo(this.root, file);
  }

  /** Follows an absolute path. */
  find(file: string): Found {
    const known = this.#found.get(file);
    if (known) return known;
    const found = this.#look(file);
    this.#found.set(file, found);
    return found;
  }

  /** The things in a folder, links among them; none where it is no folder, or cannot be listed. */
  listing(folder: string): Iterable<Dirent> {
    const found = this.find(folder);
    return (found.is === 'folder' && this.#listing(found.real)?.values()) || [];
  }

  /** The entries of a folder, sorted. `.git` is none, nor is `node_modules`, which Git does not have. */
  entries(folder: string): readonly FolderEntry[] | Unreadable {
    const known = this.#entries.get(folder) ?? this.#list(folder);
    this.#entries.set(folder, known);
    return known;
  }

  /** The bytes of a file, by its path without links; or why they cannot be read. */
  bytes(real: string): Buffer | Unreadable {
    try {
      if (statSync(real).size > largest) return tooLarge;
      return readFileSync(real);
    } catch (error) {
      return { reason: reasonOf(error) };
    }
  }

  /** The text of a file, by its path without links; or why it cannot be read. */
  text(real: string): string | Unreadable {
    const bytes = this.#read(real);
    if ('reason' in bytes) return bytes;
    return textOf(bytes) ?? { reason: 'it is not UTF-8 text' };
  }

  /** A hash of what a file holds, by its path without links. */
  digest(real: string): string {
    if (!this.#digests.has(real)) this.#read(real);
    return this.#digests.get(real) ?? '';
  }

  /** Whether a file that was read may hold a mark of ours, by its path without links. */
  mayBeMarked(real: string): boolean {
    return this.#marked.has(real);
  }

  /** Reads a file, and keeps what is asked about all that were read. */
  #read(real: string): Uint8Array | Unreadable {
    const bytes = this.#bytes(real);
    const isRead = !('reason' in bytes);
    this.#digests.set(real, isRead ? hash('sha256', bytes) : `unreadable: ${bytes.reason}`);
    if (isRead && mayHoldMark(bytes)) this.#marked.add(real);
    return bytes;
  }

  #bytes(real: string): Uint8Array | Unreadable {
    try {
      const bytes = this.#disk.bytes(real, largest);
      return bytes === 'too large' ? tooLarge : bytes;
    } catch (error) {
      return { reason: reasonOf(error) };
    }
  }

  #list(folder: string): readonly FolderEntry[] | Unreadable {
    try {
      return readdirSync(folder)
        .sort(compareText)
        .filter((name) => !neverEntered.has(name))
        .map((name) => ({ name, found: this.find(path.join(folder, name)) }));
    } catch (error) {
      return { reason: reasonOf(error) };
    }
  }

  #listing(real: string): ReadonlyMap<string, Dirent> | undefined {
    if (!this.#listings.has(real)) this.#listings.set(real, listed(real));
    return this.#listings.get(real);
  }

  /** The system is asked once for all that lies in a folder. */
  #look(file: string): Found {
    if (file === this.root) return { is: 'folder', real: file };
    if (!liesIn(this.root, file)) return this.#lookBehindLinks(file);
    const around = this.find(path.dirname(file));
    if (around.is !== 'folder') return around.is === 'file' ? { is: 'missing' } : around;
    const name = path.basename(file);
    const at = around.real + path.sep + name;
    const listing = this.#listing(around.real);
    if (listing) {
      const entry = listing.get(name);
      if (!entry) return { is: 'missing' };
      if (entry.isFile()) return { is: 'file', real: at };
      if (entry.isDirectory()) return { is: 'folder', real: at };
    }
    try {
      const stats = lstatSync(at, { throwIfNoEntry: false });
      if (!stats) return { is: 'missing' };
      return stats.isSymbolicLink() ? this.#lookBehindLinks(at) : kindOf(at, stats);
    } catch (error) {
      return notFound(error);
    }
  }

  #lookBehindLinks(file: string): Found {
    try {
      const real = realpathSync(file);
      if (!liesIn(this.root, real)) return { is: 'outside' };
      return kindOf(real, statSync(real));
    } catch (error) {
      return notFound(error);
    }
  }
}

function relativeTo(folder: string, file: string): string {
  const isInside = file.startsWith(folder) && file.charAt(folder.length) === path.sep && !file.includes('..');
  return slashed(isInside ? file.slice(folder.length + 1) : path.relative(folder, file)) || '.';
}

function listed(folder: string): ReadonlyMap<string, Dirent> | undefined {
  try {
    return new Map(readdirSync(folder, { withFileTypes: true }).map((entry) => [entry.name, entry]));
  } catch {
    return undefined;
  }
}

function notFound(error: unknown): Found {
  const { code } = error as { code?: unknown };
  // A path with a NUL is that of no file.
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ERR_INVALID_ARG_VALUE') return { is: 'missing' };
  return { is: 'unreadable', reason: reasonOf(error) };
}

function kindOf(real: string, stats: Stats): Found {
  if (stats.isDirectory()) return { is: 'folder', real };
  return stats.isFile() ? { is: 'file', real } : { is: 'unreadable', reason: 'it is neither a file nor a folder' };
}
