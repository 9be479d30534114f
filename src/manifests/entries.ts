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
  readonly kustomize: readonly string[];
  /** All folders with a kustomization that no GitOps object leads to. */
  readonly kustomizations: readonly string[];
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
  const kustomize = all.filter((folder) => !broken.has(folder));
  const built = kustomize.length === 0 ? undefined : await context.make(kustomize.map((each) => ({ kustomize: each })));
  for (const each of built?.reached ?? []) reached.add(each);
  return {
    argocd: argocd.folders,
    flux: flux.folders,
    kustomize,
    kustomizations: left,
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

/**
 * Folders or globs that lead to kustomizations: two or more of one parent, or of one name in folders that are alike, as a
 * glob, where it matches none that is to be left out.
 *
 * @param isOther whether a kustomization is to be left out; those that others include a glob leaves out by itself
 */
export function entryGlobs(
  folders: readonly string[],
  all: readonly string[],
  isOther: (folder: string) => boolean,
): string[] {
  const others = all.filter(isOther);
  const globs = (paths: readonly string[], around: (folder: string) => Around | undefined) => {
    const groups = new Map<string, string[]>();
    for (const each of paths) {
      const parts = around(each);
      const glob = parts ? globOf(parts, others) : undefined;
      groups.set(glob ?? each, [...(groups.get(glob ?? each) ?? []), each]);
    }
    return [...groups].flatMap(([glob, few]) => (few.length > 1 ? [glob] : few));
  };
  const ofParents = globs(folders, (folder) => /^(?<before>.+)\/[^/]+$/.exec(folder)?.groups);
  return globs(ofParents, (folder) => /^(?<before>.+?)\/[^/*]+(?<after>\/[^*]+)$/.exec(folder)?.groups).sort(
    compareText,
  );
}

/** The texts around the one step in which some paths differ. */
type Around = Readonly<Record<string, string>>;

/** The glob for such paths; undefined where it would match others, too. */
function globOf({ before = '', after = '' }: Around, others: readonly string[]): string | undefined {
  if (/[^\w./ -]/.test(before + after)) return undefined;
  const isMatch = (folder: string) =>
    folder.startsWith(`${before}/`) &&
    folder.endsWith(after) &&
    !folder.slice(before.length + 1, folder.length - after.length).includes('/');
  return others.some(isMatch) ? undefined : `${before}/*${after}`;
}
