import { shownKey } from '../../docker-config/docker-config-entry.js';
import { workloadText } from '../../needs/puller-text.js';
import { At } from '../../problem/at.js';
import { words } from '../../problem/shown.js';
import type { ProofRule } from '../rule.js';
import { aboutImage } from './subjects.js';

/** Rules about the credentials that are offered for an image: a row for each. */
export const credentialRules: readonly ProofRule[] = [
  {
    code: 'credential-over-match',
    about: ['workload'],
    check: ({ images }) =>
      images.flatMap((image) => {
        const { pod, use, credentials } = image;
        const first = credentials.find(({ isBlank }) => !isBlank);
        if (!first?.isOverMatch) return [];
        return [
          aboutImage(
            image,
            At.of(use.place).warn(
              'credential-over-match',
              words`${workloadText(pod.workload)} pulls ${use.image} with entry ${shownKey(first.key)} of ${first.secret}, whose path ends inside of a segment of that of the image`,
            ),
          ),
        ];
      }),
  },
  {
    code: 'credential-on-public',
    about: ['workload'],
    check: ({ images }) =>
      images.flatMap((image) => {
        const { pod, use, access, credentials } = image;
        // What a node has is for all its pods.
        const first = credentials.find(({ isBlank, from, key }) => !isBlank && from === 'pod' && key !== '');
        if (access !== 'public' || !first) return [];
        return [
          aboutImage(
            image,
            At.of(use.place).warn(
              'credential-on-public',
              words`${workloadText(pod.workload)} pulls ${use.image}, which everybody may, with entry ${shownKey(first.key)} of ${first.secret}`,
            ),
          ),
        ];
      }),
  },
];
