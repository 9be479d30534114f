import type { DeclaredDelivery } from '../../inventory/declared-object.js';
import { headText } from '../../inventory/object-head.js';
import { At } from '../../problem/at.js';
import type { Problem } from '../../problem/problem.js';
import { words } from '../../problem/shown.js';
import { at } from '../effects/plain.js';
import type { ProofRule } from '../rule.js';
import type { ProofState } from '../state.js';
import { isLegacy, listRulesOf, makesSecrets, type PolicyRule } from './policy-shape.js';
import { about, aboutAccount, accountText } from './subjects.js';

/** The resources whose templates a policy may write. */
const controllers = new Set([
  ...['deployments', 'statefulsets', 'daemonsets', 'replicasets', 'jobs', 'cronjobs'],
  ...['replicationcontrollers', 'deploymentconfigs'],
]);

/** Rules about policies that put pull secrets on lists: a row for each. */
export const policyRules: readonly ProofRule[] = [
  {
    code: 'policy-matches-update',
    about: ['policy'],
    check: each(
      ({ resources, operations }) =>
        resources.includes('pods') && operations.some((operation) => operation === 'UPDATE' || operation === '*'),
      (policy) =>
        At.of(policy.place).find(
          'policy-matches-update',
          words`${headText(policy)} changes the pull secrets of pods at UPDATE, where they cannot change`,
        ),
    ),
  },
  {
    code: 'policy-writes-templates',
    about: ['policy'],
    check: each(
      ({ resources, isRewritten }) => isRewritten || resources.some((resource) => controllers.has(resource)),
      (policy) =>
        At.of(policy.place).warn(
          'policy-writes-templates',
          words`${headText(policy)} writes pull secrets into the templates of controllers`,
        ),
    ),
  },
  {
    code: 'policy-replaces-list',
    about: ['policy'],
    check: each(
      ({ resources, patch }, policy) =>
        resources.includes('serviceaccounts') && (patch === 'merge' || (patch === 'apply' && isReplacing(policy))),
      (policy) =>
        At.of(policy.place).find(
          'policy-replaces-list',
          words`${headText(policy)} replaces the list of service accounts as a whole`,
        ),
    ),
  },
  {
    code: 'policy-apply-refused',
    about: ['policy'],
    check: each(
      ({ resources, patch }, policy) =>
        resources.includes('serviceaccounts') && patch === 'apply' && !isReplacing(policy),
      (policy) =>
        At.of(policy.place).find(
          'policy-apply-refused',
          words`${headText(policy)} sets the list of service accounts by ApplyConfiguration`,
        ),
    ),
  },
  {
    code: 'policy-name-too-long',
    about: ['policy'],
    check: ({ inventory }) =>
      inventory.deliveries
        .filter((policy) => policy.name.length > 63 && makesSecrets(policy))
        .map((policy) =>
          about(
            policy,
            At.of(policy.place).find(
              'policy-name-too-long',
              words`${headText(policy)} has a name of ${policy.name.length} characters`,
            ),
          ),
        ),
  },
  {
    code: 'account-list-fights',
    about: ['service account'],
    check: (state) =>
      state.inventory.accounts.flatMap((account) => {
        const { name, labels = new Map<string, string>(), namespace = '', pullSecrets, isLive } = account;
        if (pullSecrets.length === 0 || isLive) return [];
        const seen = { name, labels, namespace: state.namespaceOf(namespace) };
        const added = state.effects
          .onAccount(seen, pullSecrets)
          .names.flatMap(({ name: each, by }) => (by ? [each] : []));
        if (added.length === 0) return [];
        return [
          aboutAccount(
            account,
            At.of(account.pullSecretsPlace ?? account.place).find(
              'account-list-fights',
              words`${accountText(account)} declares its list, to which a policy appends ${added}`,
            ),
          ),
        ];
      }),
  },
];

/** Says something of each policy of which a rule is such a one. */
function each(
  is: (rule: PolicyRule, policy: DeclaredDelivery) => boolean,
  say: (policy: DeclaredDelivery) => Problem,
): (state: ProofState) => Problem[] {
  return ({ inventory }) =>
    inventory.deliveries
      .filter((policy) => listRulesOf(policy).some((rule) => is(rule, policy)))
      .map((policy) => about(policy, say(policy)));
}

/** Whether Kyverno applies what a policy sets as a manager of its own, which takes over what is atomic. */
function isReplacing(policy: DeclaredDelivery): boolean {
  return !isLegacy(policy) && at(policy.object, 'spec', 'evaluation', 'useServerSideApply') === true;
}
