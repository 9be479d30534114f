import type { DeclaredAccount } from '../inventory/declared-object.js';
import type { Inventory } from '../inventory/found-inventory.js';
import type { Workload } from '../inventory/workload.js';
import { grouped } from '../names/grouped.js';
import { compareText, sortedUnique } from '../names/names.js';
import type { InternalImages } from '../needs/internal-images.js';
import type { Need } from '../needs/need.js';
import { inListOrder } from '../needs/pull-secret-choice.js';
import { workloadText } from '../needs/puller-text.js';
import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { type Words, words } from '../problem/shown.js';
import { attachmentOf } from '../vocabulary/attachments.js';
import type { ClusterModel } from '../vocabulary/cluster.js';
import { isOnNodes } from '../vocabulary/distributions.js';
import type { AccountPlanner } from './account-plan.js';
import { type PodList, podLists } from './pod-list.js';

/** Names that one list of a pod template must hold. */
export interface TemplatePlan {
  readonly list: PodList;
  /** The pull secrets that its images need, in the order of the list. */
  readonly pullSecrets: readonly string[];
  /** Everything that must be on it; where nobody else put a name on it, also all that its accounts would have given. */
  readonly wanted: readonly string[];
  /** Names of those that it lacks. */
  readonly missing: readonly string[];
  /** Names that `attach` put there and nothing needs any more. */
  readonly surplus: readonly string[];
  readonly needs: readonly Need[];
}

/** Needs by where they are answered. */
export interface SplitNeeds {
  /** Of every list of pods that has needs, or names that `attach` put there. */
  readonly onTemplate: ReadonlyMap<PodList, readonly Need[]>;
  readonly onAccount: readonly Need[];
  /** A policy or the patcher answers these: nothing is put on a list in Git. */
  readonly onPolicy: readonly Need[];
}

/**
 * Tells needs that belong to a pod template from those of its account and those that a policy answers. A pod with a
 * list of its own gets nothing from its account (kubernetes, plugin/pkg/admission/serviceaccount), so all needs of the
 * pods that share a list move to it together, but for those that a policy adds to the pods themselves. Names that
 * `attach` put on it do not make it a list of their own: they can be taken back. Where the chart that pods are rendered from
 * gives the names to their account, they stay there: its values are what can be edited.
 */
export function splitNeeds(
  { workloads, accounts }: Pick<Inventory, 'workloads' | 'accounts'>,
  needs: readonly Need[],
): SplitNeeds {
  const lists = podLists(workloads);
  const byList = new Map<PodList, Need[]>();
  const onAccount: Need[] = [];
  const onPolicy: Need[] = [];
  const byAccount = (need: Need) => (attachmentOf(need.pullSecret).purpose ? onPolicy : onAccount).push(need);
  for (const need of needs) {
    if (!need.listed || 'imageStream' in need.why || isOnNodes(need.pullSecret)) continue;
    if ('byHand' in need.why && need.why.onAccount) {
      onAccount.push(need);
      continue;
    }
    if (attachmentOf(need.pullSecret).lists === 'pods') {
      onPolicy.push(need);
      continue;
    }
    const list = 'byHand' in need.why ? undefined : lists.get(need.why.workload);
    // What is asked for by name goes also where no account's list would be written by itself.
    if (!list) byAccount(need);
    else if (byList.has(list)) byList.get(list)?.push(need);
    else byList.set(list, [need]);
  }
  const onTemplate = new Map<PodList, readonly Need[]>();
  const accountOf = accountsByPod(accounts);
  for (const [list, own] of byList) {
    const isWanted =
      list.isForeign || list.isOnly || own.some((need) => attachmentOf(need.pullSecret).lists === 'templates');
    if (isWanted && !isLent(list, own, accountOf)) onTemplate.set(list, own);
    else for (const need of own) byAccount(need);
  }
  for (const list of lists.values()) if (list.marks.length > 0 && !onTemplate.has(list)) onTemplate.set(list, []);
  return { onTemplate, onAccount, onPolicy };
}

/** Whether pods without a list of their own get all that they need from accounts as these are rendered. */
function isLent(list: PodList, needs: readonly Need[], accountOf: AccountOf): boolean {
  if (list.names.length > 0 || list.isOnly) return false;
  return list.workloads.every((workload) => {
    const account = accountOf(workload);
    return (
      account?.source !== undefined && needs.every(({ pullSecret }) => account.pullSecrets.includes(pullSecret.name))
    );
  });
}

