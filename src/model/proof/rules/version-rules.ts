import { compareVersions } from '../../names/version.js';
import { workloadText } from '../../needs/puller-text.js';
import { At } from '../../problem/at.js';
import { words } from '../../problem/shown.js';
import { kubernetesOf } from '../../vocabulary/cluster-capabilities.js';
import type { ProofRule } from '../rule.js';
import { aboutImage } from './subjects.js';
import { uncoveredCauses } from './uncovered.js';

/** From this version on images of volumes need no feature gate (KEP-4639), and cached ones a credential (KEP-2535). */
const verifying = '1.35';

/** Rules about what depends on the version of Kubernetes, where it is stated: a row for each. */
export const versionRules: readonly ProofRule[] = [
  {
    code: 'image-volume-gated',
    about: ['workload'],
    check: ({ cluster, images }) => {
      const version = kubernetesOf(cluster.versions);
      if (version === undefined || compareVersions(version, verifying) >= 0) return [];
      return images
        .filter(({ use }) => use.field === 'volumes')
        .map((image) =>
          aboutImage(
            image,
            At.of(image.use.place).find(
              'image-volume-gated',
              words`${workloadText(image.pod.workload)} mounts image ${image.use.image}, which Kubernetes ${version} does not do by itself`,
            ),
          ),
        );
    },
  },
  {
    code: 'cached-image-refused',
    about: ['workload'],
    check: (state) => {
      const version = kubernetesOf(state.cluster.versions);
      if (version === undefined || compareVersions(version, verifying) < 0) return [];
      return (
        [...uncoveredCauses(state).keys()]
          // What may be pulled anonymously was, and is every pod's.
          .filter(({ access, use }) => access !== 'unknown' && /^(Never|IfNotPresent)$/.test(use.pullPolicy ?? ''))
          .map((image) =>
            aboutImage(
              image,
              At.of(image.use.place).warn(
                'cached-image-refused',
                words`${workloadText(image.pod.workload)} has pull policy ${image.use.pullPolicy} for ${image.use.image} and no credential; that a node has it is not enough on Kubernetes ${version}`,
              ),
            ),
          )
      );
    },
  },
];
