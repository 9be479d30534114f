import type { EditableManifests } from '../manifests/editable.js';
import { pathKeys } from '../model/inventory/tree-path.js';
import type { Problem } from '../model/problem/problem.js';
import type { ManifestChange } from '../output/manifest-writer.js';
import { editLists } from '../yaml/edits/edit-lists.js';
import type { ListChange, ListRequest } from '../yaml/edits/list-request.js';
import { fileIn } from './overlay-patches.js';
import type { PendingList } from './pending.js';

/** Names that one list gets or loses. */
export interface AttachedList extends Pick<ListChange, 'added' | 'takenBack' | 'place'> {
  readonly list: PendingList;
}

/** Files with their lists edited. */
export interface Edited {
  readonly files: ManifestChange[];
  readonly changes: AttachedList[];
  readonly inJson: PendingList[];
  readonly problems: Problem[];
}

/** Edits lists where they stand, in memory. */
export function editFiles(editable: EditableManifests, lists: readonly PendingList[]): Edited {
  const edited: Edited = { files: [], changes: [], inJson: [], problems: [] };
  for (const [file, own] of byFile(lists)) editFile(file, own, editable, edited);
  return edited;
}

function editFile(file: string, lists: readonly PendingList[], editable: EditableManifests, edited: Edited): void {
  const manifest = editable.read(file);
  if ('code' in manifest) {
    edited.problems.push(manifest);
    return;
  }
  const { path, text } = manifest;
  const requests = lists.flatMap(({ object, path: way = '', wanted, item = 'name' }): ListRequest[] =>
    object ? [{ object, path: pathKeys(way), wanted, item }] : [],
  );
  const { text: after, changes, inJson, problems } = editLists(manifest, requests);
  if (after !== text) edited.files.push({ file, path, before: text, after });
  const owners = new Map(lists.map((list, index) => [requests[index], list]));
  for (const { request, ...change } of changes) {
    const list = owners.get(request);
    if (list) edited.changes.push({ list, ...shownChange(change, list) });
  }
  edited.inJson.push(...inJson.flatMap((request) => owners.get(request) ?? []));
  edited.problems.push(...problems);
}

function byFile(lists: readonly PendingList[]): Map<string, PendingList[]> {
  const files = new Map<string, PendingList[]>();
  for (const list of lists) {
    const file = list.object?.file ?? '';
    files.set(file, [...(files.get(file) ?? []), list]);
  }
  return files;
}

/** Entries that are more than a name are told by the file, or the value, that they name. */
function shownChange(change: Omit<ListChange, 'request'>, { item }: PendingList): Omit<ListChange, 'request'> {
  const shown = (entries: readonly string[]) => (item === 'json' ? entries.map(fileIn) : entries);
  return { ...change, added: shown(change.added), takenBack: shown(change.takenBack) };
}
