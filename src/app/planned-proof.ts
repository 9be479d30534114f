import type { Inventory } from '../model/inventory/found-inventory.js';
import { mergeInventories } from '../model/inventory/inventory.js';
import type { Workload } from '../model/inventory/workload.js';
import type { AccessPlan } from '../model/plan/access-plan.js';
import { accountList, type DeclaredList, isPending, templateList } from '../model/plan/declared-list.js';
import type { PendingLists } from '../model/proof/admission.js';
import type { ProveInput } from '../model/proof/prove.js';
import type { WrittenObject } from '../objects/written-object.js';
import { writtenInventory } from './written-inventory.js';

/** A plan, what is written for it, and what it was made from. */
export interface PlannedState {
  readonly plan: AccessPlan;
  readonly objects: readonly WrittenObject[];
  /** With the values of Secrets. */
  readonly inventory: Inventory;
}

/** Input of a proof of the images of a cluster as they will be once everything is written and every pending list is as it must be. */
export function plannedInput({ plan, objects, inventory }: PlannedState): ProveInput {
  return {
    inventory: mergeInventories([inventory, writtenInventory(objects)]),
    cluster: plan.cluster,
    pending: pendingOf(plan),
  };
}

/** Lists as `attach` leaves them. */
function pendingOf({ accounts, templates }: AccessPlan): PendingLists {
  const ofAccounts = new Map<string, readonly string[]>();
  for (const account of accounts) {
    const list = accountList(account);
    if (list && isPending(list)) ofAccounts.set(`${account.namespace}/${account.name}`, listAfter(list));
  }
  const ofWorkloads = new Map<Workload, readonly string[]>();
  for (const template of templates) {
    const list = templateList(template);
    if (isPending(list)) for (const workload of template.list.workloads) ofWorkloads.set(workload, listAfter(list));
  }
  return {
    ofAccount: (namespace, name) => ofAccounts.get(`${namespace}/${name}`),
    ofWorkload: (workload) => ofWorkloads.get(workload),
  };
}

function listAfter({ names, missing, surplus }: DeclaredList): string[] {
  return [...names.filter((name) => !surplus.includes(name)), ...missing];
}
