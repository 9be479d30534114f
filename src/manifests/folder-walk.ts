import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { compareText } from '../model/names/names.js';
import type { BaseFolders } from './base-folders.js';
import { type Exclusions, type Glob, isManifestName } from './file-pattern.js';
import type { LeftOutCount } from './left-out.js';

/** Folders in which no manifest of a repository lies. */
export const neverEntered: ReadonlySet<string> = new Set(['.git', 'node_modules']);
// Links can multiply the ways into a folder without a loop.
const mostWays = 32;

/** Start and bounds of a walk. */
export interface WalkOptions {
  readonly root: string;
  /** @default - everything with the name of a manifest */
  readonly glob?: Glob;
  readonly exclusions: Exclusions;
  readonly bases: BaseFolders;
  /** Takes a file: its path as it was reached, and without links. */
  readonly file: (reached: string, real: string) => void;
  /** Counts what is left out. */
  readonly leftOut: LeftOutCount;
  /** Takes what cannot be read. */
  readonly unreadable: (reached: string, reason: string) => void;
}

/** Lists the files of a folder, following links. Folders that a glob matches are taken whole, as a shell would. */
export function walkFolder(options: WalkOptions): void {
  const root = options.root;
  if (options.exclusions.has(root)) return;
  try {
    const all = !options.glob || options.glob.matches('');
    new Walk(options).enter(root, realpathSync(root), { depth: 0, below: '', all, chain: new Set() });
  } catch (error) {
    options.unreadable(root, reasonOf(error));
  }
}

interface Position {
  readonly depth: number;
  /** The way here from the root, with forward slashes, one at its end. */
  readonly below: string;
  /** Whether everything from here on is taken. */
  readonly all: boolean;
  /** The real folders on the way here. */
  readonly chain: ReadonlySet<string>;
}

class Walk {
  readonly #options: WalkOptions;
  readonly #ways = new Map<string, number>();

  constructor(options: WalkOptions) {
    this.#options = options;
  }

  enter(reached: string, real: string, position: Position): void {
    const ways = (this.#ways.get(real) ?? 0) + 1;
    this.#ways.set(real, ways);
    if (ways > mostWays) return this.#options.unreadable(reached, `more than ${mostWays} links lead to it`);
    let entries: Dirent[];
    try {
      entries = readdirSync(reached, { withFileTypes: true });
    } catch (error) {
      return this.#options.unreadable(reached, reasonOf(error));
    }
    this.#options.bases.note(reached, new Set(entries.map((entry) => entry.name)));
    const chain = new Set(position.chain).add(real);
    const here = { ...position, chain };
    for (const entry of entries.sort((a, b) => compareText(a.name, b.name)))
      this.#entry(entry, inFolder(reached, entry.name), inFolder(real, entry.name), here);
  }

  #entry(entry: Dirent, reached: string, real: string, position: Position): void {
    const { glob, exclusions, leftOut } = this.#options;
    const dotted = entry.name.startsWith('.');
    if (dotted && (position.all || !glob?.dots)) {
      if (position.all && (entry.isDirectory() || isManifestName(entry.name)) && !neverEntered.has(entry.name))
        leftOut.note('hidden', entry.name);
      return;
    }
    const matches = !position.all && glob?.matches(`${position.below}${entry.name}`) === true;
    const wanted = position.all ? isManifestName(entry.name) : matches && (glob.anyName || isManifestName(entry.name));
    if (entry.isFile()) {
      const pattern = exclusions.patternOf(reached);
      if (wanted && pattern === undefined) this.#options.file(reached, real);
      else if (wanted) leftOut.note('by a pattern', `!${pattern}`);
      else if (position.all) leftOut.note('not named like a manifest', path.extname(entry.name) || entry.name);
      return;
    }
    if (!entry.isDirectory() && !entry.isSymbolicLink()) return;
    const pattern = exclusions.patternOf(reached);
    if (pattern !== undefined) return leftOut.note('by a pattern', `!${pattern}`);
    const inside = {
      depth: position.depth + 1,
      below: `${position.below}${entry.name}/`,
      all: position.all || matches,
      chain: position.chain,
    };
    if (entry.isDirectory()) this.#folder(entry.name, reached, real, inside);
    else this.#link(entry.name, reached, wanted, inside);
  }

  #folder(name: string, reached: string, real: string, position: Position): void {
    const { glob } = this.#options;
    if (neverEntered.has(name)) return;
    if (position.all || (glob && position.depth < glob.depth)) this.enter(reached, real, position);
  }

  #link(name: string, reached: string, wanted: boolean, position: Position): void {
    try {
      const stats = statSync(reached);
      const real = realpathSync(reached);
      if (stats.isFile() && wanted) this.#options.file(reached, real);
      if (!stats.isDirectory()) return;
      if (position.chain.has(real))
        this.#options.unreadable(reached, 'the link leads back to a folder that it lies in');
      else this.#folder(name, reached, real, position);
    } catch (error) {
      if (wanted) this.#options.unreadable(reached, reasonOf(error));
    }
  }
}

/** A name in a folder that is given without a trailing slash. */
function inFolder(folder: string, name: string): string {
  return folder.endsWith(path.sep) ? folder + name : folder + path.sep + name;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is nothing at its end',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'the link leads to itself',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ENAMETOOLONG: 'the path is too long',
  EMFILE: 'too many files are open',
};

/** Why the system would not, without the path that its own message has. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code === undefined) throw error;
  return reasons[code] ?? `the system says ${code}`;
}

/** The code of an error of the system; undefined for any other error. */
export function codeOf(error: unknown): string | undefined {
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  return typeof code === 'string' && typeof syscall === 'string' ? code : undefined;
}
