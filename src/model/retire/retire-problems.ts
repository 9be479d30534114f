import type { Inventory } from '../inventory/found-inventory.js';
import type { AccessPlan } from '../plan/access-plan.js';
import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import type { RetireSpec } from '../vocabulary/spec.js';
import { entryText, isAbout } from './retire-entries.js';
import { keptSecrets, type Retired, retiredObjects } from './retired.js';

/** Warnings about idle entries: those that let nothing leave on any of these clusters. */
export function idleProblems(
  retire: readonly RetireSpec[],
  isIdle: (entry: RetireSpec, index: number) => boolean,
  plans: readonly AccessPlan[],
): Problem[] {
  return [...retire.entries()]
    .filter(([index, entry]) => isIdle(entry, index))
    .map(([index, entry]) => idleProblem(entry, index, plans));
}

function idleProblem(entry: RetireSpec, index: number, plans: readonly AccessPlan[]): Problem {
  const needed = plans.flatMap((plan) => neededBy(entry, plan))[0];
  const path = ['retire', index];
  return needed === undefined
    ? At.of({ path }).warn('retire-unneeded', words`nothing in the output folder matches ${entryText(entry)}`)
    : At.of({ path }).warn('retire-needed', words`${needed}, so it is not retired`);
}

/** Finds what still needs something that an entry names. */
function neededBy(entry: RetireSpec, { cluster, accounts, grants, secrets, globalPullSecret }: AccessPlan): string[] {
  const onNodes = globalPullSecret?.entries.some(({ pullSecret }) => pullSecret.name === entry.pullSecret);
  if (onNodes && isAbout(entry, cluster.name, '')) return [`the global pull secret still has ${entry.pullSecret}`];
  const isNamed = (pullSecret: string) => (entry.pullSecret ?? pullSecret) === pullSecret;
  const byAccounts = accounts
    .filter(({ namespace, name }) => isAbout(entry, cluster.name, namespace) && (entry.serviceAccount ?? name) === name)
    .flatMap(({ namespace, name, pullSecrets }) =>
      pullSecrets
        .filter(isNamed)
        .map((pullSecret) => `service account ${name} of namespace ${namespace} still needs ${pullSecret}`),
    );
  if (byAccounts.length > 0) return byAccounts;
  const byGrants = grants
    .filter(
      ({ to, serviceAccount }) =>
        entry.pullSecret === undefined &&
        isAbout(entry, cluster.name, to) &&
        (entry.serviceAccount ?? serviceAccount) === serviceAccount,
    )
    .map(({ from, to }) => `namespace ${to} still pulls from namespace ${from}`);
  if (entry.serviceAccount !== undefined || byGrants.length > 0) return byGrants;
  return secrets
    .filter(({ namespace, pullSecret }) => isAbout(entry, cluster.name, namespace) && isNamed(pullSecret))
    .map(({ namespace, pullSecret }) => `namespace ${namespace} still needs ${pullSecret}`);
}

/**
 * Warnings about lists in manifests of the user that name what is retired: the Secret goes in a later step. What
 * `attach` put there it takes back itself.
 */
export function stillListed(retired: Retired, { accounts, workloads }: Inventory): Problem[] {
  return keptSecrets({ ...retired, objects: retiredObjects(retired) }).flatMap(({ namespace, name }) => {
    const lists = [
      ...accounts.map((account) => ({ ...account, kind: 'ServiceAccount', names: account.pullSecrets })),
      ...workloads.map(({ pullSecrets, ...workload }) => ({ ...workload, ...pullSecrets, place: workload.place })),
    ];
    return lists
      .filter((list) => list.namespace === namespace && list.names.includes(name) && !list.marks?.includes(name))
      .map(({ kind, name: owner, place }) =>
        At.of(place).warn(
          'retired-still-listed',
          words`${kind} ${namespace}/${owner} still lists ${name}, which is retired`,
        ),
      );
  });
}
