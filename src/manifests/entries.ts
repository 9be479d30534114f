import path from 'node:path';
import { compareText } from '../model/names/names.js';
import type { Problem } from '../model/problem/problem.js';
import type { RenderedEntry } from '../model/vocabulary/workloads.js';
import type { GitopsFolder, Layout } from './layout.js';
import type { Made } from './made.js';

/** Questions that {@link proposeEntries} asks about a repository. */
export interface EntryContext {
  /** The absolute path, without links, of a folder of the repository. */
  readonly at: (folder: string) => string;
  readonly make: (entries: readonly RenderedEntry[]) => Promise<Made>;
  /** The folders that the kustomization of a folder includes. */
  readonly includedBy: (folder: string) => readonly string[];
  readonly isComponent: (folder: string) => boolean;
  /** Why kustomize cannot build a folder: it names what only a plugin makes of the chart there. */
  readonly brokenBy: (folder: string) => Problem | undefined;
}

/** Entries that lead to everything that is rendered, and what they lead to. Paths are relative to the repository. */
export interface Proposal {
  readonly argocd: readonly string[];
  readonly flux: readonly string[];
  /** Folders or globs. */
  readonly kustomize: readonly string[];
  readonly charts: readonly string[];
  /** Why some kustomizations are in no entry, by their folder. */
  readonly broken: ReadonlyMap<string, Problem>;
  readonly made: readonly Made[];
}

/**
 * The fewest entries that lead to all that is rendered in a repository: first what GitOps objects apply, then the
 * kustomizations that nothing includes, then the charts that are left.
 *
 * @param known what is seen already, absolute
 */
export async function proposeEntries(
  layout: Layout,
  context: EntryContext,
  known: ReadonlySet<string> = new Set(),
): Promise<Proposal> {
  const flux = await roots(layout.flux, (folder) => ({ flux: folder }), context, known);
  const beyond = new Set([...known, ...flux.reached]);
  const argocd = await roots(layout.argocd, (folder) => ({ argocd: folder }), context, beyond);
  const reached = new Set([...known, ...flux.reached, ...argocd.reached]);
  const isLeft = (folder: string) => !reached.has(context.at(folder));
  const left = layout.kustomizations.filter((folder) => isLeft(folder) && !context.isComponent(folder));
  const included = new Set(left.flatMap((folder) => context.includedBy(folder)));
  const all = left.filter((folder) => !included.has(folder));
  const broken = new Map(
    all.flatMap((folder) => {
      const problem = context.brokenBy(folder);
      return problem ? [[folder, problem] as const] : [];
    }),
  );
  const leaves = all.filter((folder) => !broken.has(folder));
  const kustomize = globbed(leaves, left);
  const built = kustomize.length === 0 ? undefined : await context.make(kustomize.map((each) => ({ kustomize: each })));
  for (const each of built?.reached ?? []) reached.add(each);
  return {
    argocd: argocd.folders,
    flux: flux.folders,
    kustomize,
    charts: layout.charts.filter(isLeft),
    broken,
    made: [...flux.made, ...argocd.made, ...(built ? [built] : [])],
  };
}

interface Roots {
  readonly folders: readonly string[];
  readonly made: readonly Made[];
  readonly reached: ReadonlySet<string>;
}

/** Of folders with GitOps objects those that no object of another one applies. */
async function roots(
  candidates: readonly GitopsFolder[],
  entryOf: (folder: string) => RenderedEntry,
  { at, make }: EntryContext,
  known: ReadonlySet<string>,
): Promise<Roots> {
  const found = new Map<string, Made>();
  for (const { folder, files } of candidates) {
    const seen = [known, ...[...found.values()].map(({ reached }) => reached)];
    if (seen.some((reached) => reached.has(at(folder)) || files.every((file) => reached.has(at(file))))) continue;
    const made = await make([entryOf(folder)]);
    // A shallow folder may be applied by what lies deeper.
    for (const other of [...found.keys()]) if (made.reached.has(at(other))) found.delete(other);
    found.set(folder, made);
  }
  const made = [...found.values()];
  return { folders: [...found.keys()], made, reached: new Set(made.flatMap(({ reached }) => [...reached])) };
}

/** Two folders or more of one parent as a glob, where it matches nothing else that is to be left out. */
function globbed(folders: readonly string[], all: readonly string[]): string[] {
  const byParent = new Map<string, string[]>();
  for (const folder of folders) {
    const parent = path.posix.dirname(folder);
    byParent.set(parent, [...(byParent.get(parent) ?? []), folder]);
  }
  return [...byParent]
    .flatMap(([parent, own]) => {
      const others = all.filter((each) => path.posix.dirname(each) === parent).length;
      // What a glob matches and another match includes is left out by itself.
      return own.length > 1 && parent !== '.' && others >= own.length ? [`${parent}/*`] : own;
    })
    .sort(compareText);
}
