import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { type Words, words } from '../../model/problem/shown.js';
import { textOf } from '../../yaml/text.js';
import { slashed } from '../file-pattern.js';
import { repositoryOf } from '../repository.js';
import { Git, type GitBlob } from './git.js';

/** A file that has changed. A text that is not there is undefined. */
export interface ChangedFile {
  /** Without links. */
  readonly path: string;
  readonly former: string | undefined;
  readonly present: string | undefined;
}

/** Files that have changed, or why it is not known what they were. */
export type Changes =
  | { readonly count: number; readonly files: readonly ChangedFile[] }
  | { readonly count: number; readonly unclear: Words };

/** Question what has changed. */
export interface ChangesAsked {
  /** A folder of the repository. */
  readonly base: string;
  /** Absolute paths, each with where else it may be meant to lie. @default - everything that Git says */
  readonly files?: readonly (readonly string[])[] | undefined;
  /** The revision of Git that they have changed since. @default - `HEAD`, where each file must differ from it */
  readonly since?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Looks up what files are and were. A revision that Git does not know is undefined. */
export async function changedFiles(asked: ChangesAsked): Promise<Changes | undefined> {
  const root = repositoryOf(asked.base);
  const git = new Git(root, asked.environment);
  const commit = await git.commitOf(asked.since ?? 'HEAD');
  if (commit === undefined)
    return asked.since === undefined
      ? unclear(asked.files ?? [], words`Git does not say what they held before`)
      : undefined;
  const paths = asked.files
    ? asked.files.map((places) => placeOf(places, root))
    : (await git.changedSince(commit))?.map((file) => path.join(root, file));
  if (!paths) return undefined;
  return new FormerFiles(root, git, commit, asked.since).changes([...new Set(paths)]);
}

class FormerFiles {
  readonly #root: string;
  readonly #git: Git;
  readonly #commit: string;
  readonly #since: string | undefined;

  constructor(root: string, git: Git, commit: string, since: string | undefined) {
    this.#root = root;
    this.#git = git;
    this.#commit = commit;
    this.#since = since;
  }

  async changes(paths: readonly string[]): Promise<Changes> {
    const names = paths.map((file) => slashed(path.relative(this.#root, file)));
    const foreign = names.find((name, index) => name.startsWith('..') || !this.#isOwn(paths[index] ?? ''));
    if (foreign !== undefined) return unclear(paths, words`${foreign} does not lie in the repository`);
    const blobs = await this.#git.blobs(this.#commit, names);
    if (!blobs) return unclear(paths, words`Git does not say what they held before`);
    const odd = names.find((name) => !isFile(blobs.get(name)));
    if (odd !== undefined) return unclear(paths, words`${odd} was a link or a folder`);
    const known = names.filter((name) => blobs.has(name));
    const contents = await this.#git.contents(known.flatMap((name) => blobs.get(name) ?? []));
    if (!contents) return unclear(paths, words`Git does not say what they held before`);
    const former = new Map(known.map((name, index) => [name, contents[index]]));
    const files: ChangedFile[] = [];
    for (const [index, file] of paths.entries()) {
      const name = names[index] ?? '';
      const found = this.#file(file, name, former.get(name));
      if ('why' in found) return unclear(paths, found.why);
      files.push(found);
    }
    return { count: paths.length, files };
  }

  #file(file: string, name: string, before: Uint8Array | undefined): ChangedFile | { readonly why: Words } {
    const now = presentOf(file);
    if (now === 'odd') return { why: words`${name} is a link or a folder, or cannot be read` };
    if (!now && !before) return { why: words`${name} is not there` };
    if (this.#since === undefined && now && before && Buffer.compare(now, before) === 0)
      return { why: words`${name} is as it is in HEAD; --since names the revision that it has changed since` };
    const [former, present] = [before, now].map((bytes) => bytes && (textOf(bytes) ?? 'odd'));
    if (former === 'odd' || present === 'odd') return { why: words`${name} is or was not UTF-8 text` };
    return { path: now ? realpathSync(file) : file, former, present };
  }

  /** Whether a file lies in this repository and in none within it. */
  #isOwn(file: string): boolean {
    for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
      try {
        return repositoryOf(folder) === this.#root;
      } catch {
        if (path.dirname(folder) === folder) return false;
      }
    }
  }
}

function isFile(blob: GitBlob | undefined): boolean {
  return blob === undefined || blob.mode === '100644' || blob.mode === '100755';
}

function presentOf(file: string): Buffer | 'odd' | undefined {
  try {
    const stats = lstatSync(file, { throwIfNoEntry: false });
    if (!stats) return undefined;
    return stats.isFile() ? readFileSync(file) : 'odd';
  } catch {
    return 'odd';
  }
}

/** The first place where a file is; the first of all where it is nowhere, with folders without links. */
function placeOf(places: readonly string[], root: string): string {
  const found = places.find((each) => lstatSync(each, { throwIfNoEntry: false })) ?? places[0] ?? root;
  try {
    return path.join(realpathSync(path.dirname(found)), path.basename(found));
  } catch {
    return found;
  }
}

function unclear(files: readonly unknown[], why: Words): Changes {
  return { count: files.length, unclear: why };
}
