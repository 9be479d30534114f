import path from 'node:path';
import { kustomizationNames } from '../../model/topology/repository-path.js';
import type { FolderEntry, RepositoryFiles, Unreadable } from './repository-files.js';
import { SourceIgnore } from './source-ignore.js';

/** Resources of the kustomization that kustomize-controller writes into a folder without one. */
export interface FluxFolder {
  /** Relative to the folder, in the order in which they are found. */
  readonly resources: readonly string[];
  /** Folders that were looked into, without links. */
  readonly reached: readonly string[];
  readonly unreadable: readonly { readonly folder: string; readonly reason: string }[];
}

/**
 * Lists the manifests below a folder as `scanManifests` of fluxcd/pkg/kustomize does: every `.yaml` and `.yml`, and each
 * folder with a kustomization as one. Links to folders are not followed, and what is not in the artifact is not seen.
 */
export function fluxFolder(files: RepositoryFiles, folder: string): FluxFolder {
  const resources: string[] = [];
  const reached: string[] = [];
  const unreadable: { folder: string; reason: string }[] = [];
  const ignored = new SourceIgnore(files);
  const visit = (at: string) => {
    reached.push(at);
    const entries = files.entries(at);
    if (isUnreadable(entries)) {
      unreadable.push({ folder: at, reason: entries.reason });
      return;
    }
    for (const { name, found } of entries) {
      const entry = path.join(at, name);
      if (ignored.has(entry, found.is === 'folder')) continue;
      if (found.is === 'folder' && found.real === entry) {
        if (hasKustomization(files, entry)) resources.push(path.relative(folder, entry));
        else visit(entry);
      } else if (found.is !== 'folder' && /\.ya?ml$/.test(name)) resources.push(path.relative(folder, entry));
    }
  };
  visit(folder);
  return { resources, reached, unreadable };
}

function hasKustomization(files: RepositoryFiles, folder: string): boolean {
  return kustomizationNames.some((name) => !['missing', 'folder'].includes(files.find(path.join(folder, name)).is));
}

function isUnreadable(entries: readonly FolderEntry[] | Unreadable): entries is Unreadable {
  return 'reason' in entries;
}
