import { hash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { holdsSecret } from './secret-check.js';

/** As much is kept. */
const mostFiles = 20_000;
const mostBytes = 1024 ** 3;
// Another version of this package may hand other arguments to a renderer.
const { version } = require('../../../package.json') as { version: string };
const format = `image-pull ${version} rendering 1`;

/** The folder that keeps what was rendered. */
export function renderCacheFolder(
  folders: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const modules = folders.map((folder) => path.join(folder, 'node_modules')).find((folder) => existsSync(folder));
  if (modules !== undefined) return path.join(modules, '.cache', 'image-pull');
  const { XDG_CACHE_HOME: caches, HOME: home } = environment;
  if (caches && path.isAbsolute(caches)) return path.join(caches, 'image-pull');
  return home && path.isAbsolute(home) ? path.join(home, '.cache', 'image-pull') : undefined;
}

/** Keeps what was rendered by everything that it was made of. Whatever goes wrong with it, nothing is lost. */
export class RenderCache {
  readonly #folder: string | undefined;
  #isChanged = false;

  /** @param folder none: nothing is kept */
  constructor(folder: string | undefined) {
    this.#folder = folder;
  }

  /** The name of what is made of some values. */
  static key(values: unknown): string {
    return hash('sha256', JSON.stringify([format, values]));
  }

  get(key: string): string | undefined {
    const [head, text] = this.#try((folder) => parts(readFileSync(path.join(folder, key), 'utf8'))) ?? ['', ''];
    return head === headOf(text) ? text : undefined;
  }

  put(key: string, text: string): void {
    if (this.#folder === undefined || holdsSecret(text)) return;
    const draft = path.join(this.#folder, `${key}.${randomUUID()}`);
    const isWritten = this.#try((folder) => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(draft, `${headOf(text)}\n${text}`, { mode: 0o600, flag: 'wx' });
      renameSync(draft, path.join(folder, key));
      return true;
    });
    this.#isChanged ||= isWritten === true;
    if (!isWritten) this.#try(() => rmSync(draft, { force: true }));
  }

  /** Removes what was written first, where there is too much. */
  trim(): void {
    if (this.#isChanged) this.#try(trimFolder);
    this.#isChanged = false;
  }

  /** Files that cannot be read or written, also because another run is at them, are as none. */
  #try<T>(work: (folder: string) => T): T | undefined {
    if (this.#folder === undefined) return undefined;
    try {
      return work(this.#folder);
    } catch {
      return undefined;
    }
  }
}

function trimFolder(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => /^[0-9a-f]{64}(?:\.|$)/.test(name))
    .map((name) => ({ file: path.join(folder, name), stats: statSync(path.join(folder, name)) }))
    .sort((a, b) => b.stats.mtimeMs - a.stats.mtimeMs);
  let bytes = 0;
  for (const [index, { file, stats }] of files.entries()) {
    bytes += stats.size;
    if (index >= mostFiles || bytes > mostBytes) rmSync(file, { force: true });
  }
}

function parts(file: string): [string, string] {
  const end = file.indexOf('\n');
  return [file.slice(0, end), file.slice(end + 1)];
}

/** A file that was cut off, or changed, is none. */
function headOf(text: string): string {
  return hash('sha256', format + text);
}
