import type { Workload } from '../inventory/workload.js';
import { sortedUnique } from '../names/names.js';
import { placeText } from '../problem/problem.js';

/** A list of pull secrets and the pods of one object that share it, such as the templates of an Argo Workflow. */
export class PodList {
  /** Never empty. */
  readonly workloads: readonly [Workload, ...Workload[]];

  constructor(workloads: readonly [Workload, ...Workload[]]) {
    this.workloads = workloads;
  }

  /** The first of its workloads, for messages. */
  get workload(): Workload {
    return this.workloads[0];
  }

  /** The names on it, an entry without name included. */
  get names(): readonly string[] {
    return this.workload.pullSecrets.names;
  }

  /** The names on it that `attach` put there. */
  get marks(): readonly string[] {
    return this.workload.pullSecrets.marks ?? [];
  }

  /** True if somebody else put a name on it: then the account gives nothing anyway. */
  get isForeign(): boolean {
    return this.names.some((name) => !this.marks.includes(name));
  }

  /** True if nothing else can reach its pods, and it is named by a field of the object. */
  get isOnly(): boolean {
    const { ownListOnly, listPath, namesField } = this.workload;
    return ownListOnly === true && (listPath ?? namesField) !== undefined;
  }

  /** The accounts of its pods, each once. */
  get accounts(): string[] {
    return sortedUnique(this.workloads.map((workload) => workload.serviceAccount));
  }
}

/** The lists of all workloads; those whose object has no place for a list have one each. */
export function podLists(workloads: readonly Workload[]): ReadonlyMap<Workload, PodList> {
  const groups = new Map<string, [Workload, ...Workload[]]>();
  const lists = new Map<Workload, PodList>();
  for (const workload of workloads) {
    const key = keyOf(workload);
    const group = key === undefined ? undefined : groups.get(key);
    if (group) group.push(workload);
    else if (key === undefined) lists.set(workload, new PodList([workload]));
    else groups.set(key, [workload]);
  }
  for (const group of groups.values()) {
    const list = new PodList(group);
    for (const workload of group) lists.set(workload, list);
  }
  return lists;
}

/** Text that two workloads have in common which share a list: the object, and the path in it. */
function keyOf({ place, namespace, kind, name, listPath }: Workload): string | undefined {
  if (listPath === undefined) return undefined;
  const object = place ? placeText(place) : `${namespace ?? ''}/${kind}/${name}`;
  return `${object} ${listPath}`;
}
