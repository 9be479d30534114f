import { realpathSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import type { ManifestSource } from '../model/inventory/workload.js';
import { compareText } from '../model/names/names.js';
import type { Problem } from '../model/problem/problem.js';
import type { WorkloadsSpec } from '../model/vocabulary/spec.js';
import { BaseFolders } from './base-folders.js';
import { Exclusions, parseGlob, slashed } from './file-pattern.js';
import { codeOf, reasonOf, walkFolder } from './folder-walk.js';

/** What an entry of workloads says about the manifests that it names. */
export interface EntryInfo {
  /** The namespace of objects that name none. */
  readonly namespace?: string;
  /** Of a `rendered:` entry. */
  readonly source?: ManifestSource;
}

/** A file to read. */
export interface ManifestFile {
  /** Where it is read. */
  readonly path: string;
  /** As it stands in messages: relative to the base folder, with forward slashes. */
  readonly file: string;
  readonly info: EntryInfo;
}

/** What a list of workloads selects. */
export interface FileSelection {
  /** Sorted, each real file once. */
  readonly files: readonly ManifestFile[];
  /** Where `-` is listed. */
  readonly stdin?: EntryInfo;
  /** `no-manifests`, `manifest-unreadable` and `manifest-is-a-base`. */
  readonly problems: readonly Problem[];
}

/**
 * The files that a list of workloads names: files, folders, globs, and `!patterns` that take away from the whole list.
 * Patterns are relative to the base folder and may leave it. Of a file that several entries name, the first namespace
 * that is given counts.
 */
export function selectFiles(base: string, workloads: readonly WorkloadsSpec[]): FileSelection {
  return new FileSelector(path.resolve(base), workloads).select();
}

interface Candidate {
  reached: string;
  namespace?: string;
  source?: ManifestSource;
}

interface Entry extends EntryInfo {
  readonly pattern: string;
}

class FileSelector {
  readonly #base: string;
  readonly #entries: readonly Entry[];
  readonly #exclusions: Exclusions;
  readonly #bases: BaseFolders;
  readonly #byReal = new Map<string, Candidate>();
  readonly #problems = new Map<string, Problem>();

  constructor(base: string, workloads: readonly WorkloadsSpec[]) {
    const entries = workloads.map(entryOf);
    this.#base = base;
    this.#entries = entries.filter(({ pattern }) => !pattern.startsWith('!'));
    const excluded = entries.filter(({ pattern }) => pattern.startsWith('!')).map(({ pattern }) => pattern.slice(1));
    this.#exclusions = new Exclusions(base, excluded);
    this.#bases = new BaseFolders(base);
  }

  select(): FileSelection {
    let stdin: EntryInfo | undefined;
    for (const entry of this.#entries) {
      if (entry.pattern === '-') stdin = { ...infoOf(entry), ...stdin };
      else this.#select(entry);
    }
    const files = [...this.#byReal]
      .map(([real, found]) => ({
        path: real,
        file: this.#shown(found.reached),
        reached: found.reached,
        info: infoOf(found),
      }))
      .sort((a, b) => compareText(a.file, b.file));
    const readable = files.filter(({ reached, info }) => info.source !== undefined || !this.#isInBase(reached));
    return {
      files: readable.map(({ path, file, info }) => ({ path, file, info })),
      ...(stdin && { stdin }),
      problems: [...this.#problems.values()],
    };
  }

  #select(entry: Entry): void {
    let found = 0;
    const file = (reached: string, real: string) => {
      found++;
      this.#add(reached, real, entry);
    };
    const unreadable = (reached: string, reason: string) => {
      found++;
      this.#unreadable(reached, reason);
    };
    const literal = path.resolve(this.#base, entry.pattern);
    const stats = entry.pattern === '' ? undefined : this.#stat(literal, unreadable);
    const glob = stats ? undefined : parseGlob(this.#base, entry.pattern);
    const shared = { exclusions: this.#exclusions, bases: this.#bases, file, unreadable };
    if (stats?.isDirectory()) walkFolder({ root: literal, ...shared });
    else if (stats?.isFile()) {
      if (!this.#exclusions.has(literal)) file(literal, realpathSync(literal));
    } else if (stats) unreadable(literal, 'it is neither a file nor a folder; pipe it into `-`');
    else if (glob && this.#stat(glob.root, unreadable)?.isDirectory()) walkFolder({ root: glob.root, glob, ...shared });
    if (found > 0) return;
    this.#tell(`none ${entry.pattern}`, {
      code: 'no-manifests',
      message: `workloads: ${JSON.stringify(entry.pattern)} matches no file`,
    });
  }

  #stat(file: string, unreadable: (reached: string, reason: string) => void): Stats | undefined {
    try {
      return statSync(file, { throwIfNoEntry: false });
    } catch (error) {
      if (['ENOTDIR', 'ENAMETOOLONG'].includes(codeOf(error) ?? '')) return undefined;
      unreadable(file, reasonOf(error));
      return undefined;
    }
  }

  #add(reached: string, real: string, { namespace, source }: Entry): void {
    const known = this.#byReal.get(real);
    if (!known) {
      this.#byReal.set(real, { reached, ...(namespace !== undefined && { namespace }), ...(source && { source }) });
      return;
    }
    known.namespace ??= namespace;
    known.source ??= source;
    if (compareText(this.#shown(reached), this.#shown(known.reached)) < 0) known.reached = reached;
  }

  #isInBase(file: string): boolean {
    const found = this.#bases.around(path.dirname(file));
    if (found) this.#tell(`base ${found.folder}`, this.#bases.problem(found));
    return found !== undefined;
  }

  #unreadable(reached: string, reason: string): void {
    const shown = this.#shown(reached) || '.';
    this.#tell(`unreadable ${reached}`, {
      code: 'manifest-unreadable',
      message: `${shown} cannot be read: ${reason}`,
    });
  }

  #tell(key: string, problem: Problem): void {
    if (!this.#problems.has(key)) this.#problems.set(key, problem);
  }

  #shown(file: string): string {
    return slashed(path.relative(this.#base, file));
  }
}

function entryOf(spec: WorkloadsSpec): Entry {
  if (typeof spec === 'string') return { pattern: spec };
  const namespace = spec.namespace === undefined ? {} : { namespace: spec.namespace };
  if ('path' in spec) return { pattern: spec.path, ...namespace };
  const from = spec.from === undefined ? {} : { from: spec.from };
  return { pattern: spec.rendered, ...namespace, source: { rendered: spec.rendered, ...from } };
}

function infoOf({ namespace, source }: EntryInfo): EntryInfo {
  return { ...(namespace !== undefined && { namespace }), ...(source && { source }) };
}
