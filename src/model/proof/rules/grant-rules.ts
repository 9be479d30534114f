import type { BindingSubject, DeclaredBinding } from '../../inventory/declared-object.js';
import { headText } from '../../inventory/object-head.js';
import { At } from '../../problem/at.js';
import { words } from '../../problem/shown.js';
import type { ProofRule } from '../rule.js';
import type { ProofState } from '../state.js';
import { perState } from './per-state.js';
import { isSeenWhole } from './seen-whole.js';
import { about } from './subjects.js';

const everybody = new Set(['system:authenticated', 'system:unauthenticated', 'system:serviceaccounts']);

/** Who may pull from the internal registry of OpenShift and need not: a row for each. */
export const grantRules: readonly ProofRule[] = [
  {
    code: 'grant-unneeded',
    about: ['binding'],
    check: (state) =>
      grants(state).flatMap((binding) =>
        binding.subjects
          .filter((subject) => isIdle(state, binding, subject))
          .map(({ kind, name }) =>
            about(
              binding,
              At.of(binding.place).find(
                'grant-unneeded',
                words`${headText(binding)} lets ${kind} ${name} pull from ${binding.namespace}, and none of its pods does`,
              ),
            ),
          ),
      ),
  },
  {
    code: 'grant-too-wide',
    about: ['binding'],
    check: (state) =>
      grants(state).flatMap((binding) =>
        binding.subjects
          .filter(({ kind, name }) => kind === 'Group' && everybody.has(name))
          .map(({ name }) =>
            about(
              binding,
              At.of(binding.place).warn(
                'grant-too-wide',
                words`${headText(binding)} lets ${name} pull from ${binding.namespace}`,
              ),
            ),
          ),
      ),
  },
];

/** The bindings to the right to pull and nothing else. */
function grants({ inventory }: ProofState): DeclaredBinding[] {
  return inventory.bindings.filter(({ role, namespace }) => role === 'system:image-puller' && namespace !== undefined);
}

/** The namespace that a subject is about, and its account; undefined for what is none of one namespace. */
function consumerOf({ kind, name, namespace }: BindingSubject, own: string | undefined): Consumer | undefined {
  if (kind === 'ServiceAccount') return { namespace: namespace ?? own ?? '', account: name };
  const [, group] = /^system:serviceaccounts:(.+)$/.exec(kind === 'Group' ? name : '') ?? [];
  if (group !== undefined) return { namespace: group };
  const [, of = '', account] = /^system:serviceaccount:([^:]+):(.+)$/.exec(kind === 'User' ? name : '') ?? [];
  return account === undefined ? undefined : { namespace: of, account };
}

interface Consumer {
  readonly namespace: string;
  readonly account?: string;
}

/** Whether the pods of a subject were seen, and none pulls from the namespace of a binding. */
function isIdle(state: ProofState, binding: DeclaredBinding, subject: BindingSubject): boolean {
  const consumer = consumerOf(subject, binding.namespace);
  if (!consumer || consumer.namespace === binding.namespace || !isSeenWhole(state, consumer.namespace)) return false;
  const pulls = pullsOf(state).get(consumer.namespace);
  if (!pulls) return false;
  return !pulls.some(
    ({ account, project }) =>
      (consumer.account === undefined || consumer.account === account) &&
      (project === undefined || project === binding.namespace),
  );
}

interface InternalPull {
  readonly account: string;
  /** The project of the image; undefined where it is not known. */
  readonly project: string | undefined;
}

/** Projects of the internal registry that the pods of each namespace pull from; namespaces without pods are not in it. */
const pullsOf = perState(({ images }: ProofState): ReadonlyMap<string, readonly InternalPull[]> => {
  const pulls = new Map<string, InternalPull[]>();
  for (const { pod, use, access, lookedUp } of images) {
    const known = pulls.get(pod.namespace) ?? [];
    pulls.set(pod.namespace, known);
    const { serviceAccount: account } = pod.workload;
    if (use.imageStream || (access === 'internal' && lookedUp === undefined))
      known.push({ account, project: undefined });
    else if (access === 'internal') known.push({ account, project: lookedUp?.split('/')[1] });
  }
  return pulls;
});
