import path from 'node:path';
import { compareText } from '../model/names/names.js';
import { Field, TooDeep } from '../model/topology/field.js';
import type { RepositoryView } from '../model/topology/repository-view.js';
import { sourceOf } from '../yaml/source.js';
import { yamlDocuments } from '../yaml/yaml-documents.js';
import { YamlError } from '../yaml/yaml-error.js';
import { DiskText } from './disk-text.js';
import { parseGlob, slashed } from './file-pattern.js';
import { neverEntered } from './folder-walk.js';
import type { Found, RepositoryFiles } from './render/repository-files.js';

const largest = 16 * 1024 * 1024;

/** The files of a repository as topology asks about them: what a link leads out of does not exist. */
export class RepositoryOnDisk implements RepositoryView {
  readonly #files: RepositoryFiles;
  readonly #disk = new DiskText();
  readonly #known: Pick<RepositoryView, 'pathOfUrl' | 'isRead'>;

  constructor(files: RepositoryFiles, known: Pick<RepositoryView, 'pathOfUrl' | 'isRead'>) {
    this.#files = files;
    this.#known = known;
  }

  isFile(file: string): boolean {
    return this.#find(file).is === 'file';
  }

  isFolder(file: string): boolean {
    return this.#find(file).is === 'folder';
  }

  folders(glob: string): readonly string[] {
    return this.#matches(glob, (entry) => entry.isFolder);
  }

  files(glob: string): readonly string[] {
    return this.#matches(glob, (entry) => !entry.isFolder);
  }

  read(file: string): string | undefined {
    const found = this.#find(file);
    if (found.is !== 'file') return undefined;
    try {
      const read = this.#disk.read(found.real, largest);
      return typeof read === 'string' ? undefined : read.text;
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
    return this.#known.pathOfUrl(url);
  }

  isRead(revision: string): boolean {
    return this.#known.isRead(revision);
  }

  #find(file: string): Found {
    return this.#files.find(path.join(this.#files.root, file));
  }

  #matches(text: string, wanted: (entry: Entry) => boolean): readonly string[] {
    const plain = path.posix.normalize(text.replace(/^\.?\/+/, '') || '.').replace(/\/$/, '');
    const glob = parseGlob(this.#files.root, plain);
    if (!glob) {
      const found = { path: plain, isFolder: this.isFolder(plain) };
      return (found.isFolder || this.isFile(plain)) && wanted(found) ? [plain] : [];
    }
    const below = slashed(path.relative(this.#files.root, glob.root)) || '.';
    return this.#below(below, glob.depth)
      .filter((found) => wanted(found) && glob.matches(relativeTo(below, found.path)))
      .map((found) => found.path)
      .sort(compareText);
  }

  #below(folder: string, depth: number, all: Entry[] = []): readonly Entry[] {
    if (depth === 0) return all;
    for (const { name, isFolder } of this.#entries(folder)) {
      const found = { path: folder === '.' ? name : `${folder}/${name}`, isFolder };
      all.push(found);
      if (isFolder) this.#below(found.path, depth - 1, all);
    }
    return all;
  }

  /** Links to folders are not entered: what they lead to is found where it is. */
  #entries(folder: string): { readonly name: string; readonly isFolder: boolean }[] {
    return [...this.#files.listing(path.join(this.#files.root, folder))]
      .filter((entry) => entry.isFile() || (entry.isDirectory() && !neverEntered.has(entry.name)))
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
  }
}

interface Entry {
  readonly path: string;
  readonly isFolder: boolean;
}

function relativeTo(folder: string, file: string): string {
  return folder === '.' ? file : file.slice(folder.length + 1);
}
