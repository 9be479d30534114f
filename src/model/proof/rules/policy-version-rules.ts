import type { DeclaredDelivery } from '../../inventory/declared-object.js';
import { headText } from '../../inventory/object-head.js';
import { compareVersions } from '../../names/version.js';
import { At } from '../../problem/at.js';
import { words } from '../../problem/shown.js';
import { kubernetesOf } from '../../vocabulary/cluster-capabilities.js';
import type { ProofRule } from '../rule.js';
import type { ProofState } from '../state.js';
import { isLegacy, listRulesOf, makesSecrets } from './policy-shape.js';
import { about } from './subjects.js';

/** The first release that serves a version, of Kyverno or of Kubernetes. Release notes of Kyverno; KEP-3962. */
const served: readonly { readonly version: string; readonly by: 'Kyverno' | 'Kubernetes'; readonly from: string }[] = [
  { version: 'policies.kyverno.io/v1', by: 'Kyverno', from: '1.17' },
  { version: 'policies.kyverno.io/v1beta1', by: 'Kyverno', from: '1.16' },
  { version: 'policies.kyverno.io/v1alpha1', by: 'Kyverno', from: '1.15' },
  { version: 'admissionregistration.k8s.io/v1', by: 'Kubernetes', from: '1.36' },
  { version: 'admissionregistration.k8s.io/v1beta1', by: 'Kubernetes', from: '1.34' },
  { version: 'admissionregistration.k8s.io/v1alpha1', by: 'Kubernetes', from: '1.32' },
];

/** From this release on Kyverno calls its older policies deprecated. */
const deprecatedFrom = '1.17';

/** Rules about the versions of policies: a row for each. */
export const policyVersionRules: readonly ProofRule[] = [
  {
    code: 'policy-version-alpha',
    about: ['policy'],
    check: (state) =>
      relevant(state)
        .filter(({ apiVersion }) => /\/v\d+alpha\d+$/.test(apiVersion))
        .map((policy) =>
          about(
            policy,
            At.of(policy.place).warn('policy-version-alpha', words`${headText(policy)} is of ${policy.apiVersion}`),
          ),
        ),
  },
  {
    code: 'policy-deprecated',
    about: ['policy'],
    check: (state) => {
      const { kyverno } = state.cluster.versions;
      if (kyverno === undefined || compareVersions(kyverno, deprecatedFrom) < 0) return [];
      return relevant(state)
        .filter(isLegacy)
        .map((policy) =>
          about(
            policy,
            At.of(policy.place).warn(
              'policy-deprecated',
              words`${headText(policy)} is of ${policy.apiVersion}, which Kyverno ${kyverno} deprecates`,
            ),
          ),
        );
    },
  },
  {
    code: 'policy-not-served',
    about: ['policy'],
    check: (state) =>
      relevant(state).flatMap((policy) => {
        const row = served.find(({ version }) => version === policy.apiVersion);
        const { versions } = state.cluster;
        const stated = row?.by === 'Kyverno' ? versions.kyverno : kubernetesOf(versions);
        if (!row || stated === undefined || compareVersions(stated, row.from) >= 0) return [];
        return [
          about(
            policy,
            At.of(policy.place).find(
              'policy-not-served',
              words`${headText(policy)} is of ${policy.apiVersion}, which ${row.by} serves from ${row.from} on, not ${stated}`,
            ),
          ),
        ];
      }),
  },
];

/** The policies that matter to pulls. */
function relevant({ inventory }: ProofState): DeclaredDelivery[] {
  return inventory.deliveries.filter((policy) => listRulesOf(policy).length > 0 || makesSecrets(policy));
}
