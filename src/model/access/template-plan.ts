import type { Workload } from '../pods/workload.js';
import type { Problem } from '../problem/problem.js';
import type { ClusterModel } from '../spec/cluster.js';
import { compareText } from '../spec/names.js';
import type { AccountPlanner } from './account-plan.js';
import { workloadText } from './finding-collector.js';
import type { InternalImages } from './internal-images.js';
import type { Need } from './need.js';
import { inListOrder } from './pull-secret-choice.js';

/** The list of one pod template. */
export interface TemplatePlan {
  readonly workload: Workload;
  /** The pull secrets that its images need, in the order of the list. */
  readonly pullSecrets: readonly string[];
  /** What its list lacks; for an empty list also everything that the account would have given. */
  readonly missing: readonly string[];
  readonly needs: readonly Need[];
}

/** Needs by where they are answered. */
export interface SplitNeeds {
  readonly onTemplate: ReadonlyMap<Workload, readonly Need[]>;
  readonly onAccount: readonly Need[];
  /** Nothing is put on a list for these. */
  readonly onPolicy: readonly Need[];
}

/**
 * Tells needs that belong to a pod template from those of its account and those that a policy answers. A pod with a list
 * of its own gets nothing from its account (kubernetes, plugin/pkg/admission/serviceaccount), so all its needs move to
 * the template, but for those that a policy adds to the pod itself.
 */
export function splitNeeds(needs: readonly Need[]): SplitNeeds {
  const onTemplate = new Map<Workload, Need[]>();
  const onAccount: Need[] = [];
  const onPolicy: Need[] = [];
  const byAccount = (need: Need) =>
    (need.pullSecret.attachment === 'serviceAccountPolicy' ? onPolicy : onAccount).push(need);
  for (const need of needs) {
    if (need.pullSecret.attachment === 'podPolicy') {
      onPolicy.push(need);
    } else if ('byHand' in need.why) {
      // Asked for by name, so also where no account's list would be written by itself.
      byAccount(need);
    } else {
      const list = onTemplate.get(need.why.workload) ?? [];
      list.push(need);
      onTemplate.set(need.why.workload, list);
    }
  }
  for (const [workload, list] of onTemplate) {
    if (hasOwnList(workload) || list.some((need) => need.pullSecret.attachment === 'podTemplate')) continue;
    for (const need of list) byAccount(need);
    onTemplate.delete(workload);
  }
  return { onTemplate, onAccount, onPolicy };
}

/** The plans of pod templates, sorted; `accounts` must know all needs of accounts. */
export function templatePlans(
  cluster: ClusterModel,
  onTemplate: SplitNeeds['onTemplate'],
  accounts: AccountPlanner,
): TemplatePlan[] {
  return [...onTemplate].map(([workload, needs]) => templatePlan(cluster, workload, needs, accounts)).sort(byWorkload);
}

/** True if the pod takes nothing from its account; an entry with an empty name counts. */
export function hasOwnList(workload: Workload): boolean {
  return workload.pullSecrets.names.length > 0;
}

function templatePlan(
  cluster: ClusterModel,
  workload: Workload,
  needs: readonly Need[],
  accounts: AccountPlanner,
): TemplatePlan {
  const pullSecrets = inListOrder(
    needs.map((need) => need.pullSecret.name),
    cluster.overlap,
  );
  const own = workload.pullSecrets.names;
  const given = hasOwnList(workload) ? [] : accounts.given(workload.namespace ?? '', workload.serviceAccount);
  const missing = inListOrder([...pullSecrets, ...given], cluster.overlap).filter((name) => !own.includes(name));
  return { workload, pullSecrets, missing, needs };
}

/** Errors and findings about a list on this workload's template. */
export function templateProblems(
  internal: InternalImages,
  cluster: ClusterModel,
  workload: Workload,
  needs: readonly Need[],
): Problem[] {
  const own = workload.pullSecrets.names;
  if (needs.every((need) => own.includes(need.pullSecret.name))) return [];
  const place = workload.place ? { place: workload.place } : {};
  if (workload.listPath === undefined) {
    return [
      {
        code: 'template-unknown',
        message: `${workloadText(workload)} has no place for a list of pull secrets`,
        ...place,
        hint: 'use attachment serviceAccount for its pull secrets',
      },
    ];
  }
  if (cluster.platform === 'openshift' && internal.arePulledBy(workload)) {
    return [
      {
        code: 'dockercfg-needed',
        message: `${workloadText(workload)} pulls from the internal registry too; a list of its own would take its account's generated secret away`,
        ...place,
        hint: 'only a policy can add to what the account gives: attachment: { podPolicy: kyverno }, kyvernoLegacy or native',
      },
    ];
  }
  return [];
}

function byWorkload(a: TemplatePlan, b: TemplatePlan): number {
  return (
    compareText(a.workload.namespace ?? '', b.workload.namespace ?? '') ||
    compareText(a.workload.kind, b.workload.kind) ||
    compareText(a.workload.name, b.workload.name)
  );
}
