import type { HelmWorkloads, KustomizeWorkloads, WorkloadsSpec } from './workloads-spec.js';

/** An entry that names files which are as they are applied. */
export type FileEntry = Exclude<WorkloadsSpec, RenderedEntry>;

/** An entry whose manifests somebody has to make first, or that leads to such. */
export type RenderedEntry =
  | KustomizeWorkloads
  | HelmWorkloads
  | { readonly argocd: string }
  | { readonly flux: string };

/** Whether an entry names files which are as they are applied. */
export function isFileEntry(entry: WorkloadsSpec): entry is FileEntry {
  return typeof entry === 'string' || 'path' in entry || 'rendered' in entry;
}

/**
 * The entries whose files are looked at: those that name files, and the folders of GitOps objects, in which nothing may
 * stay unseen.
 */
export function fileEntries(entries: readonly WorkloadsSpec[]): FileEntry[] {
  return entries.flatMap((entry): FileEntry[] => {
    if (isFileEntry(entry)) return [entry];
    return 'argocd' in entry ? [entry.argocd] : 'flux' in entry ? [entry.flux] : [];
  });
}

/** The pattern of files that an entry names; undefined for one that is rendered. */
export function patternOf(entry: WorkloadsSpec): string | undefined {
  if (typeof entry === 'string') return entry;
  if ('path' in entry) return entry.path;
  return 'rendered' in entry ? entry.rendered : undefined;
}
