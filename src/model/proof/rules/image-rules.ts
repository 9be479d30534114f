import { workloadText } from '../../needs/finding-collector.js';
import { At } from '../../problem/at.js';
import type { Problem, ProblemSubject } from '../../problem/problem.js';
import { sentence, shownReason, words } from '../../problem/shown.js';
import type { ProofRule } from '../rule.js';
import type { ProofState } from '../state.js';
import type { ProvenImage } from '../verdict.js';

/** What is wrong with single images: a row for each. */
export const imageRules: readonly ProofRule[] = [
  {
    code: 'image-reference-invalid',
    check: each('invalid', ({ pod, use, error = '' }) =>
      At.of(use.place).find(
        'image-reference-invalid',
        words`${workloadText(pod.workload)}, ${use.container}: image "${use.image}": ${sentence(shownReason(error, use.image))}`,
      ),
    ),
  },
  {
    code: 'image-uncovered',
    check: (state) =>
      state.images
        .filter(({ verdict, access }) => (verdict === 'missing' || verdict === 'inert') && access !== 'unknown')
        .map((image) =>
          about(
            image,
            At.of(image.use.place).find(
              'image-uncovered',
              words`${workloadText(image.pod.workload)} pulls ${image.use.image}, for which no credential is offered${offeredText(image)}`,
            ),
          ),
        ),
  },
  {
    code: 'access-unknown',
    check: (state) =>
      state.images
        .filter(
          ({ verdict, access }) =>
            access === 'unknown' && (verdict === 'anonymous' || verdict === 'missing' || verdict === 'inert'),
        )
        .map((image) =>
          about(
            image,
            At.of(image.use.place).find(
              'access-unknown',
              words`${workloadText(image.pod.workload)} pulls ${image.use.image} anonymously, and nobody says that everybody may${offeredText(image)}`,
            ),
          ),
        ),
  },
  {
    code: 'credential-order-random',
    check: each('ambiguous', ({ pod, use, credentials }) =>
      At.of(use.place).find(
        'credential-order-random',
        words`${workloadText(pod.workload)} pulls ${use.image} with one of two credentials of ${credentials[0]?.secret ?? ''}, whichever comes first in that run`,
      ),
    ),
  },
  {
    code: 'grant-absent',
    check: each('denied', ({ pod, use }) =>
      At.of(use.place).find(
        'grant-absent',
        words`${workloadText(pod.workload)} pulls ${use.image} as service account ${pod.workload.serviceAccount}, which no binding lets pull there`,
      ),
    ),
  },
];

function each(verdict: ProvenImage['verdict'], say: (image: ProvenImage) => Problem): (state: ProofState) => Problem[] {
  return ({ images }) => images.filter((image) => image.verdict === verdict).map((image) => about(image, say(image)));
}

/** A problem as it is about the workload of an image, by which it can be acknowledged. */
export function about({ pod: { workload } }: Pick<ProvenImage, 'pod'>, problem: Problem): Problem {
  const { kind, name, namespace } = workload;
  const subject: ProblemSubject = { kind, name, namespace };
  return { ...problem, about: subject };
}

function offeredText({ pod: { list } }: ProvenImage): string {
  const names = list.names.map(({ name }) => name || '""');
  return names.length === 0 ? '; its pods list no pull secret' : `; its pods list ${names.join(', ')}`;
}
