import { headText } from '../../inventory/object-head.js';
import type { Workload } from '../../inventory/workload.js';
import { sortedUnique } from '../../names/names.js';
import { workloadText } from '../../needs/puller-text.js';
import { At } from '../../problem/at.js';
import type { Place, Problem } from '../../problem/problem.js';
import { sentence, words } from '../../problem/shown.js';
import type { ProofRule } from '../rule.js';
import type { ProofState } from '../state.js';
import type { ListedName, ProvenPod } from '../verdict.js';
import { isUntyped } from './maker-rules.js';
import { about, aboutAccount, aboutPod, accountText } from './subjects.js';

/** Rules about the lists of pods: a row for each. */
export const listRules: readonly ProofRule[] = [
  {
    code: 'pull-blocked',
    about: ['workload'],
    check: ({ pods }) =>
      listed(pods, 'broken', always, (pod, { secret }) =>
        At.of(secret.declared?.place ?? pod.workload.place).find(
          'pull-blocked',
          words`${workloadText(pod.workload)} can pull nothing: ${sentence(secret.reason ?? '')}`,
        ),
      ),
  },
  {
    code: 'secret-type-inert',
    about: ['workload'],
    check: ({ pods }) =>
      listed(pods, 'inert', isOfOtherType, (pod, { secret }) =>
        At.of(secret.declared?.place ?? pod.workload.place).find(
          'secret-type-inert',
          words`${workloadText(pod.workload)} lists ${secret.name}, which gives it nothing: ${sentence(secret.reason ?? '')}`,
        ),
      ),
  },
  {
    code: 'pull-secret-absent',
    about: ['workload'],
    check: ({ pods, secrets }) =>
      listed(pods, 'absent', always, (pod, { name }) => {
        const others = sortedUnique(secrets.namespacesOf(name)).filter((each) => each !== pod.namespace);
        return At.of(pod.workload.pullSecrets.place ?? pod.list.account?.pullSecretsPlace ?? pod.workload.place).find(
          'pull-secret-absent',
          words`${workloadText(pod.workload)} lists ${name}, and ${pod.namespace === '' ? 'nothing that was read' : words`nothing in namespace ${pod.namespace}`} is a Secret of that name${others.length > 0 ? words`; there is one in ${others.map((each) => each || 'no namespace')}` : ''}`,
        );
      }),
  },
  {
    code: 'policy-not-understood',
    about: ['policy'],
    check: ({ pods }) =>
      pods.flatMap((pod) =>
        pod.list.unknown.map((policy) =>
          about(
            policy,
            At.of(policy.place).find(
              'policy-not-understood',
              words`${headText(policy)} touches pull secrets, and what it does to the pods of namespace ${pod.namespace} is not known`,
            ),
          ),
        ),
      ),
  },
  {
    code: 'list-name-empty',
    about: ['workload', 'service account'],
    check: (state) =>
      declaredLists(state)
        .filter(({ names }) => names.includes(''))
        .map(({ text, isOfPod, place, say }) =>
          say(
            At.of(place).find(
              'list-name-empty',
              isOfPod
                ? words`${text}: an entry of its list has no name; the list still keeps that of its service account away`
                : words`${text}: an entry of its list has no name, and gives nothing`,
            ),
          ),
        ),
  },
  {
    code: 'list-name-duplicate',
    about: ['workload', 'service account'],
    check: (state) =>
      declaredLists(state).flatMap(({ text, names, place, say }) =>
        [...new Set(names.filter((name, index) => name !== '' && names.indexOf(name) < index))].map((name) =>
          say(At.of(place).warn('list-name-duplicate', words`${text} lists ${name} twice`)),
        ),
      ),
  },
  {
    code: 'static-pod-lists',
    about: ['workload'],
    check: ({ pods }) =>
      pods
        .filter(({ workload }) => isStatic(workload) && workload.pullSecrets.names.length > 0)
        .map((pod) =>
          aboutPod(
            pod,
            At.of(pod.workload.pullSecrets.place ?? pod.workload.place).find(
              'static-pod-lists',
              words`${workloadText(pod.workload)} is a static pod and lists ${pod.workload.pullSecrets.names}`,
            ),
          ),
        ),
  },
];

/** A list as a manifest has it. */
interface DeclaredList {
  readonly text: string;
  readonly names: readonly string[];
  readonly isOfPod: boolean;
  readonly place: Place | undefined;
  readonly say: (problem: Problem) => Problem;
}

function declaredLists({ pods, inventory }: ProofState): DeclaredList[] {
  return [
    ...pods.map((pod) => ({
      text: workloadText(pod.workload),
      names: pod.workload.pullSecrets.names,
      isOfPod: true,
      place: pod.workload.pullSecrets.place ?? pod.workload.place,
      say: (problem: Problem) => aboutPod(pod, problem),
    })),
    ...inventory.accounts.map((account) => ({
      text: accountText(account),
      names: account.pullSecrets,
      isOfPod: false,
      place: account.pullSecretsPlace ?? account.place,
      say: (problem: Problem) => aboutAccount(account, problem),
    })),
  ];
}

/** A pod that a node makes of a file. k8s.io/kubernetes, pkg/kubelet/types/pod_update.go. */
function isStatic({ annotations }: Workload): boolean {
  const source = annotations?.get('kubernetes.io/config.source');
  return annotations?.has('kubernetes.io/config.mirror') === true || source === 'file' || source === 'http';
}

const always = () => true;

/** Of an object that states no type at all its own code says more. */
function isOfOtherType({ secret: { declared } }: ListedName): boolean {
  return !declared || !isUntyped(declared);
}

/** Says something of each name on a list whose Secret is in a state; of the pods of one account it is said once. */
function listed(
  pods: readonly ProvenPod[],
  state: ListedName['secret']['state'],
  may: (listed: ListedName) => boolean,
  say: (pod: ProvenPod, listed: ListedName) => Problem,
): Problem[] {
  const told = new Set<string>();
  return pods.flatMap((pod) =>
    pod.list.names
      .filter((each) => each.name !== '' && each.secret.state === state && may(each))
      .flatMap((each) => {
        const owner = pod.list.from === 'account' ? pod.workload.serviceAccount : workloadText(pod.workload);
        const key = JSON.stringify([pod.namespace, owner, each.name]);
        if (told.has(key)) return [];
        told.add(key);
        return [aboutPod(pod, say(pod, each))];
      }),
  );
}
