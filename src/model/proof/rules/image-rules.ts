import { shownKey } from '../../docker-config/docker-config-entry.js';
import { normalizeKey } from '../../docker-config/registry-key.js';
import { workloadText } from '../../needs/puller-text.js';
import { At } from '../../problem/at.js';
import type { Problem } from '../../problem/problem.js';
import { sentence, shownReason, words } from '../../problem/shown.js';
import type { ProofRule } from '../rule.js';
import type { OfferedCredential, ProvenImage } from '../verdict.js';
import { aboutImage } from './subjects.js';
import { otherAccountOf, type UncoveredCause, uncoveredCauses } from './uncovered.js';

/** Rules about single images: a row for each. */
export const imageRules: readonly ProofRule[] = [
  {
    code: 'image-reference-invalid',
    about: ['workload'],
    check: each('invalid', ({ pod, use, error = '' }) =>
      At.of(use.place).find(
        'image-reference-invalid',
        words`${workloadText(pod.workload)}, ${use.container}: image "${use.image}": ${sentence(shownReason(error, use.image))}`,
      ),
    ),
  },
  {
    code: 'image-uncovered',
    about: ['workload'],
    check: uncovered('image-uncovered', (image) =>
      At.of(image.use.place).find(
        'image-uncovered',
        words`${workloadText(image.pod.workload)} pulls ${image.use.image}, for which no credential is offered${offeredText(image)}`,
      ),
    ),
  },
  {
    code: 'access-unknown',
    about: ['workload'],
    check: uncovered('access-unknown', (image) =>
      At.of(image.use.place).find(
        'access-unknown',
        words`${workloadText(image.pod.workload)} pulls ${image.use.image} anonymously, and nobody says that everybody may${offeredText(image)}`,
      ),
    ),
  },
  {
    code: 'account-list-hidden',
    about: ['workload'],
    check: uncovered('account-list-hidden', ({ pod, use }) =>
      At.of(pod.workload.pullSecrets.place ?? use.place).find(
        'account-list-hidden',
        words`${workloadText(pod.workload)} has a list of its own, so ${use.image} gets nothing of what service account ${pod.workload.serviceAccount} lists: ${pod.list.account?.pullSecrets ?? []}`,
      ),
    ),
  },
  {
    code: 'credential-of-other-account',
    about: ['workload'],
    check: (state) =>
      uncovered('credential-of-other-account', (image) => {
        const { account = '', secret = '' } = otherAccountOf(state, image) ?? {};
        const { pod, use } = image;
        return At.of(use.place).find(
          'credential-of-other-account',
          words`${workloadText(pod.workload)} pulls ${use.image} as service account ${pod.workload.serviceAccount}, which lists nothing that matches; service account ${account} lists ${secret}, which does`,
        );
      })(state),
  },
  {
    code: 'dockercfg-hidden',
    about: ['workload'],
    check: uncovered('dockercfg-hidden', ({ pod, use }) =>
      At.of(pod.workload.pullSecrets.place ?? use.place).find(
        'dockercfg-hidden',
        words`${workloadText(pod.workload)} has a list of its own, so ${use.image} is pulled without the Secret that OpenShift gives service account ${pod.workload.serviceAccount}`,
      ),
    ),
  },
  {
    code: 'credential-blank',
    about: ['workload'],
    check: uncovered('credential-blank', ({ pod, use, credentials: [first] }) =>
      At.of(use.place).find(
        'credential-blank',
        words`${workloadText(pod.workload)} pulls ${use.image} with entry ${shownKey(first?.key ?? '')} of ${first?.secret}, which lacks user name or password: anonymously`,
      ),
    ),
  },
  {
    code: 'credential-order-random',
    about: ['workload'],
    check: each('ambiguous', ({ pod, use, credentials }) =>
      At.of(use.place).find(
        'credential-order-random',
        words`${workloadText(pod.workload)} pulls ${use.image} with one of two credentials of ${interchangeable(credentials)?.secret ?? ''}, whichever comes first in that run`,
      ),
    ),
  },
  {
    code: 'grant-absent',
    about: ['workload'],
    check: each('denied', ({ pod, use }) =>
      At.of(use.place).find(
        'grant-absent',
        words`${workloadText(pod.workload)} pulls ${use.image} as service account ${pod.workload.serviceAccount}, which no binding lets pull there`,
      ),
    ),
  },
];

/** The first credential that can change places with another one: of two keys of one Secret that come to the same. */
function interchangeable(credentials: readonly OfferedCredential[]): OfferedCredential | undefined {
  const placeOf = ({ secret, key }: OfferedCredential) => {
    const normal = normalizeKey(key);
    return JSON.stringify([secret, 'ringKey' in normal ? normal.ringKey : key]);
  };
  const places = credentials.map(placeOf);
  return credentials.find((_, index) => places.indexOf(places[index] ?? '', index + 1) > index);
}

function each(verdict: ProvenImage['verdict'], say: (image: ProvenImage) => Problem): ProofRule['check'] {
  return ({ images }) =>
    images.filter((image) => image.verdict === verdict).map((image) => aboutImage(image, say(image)));
}

function uncovered(cause: UncoveredCause, say: (image: ProvenImage) => Problem): ProofRule['check'] {
  return (state) =>
    state.images
      .filter((image) => uncoveredCauses(state).get(image) === cause)
      .map((image) => aboutImage(image, say(image)));
}

function offeredText({ pod: { list } }: ProvenImage): string {
  const names = list.names.map(({ name }) => name || '""');
  return names.length === 0 ? '; its pods list no pull secret' : `; its pods list ${names.join(', ')}`;
}
