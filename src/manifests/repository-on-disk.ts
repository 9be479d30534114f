import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { compareText } from '../model/names/names.js';
import { Field, TooDeep } from '../model/topology/field.js';
import type { RepositoryView } from '../model/topology/repository-view.js';
import { sourceOf } from '../yaml/nodes.js';
import { textOf } from '../yaml/text.js';
import { yamlDocuments } from '../yaml/yaml-documents.js';
import { YamlError } from '../yaml/yaml-error.js';
import { parseGlob, slashed } from './file-pattern.js';
import { liesIn } from './repository.js';

const neverEntered = new Set(['.git', 'node_modules']);
const largest = 16 * 1024 * 1024;

/** The files of a repository as topology asks about them: what a link leads out of does not exist. */
export class RepositoryOnDisk implements RepositoryView {
  readonly #root: string;
  readonly #pathOfUrl: (url: string) => string | undefined;

  /** @param root the folder of the repository, without links */
  constructor(root: string, pathOfUrl: (url: string) => string | undefined) {
    this.#root = root;
    this.#pathOfUrl = pathOfUrl;
  }

  isFile(file: string): boolean {
    return this.#stat(file)?.isFile() === true;
  }

  isFolder(file: string): boolean {
    return this.#stat(file)?.isDirectory() === true;
  }

  folders(glob: string): readonly string[] {
    return this.#matches(glob, (entry) => entry.isFolder);
  }

  files(glob: string): readonly string[] {
    return this.#matches(glob, (entry) => !entry.isFolder);
  }

  read(file: string): string | undefined {
    const stat = this.#stat(file);
    if (!stat?.isFile() || stat.size > largest) return undefined;
    try {
      return textOf(readFileSync(path.join(this.#root, file)));
    } catch {
      return undefined;
    }
  }

  parse(text: string): unknown {
    try {
      for (const root of yamlDocuments(sourceOf({ file: '', text })))
        return root instanceof YamlError ? undefined : Field.of(root).plain();
    } catch (fault) {
      if (!(fault instanceof TooDeep)) throw fault;
    }
    return undefined;
  }

  pathOfUrl(url: string): string | undefined {
    return this.#pathOfUrl(url);
  }

  #stat(file: string): ReturnType<typeof statSync> {
    try {
      const real = realpathSync(path.join(this.#root, file));
      return liesIn(this.#root, real) ? statSync(real) : undefined;
    } catch {
      return undefined;
    }
  }

  #matches(text: string, wanted: (entry: Found) => boolean): readonly string[] {
    const plain = path.posix.normalize(text.replace(/^\.?\/+/, '') || '.').replace(/\/$/, '');
    const glob = parseGlob(this.#root, plain);
    if (!glob) {
      const found = { path: plain, isFolder: this.isFolder(plain) };
      return (found.isFolder || this.isFile(plain)) && wanted(found) ? [plain] : [];
    }
    const below = slashed(path.relative(this.#root, glob.root)) || '.';
    return [...this.#below(below, glob.depth)]
      .filter((found) => wanted(found) && glob.matches(relativeTo(below, found.path)))
      .map((found) => found.path)
      .sort(compareText);
  }

  *#below(folder: string, depth: number): Generator<Found> {
    if (depth === 0) return;
    for (const { name, isFolder } of this.#entries(folder)) {
      const found = { path: folder === '.' ? name : `${folder}/${name}`, isFolder };
      yield found;
      if (isFolder) yield* this.#below(found.path, depth - 1);
    }
  }

  /** Links to folders are not entered: what they lead to is found where it is. */
  #entries(folder: string): { readonly name: string; readonly isFolder: boolean }[] {
    try {
      return readdirSync(path.join(this.#root, folder), { withFileTypes: true })
        .filter((entry) => entry.isFile() || (entry.isDirectory() && !neverEntered.has(entry.name)))
        .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
    } catch {
      return [];
    }
  }
}

interface Found {
  readonly path: string;
  readonly isFolder: boolean;
}

function relativeTo(folder: string, file: string): string {
  return folder === '.' ? file : file.slice(folder.length + 1);
}
