import { copyFileSync, lstatSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { MadeFrom } from './made.js';
import type { Outcome } from './render/outcome.js';
import { Renderer, type RendererOptions } from './render/renderer.js';
import { Scratch, writePrivate } from './render/scratch.js';

/** The text that a file would have, by its absolute path; undefined for one that would be gone. */
export type FileChanges = ReadonlyMap<string, string | undefined>;

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
