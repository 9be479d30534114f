import { realpathSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import type { ManifestSource } from '../model/inventory/workload.js';
import { compareText } from '../model/names/names.js';
import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import type { FileEntry } from '../model/vocabulary/workloads.js';
import { BaseFolders } from './base-folders.js';
import { Exclusions, parseGlob, patternError, slashed } from './file-pattern.js';
import { codeOf, reasonOf, walkFolder } from './folder-walk.js';
import { LeftOutCount } from './left-out.js';

/** Facts that an entry of workloads states about the manifests that it names. */
export interface EntryInfo {
  /** The namespace of objects that name none. */
  readonly namespace?: string;
  /** Of a `rendered:` entry. */
  readonly source?: ManifestSource;
}

/** The entries that a file is read for, one for each namespace that they give. */
export type EntryInfos = readonly [EntryInfo, ...EntryInfo[]];

/** A file to read. */
export interface ManifestFile {
  /** Where it is read. */
  readonly path: string;
  /** As it stands in messages: relative to the base folder, with forward slashes. */
  readonly file: string;
  readonly infos: EntryInfos;
}

/** Files that a list of workloads selects. */
export interface FileSelection {
  /** Sorted, each real file once. */
  readonly files: readonly ManifestFile[];
  /** Where `-` is listed. */
  readonly stdin?: EntryInfos;
  /** The entries of which files are read, with these files as messages name them. */
  readonly entries: ReadonlyMap<string, ReadonlySet<string>>;
  readonly leftOut: LeftOutCount;
  /** `pattern-invalid`, `no-manifests`, `nothing-read`, `manifest-unreadable` and `manifest-is-a-base`. */
  readonly problems: readonly Problem[];
}

/**
 * The files that a list of workloads names: files, folders, globs, and `!patterns` that take away from the whole list.
 * Patterns are relative to the base folder and may leave it. A file that several entries name counts in each namespace
 * that they give, and in none only where no entry gives one.
 *
 * @param seen what is rendered
 */
export function selectFiles(
  base: string,
  workloads: readonly FileEntry[],
  seen: SeenFolders = { reached: new Set(), unrendered: new Set() },
): FileSelection {
  return new FileSelector(path.resolve(base), workloads, seen).select();
}

/** Folders and files, without links, that are rendered or included by what is rendered: nothing is said about them. */
export interface SeenFolders {
  readonly reached: ReadonlySet<string>;
  /** Those of them of which nobody knows all that they hold, as they could not be rendered. */
  readonly unrendered: ReadonlySet<string>;
}

interface Candidate {
  reached: string;
  /** Those that name it. Files of one entry share its list. */
  entries: readonly Entry[];
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
  readonly #seen: ReadonlySet<string>;
  /** The folders in which everything is seen: that entries say rendered manifests are from, or that could not be rendered. */
  readonly #whole: ReadonlySet<string>;
  readonly #problems = new Map<string, Problem>();
  readonly #leftOut = new LeftOutCount();

  constructor(base: string, workloads: readonly FileEntry[], { reached, unrendered }: SeenFolders) {
    this.#base = base;
    const entries = workloads.map(entryOf).filter(({ pattern }) => this.#isUsable(pattern));
    this.#entries = entries.filter(({ pattern }) => !pattern.startsWith('!'));
    const excluded = entries.filter(({ pattern }) => pattern.startsWith('!')).map(({ pattern }) => pattern.slice(1));
    this.#exclusions = new Exclusions(base, excluded);
    this.#bases = new BaseFolders(base);
    const origins = entries.flatMap(({ source }) =>
      source?.from === undefined ? [] : path.resolve(base, source.from),
    );
    this.#seen = new Set([...reached, ...origins]);
    this.#whole = new Set([...unrendered, ...origins]);
  }

  select(): FileSelection {
    const stdin = this.#entries.filter(({ pattern }) => pattern === '-');
    for (const entry of this.#entries) if (entry.pattern !== '-') this.#select(entry);
    const files = [...this.#byReal]
      .map(([real, { reached, entries }]) => ({ path: real, file: this.#shown(reached), reached, entries }))
      .sort((a, b) => compareText(a.file, b.file))
      .filter(({ path: real, reached, entries }) => isRendered(entries) || !this.#isInBase(reached, real));
    const byPattern = new Map<string, Set<string>>();
    for (const { file, entries } of files)
      for (const { pattern } of entries)
        byPattern.set(pattern, (byPattern.get(pattern) ?? new Set<string>()).add(file));
    const infos = new Map<readonly Entry[], EntryInfos>();
    for (const { entries } of files) if (!infos.has(entries)) infos.set(entries, infosOf(entries));
    return {
      files: files.map(({ path, file, entries }) => ({ path, file, infos: infos.get(entries) ?? [{}] })),
      ...(stdin.length > 0 && { stdin: infosOf(stdin) }),
      entries: byPattern,
      leftOut: this.#leftOut,
      problems: [...this.#problems.values()],
    };
  }

  #isUsable(pattern: string): boolean {
    const error = patternError(pattern.replace(/^!/, ''));
    if (error === undefined || this.#stat(path.resolve(this.#base, pattern), () => undefined)) return true;
    const shown = JSON.stringify(pattern.length > 60 ? `${pattern.slice(0, 60)}…` : pattern);
    this.#tell(`invalid ${shown}`, At.of().refuse('pattern-invalid', words`workloads: ${shown} ${error}`));
    return false;
  }

  #select(entry: Entry): void {
    let found = 0;
    let isListed = true;
    const alone = [entry] as const;
    const file = (reached: string, real: string) => {
      found++;
      if (isListed) this.#add(reached, real, alone);
    };
    const unreadable = (reached: string, reason: string) => {
      found++;
      if (isListed) this.#unreadable(reached, reason);
    };
    const literal = path.resolve(this.#base, entry.pattern);
    const stats = entry.pattern === '' ? undefined : this.#stat(literal, unreadable);
    const glob = stats ? undefined : parseGlob(this.#base, entry.pattern);
    const walk = (exclusions: Exclusions, leftOut: LeftOutCount) => {
      const shared = { exclusions, bases: this.#bases, file, leftOut, unreadable };
      if (stats?.isDirectory()) walkFolder({ root: literal, ...shared });
      else if (stats?.isFile()) {
        if (!exclusions.has(literal)) file(literal, realpathSync(literal));
      } else if (stats) unreadable(literal, 'it is neither a file nor a folder; pipe it into `-`');
      else if (glob && this.#stat(glob.root, unreadable)?.isDirectory())
        walkFolder({ root: glob.root, glob, ...shared });
    };
    walk(this.#exclusions, this.#leftOut);
    if (found > 0) return;
    isListed = false;
    walk(new Exclusions(this.#base, []), new LeftOutCount());
    const shown = JSON.stringify(entry.pattern);
    if (found > 0) {
      this.#tell(
        `left out ${shown}`,
        At.of().find(
          'nothing-read',
          words`workloads: everything that ${shown} matches is left out`,
          'take the entry away, or the "!pattern" that leaves it out',
        ),
      );
    } else this.#tell(`none ${shown}`, At.of().find('no-manifests', words`workloads: ${shown} matches no file`));
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

  #add(reached: string, real: string, alone: readonly [Entry]): void {
    const known = this.#byReal.get(real);
    if (!known) {
      this.#byReal.set(real, { reached, entries: alone });
      return;
    }
    if (!known.entries.includes(alone[0])) known.entries = [...known.entries, alone[0]];
    if (reached !== known.reached && compareText(this.#shown(reached), this.#shown(known.reached)) < 0)
      known.reached = reached;
  }

  /**
   * Whether a file is part of something that is rendered. A folder that no kustomization is in, below one that is rendered and
   * does not name its files, is like any other.
   */
  #isInBase(file: string, real: string): boolean {
    const folder = path.dirname(file);
    const bases = this.#bases.around(folder);
    const unseen = bases.find((base) => !this.#seen.has(base.folder));
    const innermost = bases.at(-1);
    const isWhole = bases.some((base) => this.#whole.has(base.folder)) || innermost?.marker === 'Chart.yaml';
    if (this.#seen.has(real) || (isWhole && !unseen)) {
      this.#leftOut.note('rendered, or included by what is', this.#shown(folder) || '.');
      return true;
    }
    if (unseen) {
      this.#tell(`base ${unseen.folder}`, this.#bases.problem(unseen));
      return true;
    }
    if (innermost?.folder !== folder) return false;
    this.#leftOut.note('not named by the kustomization beside it', this.#shown(folder) || '.');
    return true;
  }

  #unreadable(reached: string, reason: string): void {
    const shown = this.#shown(reached) || '.';
    this.#tell(`unreadable ${reached}`, At.of().find('manifest-unreadable', words`${shown} cannot be read: ${reason}`));
  }

  #tell(key: string, problem: Problem): void {
    if (!this.#problems.has(key)) this.#problems.set(key, problem);
  }

  #shown(file: string): string {
    const inside = this.#base.endsWith(path.sep) ? this.#base : this.#base + path.sep;
    return slashed(file.startsWith(inside) ? file.slice(inside.length) : path.relative(this.#base, file));
  }
}

function entryOf(spec: FileEntry): Entry {
  if (typeof spec === 'string') return { pattern: spec };
  const namespace = spec.namespace === undefined ? {} : { namespace: spec.namespace };
  if ('path' in spec) return { pattern: spec.path, ...namespace };
  const from = spec.from === undefined ? {} : { from: spec.from };
  return { pattern: spec.rendered, ...namespace, source: { rendered: spec.rendered, ...from } };
}

/** Whether an entry says that a file is rendered. */
function isRendered(entries: readonly Entry[]): boolean {
  return entries.some(({ source }) => source !== undefined);
}

/**
 * Facts of the entries that name a file: one answer for each namespace, in the order in which they were given, with the
 * first source of each. An entry that gives none says what it does about all of them.
 */
function infosOf(entries: readonly Entry[]): EntryInfos {
  const sources = new Map<string | undefined, ManifestSource | undefined>();
  for (const { namespace, source } of entries) sources.set(namespace, sources.get(namespace) ?? source);
  const unnamed = sources.get(undefined);
  const [first = {}, ...others] = [...sources].flatMap(([namespace, source = unnamed]): EntryInfo[] =>
    namespace === undefined ? [] : [{ namespace, ...(source && { source }) }],
  );
  return [{ ...(unnamed && { source: unnamed }), ...first }, ...others];
}
