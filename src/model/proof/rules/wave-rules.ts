import { isHook } from '../../inventory/hook.js';
import { headText } from '../../inventory/object-head.js';
import type { ManifestSource } from '../../inventory/workload.js';
import { workloadText } from '../../needs/puller-text.js';
import { At } from '../../problem/at.js';
import type { Place, Problem } from '../../problem/problem.js';
import { type Words, words } from '../../problem/shown.js';
import { at } from '../effects/plain.js';
import type { ProofRule } from '../rule.js';
import type { ProofState } from '../state.js';
import type { ListedName, ProvenPod } from '../verdict.js';
import { enginesSeen } from './engines.js';
import { isOfOneSource } from './one-source.js';
import { perState } from './per-state.js';
import { about, aboutSecret, secretText } from './subjects.js';

const waveAnnotation = 'argocd.argoproj.io/sync-wave';

/** In which order Argo CD applies what pods need to pull: a row for each. Waves order what is in one source only. */
export const waveRules: readonly ProofRule[] = [
  {
    code: 'sync-wave-missing',
    about: ['Secret', 'policy'],
    check: (state) =>
      pairs(state)
        .filter(({ wave, podWave, isUnknownKind }) => wave === podWave && isUnknownKind)
        .map(({ text, pod, podWave, place, say }) =>
          say(
            At.of(place).warn(
              'sync-wave-missing',
              words`${text} is in wave ${podWave} with ${workloadText(pod.workload)}, which needs it; Argo CD applies it last`,
            ),
          ),
        ),
  },
  {
    code: 'sync-wave-late',
    about: ['Secret'],
    check: (state) =>
      pairs(state)
        .filter(({ wave, podWave, isPolicy }) => wave > podWave && !isPolicy)
        .map(({ text, wave, pod, podWave, place, say }) =>
          say(
            At.of(place).find(
              'sync-wave-late',
              words`${text} is in wave ${wave}, after ${workloadText(pod.workload)} in wave ${podWave}, which lists it`,
            ),
          ),
        ),
  },
];

/** Something that a pod needs, in one source with it. */
interface Needed {
  readonly key: unknown;
  readonly text: Words;
  readonly wave: number;
  readonly isUnknownKind: boolean;
  readonly isPolicy: boolean;
  readonly place: Place | undefined;
  readonly source: ManifestSource | undefined;
  readonly say: (problem: Problem) => Problem;
}

/** Secrets that pods need, with the first pod that does. */
const pairs = perState((state: ProofState): readonly (Needed & { pod: ProvenPod; podWave: number })[] => {
  if (!enginesSeen(state).has('argocd')) return [];
  const told = new Set<unknown>();
  return state.pods.flatMap((pod) =>
    pod.workload.isLive || isHook(pod.workload.annotations)
      ? []
      : pod.list.names
          .flatMap(neededFor)
          .filter(({ key, place, source }) => !told.has(key) && isOfOneSource(pod.workload, { place, source }))
          .map((needed) => {
            told.add(needed.key);
            return { ...needed, pod, podWave: waveOf(pod.workload.annotations?.get(waveAnnotation)) };
          }),
  );
});

function neededFor({ secret: { declared, madeBy }, by }: ListedName): Needed[] {
  const policies = typeof by === 'string' ? [] : [by];
  const isOriginal = declared !== undefined && (madeBy === undefined || declared.kind !== 'Secret');
  const annotations = declared?.maker ? declared.maker.annotations : declared?.annotations;
  return [
    ...(declared && isOriginal && !isHook(annotations)
      ? [
          {
            key: declared,
            text: words`${secretText(declared)}`,
            wave: waveOf(annotations?.get(waveAnnotation)),
            isUnknownKind: declared.kind !== 'Secret',
            isPolicy: false,
            place: declared.place,
            source: declared.source,
            say: (problem: Problem) => aboutSecret(declared, problem),
          },
        ]
      : []),
    ...policies.map((policy) => ({
      key: policy,
      text: words`${headText(policy)}`,
      wave: waveOf(at(policy.object, 'metadata', 'annotations', waveAnnotation)),
      isUnknownKind: true,
      isPolicy: true,
      place: policy.place,
      source: undefined,
      say: (problem: Problem) => about(policy, problem),
    })),
  ];
}

/** As `strconv.Atoi` reads it; what it does not read is no wave. */
function waveOf(text: unknown): number {
  return typeof text === 'string' && /^[+-]?\d+$/.test(text) ? Number(text) : 0;
}