/** Gives the account that a pod runs as, where it is declared. */
type AccountOf = (workload: Workload) => DeclaredAccount | undefined;

/** There may be thousands of pods and of accounts: the first of each name is looked up. */
function accountsByPod(accounts: readonly DeclaredAccount[]): AccountOf {
  let known: ReadonlyMap<string, readonly DeclaredAccount[]> | undefined;
  return ({ namespace, serviceAccount }) => {
    known ??= grouped(accounts, (each) => `${each.namespace ?? ''}/${each.name}`);
    return known.get(`${namespace ?? ''}/${serviceAccount}`)?.[0];
  };
}

/**
 * The plans of pod templates, sorted; `accounts` must know all needs of accounts.
 *
 * @param unsettled tells workloads with a finding about an image, or in a namespace that something unread may be about
 */
export function templatePlans(
  cluster: ClusterModel,
  onTemplate: SplitNeeds['onTemplate'],
  accounts: AccountPlanner,
  unsettled: (workload: Workload) => boolean,
): TemplatePlan[] {
  return [...onTemplate]
    .map(([list, needs]) => {
      // While there is a finding about an image nobody knows what it needs: nothing is taken back.
      const held = list.workloads.some(unsettled) ? list.marks : [];
      return templatePlan(cluster, list, needs, accounts, held);
    })
    .sort(byWorkload);
}

function templatePlan(
  cluster: ClusterModel,
  list: PodList,
  needs: readonly Need[],
  accounts: AccountPlanner,
  held: readonly string[],
): TemplatePlan {
  const pullSecrets = inListOrder(
    needs.map((need) => need.pullSecret.name),
    cluster.overlap,
  );
  const given = needs.length === 0 ? [] : givenTo(list, accounts);
  // What the account gives may have come when the list was still empty: other images may rely on it.
  const lent = list.isForeign ? given.filter((name) => list.marks.includes(name)) : given;
  const wanted = inListOrder([...pullSecrets, ...lent, ...held], cluster.overlap);
  return {
    list,
    pullSecrets,
    wanted,
    missing: wanted.filter((name) => !list.names.includes(name)),
    surplus: list.marks.filter((name) => !wanted.includes(name)),
    needs,
  };
}

function givenTo({ workloads }: PodList, accounts: AccountPlanner): string[] {
  return workloads.flatMap(({ namespace = '', serviceAccount }) => accounts.given(namespace, serviceAccount));
}

/** Errors and findings about a list of pods. */
export function templateProblems(
  internal: InternalImages,
  cluster: ClusterModel,
  { workload, workloads, names }: PodList,
  needs: readonly Need[],
): Problem[] {
  if (needs.every((need) => names.includes(need.pullSecret.name))) return [];
  if (workload.listPath === undefined) {
    return [
      At.of(workload.place).find(
        'template-unknown',
        words`${workloadText(workload)} has no place for a list of pull secrets`,
        namesHint(workload, needs),
      ),
    ];
  }
  if (cluster.platform === 'openshift' && workloads.some((each) => internal.arePulledBy(each))) {
    return [
      At.of(workload.place).refuse(
        'dockercfg-needed',
        words`${workloadText(workload)} pulls from the internal registry too; a list of its own would take its account's generated secret away`,
      ),
    ];
  }
  return [];
}

/** Hint of what people write where no list of `{ name }` can be written for them. */
function namesHint({ namesField }: Workload, needs: readonly Need[]): Words {
  if (namesField === undefined) return words`use attachment serviceAccount for its pull secrets`;
  const names = sortedUnique(needs.map((need) => need.pullSecret.name));
  if (namesField.endsWith('[]')) return words`add to ${namesField.slice(0, -2)} by hand: ${names.join(', ')}`;
  return words`name one pull secret that opens all it needs in ${namesField} by hand: ${names.join(' or ')}`;
}

function byWorkload({ list: { workload: a } }: TemplatePlan, { list: { workload: b } }: TemplatePlan): number {
  return (
    compareText(a.namespace ?? '', b.namespace ?? '') ||
    compareText(a.kind, b.kind) ||
    compareText(a.name, b.name) ||
    compareText(a.listPath ?? '', b.listPath ?? '')
  );
}
