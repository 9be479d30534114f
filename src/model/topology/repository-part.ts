import { globOf } from './repository-path.js';
import type { RepositoryView } from './repository-view.js';

/** Part of a repository that lies in a folder, by paths that are relative to it. */
export type RepositoryPart = Pick<RepositoryView, 'folders' | 'files' | 'read' | 'parse'>;

/** A folder of the repository that stands for a repository of its own. */
export function partOf(view: RepositoryView, root: string): RepositoryPart {
  if (root === '.') return view;
  const glob = (text: string) => `${globOf(root)}/${text}`;
  const own = (paths: readonly string[]) =>
    paths.flatMap((path) => (path.startsWith(`${root}/`) ? [path.slice(root.length + 1)] : []));
  return {
    folders: (text) => own(view.folders(glob(text))),
    files: (text) => own(view.files(glob(text))),
    read: (path) => view.read(`${root}/${path}`),
    parse: (text) => view.parse(text),
  };
}
