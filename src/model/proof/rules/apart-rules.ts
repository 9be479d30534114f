import { workloadText } from '../../needs/puller-text.js';
import { At } from '../../problem/at.js';
import { words } from '../../problem/shown.js';
import type { ProofRule } from '../rule.js';
import type { ProofState } from '../state.js';
import type { ProvenPod } from '../verdict.js';
import { giversOf, giverText, podsServed } from './givers.js';
import { isOfOneSource, type Sourced } from './one-source.js';
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
            .filter((giver) => giver.namespace === undefined && !isOfOneSource(pod.workload, giver))
            .map((giver) =>
              aboutPod(
                pod,
                At.of(pod.workload.place).find(
                  'namespace-guessed',
                  words`${workloadText(pod.workload)} has a credential only if it comes to the same namespace as ${giverText(giver)} in ${fileOf(giver)}, and neither names one`,
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
      if (twins.size === 0) return [];
      return [...podsServed(state)].flatMap((pod) =>
        giversOf(pod).flatMap((giver) => {
          const file = fileOf(giver);
          const twin = twins.get(identityOf(pod))?.get(wayBeyond(file, fileOf(pod.workload)));
          if (twin === undefined) return [];
          const problem = At.of(pod.workload.place).find(
            'workload-declared-twice',
            words`${workloadText(pod.workload)} is served by ${giverText(giver)} in ${file}, beside the one of the same name in ${twin}`,
          );
          return [aboutPod(pod, problem)];
        }),
      );
    },
  },
];

/** The files of pods that are there several times, by the identity of the pod and each step of the way to the file. */
const twinsOf = perState(({ pods }: ProofState): ReadonlyMap<string, ReadonlyMap<string, string>> => {
  const firsts = new Map<string, string>();
  const several = new Map<string, Set<string>>();
  for (const pod of pods) {
    const { name, place, isLive } = pod.workload;
    if (name === '' || !place || isLive) continue;
    const identity = identityOf(pod);
    const first = firsts.get(identity);
    if (first === undefined) firsts.set(identity, place.file);
    else if (first !== place.file) several.set(identity, (several.get(identity) ?? new Set([first])).add(place.file));
  }
  return new Map([...several].map(([identity, files]) => [identity, byStep(files)] as const));
});

/** The first of some files behind each step of a way. */
function byStep(files: ReadonlySet<string>): Map<string, string> {
  const first = new Map<string, string>();
  for (const file of files)
    for (let end = file.indexOf('/'); ; end = file.indexOf('/', end + 1)) {
      const way = end < 0 ? file : file.slice(0, end);
      if (!first.has(way)) first.set(way, file);
      if (end < 0) break;
    }
  return first;
}

/** The way to a file as far as it goes together with that to another one, and one step more. */
function wayBeyond(file: string, other: string): string {
  const [steps, others] = [file.split('/'), other.split('/')];
  const common = steps.findIndex((step, index) => step !== others[index]);
  return common < 0 ? '' : steps.slice(0, common + 1).join('/');
}

function identityOf({ workload, namespace }: ProvenPod): string {
  return `${workload.kind} ${namespace} ${workload.name}`;
}

function fileOf({ place }: Sourced): string {
  return place?.file ?? '';
}
