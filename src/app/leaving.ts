import type { AccessPlan } from '../model/plan/access-plan.js';
import type { PlannedCluster } from '../model/plan/disagreements.js';
import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import type { FormerOutput, GivingObject } from '../model/retire/former.js';
import { markOf, wholeMark } from '../model/retire/gift.js';
import { holdFormer } from '../model/retire/held.js';
import { broken, readObject } from '../model/retire/read-object.js';
import { idleProblems, stillListed } from '../model/retire/retire-problems.js';
import type { Retired, UnsealedObject } from '../model/retire/retired.js';
import { retireAccess } from '../model/retire/retirement.js';
import { unsealedObjects } from '../model/retire/unsealed.js';
import type { ImagePullSpec, RetireSpec } from '../model/vocabulary/spec.js';
import { jsonOf, type WrittenObject } from '../objects/written-object.js';
import type { Plan } from '../output/plan.js';
import { readFormerOutput } from './former-output.js';

/** The fate of access that the files in the output folder give and the plans do not. */
export interface LeavingAccess {
  /** Each plan with what leaves in two steps. */
  readonly plans: readonly { readonly plan: AccessPlan; readonly retired: Retired }[];
  /** Findings and warnings about `retire`. */
  readonly problems: readonly Problem[];
  /** Problems that stop a run before anything is written. */
  readonly stops: readonly Problem[];
}

/** A cluster with its plan and the objects that come of it. */
export interface WrittenCluster extends HeldCluster {
  readonly objects: readonly WrittenObject[];
}

/**
 * Rule of ownership 5 for all clusters. Only files that writing the plans would replace or remove are looked at: what
 * leaves, or was retired before, is in one of them.
 *
 * @param written what writing the plans as they are would change
 */
export function leavingAccess(clusters: readonly WrittenCluster[], spec: ImagePullSpec, written: Plan): LeavingAccess {
  const formers = formerOf(written);
  const retire = spec.retire ?? [];
  const leaving = clusters.map(({ plan, inventory, objects, held }) => {
    const former = formers.get(plan.cluster.name) ?? nothing;
    const left = retireAccess({ plan, inventory, former, given: givenNow(objects, former), retire });
    return { ...left, retired: { ...left.retired, objects: [...held, ...left.retired.objects] } };
  });
  const used = new Set(leaving.flatMap((each) => [...each.used]));
  const plans = leaving.map(({ plan, retired }) => ({ plan, retired }));
  const removed = [...formers].filter(([name, output]) => !Object.hasOwn(spec.clusters, name) && givesAccess(output));
  return {
    plans,
    problems: [
      ...retireProblems(
        spec,
        used,
        plans.map(({ plan }) => plan),
        written,
      ),
      ...clusters.flatMap(({ inventory }, index) => stillListed(plans[index]!.retired, inventory)),
    ],
    stops: [...leaving.flatMap(({ stops }) => stops), ...removed.map(([name]) => removedCluster(name))],
  };
}

const nothing: FormerOutput = { objects: [], broken: [] };

/** A cluster with what stays of an earlier output because it is needed and cannot be made anew. */
export interface HeldCluster extends PlannedCluster {
  readonly held: readonly UnsealedObject[];
}

/**
 * The clusters with all that the output gave and that a manifest may still need which cannot be read, and with what no
 * ciphertext takes the place of: it neither leaves nor shrinks, and stops no run.
 */
export function holdAccess(
  clusters: readonly PlannedCluster[],
  written: Plan,
): { readonly clusters: readonly HeldCluster[]; readonly problems: readonly Problem[] } {
  const formers = clusters.some(isHolding) ? formerOf(written) : undefined;
  const held = clusters.map((each) => {
    const former = formers?.get(each.plan.cluster.name);
    if (!former) return { cluster: { ...each, held: [] }, problems: [] };
    const { plan, problems } = holdFormer(each.plan, each.inventory, former);
    return { cluster: { ...each, plan, held: unsealedObjects(plan, former) }, problems };
  });
  return { clusters: held.map(({ cluster }) => cluster), problems: held.flatMap(({ problems }) => problems) };
}

function isHolding({ plan: { secrets, globalPullSecret }, inventory }: PlannedCluster): boolean {
  return inventory.unread.length > 0 || [...secrets, globalPullSecret].some((each) => each?.sealed?.lacks.length);
}

/** Gifts of the files that writing would replace or remove. */
function formerOf({ replace, prune }: Plan): Map<string, FormerOutput> {
  return readFormerOutput([
    ...replace.map(({ file, before }) => ({ path: file.path, text: before })),
    ...prune.map(({ path, before }) => ({ path, text: before })),
  ]);
}

/** Gifts of this run, in the namespaces of what was given. */
function givenNow(objects: readonly WrittenObject[], former: FormerOutput): GivingObject[] {
  const namespaces = new Set(former.objects.map(({ namespace }) => namespace));
  const near = objects.filter(({ metadata }) => namespaces.has(metadata.namespace));
  return near.flatMap((object) => {
    const read = readObject(jsonOf(object), object.at.stage);
    return read === undefined || read === broken ? [] : [read];
  });
}

/** True where something is given that no earlier run marked retired. */
function givesAccess({ objects, broken: files }: FormerOutput): boolean {
  const isMarked = ({ marks }: GivingObject, mark: string) => marks.includes(mark) || marks.includes(wholeMark);
  return files.length > 0 || objects.some((each) => each.gifts.some((gift) => !isMarked(each, markOf(gift))));
}

function removedCluster(name: string): Problem {
  return At.of().stop(
    'access-leaves',
    words`${name}: the config has no such cluster any more, so everything in its folder would leave`,
    'first stop what applies the folder (docs/migrating.md), then say --now',
  );
}

/** Entries are judged by the clusters they are for: a run that leaves some of them out cannot tell. */
function retireProblems(
  { retire = [], clusters }: ImagePullSpec,
  used: ReadonlySet<number>,
  plans: readonly AccessPlan[],
  { replace, unchanged, prune }: Plan,
): Problem[] {
  const planned = plans.map(({ cluster }) => cluster.name);
  const isFor = (names: readonly string[] | undefined) => planned.some((name) => names?.includes(name) !== false);
  if (replace.length + unchanged.length + prune.length === 0 && retire.some((entry) => isFor(entry.clusters)))
    return [unseen];
  const all = Object.keys(clusters);
  const isJudged = ({ clusters: names = all }: RetireSpec) => names.every((name) => planned.includes(name));
  return idleProblems(retire, (entry, index) => isJudged(entry) && !used.has(index), plans);
}

const unseen: Problem = At.of({ path: ['retire'] }).find(
  'retire-unseen',
  'the output folder has no file of an earlier run, so nothing of what retire names is kept',
);
