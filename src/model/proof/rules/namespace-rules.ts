import type { DeclaredAccount, DeclaredSecret } from '../../inventory/workload.js';
import { workloadText } from '../../needs/finding-collector.js';
import { At } from '../../problem/at.js';
import { type Words, words } from '../../problem/shown.js';
import type { ProofRule } from '../rule.js';
import type { ProofState } from '../state.js';
import type { ProvenPod } from '../verdict.js';
import { isOfOneSource, type Sourced } from './one-source.js';
import { aboutPod, accountText, secretText } from './subjects.js';

/** Rules about namespaces that nothing states: a row for each. */
export const namespaceRules: readonly ProofRule[] = [
  {
    code: 'namespace-guessed',
    about: ['workload'],
    check: (state) =>
      [...podsServed(state)].flatMap((pod) =>
        givers(pod)
          .filter(({ object }) => object.place && pod.workload.place && !isOfOneSource(pod.workload, object))
          .map(({ text, object }) =>
            aboutPod(
              pod,
              At.of(pod.workload.place).find(
                'namespace-guessed',
                words`${workloadText(pod.workload)} has a credential only if it comes to the same namespace as ${text} in ${object.place?.file ?? ''}, and neither names one`,
              ),
            ),
          ),
      ),
  },
];

/** The pods of no stated namespace that offer a credential of their own. */
function podsServed({ images }: ProofState): ReadonlySet<ProvenPod> {
  return new Set(
    images
      .filter(({ pod, credentials }) => pod.namespace === '' && credentials.some(({ from }) => from === 'pod'))
      .map(({ pod }) => pod),
  );
}

/** The objects without a namespace that give a pod its credentials. */
function givers({ list }: ProvenPod): { text: Words; object: Sourced }[] {
  const secrets = list.names.flatMap(({ secret: { declared } }) => declared ?? []).filter(isUnstated);
  const accounts = [list.account].flatMap((account) => account ?? []).filter(isUnstated);
  return [
    ...secrets.map((object) => ({ text: words`${secretText(object)}`, object })),
    ...(list.from === 'account' ? accounts.map((object) => ({ text: words`${accountText(object)}`, object })) : []),
  ];
}

function isUnstated({ namespace }: DeclaredSecret | DeclaredAccount): boolean {
  return namespace === undefined;
}
