import type { Problem } from '../problem/problem.js';
import type { RetireSpec } from '../spec/spec.js';
import type { AccessPlan } from './access-plan.js';
import { entryText } from './departure.js';
import { isAbout } from './retire-entries.js';

/** Warnings about entries that let nothing leave on any of these clusters. */
export function idleProblems(
  retire: readonly RetireSpec[],
  used: ReadonlySet<number>,
  plans: readonly AccessPlan[],
): Problem[] {
  return [...retire.entries()]
    .filter(([index]) => !used.has(index))
    .map(([index, entry]) => idleProblem(entry, index, plans));
}

function idleProblem(entry: RetireSpec, index: number, plans: readonly AccessPlan[]): Problem {
  const needed = plans.flatMap((plan) => neededBy(entry, plan))[0];
  const path = ['retire', index];
  return needed === undefined
    ? {
        code: 'retire-unneeded',
        message: `nothing in the output folder matches ${entryText(entry)}`,
        path,
        hint: 'delete the entry',
      }
    : { code: 'retire-needed', message: `${needed}, so it is not retired`, path, hint: 'delete the entry' };
}

/** What still needs something that an entry names. */
function neededBy(entry: RetireSpec, { cluster, accounts, secrets }: AccessPlan): string[] {
  const isNamed = (pullSecret: string) => (entry.pullSecret ?? pullSecret) === pullSecret;
  const byAccounts = accounts
    .filter(({ namespace, name }) => isAbout(entry, cluster.name, namespace) && (entry.serviceAccount ?? name) === name)
    .flatMap(({ namespace, name, pullSecrets }) =>
      pullSecrets
        .filter(isNamed)
        .map((pullSecret) => `service account ${name} of namespace ${namespace} still needs ${pullSecret}`),
    );
  if (entry.serviceAccount !== undefined || byAccounts.length > 0) return byAccounts;
  return secrets
    .filter(({ namespace, pullSecret }) => isAbout(entry, cluster.name, namespace) && isNamed(pullSecret))
    .map(({ namespace, pullSecret }) => `namespace ${namespace} still needs ${pullSecret}`);
}
