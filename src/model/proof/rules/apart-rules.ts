import { workloadText } from '../../needs/finding-collector.js';
import { At } from '../../problem/at.js';
import type { Place } from '../../problem/problem.js';
import { words } from '../../problem/shown.js';
import type { ProofRule } from '../rule.js';
import type { ProofState } from '../state.js';
import type { ProvenPod } from '../verdict.js';
import { giversOf, podsServed } from './givers.js';
import { isOfOneSource } from './one-source.js';
import { perState } from './per-state.js';
import { aboutPod } from './subjects.js';

/** Rules about pods and what serves them, where the two may never come together: a row for each. */
export const apartRules: readonly ProofRule[] = [
  {
    code: 'namespace-guessed',
    about: ['workload'],
    check: (state) =>
      [...podsServed(state)]
        .filter(({ namespace }) => namespace === '')
        .flatMap((pod) =>
          giversOf(pod)
            .filter(({ object }) => object.namespace === undefined && !isOfOneSource(pod.workload, object))
            .map(({ text, file }) =>
              aboutPod(
                pod,
                At.of(pod.workload.place).find(
                  'namespace-guessed',
                  words`${workloadText(pod.workload)} has a credential only if it comes to the same namespace as ${text} in ${file}, and neither names one`,
                ),
              ),
            ),
        ),
  },
  {
    code: 'workload-declared-twice',
    about: ['workload'],
    check: (state) => {
      const twins = twinsOf(state);
      return [...podsServed(state)].flatMap((pod) =>
        giversOf(pod).flatMap(({ text, file }) => {
          const twin = twins.get(identityOf(pod))?.find((each) => isCloser(file, each, pod));
          if (!twin) return [];
          const problem = At.of(pod.workload.place).find(
            'workload-declared-twice',
            words`${workloadText(pod.workload)} is served by ${text} in ${file}, beside the one of the same name in ${fileOf(twin)}`,
          );
          return [aboutPod(pod, problem)];
        }),
      );
    },
  },
];

/** The pods of several files by their identity, where there is more than one of it. */
const twinsOf = perState(({ pods }: ProofState): ReadonlyMap<string, readonly ProvenPod[]> => {
  const all = new Map<string, ProvenPod[]>();
  for (const pod of pods) {
    const { name, place, isLive } = pod.workload;
    if (name === '' || !place || isLive) continue;
    const known = all.get(identityOf(pod));
    if (known) known.push(pod);
    else all.set(identityOf(pod), [pod]);
  }
  return new Map([...all].filter(([, [, second]]) => second !== undefined));
});

function identityOf({ workload, namespace }: ProvenPod): string {
  return `${workload.kind} ${namespace} ${workload.name}`;
}

/** Whether a file has more of its way in common with that of a twin than with that of a pod. */
function isCloser(file: string, twin: ProvenPod, pod: ProvenPod): boolean {
  return commonSteps(file, fileOf(twin)) > commonSteps(file, fileOf(pod));
}

function fileOf({ workload }: { readonly workload: { readonly place?: Place } }): string {
  return workload.place?.file ?? '';
}

/** How many steps of the ways to two files are the same; the whole way for one file. */
function commonSteps(one: string, other: string): number {
  const [steps, others] = [one.split('/'), other.split('/')];
  const first = steps.findIndex((step, index) => step !== others[index]);
  return first < 0 ? steps.length : first;
}
