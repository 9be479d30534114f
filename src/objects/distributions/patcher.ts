import { sortedUnique } from '../../model/names/names.js';
import type { ClusterPullSecret } from '../../model/vocabulary/cluster.js';
import { type PatcherSettings, patcherApp, programLabel } from '../../model/vocabulary/patcher.js';
import { type DeliveryContext, type DeliveryObject, type DeliveryWriter, inKeyOrder } from '../delivery-object.js';
import { patcherPod } from './patcher-pod.js';

/**
 * imagepullsecret-patcher (titansoft-pte-ltd/imagepullsecret-patcher v0.14): a Deployment in the namespace of the source
 * Secret, its account and rights. One program knows one Secret, so each pull secret brings its own.
 */
export const patcherObjects: DeliveryWriter = (name, context) => {
  const { pullSecret } = context;
  const { distribution } = pullSecret;
  if (distribution.name !== 'patcher') return [];
  const { original, settings: patcher } = distribution;
  return [
    ...rightsOf(name, original, pullSecret, patcher),
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name,
      namespace: original,
      role: 'program',
      labels: podLabels(name),
      fields: { spec: () => inKeyOrder(deploymentSpec(name, patcher, context)) },
    },
  ];
};

/**
 * Rights that the program asks the API server for (main.go): every namespace, the Secrets of one name, and the accounts
 * that it patches. `create` and `list` know no names (RBAC compares those in the request's path).
 */
function rightsOf(
  name: string,
  namespace: string,
  { name: secretName }: ClusterPullSecret,
  { serviceAccounts }: PatcherSettings,
): DeliveryObject[] {
  const rule = (resources: string, verbs: readonly string[], resourceNames?: readonly string[]) => ({
    apiGroups: [''],
    resources: [resources],
    verbs,
    ...(resourceNames && { resourceNames }),
  });
  const rules = [
    rule('namespaces', ['list']),
    rule('secrets', ['create']),
    rule('secrets', ['delete', 'get'], [secretName]),
    rule('serviceaccounts', ['list']),
    rule('serviceaccounts', ['patch'], serviceAccounts && sortedUnique(serviceAccounts)),
  ];
  const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1', name, role: 'programRights' as const };
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      name,
      namespace,
      role: 'programRights',
      fields: { automountServiceAccountToken: () => false },
    },
    { ...rbac, kind: 'ClusterRole', fields: { rules: () => inKeyOrder(rules) } },
    {
      ...rbac,
      kind: 'ClusterRoleBinding',
      fields: {
        roleRef: () => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name }),
        subjects: () => [{ kind: 'ServiceAccount', name, namespace }],
      },
    },
  ];
}

/** Two of them would delete and make the same Secrets: never two at a time. */
function deploymentSpec(name: string, patcher: PatcherSettings, context: DeliveryContext): Record<string, unknown> {
  return {
    replicas: 1,
    selector: { matchLabels: podLabels(name) },
    strategy: { type: 'Recreate' },
    template: { metadata: { labels: podLabels(name) }, spec: patcherPod(name, patcher, context) },
  };
}

function podLabels(name: string): Record<string, string> {
  return { 'app.kubernetes.io/instance': name, [programLabel]: patcherApp };
}
