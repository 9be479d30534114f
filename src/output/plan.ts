import fs from 'node:fs';
import path from 'node:path';
import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { diskCode, diskProblem, notWritable } from './disk-error.js';
import { DiskTree } from './disk-tree.js';
import { headerPrefix } from './header.js';
import { isOwnText, type Output, type OutputFile } from './output.js';
import { outsideProblems, pathProblems } from './output-path.js';
import { staleFiles } from './stale.js';

/** A file whose text changes. */
export interface ReplacedFile {
  readonly file: OutputFile;
  /** The text that is on disk. */
  readonly before: string;
}

/** A file of ours that the output no longer has. */
export interface PrunedFile {
  readonly path: string;
  /** The text that is on disk. */
  readonly before: string;
}

/** Changes that writing an output would make, by path and sorted by it. Nothing has been written. */
export interface Plan {
  readonly create: readonly OutputFile[];
  readonly replace: readonly ReplacedFile[];
  readonly unchanged: readonly string[];
  readonly prune: readonly PrunedFile[];
  /** Temporary files and folders of a run that was killed. */
  readonly leftovers: readonly string[];
  /** Problems that forbid writing. */
  readonly problems: readonly Problem[];
}

/** How far {@link planOutput} may go. */
export interface PlanOptions {
  /** Folders below the output folder (`''` is the output folder itself) in which files of ours are pruned. */
  readonly within: readonly string[];
  /** Further files of ours that are pruned unless the output has them. @default - none */
  readonly former?: readonly string[];
}

/** Compares an output with what is in a folder. Reads only; the folder need not exist. */
export function planOutput(folder: string, output: Output, options: PlanOptions): Plan {
  const draft = new Draft(folder);
  const files = [...output.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const problems = pathProblems(files.map((file) => file.path)).concat(outsideProblems(options.within.filter(Boolean)));
  if (problems.length === 0) {
    for (const file of files) draft.add(file);
    draft.prune(options.within);
    for (const file of options.former ?? []) draft.pruneFile(file);
  }
  return { ...draft.plan(), problems: [...problems, ...draft.problems()] };
}

/** A plan in the making. */
class Draft {
  readonly #create: OutputFile[] = [];
  readonly #replace: ReplacedFile[] = [];
  readonly #unchanged: string[] = [];
  readonly #prune: PrunedFile[] = [];
  /** A set: one folder in the way is one problem, however many files it stops. */
  readonly #problems = new Set<Problem>();
  readonly #kept = new Set<string>();
  readonly #tree: DiskTree;

  constructor(folder: string) {
    this.#tree = new DiskTree(folder);
  }

  add(file: OutputFile): void {
    // Without the header the next run would take the file for somebody else's.
    if (!file.stock && !isOwnText(file.text)) throw new Error(`${file.path} does not begin with "${headerPrefix}"`);
    const found = this.#tree.find(file.path);
    switch (found.kind) {
      case 'missing':
        this.#create.push(file);
        break;
      case 'file':
        this.#kept.add(found.path);
        this.#compare(file, found.path);
        break;
      case 'folder':
        this.#problems.add(notWritable(`${this.#tree.shown(found.path)} is a folder where a file must be`));
        break;
      case 'link':
        this.#problems.add(this.#tree.linkProblem(found.path));
        break;
      case 'other':
        this.#problems.add(this.#foreign(found.path));
        break;
      case 'blocked':
        this.#problems.add(found.problem);
    }
  }

  #compare(file: OutputFile, onDisk: string): void {
    const bytes = this.#read(onDisk);
    if (bytes === undefined) return;
    if (bytes.equals(Buffer.from(file.text))) {
      this.#unchanged.push(file.path);
      return;
    }
    const before = bytes.toString();
    if (file.stock || isOwnText(before)) this.#replace.push({ file, before });
    else this.#problems.add(this.#foreign(onDisk));
  }

  prune(within: readonly string[]): void {
    const stale = staleFiles(this.#tree, within, this.#kept, (file, error) => {
      this.#problems.add(diskProblem(this.#tree.shown(file), 'cannot be read', error));
    });
    for (const refusal of this.#tree.refusals) this.#problems.add(refusal);
    this.#prune.push(...stale);
  }

  pruneFile(file: string): void {
    const found = this.#tree.find(file);
    if (found.kind !== 'file' || this.#kept.has(found.path)) return;
    const before = this.#read(found.path)?.toString();
    if (before !== undefined && isOwnText(before)) this.#prune.push({ path: found.path, before });
  }

  plan(): Omit<Plan, 'problems'> {
    return {
      create: this.#create,
      replace: this.#replace,
      unchanged: this.#unchanged,
      prune: this.#prune,
      leftovers: this.#tree.leftovers.sort(),
    };
  }

  problems(): Problem[] {
    if (this.#problems.size > 0) return [...this.#problems];
    const changed = [...this.#create, ...this.#replace.map(({ file }) => file), ...this.#prune];
    const folders = new Set(changed.map((file) => path.posix.dirname(file.path)));
    return [...folders].flatMap((folder) => folderProblem(this.#tree.shown(folder)) ?? []);
  }

  #foreign(file: string): Problem {
    return At.of().refuse(
      'output-foreign-file',
      words`${this.#tree.shown(file)} is in the way: its first line does not say that it was written by this tool`,
    );
  }

  #read(file: string): Buffer | undefined {
    try {
      return fs.readFileSync(this.#tree.shown(file));
    } catch (error) {
      this.#problems.add(diskProblem(this.#tree.shown(file), 'cannot be read', error));
      return undefined;
    }
  }
}

/** Says early what writing into a folder, or making it, would run into. */
function folderProblem(folder: string): Problem | undefined {
  for (let place = path.resolve(folder); ; place = path.dirname(place)) {
    try {
      if (!fs.statSync(place).isDirectory()) return notWritable(`${place} is not a folder`);
      fs.accessSync(place, fs.constants.W_OK | fs.constants.X_OK);
      return undefined;
    } catch (error) {
      const code = diskCode(error);
      if (code !== 'ENOENT' && code !== 'ENOTDIR') return diskProblem(place, 'cannot be written to', error);
      const link = fs.lstatSync(place, { throwIfNoEntry: false });
      if (link?.isSymbolicLink()) return notWritable(`${place} is a symbolic link and leads nowhere`);
    }
  }
}
