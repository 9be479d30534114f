import path from 'node:path';
import picomatch from 'picomatch';
import { At } from '../../model/problem/at.js';
import type { Problem } from '../../model/problem/problem.js';
import { words } from '../../model/problem/shown.js';
import type { PlainFolder } from '../../model/topology/rendering.js';
import { patternError } from '../file-pattern.js';
import type { RenderedText } from './outcome.js';
import type { Prepared } from './prepared.js';
import type { FolderEntry, RepositoryFiles } from './repository-files.js';

/** Argo CD leaves a file out that says so, wherever it says it. */
const skipMark = '+argocd:skip-file-rendering';

/** The manifests of a folder as Argo CD reads a directory: `repo-server` follows links to files, not to folders. */
export function preparePlainFolder(rendering: PlainFolder, files: RepositoryFiles): Prepared {
  const at = files.at(rendering.folder);
  const found = files.find(at);
  if (found.is !== 'folder' && found.is !== 'file') {
    const what = found.is === 'outside' ? 'lies outside of the repository' : 'does not exist or cannot be read';
    return { reached: [], problems: [said(words`${files.shown(at)} ${what}`)] };
  }
  const wrong = [rendering.include, rendering.exclude].flatMap((pattern) => patternError(pattern ?? '') ?? []);
  if (wrong.length > 0)
    return { reached: [found.real], problems: [said(words`${files.shown(at)}: a pattern ${wrong[0]}`)] };
  return new PlainReader(rendering, files).read(found.real, found.is === 'file');
}

class PlainReader {
  readonly #rendering: PlainFolder;
  readonly #files: RepositoryFiles;
  readonly #reached: string[] = [];
  readonly #problems: Problem[] = [];
  /** The files that only Argo CD renders. */
  readonly #jsonnet: string[] = [];
  readonly #texts: RenderedText[] = [];
  readonly #isIncluded: (relative: string) => boolean;
  readonly #isExcluded: (relative: string) => boolean;

  constructor(rendering: PlainFolder, files: RepositoryFiles) {
    this.#rendering = rendering;
    this.#files = files;
    this.#isIncluded = rendering.include ? matcher(rendering.include) : () => true;
    this.#isExcluded = rendering.exclude ? matcher(rendering.exclude) : () => false;
  }

  read(root: string, isFile: boolean): Prepared {
    if (isFile) this.#file(root, root);
    else this.#folder(root, root);
    return {
      reached: this.#reached,
      problems: [...this.#problems, ...jsonnetProblem(this.#jsonnet)],
      texts: this.#texts,
    };
  }

  #folder(folder: string, root: string): void {
    this.#reached.push(folder);
    const entries = this.#files.entries(folder);
    if ('reason' in entries) return this.#unreadable(folder, entries.reason);
    for (const entry of entries) this.#entry(entry, path.join(folder, entry.name), root);
  }

  #entry({ name, found }: FolderEntry, at: string, root: string): void {
    if (found.is === 'folder') {
      if (this.#rendering.recurse && found.real === at) this.#folder(at, root);
      return;
    }
    if (!/\.(?:ya?ml|json|jsonnet)$/.test(name)) return;
    const relative = path.relative(root, at).split(path.sep).join('/');
    if (this.#isExcluded(relative) || !this.#isIncluded(relative)) return;
    if (found.is === 'file') this.#file(at, found.real);
    else
      this.#unreadable(at, found.is === 'outside' ? 'it leads out of the repository' : 'there is nothing at its end');
  }

  #file(at: string, real: string): void {
    this.#reached.push(real);
    const file = this.#files.shown(at);
    if (at.endsWith('.jsonnet')) {
      this.#jsonnet.push(file);
      return;
    }
    const text = this.#files.text(real);
    if (typeof text !== 'string') this.#unreadable(at, text.reason);
    else if (!text.includes(skipMark)) this.#texts.push({ file, text });
  }

  #unreadable(at: string, reason: string): void {
    const file = this.#files.shown(at);
    this.#problems.push(At.of().find('manifest-unreadable', words`${file} cannot be read: ${reason}`));
  }
}

function jsonnetProblem(files: readonly string[]): Problem[] {
  const [file] = files;
  if (file === undefined) return [];
  return [
    At.of({ file, line: 1, column: 1 }).find(
      'engine-needed',
      words`Jsonnet is not rendered: ${files}`,
      words`list what it makes, rendered: { rendered: <file>, namespace: <name> }; then acknowledge: [{ path: ${file}, reason: … }]`,
    ),
  ];
}

/** A glob of Argo CD, in which a star takes slashes, too. */
function matcher(pattern: string): (relative: string) => boolean {
  const plain = pattern
    .replaceAll('[!', '[^')
    .replace(/\\.|[()+|]/gs, (part) => (part.length > 1 ? part : `\\${part}`));
  const matches = picomatch(oneSegment(plain), { dot: true, noextglob: true, nonegate: true });
  return (relative) => matches(oneSegment(relative));
}

function oneSegment(text: string): string {
  return text.replaceAll('/', '\u0001');
}

function said(message: ReturnType<typeof words>): Problem {
  return At.of().find('rendering-failed', message);
}
