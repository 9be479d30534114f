import { findProgram } from '../../run/find-program.js';
import { type ProgramEnd, runProgram } from '../../run/run-program.js';

const longestMs = 60_000;
const mostBytes = 256 * 1024 * 1024;
/** As many paths are asked about at once. */
const mostPaths = 500;

/** A file of a revision. */
export interface GitBlob {
  /** `120000` for a link. */
  readonly mode: string;
  readonly id: string;
  readonly size: number;
}

/** Asks Git about a repository. Nothing of it is changed, and no program that it configures is started. */
export class Git {
  readonly #program: string | undefined;
  readonly #root: string;
  readonly #env: Readonly<Record<string, string>>;

  /** @param root the folder of the repository */
  constructor(root: string, environment: Readonly<Record<string, string | undefined>>) {
    this.#root = root;
    this.#program = findProgram('git', environment.PATH);
    const kept = ['PATH', 'HOME', 'XDG_CONFIG_HOME'].flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    });
    this.#env = { ...Object.fromEntries(kept), GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
  }

  /** The commit that a revision names; undefined where Git is not there or does not know it. */
  async commitOf(revision: string): Promise<string | undefined> {
    const name = `${revision}^{commit}`;
    return (await this.#ask(['rev-parse', '--verify', '--quiet', '--end-of-options', name]))?.toString().trim();
  }

  /** The paths that are not as in a commit, new files among them; undefined where Git does not say. */
  async changedSince(commit: string): Promise<readonly string[] | undefined> {
    const plain = ['--no-renames', '--no-ext-diff', '--no-textconv', '--ignore-submodules=none'];
    const [changed, fresh] = await Promise.all([
      this.#ask(['diff', '--name-only', '-z', ...plain, commit, '--']),
      this.#ask(['ls-files', '-z', '--others', '--exclude-standard']),
    ]);
    return changed && fresh && [...namesIn(changed), ...namesIn(fresh)];
  }

  /** The files that a commit has at these paths; undefined where Git does not say. */
  async blobs(commit: string, paths: readonly string[]): Promise<ReadonlyMap<string, GitBlob> | undefined> {
    const found = new Map<string, GitBlob>();
    for (let from = 0; from < paths.length; from += mostPaths) {
      const some = paths.slice(from, from + mostPaths);
      const listed = await this.#ask(['ls-tree', '-z', '-l', '--full-tree', commit, '--', ...some]);
      if (!listed) return undefined;
      for (const line of namesIn(listed)) {
        const [, mode = '', id = '', size = '', path = ''] = /^(\d+) \w+ (\w+) +(\S+)\t([\s\S]*)$/.exec(line) ?? [];
        found.set(path, { mode, id, size: Number(size) });
      }
    }
    return found;
  }

  /** The bytes of files, one after the other; undefined where Git does not say. */
  async contents(blobs: readonly GitBlob[]): Promise<Uint8Array[] | undefined> {
    const found: Uint8Array[] = [];
    for (let from = 0; from < blobs.length; from += mostPaths) {
      const some = blobs.slice(from, from + mostPaths);
      const all = await this.#ask(['show', '--no-textconv', ...some.map(({ id }) => id)]);
      if (all?.length !== some.reduce((sum, { size }) => sum + size, 0)) return undefined;
      let start = 0;
      for (const { size } of some) {
        found.push(all.subarray(start, start + size));
        start += size;
      }
    }
    return found;
  }

  async #ask(args: readonly string[]): Promise<Buffer | undefined> {
    if (this.#program === undefined) return undefined;
    // Neither of these lets a repository name programs that Git starts.
    const safe = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '--literal-pathspecs', '--no-pager'];
    const end: ProgramEnd = await runProgram({
      program: this.#program,
      args: [...safe, ...args],
      cwd: this.#root,
      env: this.#env,
      timeoutMs: longestMs,
      mostBytes,
    });
    return end.ended === 'well' ? end.stdout : undefined;
  }
}

function namesIn(listed: Buffer): string[] {
  return listed
    .toString('utf8')
    .split('\0')
    .filter((name) => name !== '');
}
