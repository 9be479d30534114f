import { EditableManifests } from '../manifests/editable.js';
import { stdinName } from '../manifests/inventory.js';
import { repositoryOf } from '../manifests/repository.js';
import { editEffect } from '../model/inventory/edit-effect.js';
import { pathKeys } from '../model/inventory/tree-path.js';
import { sortedUnique } from '../model/names/names.js';
import type { DeclaredList } from '../model/plan/declared-list.js';
import { At } from '../model/problem/at.js';
import { ImagePullError, type Problem, severityOf } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { nothingRetired } from '../model/retire/retired.js';
import type { ManifestChange } from '../output/manifest-writer.js';
import { editLists } from '../yaml/edits/edit-lists.js';
import type { ListChange, ListRequest } from '../yaml/edits/list-request.js';
import { type Patch, patchesOf } from './patches.js';
import { type PendingList, pendingLists } from './pending.js';
import { type PlanOptions, planClusters } from './plan.js';
import { planObjects } from './render.js';

/** Everything that `attach` works out, before a file is touched. */
export interface Attachment {
  /** The folder that all edited files lie in. */
  readonly root: string;
  /** Sorted by file. */
  readonly files: readonly ManifestChange[];
  /** What the lists in these files get and lose, in the order of files and lines. */
  readonly changes: readonly AttachedList[];
  /** What belongs into something else than a manifest: charts, kustomizations, JSON. */
  readonly patches: readonly Patch[];
  /** The objects whose pods are made anew when the lists are applied, sorted. */
  readonly restarts: readonly string[];
  /** Findings and warnings. */
  readonly problems: readonly Problem[];
}

/** What becomes of one list. */
export interface AttachedList extends Pick<ListChange, 'added' | 'takenBack' | 'place'> {
  readonly list: PendingList;
}

/**
 * Puts names on the lists in manifests of the user and takes back what nothing needs any more, in memory. All clusters
 * are planned, because they may share a manifest. Throws all errors together, `manifest-not-editable` among them; also
 * `account-declared-twice`, as it is unknown which of the two would have to be edited.
 */
export function attach(options: PlanOptions): Attachment {
  const { base } = options.config;
  const { clusters, former, problems } = planClusters({ ...options, clusters: undefined });
  const planned = clusters.map(({ plan }) => planObjects(plan, nothingRetired));
  const { lists, problems: found } = pendingLists(base, planned, former);
  const edited = editFiles(base, lists.filter(isEditable));
  const all = [...problems, ...found, ...edited.problems];
  const grave = all.filter((problem) => severityOf(problem) === 'error' || problem.code === 'account-declared-twice');
  if (grave.length > 0) throw new ImagePullError(grave);
  const patches = patchesOf(
    options,
    lists.filter((list) => !isEditable(list)),
    edited.inJson,
  );
  const changed = [...edited.changes.map(({ list }) => list), ...patches.flatMap((patch) => patch.lists)];
  return {
    root: repositoryOf(base),
    files: edited.files,
    changes: edited.changes,
    patches,
    restarts: sortedUnique(changed.flatMap((list) => (editEffect(list) === 'restarts' ? [list.owner] : []))),
    problems: [...all, ...changed.filter((list) => editEffect(list) === 'refused').map(refusedEdit)],
  };
}

function refusedEdit({ owner, place }: DeclaredList): Problem {
  return At.of(place).warn('edit-refused', words`the list of ${owner} cannot be changed where it is applied already`);
}

/** What was rendered from something else is not edited: the next rendering would undo it. */
function isEditable({ source, object }: PendingList): boolean {
  return source === undefined && object?.file !== stdinName;
}

interface Edited {
  readonly files: ManifestChange[];
  readonly changes: AttachedList[];
  readonly inJson: PendingList[];
  readonly problems: Problem[];
}

function editFiles(base: string, lists: readonly PendingList[]): Edited {
  const edited: Edited = { files: [], changes: [], inJson: [], problems: [] };
  const editable = new EditableManifests(base);
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
    if (list) edited.changes.push({ list, ...change });
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
