import fs from 'node:fs';
import path from 'node:path';
import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { diskCode, diskProblem, notWritable } from './disk-error.js';
import { foldPath } from './output-path.js';
import { isTemporaryName } from './temporary.js';

/** Kinds of what stands at a path below the output folder. Paths are as the disk spells them. */
export type Found =
  | { readonly kind: 'missing' }
  | { readonly kind: 'blocked'; readonly problem: Problem }
  | { readonly kind: 'file' | 'folder' | 'link' | 'other'; readonly path: string };

type Listing =
  | { readonly kind: 'missing' }
  | { readonly kind: 'blocked'; readonly problem: Problem }
  | { readonly kind: 'listed'; readonly folder: ListedFolder };

/** The output folder as it is on disk, each folder read once, links never followed. */
export class DiskTree {
  /** Temporary files and folders that a killed run left in the folders that were read. */
  readonly leftovers: string[] = [];
  /** Folders that cannot be read. */
  readonly refusals: Problem[] = [];
  readonly #listings = new Map<string, Listing>();

  constructor(readonly root: string) {}

  /** Finds what stands at a path. */
  find(file: string): Found {
    const slash = file.lastIndexOf('/');
    const listing = this.#list(slash === -1 ? '' : file.slice(0, slash));
    return listing.kind === 'listed' ? listing.folder.find(file.slice(slash + 1)) : listing;
  }

  /** Everything in a folder, sorted by name; nothing if it is no folder. */
  entries(folder: string): Found[] {
    const listing = this.#list(folder);
    return listing.kind === 'listed' ? listing.folder.all() : [];
  }

  /** A path as the user may type it. */
  shown(file: string): string {
    return path.join(this.root, file);
  }

  /** A link is in the way, wherever it leads: nothing is written through it, and it is not ours to replace. */
  linkProblem(link: string): Problem {
    const target = realPath(this.shown(link));
    const root = realPath(this.root);
    const inside = target !== undefined && root !== undefined && target.startsWith(root + path.sep);
    const where = target === undefined ? 'leads nowhere' : 'leads out of the output folder';
    return inside
      ? At.of().refuse('output-foreign-file', words`${this.shown(link)} is a symbolic link`)
      : At.of().refuse('output-path-outside', words`${this.shown(link)} is a symbolic link and ${where}`);
  }

  #list(folder: string): Listing {
    let listing = this.#listings.get(folder);
    if (listing === undefined) {
      listing = folder === '' ? this.#read('') : this.#descend(folder);
      this.#listings.set(folder, listing);
    }
    return listing;
  }

  #descend(folder: string): Listing {
    const found = this.find(folder);
    switch (found.kind) {
      case 'folder':
        return this.#read(found.path);
      case 'link':
        return { kind: 'blocked', problem: this.linkProblem(found.path) };
      case 'file':
      case 'other':
        return { kind: 'blocked', problem: notAFolder(this.shown(found.path)) };
      default:
        return found;
    }
  }

  #read(folder: string): Listing {
    const shown = this.shown(folder);
    try {
      const entries = fs.readdirSync(shown, { withFileTypes: true });
      for (const { name } of entries) if (isTemporaryName(name)) this.leftovers.push(join(folder, name));
      return { kind: 'listed', folder: new ListedFolder(this.root, folder, entries) };
    } catch (error) {
      if (diskCode(error) === 'ENOENT') return { kind: 'missing' };
      if (diskCode(error) === 'ENOTDIR') return { kind: 'blocked', problem: notAFolder(shown) };
      const problem = diskProblem(shown, 'cannot be read', error);
      this.refusals.push(problem);
      return { kind: 'blocked', problem };
    }
  }
}

class ListedFolder {
  readonly #byName: Map<string, fs.Dirent>;
  #byFoldedName: Map<string, fs.Dirent> | undefined;

  constructor(
    private readonly root: string,
    private readonly path: string,
    entries: readonly fs.Dirent[],
  ) {
    this.#byName = new Map(entries.map((entry) => [entry.name, entry]));
  }

  find(name: string): Found {
    const entry = this.#byName.get(name) ?? this.#inOtherCase(name);
    return entry === undefined ? { kind: 'missing' } : this.#found(entry);
  }

  all(): Found[] {
    const names = [...this.#byName.keys()].sort();
    return names.map((name) => this.#found(this.#byName.get(name)!));
  }

  /** Where the disk ignores case, `Team.yaml` is in the way of `team.yaml`. */
  #inOtherCase(name: string): fs.Dirent | undefined {
    this.#byFoldedName ??= new Map([...this.#byName].map(([known, entry]) => [foldPath(known), entry]));
    const entry = this.#byFoldedName.get(foldPath(name));
    if (entry === undefined) return undefined;
    return fs.lstatSync(path.join(this.root, this.path, name), { throwIfNoEntry: false }) && entry;
  }

  #found(entry: fs.Dirent): Found {
    return { kind: kindOf(entry), path: join(this.path, entry.name) };
  }
}

function kindOf(entry: fs.Dirent): 'file' | 'folder' | 'link' | 'other' {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}

function notAFolder(shown: string): Problem {
  return notWritable(`${shown} is not a folder, or lies below a file`);
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function realPath(file: string): string | undefined {
  try {
    return fs.realpathSync(file);
  } catch {
    return undefined;
  }
}
