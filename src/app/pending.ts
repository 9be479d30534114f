import type { BesideFile } from '../manifests/beside-files.js';
import { type KustomizationFile, kustomizationFile } from '../manifests/kustomization-file.js';
import { renderedSource } from '../manifests/rendered-source.js';
import { compareText, sortedUnique } from '../model/names/names.js';
import { type DeclaredList, declaredLists, isPending, listKey } from '../model/plan/declared-list.js';
import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { besideFileName } from '../output/header.js';
import type { ItemForm } from '../yaml/edits/list-request.js';
import { ownersText } from './owners-text.js';
import type { PlannedObjects } from './render.js';

/** A list that `attach` has something to do to. */
export interface PendingList extends DeclaredList {
  /** As in a request to the editor. @default 'name' */
  readonly item?: ItemForm;
}

/** Lists of pull secrets in manifests, and lists of resources in kustomizations. */
export interface Pending {
  /** Each once, sorted by place. */
  readonly lists: readonly PendingList[];
  readonly problems: readonly Problem[];
}

/**
 * Everything that `attach` has to do to files of the user.
 *
 * @param former the files that an earlier run put beside workloads
 */
export function pendingLists(base: string, planned: readonly PlannedObjects[], former: readonly BesideFile[]): Pending {
  const kustomizations = kustomizationLists(base, planned, former);
  const byKey = new Map<string, PendingList>();
  const owners = new Map<string, string[]>();
  for (const list of [...planned.flatMap(({ plan }) => declaredLists(plan)), ...kustomizations.lists]) {
    // Where clusters share a list they ask for the same, else the plan is an error.
    if (!(isPending(list) && list.object && list.path !== undefined)) continue;
    const key = listKey(list.object, list.path);
    owners.set(key, [...(owners.get(key) ?? []), list.owner]);
    byKey.set(key, { ...list, owner: ownersText(owners.get(key) ?? []) });
  }
  const sorted = [...byKey].sort(([a], [b]) => compareText(a, b));
  return { lists: sorted.map(([, list]) => list), problems: kustomizations.problems };
}

/** The kustomizations of the folders that manifests were rendered from, and the files that lie in them. */
function kustomizationLists(base: string, planned: readonly PlannedObjects[], former: readonly BesideFile[]): Pending {
  const wanted = new Map<string, string[]>(former.map(({ folder }) => [folder, []]));
  for (const { plan, objects } of planned) {
    if (plan.cluster.placement !== 'beside') continue;
    for (const spec of plan.cluster.workloads) {
      if (typeof spec === 'object' && 'from' in spec && spec.from !== undefined && !wanted.has(spec.from))
        wanted.set(spec.from, []);
    }
    for (const { at } of objects)
      if (at.beside !== undefined) wanted.set(at.beside, [...(wanted.get(at.beside) ?? []), besideFileName(at.file)]);
  }
  const unread: Problem[] = [];
  const found = [...wanted].flatMap(([folder, files]) => {
    const source = renderedSource(base, folder);
    if (source.kind !== 'kustomize') return [];
    const kustomization = kustomizationFile(base, source.file);
    if (!kustomization && files.length > 0) unread.push(unreadProblem(source.file, files));
    return kustomization ? [{ folder, kustomization, files: sortedUnique(files) }] : [];
  });
  const isRenamed = ({ kustomization, files }: (typeof found)[number]) =>
    files.length > 0 && kustomization.prefix + kustomization.suffix !== '';
  return {
    lists: found
      .filter((each) => !isRenamed(each))
      .map(({ folder, kustomization, files }) => resourcesOf(folder, kustomization, files)),
    problems: [...unread, ...found.filter(isRenamed).map(({ kustomization }) => renameProblem(kustomization))],
  };
}

function resourcesOf(
  folder: string,
  { place, listPlace, resources, marks }: KustomizationFile,
  wanted: readonly string[],
): PendingList {
  return {
    owner: `the kustomization of ${folder}`,
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    name: folder,
    namespace: undefined,
    object: place,
    path: 'resources',
    place: listPlace ?? place,
    names: resources,
    wanted,
    missing: wanted.filter((file) => !resources.includes(file)),
    surplus: marks.filter((file) => !wanted.includes(file)),
    source: undefined,
    item: 'text',
  };
}

function unreadProblem(file: string, wanted: readonly string[]): Problem {
  return At.of({ file, line: 1, column: 1 }).find(
    'list-not-editable',
    words`${file} cannot be read as a map, and must list ${wanted.join(', ')} among its resources`,
    'mend it, then run attach',
  );
}

/** Kustomize follows the names of Secrets into pods, but not those of the objects that Secrets are made from. */
function renameProblem({ place }: KustomizationFile): Problem {
  return At.of(place).find(
    'kustomization-renames',
    words`${place.file} has a namePrefix or nameSuffix: the pull secrets beside it would get other names than the lists have`,
  );
}
