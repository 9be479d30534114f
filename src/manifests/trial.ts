import {
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { neverEntered } from './folder-walk.js';
import type { MadeFrom } from './made.js';
import { originOf } from './origin.js';
import type { Outcome } from './render/outcome.js';
import { Renderer, type RendererOptions } from './render/renderer.js';
import { Scratch, writePrivate } from './render/scratch.js';

/** The text that a file would have, by its absolute path; undefined for one that would be gone. */
export type FileChanges = ReadonlyMap<string, string | undefined>;

/** A repository that may be changed as one likes. */
export interface RepositoryCopy {
  /** The folder of the config in it. */
  readonly base: string;
  /** Answer of its own Git to its URL, as the config would. */
  readonly repositories: Readonly<Record<string, string>>;
  /** The folders by which the original keeps what was rendered. */
  readonly keptIn: readonly string[];
}

/** Renders as if files were others, in a copy of what renderings are made of. */
export class Trial {
  readonly #options: RendererOptions;

  /** @param options without a cache: what was only tried is not kept */
  constructor(options: RendererOptions) {
    this.#options = options;
  }

  /** Renders with the changes, and answers in the order of the renderings. */
  async render(made: readonly MadeFrom[], changes: FileChanges = new Map()): Promise<readonly Outcome[]> {
    return Scratch.use(async (scratch) => {
      const keep = this.#options.interrupted?.(() => scratch.remove());
      try {
        return await this.#renderer(scratch, made, changes).render(made.map(({ rendering }) => rendering));
      } finally {
        keep?.();
      }
    });
  }

  /** Does something with a copy of the whole repository in which some files are others; the copy goes away afterwards. */
  async inRepository<T>(changes: FileChanges, work: (copy: RepositoryCopy) => Promise<T>): Promise<T> {
    return Scratch.use(async (scratch) => {
      const keep = this.#options.interrupted?.(() => scratch.remove());
      try {
        const [base, root] = [realpathSync(this.#options.base), realpathSync(this.#options.root)];
        const copy = scratch.below('repository');
        copyFolder(root, copy);
        // What Git keeps is not copied, but that this is a repository.
        mkdirSync(path.join(copy, '.git'), { recursive: true });
        const at = (file: string) => path.join(copy, path.relative(root, file));
        for (const [file, text] of changes) {
          rmSync(at(file), { force: true });
          if (text !== undefined) writePrivate(at(file), text);
        }
        const origin = originOf(root);
        const repositories = origin === undefined ? {} : { [origin]: path.relative(base, root) || '.' };
        return await work({ base: at(base), repositories, keptIn: [base, root] });
      } finally {
        keep?.();
      }
    });
  }

  /** A renderer of a copy in which some files are others. */
  #renderer(scratch: Scratch, made: readonly MadeFrom[], changes: FileChanges): Renderer {
    const { base, root } = this.#options;
    const [realBase, realRoot] = [realpathSync(base), realpathSync(root)];
    const copy = scratch.below('repository');
    const at = (file: string) => path.join(copy, path.relative(realRoot, file));
    mkdirSync(at(realBase), { recursive: true });
    for (const file of new Set(made.flatMap(({ reached }) => reached))) copyTo(file, at(file));
    for (const [file, text] of changes) {
      if (text === undefined) rmSync(at(file), { force: true });
      else writePrivate(at(file), text);
    }
    return new Renderer({ ...this.#options, base: at(realBase), root: copy });
  }
}

function copyTo(file: string, target: string): void {
  if (lstatSync(file).isDirectory()) mkdirSync(target, { recursive: true });
  else {
    mkdirSync(path.dirname(target), { recursive: true });
    copyFileSync(file, target);
  }
}

/** Links stay links: what they lead to is copied where it is. */
function copyFolder(folder: string, target: string): void {
  mkdirSync(target, { recursive: true });
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const [from, to] = [path.join(folder, entry.name), path.join(target, entry.name)];
    if (entry.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
    else if (entry.isFile()) copyFileSync(from, to, constants.COPYFILE_FICLONE);
    else if (entry.isDirectory() && !neverEntered.has(entry.name)) copyFolder(from, to);
  }
}
