import { headText } from '../../inventory/object-head.js';
import { workloadText } from '../../needs/finding-collector.js';
import { At } from '../../problem/at.js';
import type { Problem } from '../../problem/problem.js';
import { sentence, words } from '../../problem/shown.js';
import type { ProofRule } from '../rule.js';
import type { ListedName, ProvenPod } from '../verdict.js';
import { about } from './image-rules.js';

/** What is wrong with the lists of pods: a row for each. */
export const listRules: readonly ProofRule[] = [
  {
    code: 'pull-blocked',
    check: ({ pods }) =>
      listed(pods, 'broken', (pod, { secret }) =>
        At.of(secret.declared?.place ?? pod.workload.place).find(
          'pull-blocked',
          words`${workloadText(pod.workload)} can pull nothing: ${sentence(secret.reason ?? '')}`,
        ),
      ),
  },
  {
    code: 'secret-type-inert',
    check: ({ pods }) =>
      listed(pods, 'inert', (pod, { secret }) =>
        At.of(secret.declared?.place ?? pod.workload.place).find(
          'secret-type-inert',
          words`${workloadText(pod.workload)} lists ${secret.name}, which gives it nothing: ${sentence(secret.reason ?? '')}`,
        ),
      ),
  },
  {
    code: 'pull-secret-absent',
    check: ({ pods, secrets }) =>
      listed(pods, 'absent', (pod, { name }) => {
        const others = secrets.namespacesOf(name).filter((each) => each !== pod.namespace);
        return At.of(pod.workload.pullSecrets.place ?? pod.list.account?.pullSecretsPlace ?? pod.workload.place).find(
          'pull-secret-absent',
          words`${workloadText(pod.workload)} lists ${name}, and ${pod.namespace === '' ? 'nothing that was read' : words`nothing in namespace ${pod.namespace}`} is a Secret of that name${others.length > 0 ? words`; there is one in ${others}` : ''}`,
        );
      }),
  },
  {
    code: 'policy-not-understood',
    check: ({ pods }) =>
      pods.flatMap((pod) =>
        pod.list.unknown.map((policy) => ({
          ...At.of(policy.place).find(
            'policy-not-understood',
            words`${headText(policy)} touches pull secrets, and what it does to the pods of namespace ${pod.namespace} is not known`,
          ),
          about: { kind: policy.kind, name: policy.name, namespace: policy.namespace },
        })),
      ),
  },
];

/** What is said of each name on a list whose Secret is in a state; of the pods of one account it is said once. */
function listed(
  pods: readonly ProvenPod[],
  state: ListedName['secret']['state'],
  say: (pod: ProvenPod, listed: ListedName) => Problem,
): Problem[] {
  const told = new Set<string>();
  return pods.flatMap((pod) =>
    pod.list.names
      .filter(({ name, secret }) => name !== '' && secret.state === state)
      .flatMap((each) => {
        const owner = pod.list.from === 'account' ? pod.workload.serviceAccount : workloadText(pod.workload);
        const key = JSON.stringify([pod.namespace, owner, each.name]);
        if (told.has(key)) return [];
        told.add(key);
        return [about({ pod }, say(pod, each))];
      }),
  );
}
