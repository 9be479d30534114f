import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { compareText } from '../../model/names/names.js';
import { textOf } from '../../yaml/text.js';
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

/** The files of a repository, each asked for once in a run. Nothing outside of it is read, whatever links say. */
export class RepositoryFiles {
  /** Without links. */
  readonly root: string;
  readonly #base: string;
  readonly #found = new Map<string, Found>();
  readonly #digests = new Map<string, string>();
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
    return slashed(path.relative(this.#base, file)) || '.';
  }

  /** A path relative to the root of the repository, with forward slashes. */
  inRepository(file: string): string {
    const inside = this.root + path.sep;
    const relative =
      file.startsWith(inside) && !file.includes('..') ? file.slice(inside.length) : path.relative(this.root, file);
    return slashed(relative) || '.';
  }

  /** Follows an absolute path. */
  find(file: string): Found {
    const known = this.#found.get(file);
    if (known) return known;
    const found = this.#look(file);
    this.#found.set(file, found);
    return found;
  }

  /** Takes note of files and folders, no links, that a folder was seen to hold. */
  note(folder: string, entries: readonly { readonly name: string; readonly isFolder: boolean }[]): void {
    const around = this.find(folder);
    if (around.is !== 'folder') return;
    for (const { name, isFolder } of entries)
      this.#found.set(path.join(folder, name), {
        is: isFolder ? 'folder' : 'file',
        real: path.join(around.real, name),
      });
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
      if (statSync(real).size > largest) return { reason: 'it is larger than 64 MiB' };
      return readFileSync(real);
    } catch (error) {
      return { reason: reasonOf(error) };
    }
  }

  /** The text of a file, by its path without links; or why it cannot be read. */
  text(real: string): string | Unreadable {
    const bytes = this.bytes(real);
    if (!Buffer.isBuffer(bytes)) return bytes;
    this.#digests.set(real, digestOf(bytes));
    return textOf(bytes) ?? { reason: 'it is not UTF-8 text' };
  }

  /** A hash of what a file holds, by its path without links. */
  digest(real: string): string {
    const known = this.#digests.get(real);
    if (known !== undefined) return known;
    const bytes = this.bytes(real);
    const digest = Buffer.isBuffer(bytes) ? digestOf(bytes) : `unreadable: ${bytes.reason}`;
    this.#digests.set(real, digest);
    return digest;
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

  /** A path without links on the way costs one question to the system. */
  #look(file: string): Found {
    if (file === this.root) return { is: 'folder', real: file };
    if (!liesIn(this.root, file)) return this.#lookBehindLinks(file);
    const around = this.find(path.dirname(file));
    if (around.is !== 'folder') return around.is === 'file' ? { is: 'missing' } : around;
    const at = path.join(around.real, path.basename(file));
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

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
