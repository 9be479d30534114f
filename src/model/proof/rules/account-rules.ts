import type { DeclaredAccount } from '../../inventory/declared-object.js';
import { workloadText } from '../../needs/puller-text.js';
import { At } from '../../problem/at.js';
import { words } from '../../problem/shown.js';
import type { ProofRule } from '../rule.js';
import type { ProofState } from '../state.js';
import type { ProvenPod } from '../verdict.js';
import { perState } from './per-state.js';
import { aboutAccount, aboutPod, accountText } from './subjects.js';
import { uncoveredCauses } from './uncovered.js';

/** Rules about the service accounts of pods: a row for each. */
export const accountRules: readonly ProofRule[] = [
  {
    code: 'account-undeclared',
    about: ['workload'],
    check: (state) =>
      [...podsWithGap(state)]
        .filter(({ workload, list }) => isNamed(workload.serviceAccount) && !list.account && list.from !== 'pod')
        .filter(({ workload }) => workload.accountStated && workload.isLive !== true && workload.ownListOnly !== true)
        .map((pod) =>
          aboutPod(
            pod,
            At.of(pod.workload.place).find(
              'account-undeclared',
              words`${workloadText(pod.workload)} runs as service account ${pod.workload.serviceAccount}, which nothing that was read declares; what it lists is not known`,
              'name the file that declares it, or declare it',
            ),
          ),
        ),
  },
  {
    code: 'account-declared-twice',
    about: ['service account'],
    check: ({ inventory }) =>
      twins(inventory.accounts).map(([first, second]) =>
        aboutAccount(
          second,
          At.of(second.place).find(
            'account-declared-twice',
            words`${accountText(second)} is declared twice, with the lists ${listText(first)} and ${listText(second)}`,
          ),
        ),
      ),
  },
  {
    code: 'mountable-secrets-enforced',
    about: ['workload'],
    check: ({ pods }) =>
      pods.flatMap((pod) => {
        const { account } = pod.list;
        if (account?.annotations?.get('kubernetes.io/enforce-mountable-secrets') !== 'true') return [];
        const others = pod.workload.pullSecrets.names.filter((name) => !account.pullSecrets.includes(name));
        if (others.length === 0) return [];
        return [
          aboutPod(
            pod,
            At.of(pod.workload.pullSecrets.place ?? pod.workload.place).find(
              'mountable-secrets-enforced',
              words`${workloadText(pod.workload)} lists ${others}, and service account ${account.name} lets its pods name only what it lists itself`,
            ),
          ),
        ];
      }),
  },
];

/** The pods with an image that may need a credential and gets none, each workload once. */
const podsWithGap = perState(
  (state: ProofState): ReadonlySet<ProvenPod> => new Set([...uncoveredCauses(state).keys()].map(({ pod }) => pod)),
);

function isNamed(account: string): boolean {
  return account !== '' && account !== 'default';
}

/** Accounts of one name in one namespace whose lists differ, each with the first of them. */
function twins(accounts: readonly DeclaredAccount[]): (readonly [DeclaredAccount, DeclaredAccount])[] {
  const firsts = new Map<string, DeclaredAccount>();
  return accounts.flatMap((account) => {
    // Objects that name no namespace are not known to be in the same one.
    if (account.namespace === undefined) return [];
    const key = `${account.namespace}/${account.name}`;
    const first = firsts.get(key);
    if (!first) firsts.set(key, account);
    return !first || listText(first) === listText(account) ? [] : [[first, account] as const];
  });
}

function listText({ pullSecrets }: DeclaredAccount): string {
  return `[${pullSecrets.join(', ')}]`;
}
